"""The fields of one certification, from text to type, whichever form they come in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from authwright.core import codes
from authwright.core.certification import Certification, CertifiedCode, DeterminationStatus, ObtainedBy, Proof
from authwright.core.dates import DATE_FORMS, parse_date
from authwright.core.diagnostics import Diagnostic, Severity, did_you_mean
from authwright.formats.certifications.status import EXPIRED, WORDS, status_of
from authwright.formats.places import Place, plain_name, split_list

_OF_A_CALL = {"representative": "the representative's name", "at": "the time of the call"}
NEEDED = ("number", "payer", "member_id")

Fields = Mapping[str, tuple[Any, Place]]
"""Our name -> (value, where it stands)."""


@dataclass(slots=True)
class Log:
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


def certification_from(
    fields: Fields, certified: Sequence[CertifiedCode], here: Place, log: Log
) -> Certification:
    for needed in NEEDED:
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


def codes_from(fields: Fields, here: Place, log: Log) -> list[CertifiedCode]:
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


def _date(fields: Fields, name: str, log: Log) -> date | None:
    text = _text(fields, name)
    if not text:
        return None
    found = parse_date(text[:10] if "T" in text else text)
    if found is None:
        log.error(
            "CRT005", fields[name][1], f"{name} is {text!r}, no day of the calendar: expected {DATE_FORMS}"
        )
    return found


def _units(fields: Fields, log: Log) -> Decimal | None:
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


def _npi(fields: Fields, name: str, log: Log) -> str:
    npi = _text(fields, name)
    if npi and not codes.is_npi(npi):
        log.warning(
            "CRT009",
            fields[name][1],
            f"{name} {npi} is no NPI: expected ten digits with a right check digit",
            "It is kept as written; a digit is probably wrong.",
        )
    return npi


def _places(fields: Fields, log: Log) -> tuple[str, ...]:
    found = tuple(p.zfill(2) for p in _several(fields, "places"))
    for place in found:
        if not codes.is_place_of_service(place):
            log.error(
                "CRT011",
                fields["places"][1],
                f"{place} is no place of service: expected two digits, such as 11",
            )
    return found


def _status(fields: Fields, end: date | None, log: Log) -> DeterminationStatus:
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


def _proof(fields: Fields, log: Log) -> Proof:
    method = plain_name(_text(fields, "method")) or ObtainedBy.IMPORT.value
    known = {m.value: m for m in ObtainedBy}
    if method not in known:
        log.error(
            "CRT014",
            fields["method"][1],
            f"{method!r} is no way to obtain an approval: expected one of {', '.join(known)}",
            suggestions=did_you_mean(method, known),
        )
    if method == ObtainedBy.PHONE.value:
        lacking = [what for name, what in _OF_A_CALL.items() if not _text(fields, name)]
        if lacking:
            log.warning(
                "CRT017",
                fields["method"][1],
                f"the approval was given by phone, without {' and '.join(lacking)}: it proves nothing",
                "Write who at the payer gave it (representative) and when (at), as it was noted at the call.",
            )
    return Proof(
        method=known.get(method, ObtainedBy.IMPORT),
        representative=_text(fields, "representative"),
        at=_moment(fields, log),
        file=_text(fields, "file"),
        call_reference=_text(fields, "call_reference"),
    )


def _moment(fields: Fields, log: Log) -> datetime | None:
    text = _text(fields, "at")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        log.error("CRT005", fields["at"][1], f"at is {text!r}: expected a time such as 2026-03-02T14:30")
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
