"""A practice's day against a sandbox portal. All data is synthetic; nothing here knows a real patient."""
