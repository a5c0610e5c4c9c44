"""The hub's state: who is signed in, what the payer received, what it answered."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from authwright_sandbox.accounts import Account, Accounts
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.dates import show_date
from authwright_sandbox.drift import Drift
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults
from authwright_sandbox.hub import seeds
from authwright_sandbox.hub.changes import open_acts
from authwright_sandbox.hub.requests import Decision, Request, Submission
from authwright_sandbox.hub.rules import DEFAULT_RULES, Answer, Rule, Turn, course_for
from authwright_sandbox.members import Members
from authwright_sandbox.sessions import Session, Sessions
from authwright_sandbox.uploads import Uploads

DEFAULT_ACCOUNT = Account(
    "specialist",
    "practice-Day1",
    "JBSWY3DPEHPK3PXP",
    ("Maple Street Orthopedics", "Maple Street Imaging"),
)
LISTED = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind`: "answered", "not-required" or "duplicate" (then `request` is the one that exists)."""

    kind: str
    request: Request
    decision: Decision


@dataclass(frozen=True, slots=True)
class Search:
    """What the dashboard was asked; empty fields don't count."""

    member_id: str = ""
    reference_number: str = ""
    last_name: str = ""
    status: str = ""

    @property
    def echo(self) -> str:
        asked = (
            ("Member ID", self.member_id),
            ("Reference Number", self.reference_number),
            ("Patient Last Name", self.last_name),
            ("Status", self.status),
        )
        return ", ".join(f"{label} {value}" for label, value in asked if value)

    def fits(self, request: Request, decision: Decision) -> bool:
        submission = request.submission
        pairs = (
            (self.member_id, submission.member_id),
            (self.reference_number, request.number),
            (self.last_name, submission.last_name),
            (self.status, decision.status),
        )
        return all(not asked or asked.casefold() == value.casefold() for asked, value in pairs)


Row = tuple[Request, Decision]


class HubPortal:
    """`settle_seconds`: how far the dashboard lags behind the payer, in seconds of the portal clock."""

    def __init__(self, clock: PortalClock, events: EventLog, faults: Faults, settle_seconds: float) -> None:
        self.clock, self.events, self.faults = clock, events, faults
        self.settle_seconds = settle_seconds
        self.accounts = Accounts([DEFAULT_ACCOUNT], clock.real)
        self.sessions = Sessions(clock.real)
        self.uploads = Uploads()
        self.on_change: Callable[[], None] = lambda: None
        self._numbers = random.Random(20261001)
        self.reset()

    def reset(self) -> None:
        """Back to the first day: default account, rules and requests; everyone is signed out. Numbers
        that were given out don't come again."""
        self.accounts.replace([DEFAULT_ACCOUNT])
        self.accounts.allow_code_reuse = False
        self.sessions.close_all()
        self.uploads.clear()
        self.members = Members()
        self.rules = [Rule.from_json(rule) for rule in DEFAULT_RULES]
        self.interstitial = True
        self.drift: Drift | None = None
        self.list_delay_seconds: float | None = None
        self.received: list[dict[str, Any]] = []
        self.drafts: list[dict[str, Any]] = []
        self.lookups: list[dict[str, Any]] = []
        self.requests: list[Request] = seeds.requests(self.clock.now())
        self.on_change()

    def submit(self, session: Session, payload: dict[str, Any]) -> Outcome:
        """The payer takes the request and answers. Raises ValueError if the form is not complete."""
        submission = Submission.from_payload(payload)
        existing = self._existing(submission)
        kind = "duplicate" if existing else "answered"
        request = existing or self._accept(session, submission)
        decision = request.decision_at(self.clock.now())
        if decision.answer is Answer.NOT_REQUIRED and not existing:
            kind = "not-required"
        self._record(session, request, kind, submission.payload, submission.start)
        self.on_change()
        return Outcome(kind, request, decision)

    def change(self, session: Session, request: Request, act: str, payload: dict[str, Any]) -> Outcome:
        """Records, an update or a cancellation. Raises ValueError if that isn't possible."""
        now = self.clock.now()
        if act not in open_acts(request, now):
            raise ValueError("This request cannot be changed online.")
        if act == "records":
            self._check_records(payload)
            request.answer(Turn(Answer.PENDED), now)
        elif act == "update":
            request.submission = request.submission.updated(payload)
            request.answer(Turn(Answer.PENDED), now)
        else:
            if not payload.get("reason"):
                raise ValueError("Reason is missing.")
            request.cancelled_at = now
        self._record(session, request, act, payload, request.submission.start)
        self.on_change()
        return Outcome(act, request, request.decision_at(now))

    def _check_records(self, payload: dict[str, Any]) -> None:
        sent = [self.uploads.get(upload) for upload in payload.get("attachments", ())]
        if not sent or None in sent:
            raise ValueError("Attach the records that were requested.")

    def _existing(self, submission: Submission) -> Request | None:
        for request in self.requests:
            if request.cancelled_at is None and request.submission.key == submission.key:
                return request
        return None

    def _accept(self, session: Session, submission: Submission) -> Request:
        courses = tuple(
            course_for(self.rules, code, submission.member_id, submission.payer) for code in submission.codes
        )
        now = self.clock.now()
        request = Request("", session.organization, now, submission, courses)
        needless = request.decision_at(now).answer is Answer.NOT_REQUIRED
        request.number = self._new_number("D" if needless else "A")
        self.requests.append(request)
        return request

    def _new_number(self, letter: str) -> str:
        """Decision IDs (D) can be told from certification numbers (A)."""
        taken = {request.number for request in self.requests}
        while (number := f"{letter}{self._numbers.randrange(10**8, 10**9)}") in taken:
            pass
        return number

    def _record(
        self, session: Session, request: Request, kind: str, payload: dict[str, Any], start: date
    ) -> None:
        attachments = [self.uploads.get(upload) for upload in payload.get("attachments", ())]
        self.received.append(
            {
                "sequence": len(self.received) + 1,
                "at": self.clock.now().isoformat(),
                "account": session.user,
                "organization": session.organization,
                "result": kind,
                "reference_number": request.number,
                "status": request.decision_at(self.clock.now()).status,
                "start_date": show_date(start),
                "payload": {key: val for key, val in payload.items() if key != "attachments"},
                "attachments": [upload.to_json() for upload in attachments if upload],
            }
        )

    @property
    def lag(self) -> timedelta:
        late = self.settle_seconds if self.list_delay_seconds is None else self.list_delay_seconds
        return timedelta(seconds=late)

    def listed(self, organization: str, search: Search) -> list[Row]:
        """The dashboard's rows, newest first, as of `lag` ago."""
        as_of = self.clock.now() - self.lag
        rows = [
            (request, request.decision_at(as_of))
            for request in reversed(self.requests)
            if request.organization == organization and request.accepted_at <= as_of
        ]
        return [row for row in rows if search.fits(*row)]

    def find(self, organization: str, number: str) -> Request | None:
        """A request of this organization by its number, without lag."""
        for request in self.requests:
            if request.number == number and request.organization == organization:
                return request
        return None

    def any_request(self, number: str) -> Request | None:
        return next((request for request in self.requests if request.number == number), None)

    def set_rules(self, rules: Iterable[dict[str, Any]]) -> None:
        self.rules = [Rule.from_json(rule) for rule in rules]
