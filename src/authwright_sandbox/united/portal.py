"""The portal's state: who is signed in for whom, what the payer received, what it answered."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from authwright_sandbox.accounts import Account, Accounts
from authwright_sandbox.answers import HOUR, Answer, Rule, Turn
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.dates import parse_date
from authwright_sandbox.drift import Drift
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults
from authwright_sandbox.members import Members
from authwright_sandbox.sessions import Session, Sessions
from authwright_sandbox.united import seeds
from authwright_sandbox.united.form import CANCEL_REASONS, Submission, check_codes
from authwright_sandbox.united.requests import Change, Request
from authwright_sandbox.united.rules import DEFAULT_RULES, course_for
from authwright_sandbox.uploads import Uploads

DEFAULT_ACCOUNT = Account(
    "specialist",
    "practice-Day1",
    "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    ("58-1234567 - Maple Street Orthopedics", "58-7654321 - Maple Street Imaging"),
)
CHANGES: tuple[dict[str, Any], ...] = ({"answer": "pended"}, {"answer": "approved", "after_seconds": HOUR})
CALL_US = "This request cannot be changed online. Call Provider Services at 555-0100."
OPEN = (Answer.PENDED, Answer.DOCUMENTS, Answer.PEER_TO_PEER)


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to "is prior authorization required?": by code, and a decision ID if it never is."""

    lines: tuple[tuple[str, bool], ...]
    decision_id: str | None


class RefusedError(ValueError):
    """What the payer doesn't do, in the words that the page shows."""


