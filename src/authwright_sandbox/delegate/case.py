"""A case on its way through the pages. Until it is submitted it is a draft, and the list says so."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from authwright_sandbox import reference_data as known
from authwright_sandbox.dates import parse_date
from authwright_sandbox.delegate.questions import path, unanswered
from authwright_sandbox.held import Line
from authwright_sandbox.uploads import Upload

PLANS = ("Cigna", "Harbor Health Plan", "Prairie Mutual")
MOST_CODES = 10
STEPS = ("service", "site", "provider", "urgency", "questions", "records", "review")
_PHONE = re.compile(r"\d{3}-\d{3}-\d{4}")


@dataclass(slots=True)
class DraftCase:
    """`values` are the plain fields by name; codes, answers and files are kept apart."""

    id: str
    user: str
    organization: str
    begun_at: datetime
    values: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    uploads: list[Upload] = field(default_factory=list)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(line.code for line in self.lines)

    @property
    def day(self) -> date | None:
        return parse_date(self.values.get("date_of_service", ""))

    def given(self) -> dict[str, str]:
        """The answers that still count: those on the path, by the words of their question."""
        return {
            question.text: self.answers[question.id]
            for question in path(self.codes, self.answers)
            if question.id in self.answers
        }

    def payload(self) -> dict[str, Any]:
        codes = [{"code": line.code, "quantity": str(line.units)} for line in self.lines]
        values = {key: value for key, value in self.values.items() if key != "code"}
        return {**values, "codes": codes, "answers": self.given()}

    def add(self, code: str, quantity: str) -> str:
        """What is wrong with it, in the page's words; "" once it stands in the list."""
        code = code.strip().upper()
        if not known.is_procedure(code):
            return f"{code or 'Procedure Code'} is not a valid code."
        if not quantity.isdigit() or int(quantity) < 1:
            return "Quantity is a whole number above 0."
        if len(self.lines) >= MOST_CODES:
            return f"A case holds at most {MOST_CODES} codes. Start another case for the rest."
        if code in self.codes:
            return f"{code} is in the list already."
        self.lines.append(Line(code, units=int(quantity)))
        return ""

    def wrong(self, step: str) -> str:
        """Why one cannot go on from this step; "" if one can."""
        return _CHECKS[step](self) if step in _CHECKS else ""

    def unfinished(self) -> str:
        """The first step that isn't complete; "review" once all are."""
        return next((step for step in STEPS if self.wrong(step)), STEPS[-1])


def _service(case: DraftCase) -> str:
    if case.day is None:
        return "Date of Service is a date (MM/DD/YYYY)."
    if not known.is_diagnosis(case.values.get("diagnosis", "").strip().upper()):
        return "Diagnosis Code is not a valid code."
    if case.values.get("code", "").strip():
        return f"Add the code {case.values['code']} to the list, or clear the field."
    return "" if case.lines else "Add at least one procedure code."


def _site(case: DraftCase) -> str:
    found = known.provider_name(case.values.get("site_npi", ""), "facility")
    return "" if found else "Find the site by its NPI."


def _provider(case: DraftCase) -> str:
    if known.provider_name(case.values.get("ordering_npi", ""), "ordering") is None:
        return "Ordering Provider NPI was not found."
    if not re.fullmatch(r"\d{9}", case.values.get("tax_id", "")):
        return "Tax ID has nine digits, without a dash."
    if not _PHONE.fullmatch(case.values.get("callback", "")):
        return "Callback Number looks like 404-555-0142."
    return "" if case.values.get("contact_name", "").strip() else "Contact Name is missing."


def _urgency(case: DraftCase) -> str:
    urgent = case.values.get("urgent", "")
    if urgent not in ("Yes", "No"):
        return "Say whether the request is urgent."
    if urgent == "Yes" and case.values.get("urgent_confirmed") != "yes":
        return "Confirm that the request is urgent."
    return ""


def _questions(case: DraftCase) -> str:
    return "Answer the question." if unanswered(case.codes, case.answers) else ""


_CHECKS = {
    "service": _service,
    "site": _site,
    "provider": _provider,
    "urgency": _urgency,
    "questions": _questions,
}
