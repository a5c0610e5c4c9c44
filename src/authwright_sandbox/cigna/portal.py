"""The portal's state: patients that were looked up, requests, drafts, appeals."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from authwright_sandbox import reference_data as known
from authwright_sandbox.accounts import Account
from authwright_sandbox.answers import Answer
from authwright_sandbox.cigna import rules, seeds
from authwright_sandbox.cigna.captcha import Captcha
from authwright_sandbox.cigna.form import Form, lines_of, start_of
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults
from authwright_sandbox.held import Held, same_request
from authwright_sandbox.members import Member
from authwright_sandbox.payer import Payer, RefusedError
from authwright_sandbox.sessions import Session
from authwright_sandbox.uploads import Upload

OPEN = (Answer.PENDED, Answer.DOCUMENTS, Answer.PEER_TO_PEER)
APPEAL_REASONS = ("Medical necessity", "Additional information available", "Coding or administrative error")
WITHDRAWAL_REASONS = ("Service no longer needed", "Entered in error", "Patient has other coverage")


@dataclass(slots=True)
class Patient:
    """Whom a user looked up. Their pages open once the user has confirmed who it is."""

    member: Member
    last_name: str
    first_name: str
    date_of_birth: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A filled form on its way; on the review page it hasn't been sent."""

    key: str
    user: str
    patient: Patient
    form: Form
    uploads: list[Upload] = field(default_factory=list)

    @property
    def payload(self) -> dict[str, Any]:
        """All that the payer gets: the patient that was looked up, and the form unchanged."""
        patient = self.patient
        return {
            "member_id": patient.member.member_id,
            "last_name": patient.last_name,
            "first_name": patient.first_name,
            "date_of_birth": patient.date_of_birth,
            **self.form,
        }


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to "is precertification needed?", by code, with a number if it never is."""

    number: str
    member_id: str
    form: Form
    lines: tuple[tuple[str, str], ...]

    @property
    def needless(self) -> bool:
        return all(answer == "not-required" for _, answer in self.lines)


class CignaPortal(Payer):
    account = Account("specialist", "practice-Day1", organizations=("Maple Street Orthopedics",))
    default_rules: Sequence[dict[str, Any]] = rules.DEFAULT_RULES
    otherwise = rules.DEFAULT

    def __init__(
        self, clock: PortalClock, events: EventLog, faults: Faults, settle_seconds: float, delegate_url: str
    ) -> None:
        self.delegate_url = delegate_url
        super().__init__(clock, events, faults, settle_seconds)

    def reset(self) -> None:
        super().reset()
        self.captcha = Captcha()
        self.delegated = set(rules.DELEGATED)
        self.appeal_turns: list[dict[str, Any]] = list(rules.APPEAL_TURNS)
        self.refuse_next = ""
        self.patients: dict[tuple[str, str], Patient] = {}
        self.drafts: dict[str, Draft] = {}
        self.saved: list[dict[str, Any]] = []
        self.checks: list[Check] = []

    def seeds(self) -> list[Held]:
        return seeds.requests(self.clock.now(), self.account.organizations[0])

    def words(self, held: Held) -> str:
        return rules.STATUS_WORDS[held.decision_at(self.clock.now()).answer]

    def look_up(self, user: str, member_id: str, last: str, first: str, born: str) -> Patient | None:
        member = self.members.look_up(member_id, last, born)
        if member is None:
            return None
        patient = Patient(member, last.strip(), first.strip(), born)
        return self.patients.setdefault((user, member.member_id), patient)

    def confirm(self, user: str, member_id: str, born: str) -> bool:
        """The date of birth has to be given once more."""
        patient = self.patients.get((user, member_id))
        if patient is None or patient.date_of_birth != born:
            return False
        patient.confirmed = True
        return True

    def patient(self, user: str, member_id: str) -> Patient | None:
        patient = self.patients.get((user, member_id))
        return patient if patient and patient.confirmed else None

    def check(self, user: str, member_id: str, form: Form) -> Check:
        """A look-up: it begins no request."""
        codes = [line.code for line in lines_of(form) if known.is_procedure(line.code)]
        place = form.get("place_of_service", "")
        lines = tuple((code, self._needed(code, member_id, place)) for code in codes)
        check = Check(f"PC{secrets.randbelow(9 * 10**7) + 10**7}", member_id, form, lines)
        self.checks.append(check)
        self.events.add("checked", user=user, member_id=member_id)
        return check

    def _needed(self, code: str, member_id: str, place: str) -> str:
        if code in self.delegated:
            return "delegated"
        first = self.course(code, member_id, place).turns[0].answer
        return "not-required" if first is Answer.NOT_REQUIRED else "required"

    def keep_draft(self, user: str, patient: Patient, form: Form, uploads: Iterable[Upload]) -> Draft:
        draft = Draft(secrets.token_hex(8), user, patient, form, list(uploads))
        self.drafts[draft.key] = draft
        return draft

    def submit(self, session: Session, draft: Draft) -> Held:
        """The one way in which a request begins. Raises RefusedError if none does."""
        try:
            held = self._accept(session, draft)
        except RefusedError:
            self.record(session, "submit", "refused", None, draft.payload, draft.uploads)
            raise
        self.record(session, "submit", "accepted", held, draft.payload, draft.uploads)
        return held

    def _accept(self, session: Session, draft: Draft) -> Held:
        if self.refuse_next:
            reason, self.refuse_next = self.refuse_next, ""
            raise RefusedError(reason)
        form, member_id = draft.form, draft.patient.member.member_id
        lines = lines_of(form)
        elsewhere = [line.code for line in lines if line.code in self.delegated]
        if elsewhere:
            raise RefusedError(
                f"{', '.join(elsewhere)}: this service is reviewed by Delegate Review Services. "
                "Your request was not forwarded."
            )
        courses = tuple(self.course(line.code, member_id, form["place_of_service"]) for line in lines)
        name = f"{draft.patient.last_name}, {draft.patient.first_name}".rstrip(", ")
        held = Held(
            "",
            session.organization,
            self.clock.now(),
            member_id,
            name,
            start_of(form),
            lines,
            courses,
            draft.payload,
        )
        held.documents = [upload.to_json() for upload in draft.uploads]
        if there := same_request(self.requests, held):
            raise RefusedError(f"A request for this service is on file already: {there.number}.")
        held.number = self.new_number("OP" if form["request_type"] == "Outpatient Procedure" else "IP")
        self.requests.append(held)
        return held

    def respond(self, session: Session, held: Held, uploads: list[Upload], payload: Form) -> None:
        """Documents that the payer asked for."""
        self._must(held, "respond")
        if not uploads:
            raise RefusedError("Choose at least one document.")
        held.documents += [upload.to_json() for upload in uploads]
        self.restart(held)
        self.record(session, "respond", "accepted", held, dict(payload), uploads)

    def appeal(self, session: Session, held: Held, uploads: list[Upload], payload: Form) -> None:
        self._must(held, "appeal")
        if payload.get("reason") not in APPEAL_REASONS:
            raise RefusedError("Select a reason for the appeal.")
        if not payload.get("explanation", "").strip():
            raise RefusedError("Explain why the decision should be changed.")
        if payload.get("authorized") != "yes":
            raise RefusedError("Confirm that you may appeal for the patient.")
        held.documents += [upload.to_json() for upload in uploads]
        self.restart(held, self.appeal_turns, Answer.DENIED)
        self.record(session, "appeal", "accepted", held, dict(payload), uploads)

    def withdraw(self, session: Session, held: Held, payload: Form) -> None:
        self._must(held, "withdraw")
        if payload.get("reason") not in WITHDRAWAL_REASONS:
            raise RefusedError("Select a reason.")
        held.cancelled_at, held.cancel_reason = self.clock.now(), payload["reason"]
        self.record(session, "withdraw", "accepted", held, dict(payload))

    def acts(self, held: Held) -> list[str]:
        """What the page offers for a request in its present state; for anything else one has to call."""
        decision = held.decision_at(self.clock.now())
        if decision.answer is Answer.DENIED:
            return ["appeal"]
        if decision.answer is Answer.DOCUMENTS:
            return ["respond", "withdraw"]
        return ["withdraw"] if decision.answer in OPEN or decision.approved else []

    def _must(self, held: Held, act: str) -> None:
        if act not in self.acts(held):
            raise RefusedError("This cannot be done online. Call 555-0100.")