class UnitedPortal:
    """`settle_seconds`: how far search and dashboard lag behind the payer, in seconds of its clock."""

    def __init__(self, clock: PortalClock, events: EventLog, faults: Faults, settle_seconds: float) -> None:
        self.clock, self.events, self.faults = clock, events, faults
        self.settle_seconds = settle_seconds
        self.accounts = Accounts([DEFAULT_ACCOUNT], clock.real)
        self.sessions = Sessions(clock.real)
        self.uploads = Uploads()
        self._numbers = random.Random(20261124)
        self.reset()

    def reset(self) -> None:
        """Back to the first day; numbers that were given out don't come again."""
        self.accounts.replace([DEFAULT_ACCOUNT])
        self.accounts.allow_code_reuse = False
        self.sessions.close_all()
        self.uploads.clear()
        self.members = Members()
        self.set_rules(DEFAULT_RULES)
        self.change_turns = _course(CHANGES)
        self.represented: dict[str, str] = {}
        self.interstitial = True
        self.drift: Drift | None = None
        self.list_delay_seconds: float | None = None
        self.received: list[dict[str, Any]] = []
        self.checks: list[dict[str, Any]] = []
        self.requests: list[Request] = seeds.requests(self.clock.now(), DEFAULT_ACCOUNT.organizations)

    def set_rules(self, rules: Iterable[dict[str, Any]]) -> None:
        self.rules = [Rule.from_json(rule) for rule in rules]

    def set_changes(self, turns: Iterable[dict[str, Any]]) -> None:
        """How updates and extensions of an approved request are answered from now on."""
        self.change_turns = _course(turns)

    def check(self, session: Session, form: dict[str, Any]) -> Checked:
        """A look-up: it begins no request. Raises ValueError if the form is not complete."""
        codes = [str(code) for code in form.get("procedures", [])]
        wrong = check_codes(form.get("diagnoses", []), codes)
        if parse_date(form.get("date", "")) is None:
            wrong.append("Date of Service is not a date.")
        if wrong:
            raise ValueError("\n".join(wrong))
        place, member_id = form.get("place_of_service", ""), form["member_id"].strip().upper()
        lines = tuple((code, self._required(code, member_id, place)) for code in codes)
        decision_id = None if any(required for _, required in lines) else self._new_number("D")
        entry = {"at": self.clock.now().isoformat(), "account": session.user, "payload": form}
        self.checks.append({**entry, "decision_id": decision_id})
        return Checked(lines, decision_id)

    def _required(self, code: str, member_id: str, place: str) -> bool:
        course = course_for(self.rules, code, member_id, place)
        return course.turns[0].answer is not Answer.NOT_REQUIRED

    def submit(self, session: Session, payload: dict[str, Any]) -> tuple[str, Request]:
        """("accepted", "not-required" or "duplicate", the request). Raises ValueError if the form is not
        complete."""
        submission = Submission.from_payload(payload)
        request = next((r for r in self.requests if r.submission.key == submission.key and _lives(r)), None)
        result = "duplicate"
        if request is None:
            request = self._accept(session, submission)
            answer = request.decision_at(self.clock.now()).answer
            result = "not-required" if answer is Answer.NOT_REQUIRED else "accepted"
        self._record(session, "submit", result, request, payload)
        return result, request

    def _accept(self, session: Session, submission: Submission) -> Request:
        member_id, place = submission.member_id, submission.place
        courses = tuple(course_for(self.rules, code, member_id, place) for code in submission.codes)
        request = Request("", session.organization, self.clock.now(), submission, courses)
        needless = request.decision_at(self.clock.now()).answer is Answer.NOT_REQUIRED
        request.number = self._new_number("D" if needless else "A")
        self.requests.append(request)
        return request

    def _new_number(self, letter: str) -> str:
        """Decision IDs (D) can be told from service reference numbers (A)."""
        taken = {request.number for request in self.requests} | {item["decision_id"] for item in self.checks}
        while (number := f"{letter}{self._numbers.randrange(2 * 10**8, 10**9)}") in taken:
            pass
        return number

    def respond(self, session: Session, request: Request, payload: dict[str, Any]) -> None:
        """Documents that the payer asked for."""
        uploads = self._uploads(payload)
        if request.decision_at(self.clock.now()).answer is not Answer.DOCUMENTS:
            raise RefusedError("No information is requested for this request.")
        if not uploads:
            raise RefusedError("Add at least one document.")
        request.documents_at = self.clock.now()
        request.documents.extend(uploads)
        self._record(session, "respond", "accepted", request, payload)

    def change(self, session: Session, request: Request, kind: str, payload: dict[str, Any]) -> Change:
        """An update (dates, place) or an extension (end date, units). What is still open is changed at
        once; what is approved stays as it is until the payer accepts the change."""
        decision = request.decision_at(self.clock.now())
        if kind not in self.actions(request):
            raise RefusedError(CALL_US)
        asked = _asked(kind, payload)
        turns = self.change_turns if decision.approved else _course([{"answer": "approved"}])
        change = Change(kind, self.clock.now(), asked, turns)
        request.changes.append(change)
        self._record(session, kind, "accepted", request, payload)
        return change

    def cancel(self, session: Session, request: Request, payload: dict[str, Any]) -> None:
        if "cancel" not in self.actions(request):
            raise RefusedError(CALL_US)
        if payload.get("reason") not in CANCEL_REASONS:
            raise RefusedError("Select a reason for the cancellation.")
        request.cancelled_at, request.cancel_reason = self.clock.now(), payload["reason"]
        self._record(session, "cancel", "accepted", request, payload)

    def actions(self, request: Request) -> list[str]:
        """What the page offers for a request in its present state; for anything else one has to call."""
        decision = request.decision_at(self.clock.now())
        if decision.answer in OPEN:
            return [*(["respond"] if decision.answer is Answer.DOCUMENTS else []), "update", "cancel"]
        return ["update", "extend", "cancel"] if decision.approved else []

    def _uploads(self, payload: dict[str, Any]) -> list[dict[str, Any]]:
        found = (self.uploads.get(upload) for upload in payload.get("attachments", ()))
        return [upload.to_json() for upload in found if upload]

    def _record(
        self, session: Session, kind: str, result: str, request: Request, payload: dict[str, Any]
    ) -> None:
        self.received.append(
            {
                "sequence": len(self.received) + 1,
                "at": self.clock.now().isoformat(),
                "kind": kind,
                "account": session.user,
                "organization": session.organization,
                "result": result,
                "reference_number": request.number,
                "status": request.decision_at(self.clock.now()).status,
                "payload": {key: value for key, value in payload.items() if key != "attachments"},
                "attachments": self._uploads(payload),
            }
        )

    @property
    def lag(self) -> timedelta:
        late = self.settle_seconds if self.list_delay_seconds is None else self.list_delay_seconds
        return timedelta(seconds=late)

    def listed(self, organization: str, fits: Callable[[Request], bool] = lambda _: True) -> list[Request]:
        """What search and dashboard know, newest first; they lag behind."""
        as_of = self.clock.now() - self.lag
        mine = (r for r in reversed(self.requests) if r.organization == organization)
        return [request for request in mine if request.accepted_at <= as_of and fits(request)]

    def find(self, organization: str, number: str) -> Request | None:
        """A request of this organization by its number, without lag."""
        found = self.any_request(number)
        return found if found and found.organization == organization else None

    def any_request(self, number: str) -> Request | None:
        return next((request for request in self.requests if request.number == number), None)


def _lives(request: Request) -> bool:
    return request.cancelled_at is None


def _course(data: Iterable[dict[str, Any]]) -> tuple[Turn, ...]:
    return tuple(Turn.from_json(item) for item in data)


def _asked(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """What a change asks for, as dates and numbers. Raises RefusedError for what it doesn't take."""
    dates = {key: parse_date(payload.get(key, "")) for key in ("start_date", "end_date", "until")}
    for key, day in dates.items():
        if payload.get(key) and day is None:
            raise RefusedError(f"{payload[key]} is not a date (MM/DD/YYYY).")
    units = str(payload.get("units", "")).strip()
    if units and not units.isdigit():
        raise RefusedError("Additional Units is not a whole number.")
    asked = {**dates, "units": int(units or 0), "place_of_service": payload.get("place_of_service", "")}
    wanted = ("start_date", "end_date", "place_of_service") if kind == "update" else ("until", "units")
    if not any(asked[key] for key in wanted):
        raise RefusedError("Nothing was changed.")
    return {key: asked[key] for key in wanted}
