"""The shapes of the codes that orders, rules and claims are made of.

Shape only: whether a code exists on a date is a question for a table. CPT is the AMA's; no
descriptor is here or anywhere in this project.
"""

import re
from typing import Literal

CodeKind = Literal["cpt", "cpt-category-ii", "cpt-category-iii", "pla", "hcpcs"]

_PROCEDURE_SHAPES: tuple[tuple[CodeKind, re.Pattern[str]], ...] = (
    ("cpt", re.compile(r"\d{5}")),
    ("cpt-category-ii", re.compile(r"\d{4}F")),
    ("cpt-category-iii", re.compile(r"\d{4}T")),
    ("pla", re.compile(r"\d{4}[UM]")),
    ("hcpcs", re.compile(r"[A-V]\d{4}")),
)
_DIAGNOSIS = re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?|U\d{2}(?:\.?\d{1,4})?")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_PLACE = re.compile(r"\d{2}")


def procedure_code_kind(code: str) -> CodeKind | None:
    """Which code set the shape belongs to, or None when it is no procedure code."""
    return next((kind for kind, shape in _PROCEDURE_SHAPES if shape.fullmatch(code)), None)


def is_diagnosis_code(code: str) -> bool:
    """Whether it has the shape of an ICD-10-CM code, with or without its dot."""
    return _DIAGNOSIS.fullmatch(code) is not None


def is_modifier(code: str) -> bool:
    return _MODIFIER.fullmatch(code) is not None


def is_place_of_service(code: str) -> bool:
    """Two digits (CMS place of service code set)."""
    return _PLACE.fullmatch(code) is not None


def is_npi(number: str) -> bool:
    """Ten digits, first 1 or 2, with the Luhn check digit over the prefix 80840 (45 CFR 162.406)."""
    if not re.fullmatch(r"[12]\d{9}", number):
        return False
    digits = [int(d) for d in "80840" + number]
    doubled = [d * 2 for d in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(d // 10 + d % 10 for d in doubled)) % 10 == 0


def plain_diagnosis(code: str) -> str:
    """The code as X12 carries it: upper case, no dot."""
    return code.strip().upper().replace(".", "")
