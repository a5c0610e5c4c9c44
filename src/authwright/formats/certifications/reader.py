"""Certifications from JSON (a list of objects) or CSV (a row a code).

Both forms have the same names: number, payer, member_id, code(s), modifiers, units, from, to,
rendering_npi, group_tin, facility_npi, places, status, process, and of the proof method,
representative, at, file, call_reference. What has an error is left out and reported.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from authwright.core import codes
from authwright.core.certification import (
    Certification,
    CertifiedCode,
    DeterminationStatus,
    ObtainedBy,
    Proof,
)
from authwright.core.dates import DATE_FORMS, parse_date
from authwright.core.diagnostics import Diagnostic, Severity, did_you_mean, in_order
from authwright.formats.certifications.status import EXPIRED, WORDS, status_of
from authwright.formats.places import (
    JsonPlaces,
    Path,
    Place,
    Row,
    decode,
    looks_like_workbook,
    parse_json,
    plain_name,
    read_rows,
    split_list,
)

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
_NEEDED = ("number", "payer", "member_id")

Problem = Callable[..., None]
Fields = Mapping[str, tuple[Any, Place]]
"""Our name -> (value, where it stands)."""


def read_certifications(data: bytes, file: str) -> tuple[list[Certification], list[Diagnostic]]:
    """JSON when it begins with [ or {, else CSV."""
    log = _Log(file)
    if looks_like_workbook(data):
        log.error("CRT001", (0, 0), "this is a workbook: expected JSON or CSV", "Save the sheet as CSV.")
        return [], log.found
    text = decode(data)
    read = _from_json if text.lstrip()[:1] in ("[", "{") else _from_csv
    found = read(text, log)
    return found, in_order(log.found)


@dataclass(slots=True)
class _Log:
    file: str
    found: list[Diagnostic] = field(default_factory=list)

    def error(
        self,
        code: str,
        place: Place,
        message: str,
        hint: str = "",
        suggestions: Sequence[str] = (),
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.found.append(
            Diagnostic(self.file, *place, code, message, hint, tuple(suggestions), severity=severity)
        )

    def warning(
        self, code: str, place: Place, message: str, hint: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        self.error(code, place, message, hint, suggestions, Severity.WARNING)

    @property
    def errors(self) -> int:
        return sum(d.severity is Severity.ERROR for d in self.found)


# JSON


def _from_json(text: str, log: _Log) -> list[Certification]:
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
        made = _certification(fields, _codes_of(fields, path, places, log), places(path), log)
        if log.errors == before:
            found.append(made)
    _same_number_twice(found, log)
    return found


def _named(
    item: Mapping[str, Any], path: Path, places: JsonPlaces, known: Sequence[str], log: _Log
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


def _codes_of(fields: Fields, path: Path, places: JsonPlaces, log: _Log) -> list[CertifiedCode]:
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
        found += _code(_named(item, at, places, _CODE_NAMES, log), places(at), log)
    return found


# CSV


def _from_csv(text: str, log: _Log) -> list[Certification]:
    rows = read_rows(text)
    if not rows:
        log.error("CRT001", (0, 0), "the file is empty: expected JSON, or CSV with a line of column names")
        return []
    header, known = rows[0], (*_NAMES, *_CODE_NAMES)
    names = [_column_name(header, i, known, log) for i in range(len(header.cells))]
    for needed in (*_NEEDED, "code"):
        if needed not in names:
            log.error(
                "CRT004", (header.line, 1), f"the column {needed} is missing", f"Columns: {', '.join(known)}."
            )
    if log.errors:
        return []
    merged: dict[tuple[str, str, str], Certification] = {}
    spoiled: set[tuple[str, str, str]] = set()
    for row in rows[1:]:
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


def _column_name(header: Row, i: int, known: Sequence[str], log: _Log) -> str | None:
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


def _from_row(row: Row, names: Sequence[str | None], log: _Log) -> Certification:
    fields = {
        name: (cell, (row.line, column))
        for name, cell, column in zip(names, row.cells, row.columns, strict=False)
        if name and cell
    }
    here = (row.line, 1)
    return _certification(fields, _code(fields, here, log), here, log)


def _merge(
    merged: dict[tuple[str, str, str], Certification],
    key: tuple[str, str, str],
    made: Certification,
    row: Row,
    log: _Log,
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


# Both


def _certification(
    fields: Fields, certified: Sequence[CertifiedCode], here: Place, log: _Log
) -> Certification:
    for needed in _NEEDED:
        if not _text(fields, needed):
            log.error("CRT004", here, f"{needed} is missing")
    start, end = _date(fields, "from", log), _date(fields, "to", log)
    if start and end and end < start:
        log.error("CRT006", fields["to"][1], f"it ends on {end}, before it starts on {start}")
    return Certification(
        number=_text(fields, "number"),
        payer=_text(fields, "payer"),
        member_id=_text(fields, "member_id"),
        codes=tuple(certified),
        start=start,
        end=end,
        rendering_npi=_npi(fields, "rendering_npi", log),
        group_tin=_text(fields, "group_tin").replace("-", ""),
        facility_npi=_npi(fields, "facility_npi", log),
        places=_places(fields, log),
        status=_status(fields, end, log),
        process=_text(fields, "process"),
        proof=_proof(fields, log),
    )


def _code(fields: Fields, here: Place, log: _Log) -> list[CertifiedCode]:
    code = _text(fields, "code").upper()
    if codes.procedure_code_kind(code) is None:
        log.error(
            "CRT007",
            fields["code"][1] if "code" in fields else here,
            f"{code or 'nothing'} is no procedure code: expected five characters, such as 72148 or J0585",
        )
        return []
    modifiers = tuple(m.upper() for m in _several(fields, "modifiers"))
    for modifier in modifiers:
        if not codes.is_modifier(modifier):
            log.error(
                "CRT007", fields["modifiers"][1], f"{modifier} is no modifier: expected two letters or digits"
            )
    return [CertifiedCode(code, modifiers, _units(fields, log))]


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name, ("", (0, 0)))[0]
    return str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _several(fields: Fields, name: str) -> Sequence[str]:
    value = fields.get(name, ("", (0, 0)))[0]
    if isinstance(value, list):
        return [str(v).strip() for v in value if str(v).strip()]
    return split_list(str(value))


def _date(fields: Fields, name: str, log: _Log) -> date | None:
    text = _text(fields, name)
    if not text:
        return None
    found = parse_date(text[:10] if "T" in text else text)
    if found is None:
        log.error(
            "CRT005", fields[name][1], f"{name} is {text!r}, no day of the calendar: expected {DATE_FORMS}"
        )
    return found


def _units(fields: Fields, log: _Log) -> Decimal | None:
    text = _text(fields, "units")
    if not text:
        return None
    try:
        units = Decimal(text)
    except InvalidOperation:
        units = Decimal("NaN")
    if not units.is_finite() or units <= 0:
        log.error("CRT008", fields["units"][1], f"units are {text!r}: expected a number above 0, or nothing")
        return None
    return units


def _npi(fields: Fields, name: str, log: _Log) -> str:
    npi = _text(fields, name)
    if npi and not codes.is_npi(npi):
        log.warning(
            "CRT009",
            fields[name][1],
            f"{name} {npi} is no NPI: expected ten digits with a right check digit",
            "It is kept as written; a digit is probably wrong.",
        )
    return npi


def _places(fields: Fields, log: _Log) -> tuple[str, ...]:
    found = tuple(p.zfill(2) for p in _several(fields, "places"))
    for place in found:
        if not codes.is_place_of_service(place):
            log.error(
                "CRT011",
                fields["places"][1],
                f"{place} is no place of service: expected two digits, such as 11",
            )
    return found


def _status(fields: Fields, end: date | None, log: _Log) -> DeterminationStatus:
    words = _text(fields, "status")
    if plain_name(words) == EXPIRED:
        if end is None:
            log.error(
                "CRT012",
                fields["status"][1],
                "the status is expired, but there is no last day: expected `to`",
                "What was done up to the last day stays approved, so the day is needed.",
            )
        return DeterminationStatus.CERTIFIED
    status = status_of(words)
    if status is None:
        log.error(
            "CRT013",
            fields["status"][1],
            f"{words!r} is no known status",
            "Known: " + ", ".join(s.value for s in DeterminationStatus) + ".",
            did_you_mean(words, WORDS),
        )
    return status or DeterminationStatus.PENDED


def _proof(fields: Fields, log: _Log) -> Proof:
    method = plain_name(_text(fields, "method")) or ObtainedBy.IMPORT.value
    known = {m.value: m for m in ObtainedBy}
    if method not in known:
        log.error(
            "CRT014",
            fields["method"][1],
            f"{method!r} is no way to obtain an approval: expected one of {', '.join(known)}",
            suggestions=did_you_mean(method, known),
        )
    return Proof(
        method=known.get(method, ObtainedBy.IMPORT),
        representative=_text(fields, "representative"),
        at=_moment(fields, log),
        file=_text(fields, "file"),
        call_reference=_text(fields, "call_reference"),
    )


def _moment(fields: Fields, log: _Log) -> datetime | None:
    text = _text(fields, "at")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        log.error("CRT005", fields["at"][1], f"at is {text!r}: expected a time such as 2026-03-02T14:30")
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _same_number_twice(found: Sequence[Certification], log: _Log) -> None:
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
