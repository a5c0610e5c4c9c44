"""Payer portals to practise on: stand-ins as awkward as the real ones, on this machine only."""
