"""A request as the payer received it, and what the payer says of it at a given moment."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from authwright_sandbox import reference_data as known
from authwright_sandbox.dates import parse_date
from authwright_sandbox.hub.rules import APPROVING, STATUS_WORDS, Answer, Course, Turn, overall, turn_at

PAYERS = (
    "Aetna",
    "Aetna Better Health",
    "Anthem Blue Cross",
    "Cigna Healthcare",
    "Humana",
    "Humana Gold Plus",
    "UnitedHealthcare",
    "UnitedHealthcare Community Plan",
)

REQUEST_TYPES = ("Outpatient", "Inpatient", "Referral")
NOTES_LIMIT = 2000
ROLES = ("requesting", "rendering", "facility")
REQUIRED = {
    "member_id": "Member ID",
    "last_name": "Patient Last Name",
    "first_name": "Patient First Name",
    "contact_name": "Contact Name",
    "contact_phone": "Contact Phone",
}


@dataclass(frozen=True, slots=True)
class ServiceLine:
    procedure_code: str
    quantity: int
    modifiers: tuple[str, ...]
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Submission:
    """`payload` is what the form sent, unchanged; the rest is what of it the payer decides on."""

    payer: str
    request_type: str
    member_id: str
    last_name: str
    first_name: str
    lines: tuple[ServiceLine, ...]
    payload: dict[str, Any]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(line.procedure_code for line in self.lines)

    @property
    def start(self) -> date:
        return min(line.start for line in self.lines)

    @property
    def key(self) -> tuple[str, tuple[str, ...], date]:
        """What makes two requests the same one to the payer."""
        return self.member_id, tuple(sorted(self.codes)), self.start

    def updated(self, changes: dict[str, Any]) -> "Submission":
        """With other dates, and other units where there is one line. Raises ValueError."""
        anew = {key: changes[key] for key in ("from_date", "to_date")}
        if len(self.lines) == 1:
            anew["quantity"] = changes["quantity"]
        lines = [{**line, **anew} for line in self.payload["lines"]]
        return Submission.from_payload({**self.payload, "lines": lines})

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Raises ValueError, with all that is wrong, one a line."""
        wrong = [*_check_patient(payload), *_check_services(payload), *_check_providers(payload)]
        lines = [_line(number, data, wrong) for number, data in enumerate(payload.get("lines", []), 1)]
        if not lines:
            wrong.append("A request needs a procedure.")
        if wrong:
            raise ValueError("\n".join(wrong))
        return cls(
            payload["payer"],
            payload["request_type"],
            payload["member_id"].strip().upper(),
            payload["last_name"].strip(),
            payload["first_name"].strip(),
            tuple(line for line in lines if line is not None),
            payload,
        )


def _check_patient(payload: dict[str, Any]) -> list[str]:
    wrong = [f"{label} is missing." for key, label in REQUIRED.items() if not payload.get(key, "").strip()]
    if payload.get("payer") not in PAYERS:
        wrong.append("Payer is not one of the list.")
    if payload.get("request_type") not in REQUEST_TYPES:
        wrong.append("Request Type is not one of the list.")
    if parse_date(payload.get("date_of_birth", "")) is None:
        wrong.append("Date of Birth is not a date (MM/DD/YYYY).")
    return wrong


def _check_services(payload: dict[str, Any]) -> list[str]:
    wrong = []
    if payload.get("place_of_service") not in dict(known.PLACES):
        wrong.append("Place of Service is not one of the list.")
    if not known.is_diagnosis(payload.get("diagnosis_code", "")):
        wrong.append("Diagnosis Code is not one of the list.")
    if len(payload.get("notes", "")) > NOTES_LIMIT:
        wrong.append(f"Clinical Notes are longer than {NOTES_LIMIT} characters.")
    return wrong


def _check_providers(payload: dict[str, Any]) -> list[str]:
    titles = {
        "requesting": "Requesting Provider",
        "rendering": "Rendering Provider",
        "facility": "Servicing Facility",
    }
    return [
        f"{titles[role]}: no provider found for this NPI."
        for role in ROLES
        if known.provider_name(payload.get(role, {}).get("npi", ""), role) is None
    ]


def _line(number: int, data: dict[str, Any], wrong: list[str]) -> ServiceLine | None:
    start, end = parse_date(data.get("from_date", "")), parse_date(data.get("to_date", ""))
    quantity = str(data.get("quantity", "")).strip()
    faults = []
    if not known.is_procedure(data.get("procedure_code", "")):
        faults.append("Procedure Code is not one of the list.")
    if not quantity.isdigit() or int(quantity) < 1:
        faults.append("Quantity is not a whole number above 0.")
    if start is None or end is None:
        faults.append("From Date and To Date must be dates (MM/DD/YYYY).")
    elif end < start:
        faults.append("To Date is before From Date.")
    wrong.extend(f"Procedure {number}: {fault}" for fault in faults)
    if faults or start is None or end is None:
        return None
    modifiers = tuple(data[key].strip() for key in ("modifier_1", "modifier_2") if data.get(key, "").strip())
    return ServiceLine(data["procedure_code"], int(quantity), modifiers, start, end)


@dataclass(frozen=True, slots=True)
class LineDecision:
    line: ServiceLine
    status: str
    units: int
    certified_from: date | None
    certified_through: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the payer says now: in words, with the window from the first to the last certified day
    once the request as a whole is approved, if only in part."""

    answer: Answer
    status: str
    reason: str
    lines: tuple[LineDecision, ...]

    @property
    def certified_from(self) -> date | None:
        return min(self._days("certified_from"), default=None)

    @property
    def certified_through(self) -> date | None:
        return max(self._days("certified_through"), default=None)

    def _days(self, name: str) -> list[date]:
        found = [getattr(line, name) for line in self.lines if self.answer in APPROVING]
        return [day for day in found if day is not None]


@dataclass(slots=True)
class Request:
    """An accepted request. `courses` holds one course of answers a line; times are the portal clock's."""

    number: str
    organization: str
    accepted_at: datetime
    submission: Submission
    courses: tuple[Course, ...]
    cancelled_at: datetime | None = None

    def answer(self, turn: Turn, moment: datetime) -> None:
        """The payer says this from now on, of every line."""
        now = (moment - self.accepted_at).total_seconds()
        turn = replace(turn, after_seconds=now)
        self.courses = tuple(
            (*(old for old in course if old.after_seconds < now), turn) for course in self.courses
        )

    def decision_at(self, moment: datetime) -> Decision:
        if self.cancelled_at is not None and moment >= self.cancelled_at:
            turns = [Turn(Answer.CANCELLED)] * len(self.courses)
        else:
            waited = (moment - self.accepted_at).total_seconds()
            turns = [turn_at(course, waited) for course in self.courses]
        answer = overall(turn.answer for turn in turns)
        reasons = dict.fromkeys(turn.reason for turn in turns if turn.reason)
        lines = zip(self.submission.lines, turns, strict=True)
        return Decision(
            answer,
            STATUS_WORDS[answer],
            "; ".join(reasons),
            tuple(_decide_line(line, turn, self.submission.start) for line, turn in lines),
        )


def _decide_line(line: ServiceLine, turn: Turn, start: date) -> LineDecision:
    """The window runs from the first day of the whole request, as one approval covers it."""
    status = STATUS_WORDS[turn.answer]
    if turn.answer not in APPROVING:
        return LineDecision(line, status, 0, None, None)
    units = line.quantity if turn.answer is Answer.CERTIFIED else turn.units or (line.quantity + 1) // 2
    return LineDecision(line, status, units, start, start + timedelta(days=turn.days))
