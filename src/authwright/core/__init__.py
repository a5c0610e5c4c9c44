"""Types, codes, dates, data names, diagnostics and ports. Pure: no I/O, no clock, no randomness."""
