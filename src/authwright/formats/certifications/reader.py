"""Certifications from JSON (a list of objects) or CSV (a row a code).

Both forms have the same names: number, payer, member_id, code(s), modifiers, units, from, to,
rendering_npi, group_tin, facility_npi, places, status, process, and of the proof method,
representative, at, file, call_reference. What has an error is left out and reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from authwright.core.certification import Certification, CertifiedCode
from authwright.core.diagnostics import Diagnostic, did_you_mean, in_order
from authwright.formats.certifications.fields import NEEDED, Fields, Log, certification_from, codes_from
from authwright.formats.places import (
    JsonPlaces,
    Path,
    Place,
    decode,
    looks_like_workbook,
    parse_json,
    plain_name,
)
from authwright.formats.rows import ABOUT_QUOTES, Row, read_rows

_PROOF_NAMES = ("method", "representative", "at", "file", "call_reference")
_NAMES = (
    "number",
    "payer",
    "member_id",
    "from",
    "to",
    "rendering_npi",
    "group_tin",
    "facility_npi",
    "places",
    "status",
    "process",
    *_PROOF_NAMES,
)
_CODE_NAMES = ("code", "modifiers", "units")
_ALIASES = {
    "authorization number": "number",
    "auth number": "number",
    "certification number": "number",
    "member": "member_id",
    "subscriber id": "member_id",
    "start": "from",
    "start date": "from",
    "valid from": "from",
    "end": "to",
    "end date": "to",
    "valid to": "to",
    "cpt": "code",
    "procedure code": "code",
    "modifier": "modifiers",
    "quantity": "units",
    "place": "places",
    "place of service": "places",
    "rendering provider npi": "rendering_npi",
    "tin": "group_tin",
    "tax id": "group_tin",
}


def read_certifications(data: bytes, file: str) -> tuple[list[Certification], list[Diagnostic]]:
    """JSON when it begins with [ or {, else CSV."""
    log = Log(file)
    if looks_like_workbook(data):
        log.error("CRT001", (0, 0), "this is a workbook: expected JSON or CSV", "Save the sheet as CSV.")
        return [], log.found
    text = decode(data)
    read = _from_json if text.lstrip()[:1] in ("[", "{") else _from_csv
    found = read(text, log)
    return found, in_order(log.found)


# JSON


def _from_json(text: str, log: Log) -> list[Certification]:
    value, wrong, place = parse_json(text)
    if wrong:
        log.error("CRT001", place, f"this is not JSON: {wrong}")
        return []
    places, base = JsonPlaces(text), ()
    if isinstance(value, dict) and isinstance(value.get("certifications"), list):
        value, base = value["certifications"], ("certifications",)  # type: ignore[assignment]
    if not isinstance(value, list):
        log.error("CRT002", (1, 1), "expected a list of certifications: [{...}, ...]")
        return []
    found: list[Certification] = []
    for number, item in enumerate(value):
        path = (*base, number)
        if not isinstance(item, dict):
            log.error("CRT002", places(path), "expected an object with number, payer, member_id, codes ...")
            continue
        before = log.errors
        fields = _named(item, path, places, (*_NAMES, "codes"), log)
        made = certification_from(fields, _codes_of(fields, path, places, log), places(path), log)
        if log.errors == before:
            found.append(made)
    _same_number_twice(found, log)
    return found


def _named(
    item: Mapping[str, Any], path: Path, places: JsonPlaces, known: Sequence[str], log: Log
) -> dict[str, tuple[Any, Place]]:
    fields: dict[str, tuple[Any, Place]] = {}
    for key, value in item.items():
        name = _known_name(key, known)
        where = places((*path, key))
        if name is None:
            log.warning("CRT003", where, f"{key!r} is no known name", suggestions=did_you_mean(key, known))
        elif value is not None:
            fields[name] = (value, where)
    return fields


def _known_name(written: str, known: Sequence[str]) -> str | None:
    plain = plain_name(written)
    by_plain = {plain_name(name): name for name in known}
    name = by_plain.get(plain) or _ALIASES.get(plain)
    return name if name in known else None


def _codes_of(fields: Fields, path: Path, places: JsonPlaces, log: Log) -> list[CertifiedCode]:
    value, where = fields.get("codes", (None, places(path)))
    if not isinstance(value, list) or not value:
        log.error(
            "CRT004", where, 'codes are missing: expected a list such as [{"code": "72148", "units": 1}]'
        )
        return []
    found = []
    for number, item in enumerate(value):
        at = (*path, "codes", number)
        if isinstance(item, str):
            item = {"code": item}
        if not isinstance(item, dict):
            log.error("CRT002", places(at), "expected a code or an object with code, modifiers and units")
            continue
        found += codes_from(_named(item, at, places, _CODE_NAMES, log), places(at), log)
    return found


# CSV


def _from_csv(text: str, log: Log) -> list[Certification]:
    rows = read_rows(text, _free_text)
    if not rows:
        log.error("CRT001", (0, 0), "the file is empty: expected JSON, or CSV with a line of column names")
        return []
    header, known = rows[0], (*_NAMES, *_CODE_NAMES)
    names = [_column_name(header, i, known, log) for i in range(len(header.cells))]
    for needed in (*NEEDED, "code"):
        if needed not in names:
            log.error(
                "CRT004", (header.line, 1), f"the column {needed} is missing", f"Columns: {', '.join(known)}."
            )
    if header.fault:
        log.error("CRT016", header.fault_place, header.fault, ABOUT_QUOTES)
    if log.errors:
        return []
    merged: dict[tuple[str, str, str], Certification] = {}
    spoiled: set[tuple[str, str, str]] = set()
    for row in rows[1:]:
        if row.fault:
            log.error("CRT016", row.fault_place, f"{row.fault}; the row is left out", ABOUT_QUOTES)
            continue
        before = log.errors
        made = _from_row(row, names, log)
        key = (made.number, made.payer, made.member_id)
        if log.errors > before:
            spoiled.add(key)
        elif key in merged:
            _merge(merged, key, made, row, log)
        else:
            merged[key] = made
    return [c for key, c in merged.items() if key not in spoiled]


def _free_text(names: Sequence[str]) -> set[int]:
    return {
        i for i, name in enumerate(names) if {"comment", "comments", "notes"} & set(plain_name(name).split())
    }


def _column_name(header: Row, i: int, known: Sequence[str], log: Log) -> str | None:
    written = header.cells[i]
    name = _known_name(written, known)
    if name is None and written:
        log.warning(
            "CRT003",
            (header.line, header.columns[i]),
            f"{written!r} is no known column",
            suggestions=did_you_mean(written, known),
        )
    return name


def _from_row(row: Row, names: Sequence[str | None], log: Log) -> Certification:
    fields = {
        name: (cell, (row.line, column))
        for name, cell, column in zip(names, row.cells, row.columns, strict=False)
        if name and cell
    }
    here = (row.line, 1)
    return certification_from(fields, codes_from(fields, here, log), here, log)


def _merge(
    merged: dict[tuple[str, str, str], Certification],
    key: tuple[str, str, str],
    made: Certification,
    row: Row,
    log: Log,
) -> None:
    first = merged[key]
    if replace(made, codes=first.codes) != first:
        log.error(
            "CRT010",
            (row.line, 1),
            f"this row of {made.number} says something else than the rows before: expected the same dates,"
            " providers, places and status",
            "A row is one code of an approval; what belongs to the approval is the same in each of its rows.",
        )
        return
    merged[key] = replace(first, codes=(*first.codes, *made.codes))


def _same_number_twice(found: Sequence[Certification], log: Log) -> None:
    seen: set[tuple[str, str, str, date | None]] = set()
    for certification in found:
        key = (certification.number, certification.payer, certification.member_id, certification.start)
        if key in seen:
            log.warning(
                "CRT015",
                (0, 0),
                f"{certification.number} of {certification.member_id} is there twice",
                "If it is one approval, put its codes into one entry: units of two entries add up.",
            )
        seen.add(key)
