"""The delegate's state: cases, drafts, talks between doctors, and how long a session lives unused."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from authwright_sandbox.accounts import Account
from authwright_sandbox.answers import Answer
from authwright_sandbox.dates import show_date
from authwright_sandbox.delegate import rules, seeds
from authwright_sandbox.delegate.case import DraftCase
from authwright_sandbox.held import Held, same_request
from authwright_sandbox.payer import Payer, RefusedError
from authwright_sandbox.sessions import IDLE, Session
from authwright_sandbox.uploads import Upload

OPEN = (Answer.PENDED, Answer.DOCUMENTS, Answer.PEER_TO_PEER)
WITHDRAWAL_REASONS = ("Study no longer needed", "Started in error", "Done elsewhere")
WARN_SECONDS = 60.0


class DelegatePortal(Payer):
    """`warn_seconds`: how long before the end of a session the count-down appears."""

    account = Account("maple.intake", "review-Day1", organizations=("Maple Street Orthopedics",))
    default_rules: Sequence[dict[str, Any]] = rules.DEFAULT_RULES
    otherwise = rules.DEFAULT

    def reset(self) -> None:
        super().reset()
        self.sessions.idle, self.warn_seconds = IDLE, WARN_SECONDS
        self.ends_soon = False
        self.drafts: dict[str, DraftCase] = {}
        self.peer_turns: list[dict[str, Any]] = list(rules.PEER_TURNS)

    def seeds(self) -> list[Held]:
        return seeds.cases(self.clock.now(), self.account.organizations[0])

    def words(self, held: Held) -> str:
        return rules.STATUS_WORDS[held.decision_at(self.clock.now()).answer]

    def begin(self, session: Session, values: dict[str, str]) -> DraftCase:
        draft = DraftCase(
            f"DR{secrets.randbelow(9 * 10**6) + 10**6}",
            session.user,
            session.organization,
            self.clock.now(),
            values,
        )
        self.drafts[draft.id] = draft
        self.events.add("draft-begun", draft=draft.id, member_id=values.get("member_id"))
        return draft

    def submit(self, session: Session, draft: DraftCase) -> tuple[str, Held]:
        """("accepted", "duplicate" or "not-required", the case): the one way in which a case begins."""
        day = draft.day
        if draft.unfinished() != "review" or day is None:
            raise RefusedError("This case is not complete.")
        values = draft.values
        member_id = values["member_id"].strip().upper()
        courses = tuple(self.course(code, member_id, "") for code in draft.codes)
        new = Held(
            "",
            session.organization,
            self.clock.now(),
            member_id,
            values["last_name"],
            day,
            tuple(draft.lines),
            courses,
            draft.payload(),
        )
        new.documents = [upload.to_json() for upload in draft.uploads]
        held, result = same_request(self.requests, new), "duplicate"
        if held is None:
            held, result = new, "accepted"
            held.number, held.authorization_number = self.new_number("1"), self.new_number("A")
            self.requests.append(held)
            if held.decision_at(self.clock.now()).answer is Answer.NOT_REQUIRED:
                result = "not-required"
        self.drafts.pop(draft.id)
        self.record(session, "submit", result, held, draft.payload(), draft.uploads)
        return result, held

    def respond(self, session: Session, held: Held, uploads: list[Upload], payload: dict[str, str]) -> None:
        self._must(held, "records")
        if not uploads:
            raise RefusedError("Choose at least one file.")
        held.documents += [upload.to_json() for upload in uploads]
        self.restart(held)
        self.record(session, "records", "accepted", held, dict(payload), uploads)

    def talk(self, session: Session, held: Held, payload: dict[str, str]) -> None:
        """A peer-to-peer is booked; the talk decides."""
        self._must(held, "peer-to-peer")
        if payload.get("slot") not in self.slots():
            raise RefusedError("Choose a time.")
        for key, label in (("physician", "Physician Name"), ("phone", "Physician Phone")):
            if not payload.get(key, "").strip():
                raise RefusedError(f"{label} is missing.")
        self.restart(held, self.peer_turns, Answer.PEER_TO_PEER)
        self.record(session, "peer-to-peer", "accepted", held, dict(payload))

    def withdraw(self, session: Session, held: Held, payload: dict[str, str]) -> None:
        self._must(held, "withdraw")
        if payload.get("reason") not in WITHDRAWAL_REASONS:
            raise RefusedError("Choose a reason.")
        held.cancelled_at, held.cancel_reason = self.clock.now(), payload["reason"]
        self.record(session, "withdraw", "accepted", held, dict(payload))

    def slots(self) -> list[str]:
        """Times for a talk on the next two working days."""
        days: list[date] = []
        day = self.clock.today()
        while len(days) < 2:
            day += timedelta(days=1)
            if day.weekday() < 5:
                days.append(day)
        return [f"{show_date(each)} {hour}" for each in days for hour in ("10:00 AM", "2:00 PM")]

    def acts(self, held: Held) -> list[str]:
        """What the page offers for a case in its present state; for anything else one has to call."""
        answer = held.decision_at(self.clock.now()).answer
        own = {Answer.DOCUMENTS: ["records"], Answer.PEER_TO_PEER: ["peer-to-peer"]}
        return own.get(answer, []) + (["withdraw"] if answer in OPEN else [])

    def _must(self, held: Held, act: str) -> None:
        if act not in self.acts(held):
            raise RefusedError("This cannot be done online. Call 555-0199.")
