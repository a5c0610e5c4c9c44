"""The claim check: every line of a claim against its certification, field by field."""
