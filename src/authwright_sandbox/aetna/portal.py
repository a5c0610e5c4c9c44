"""The portal's state: codes sent by email, wizards under way, requests."""

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from authwright_sandbox import reference_data as known
from authwright_sandbox.accounts import Account
from authwright_sandbox.aetna import rules, seeds
from authwright_sandbox.aetna.form import Form, day, lines_of
from authwright_sandbox.answers import Answer
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults
from authwright_sandbox.held import Held, same_request
from authwright_sandbox.mail import Deliver, message
from authwright_sandbox.payer import Payer, RefusedError
from authwright_sandbox.sessions import Session
from authwright_sandbox.tickets import Tickets
from authwright_sandbox.uploads import Upload

SENDER = "no-reply@provider-connection.example"
MAILBOX = "codes@maplestreet.example"
CODE_LASTS = timedelta(minutes=10)
TRIES = 5


@dataclass(slots=True)
class Draft:
    """A wizard under way. `uploads` by the kind of document they were attached as."""

    key: str
    user: str
    form: Form = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)


@dataclass(slots=True)
class EmailCode:
    code: str
    sent_at: datetime
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """The answer of the code search: no request, whatever it looks like."""

    number: str
    lines: tuple[tuple[str, bool], ...]


class AetnaPortal(Payer):
    account = Account("specialist", "practice-Day1", organizations=("Maple Street Orthopedics",))
    default_rules: Sequence[dict[str, Any]] = rules.DEFAULT_RULES
    otherwise = rules.DEFAULT

    def __init__(
        self,
        clock: PortalClock,
        events: EventLog,
        faults: Faults,
        settle_seconds: float,
        tickets: Tickets,
        deliver: Deliver,
    ) -> None:
        self.tickets, self.deliver = tickets, deliver
        self._codes = random.SystemRandom()
        super().__init__(clock, events, faults, settle_seconds)

    def reset(self) -> None:
        super().reset()
        self.codes: dict[str, EmailCode] = {}
        self.devices: set[str] = set()
        self.mail: list[dict[str, str]] = []
        self.drafts: dict[str, Draft] = {}
        self.searches: list[Search] = []

    def seeds(self) -> list[Held]:
        return seeds.requests(self.clock.now(), self.account.organizations[0])

    def words(self, held: Held) -> str:
        return rules.STATUS_WORDS[held.decision_at(self.clock.now()).answer]

    def send_code(self, user: str) -> None:
        """A new code; those before it are void."""
        now = self.clock.real()
        code = f"{self._codes.randrange(10**6):06}"
        self.codes[user] = EmailCode(code, now)
        text = f"Your verification code is {code}.\n\nIt is good for 10 minutes. Do not share it.\n"
        sent = message(SENDER, MAILBOX, "Your verification code", text, now)
        self.mail.append({"to": MAILBOX, "subject": sent["Subject"], "text": text})
        self.events.add("code-sent", user=user)
        self.deliver(sent)

    def check_code(self, user: str, typed: str) -> str:
        """What is wrong, in the page's words; nothing if the code is good. It is used up from then on."""
        known_code = self.codes.get(user)
        if known_code is None or self.clock.real() - known_code.sent_at > CODE_LASTS:
            return "The code has expired. Send a new code."
        if known_code.wrong >= TRIES:
            return "Too many wrong codes. Send a new code."
        if typed.strip() != known_code.code:
            known_code.wrong += 1
            return "The code is not right."
        del self.codes[user]
        return ""

    def search(self, codes: Sequence[str], place: str) -> Search:
        """Whether codes need precertification. Nobody's: it begins no request."""

        def needs(code: str) -> bool:
            return self.course(code, "", place).turns[0].answer is not Answer.NOT_REQUIRED

        found = Search(
            f"S{secrets.randbelow(9 * 10**7) + 10**7}", tuple((code, needs(code)) for code in codes)
        )
        self.searches.append(found)
        return found

    def begin(self, user: str) -> Draft:
        draft = Draft(secrets.token_hex(6), user)
        self.drafts[draft.key] = draft
        return draft

    def draft(self, user: str, key: str) -> Draft | None:
        found = self.drafts.get(key)
        return found if found and found.user == user else None

    def submit(self, session: Session, draft: Draft) -> tuple[str, Held]:
        """The one way in which a request begins: ("accepted" or "not-required" or "duplicate", request)."""
        form = draft.form
        lines = lines_of(form)
        start = day(form["start"])
        if start is None:
            raise RefusedError("The start date is missing.")
        member_id = form["member_id"].strip().upper()
        courses = tuple(self.course(line.code, member_id, form["place"]) for line in lines)
        name = f"{form['last_name']}, {form.get('first_name', '')}".rstrip(", ")
        now = self.clock.now()
        held = Held("", session.organization, now, member_id, name, start, lines, courses, dict(form))
        uploads = list(draft.uploads.values())
        held.documents = [upload.to_json() for upload in uploads]
        del self.drafts[draft.key]
        if there := same_request(self.requests, held):
            self.record(session, "submit", "duplicate", there, form, uploads)
            return "duplicate", there
        needless = held.decision_at(now).answer is Answer.NOT_REQUIRED
        held.number = self.new_number("N" if needless else "R")
        held.authorization_number = "" if needless else self.new_number("P")
        if not needless:
            self.requests.append(held)
        result = "not-required" if needless else "accepted"
        self.record(session, "submit", result, held, form, uploads)
        return result, held

    def acts(self, held: Held) -> list[str]:
        """What the page offers; anything else is a call."""
        decision = held.decision_at(self.clock.now())
        if decision.answer is Answer.DOCUMENTS:
            return ["documents", "update"]
        return ["update"] if decision.approved or decision.answer is Answer.PENDED else []

    def add_documents(self, session: Session, held: Held, uploads: list[Upload], sent: Form) -> None:
        self._must(held, "documents")
        if not uploads:
            raise RefusedError("Attach at least one document.")
        held.documents += [upload.to_json() for upload in uploads]
        self.restart(held)
        self.record(session, "documents", "accepted", held, dict(sent), uploads)

    def update(self, session: Session, held: Held, sent: Form) -> None:
        """Other dates, another place. What was approved is decided anew."""
        self._must(held, "update")
        start, end = day(sent.get("start", "")), day(sent.get("end", ""))
        if start is None or end is None or end < start:
            raise RefusedError("Enter a start date and an end date on or after it.")
        if sent.get("place") not in dict(known.PLACES):
            raise RefusedError("Select a place of service.")
        if not sent.get("reason", "").strip():
            raise RefusedError("Enter the reason for the update.")
        approved = held.decision_at(self.clock.now()).approved
        held.start = start
        held.payload |= {key: sent[key] for key in ("start", "end", "place")}
        if approved:
            self.restart(held, rules.UPDATE_TURNS, whole=True)
        self.record(session, "update", "accepted", held, dict(sent))

    def _must(self, held: Held, act: str) -> None:
        if act not in self.acts(held):
            raise RefusedError("This cannot be done online. Call us at 555-0100.")
