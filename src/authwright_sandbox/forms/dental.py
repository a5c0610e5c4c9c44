"""The dental plan's form: what it asks for, and when it is filled in right."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

PROCEDURE_ROWS = 4
KINDS = ("Select One", "Predetermination of benefits", "Statement of actual services", "Orthodontic review")
RELATIONS = ("Select One", "Self", "Spouse", "Dependent child", "Other")

# field: (label, what is wrong when it doesn't fit, pattern)
FIELDS: dict[str, tuple[str, str, str]] = {
    "kind": ("Type of Transaction", "choose one", r"(?!Select One).+"),
    "subscriber_id": ("Subscriber ID / SSN", "9 to 11 letters and digits", r"[A-Z0-9]{9,11}"),
    "group": ("Plan / Group Number", "up to 8 letters and digits, or nothing", r"[A-Z0-9-]{0,8}"),
    "relation": ("Relationship to Policyholder", "choose one", r"(?!Select One).+"),
    "last": ("Last", "letters", r"[^\d]{2,}"),
    "first": ("First", "letters", r"[^\d]{2,}"),
    "born": ("Date of Birth (MM/DD/CCYY)", "a date as MM/DD/CCYY", r"\d\d/\d\d/\d{4}"),
    "treating_npi": ("NPI", "10 digits", r"\d{10}"),
    "phone": ("Phone Number", "as ( ) ___-____", r"\(?\d{3}\)?[ -]?\d{3}-?\d{4}"),
    "remarks": ("Remarks", "at most 200 characters", r"[\s\S]{0,200}"),
}
ROW_FIELDS = ("tooth", "surface", "code", "quantity", "date")
_ROW = {
    "code": ("Procedure Code", r"[A-Z]?\d{4,5}"),
    "quantity": ("Qty.", r"\d{1,2}"),
    "date": ("Procedure Date", r"\d\d/\d\d/\d{4}"),
}


def cleaned(form: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values, trimmed, with the procedure rows that hold anything."""
    values: dict[str, Any] = {name: str(form.get(name, "")).strip() for name in FIELDS}
    rows = [
        {name: str(form.get(f"{name}_{i}", "")).strip() for name in ROW_FIELDS}
        for i in range(1, PROCEDURE_ROWS + 1)
    ]
    values["procedures"] = [row for row in rows if any(row.values())]
    values["consent"] = form.get("consent") == "yes"
    return values


def mistakes(values: Mapping[str, Any]) -> list[str]:
    """What keeps the form from going on, as the page says it."""
    found = [
        f"{label}: {rule}"
        for name, (label, rule, pattern) in FIELDS.items()
        if not re.fullmatch(pattern, values[name]) or (name == "born" and not _is_date(values[name]))
    ]
    if not values["procedures"]:
        found.append("Record of Services: at least one procedure")
    for number, row in enumerate(values["procedures"], 1):
        found += [
            f"Line {number}, {label}: missing or not readable"
            for name, (label, pattern) in _ROW.items()
            if not re.fullmatch(pattern, row[name]) or (name == "date" and not _is_date(row[name]))
        ]
    if not values["consent"]:
        found.append("The patient's consent has to be on file")
    return found


def _is_date(text: str) -> bool:
    try:
        return date(int(text[6:]), int(text[:2]), int(text[3:5])) > date(1900, 1, 1)
    except ValueError:
        return False
