"""Procedure codes that are variants of one service, between which an order often changes.

Neighbours by number are variants where CPT numbers that way: radiology and surgery (without or with
contrast, one level or two). Visits (99xxx) and HCPCS drugs and supplies are numbered otherwise: the
next number is another thing.
"""

_RADIOLOGY_AND_SURGERY = ("10000", "79999")
_SAME_DIGITS = 3


def is_similar(one: str, other: str) -> bool:
    first, last = _RADIOLOGY_AND_SURGERY
    numbered = all(len(c) == 5 and c.isdigit() and first <= c <= last for c in (one, other))
    return numbered and one != other and one[:_SAME_DIGITS] == other[:_SAME_DIGITS]
