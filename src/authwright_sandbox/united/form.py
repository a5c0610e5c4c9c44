"""What the portal's forms send, and when it is complete."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from authwright_sandbox import reference_data as known
from authwright_sandbox.dates import parse_date
from authwright_sandbox.united.questions import questions_for

MOST_DIAGNOSES, MOST_PROCEDURES = 10, 14
SERVICE_TYPES = ("Medical Care", "Surgical", "Diagnostic Imaging", "Therapy", "Durable Medical Equipment")
PRIORITIES = ("Standard", "Expedited")
CANCEL_REASONS = (
    "Member cancelled the procedure",
    "Submitted in error",
    "Duplicate request",
    "Member changed coverage",
)
REQUIRED = {
    "member_id": "Member ID",
    "last_name": "Last Name",
    "contact_name": "Contact Name",
    "contact_phone": "Contact Phone",
}
PROVIDERS = {
    "requesting": "Requesting Provider",
    "servicing": "Servicing Provider",
    "facility": "Servicing Facility",
}


@dataclass(frozen=True, slots=True)
class ServiceLine:
    code: str
    modifier: str
    units: int


@dataclass(frozen=True, slots=True)
class Submission:
    """`payload` is what the form sent, unchanged; the rest is what of it the payer decides on."""

    member_id: str
    last_name: str
    place: str
    start: date
    end: date
    lines: tuple[ServiceLine, ...]
    payload: dict[str, Any]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(line.code for line in self.lines)

    @property
    def key(self) -> tuple[str, tuple[str, ...], date]:
        """What makes two requests the same one to the payer."""
        return self.member_id, tuple(sorted(self.codes)), self.start

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Raises ValueError, with all that is wrong, one a line."""
        lines = [_line(item) for item in payload.get("procedures", [])]
        start, end = (parse_date(payload.get(key, "")) for key in ("start_date", "end_date"))
        wrong = [*_member(payload), *_service(payload), *_codes(payload), *_providers(payload)]
        if start is None or end is None:
            wrong.append("Service Start Date and Service End Date must be dates.")
        elif end < start:
            wrong.append("Service End Date is before Service Start Date.")
        wrong.extend(_unanswered(payload))
        if wrong or start is None or end is None:
            raise ValueError("\n".join(wrong))
        return cls(
            payload["member_id"].strip().upper(),
            payload["last_name"].strip(),
            payload["place_of_service"],
            start,
            end,
            tuple(lines),
            payload,
        )


def _line(item: dict[str, Any]) -> ServiceLine:
    units = str(item.get("units", "")).strip()
    return ServiceLine(str(item.get("code", "")), str(item.get("modifier", "")), int(units or "0"))


def _member(payload: dict[str, Any]) -> list[str]:
    wrong = [f"{label} is missing." for key, label in REQUIRED.items() if not payload.get(key, "").strip()]
    if parse_date(payload.get("date_of_birth", "")) is None:
        wrong.append("Date of Birth is not a date.")
    return wrong


def _service(payload: dict[str, Any]) -> list[str]:
    wrong = []
    if payload.get("place_of_service") not in dict(known.PLACES):
        wrong.append("Place of Service is not one of the list.")
    if payload.get("service_type") not in SERVICE_TYPES:
        wrong.append("Service Type is not one of the list.")
    if payload.get("priority") not in PRIORITIES:
        wrong.append("Priority is not one of the list.")
    if payload.get("priority") == "Expedited" and not payload.get("expedited_reason", "").strip():
        wrong.append("Reason for Expedited Review is missing.")
    return wrong


def check_codes(diagnoses: list[str], codes: list[str]) -> list[str]:
    wrong = []
    if not 1 <= len(diagnoses) <= MOST_DIAGNOSES or not all(map(known.is_diagnosis, diagnoses)):
        wrong.append(f"Add 1 to {MOST_DIAGNOSES} diagnosis codes.")
    if not 1 <= len(codes) <= MOST_PROCEDURES or not all(map(known.is_procedure, codes)):
        wrong.append(f"Add 1 to {MOST_PROCEDURES} procedure codes.")
    return wrong


def _codes(payload: dict[str, Any]) -> list[str]:
    items = payload.get("procedures", [])
    wrong = check_codes(payload.get("diagnoses", []), [item.get("code", "") for item in items])
    wrong.extend(
        f"{item.get('code')}: Units is not a whole number above 0."
        for item in items
        if not str(item.get("units", "")).isdigit() or int(item["units"]) < 1
    )
    return wrong


def _providers(payload: dict[str, Any]) -> list[str]:
    return [
        f"{title}: no provider found for this NPI."
        for role, title in PROVIDERS.items()
        if known.provider_name(payload.get(role, {}).get("npi", ""), role) is None
    ]


def _unanswered(payload: dict[str, Any]) -> list[str]:
    answers = payload.get("answers", {})
    codes = [item.get("code", "") for item in payload.get("procedures", [])]
    return [
        f"Answer the question: {question.text}"
        for question in questions_for(codes)
        if not question.takes(str(answers.get(question.id, "")))
    ]
