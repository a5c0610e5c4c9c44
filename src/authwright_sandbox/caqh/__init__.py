"""A portal where practitioners keep their data for payers to read, and attest to it."""
