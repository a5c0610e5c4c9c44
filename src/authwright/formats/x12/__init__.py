"""X12: a streaming reader of interchanges, and what of them Authwright understands."""
