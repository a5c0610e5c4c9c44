"""One attempt at one request, so that it is at the payer exactly once whatever dies in between.

The intent row decides what a (re-)run does. None: from the top. Open: the request may be at the
payer, so nothing is sent before "If interrupted" has looked for it; found is adopted, surely not
found (two looks that agree, the second after the portal's settle time) is sent anew, anything else is
for a person.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from authwright.cases.states import Event, State
from authwright.core.ports import Intent, LeaseLostError
from authwright.core.run import Lookup, RunOutcome, RunResult
from authwright.core.workflow import Purpose, SectionRole
from authwright.engine.answers import Reading, Recorder, tells_all
from authwright.engine.guides import halted_in_words, of_kind, of_run
from authwright.engine.portals import Mode, PortalAccess
from authwright.engine.running import Running
from authwright.engine.services import DueKind, Services, WorkKind
from authwright.store.leases import Lease
from authwright.store.store import PracticeSession
from authwright.store.submissions import UNFINISHED, Attempt, Submission, SubmissionStatus
from authwright.store.worklist import Guide

MOST_ATTEMPTS = 3
# Between two looks at a portal that has settled long ago.
_SHORTEST_GAP = timedelta(seconds=2)


class Ended(StrEnum):
    """How a piece of work ended, as the durable workflow's result; names no patient."""

    ANSWERED = "answered"
    WAITS_FOR_PERSON = "waits-for-person"
    LOOKS_AGAIN = "looks-again"
    SENDS_AGAIN = "sends-again"
    BUSY = "busy"
    NOTHING_TO_DO = "nothing-to-do"


def start(
    session: PracticeSession, case_id: str, portal: PortalAccess, *, actor: str, at: datetime
) -> Submission:
    """Put the next attempt at a ready case on record, due at once. An attempt that isn't finished is
    taken up again instead: one case is never tried twice at the same time."""
    before = session.submissions.of_case(case_id)
    if before and before[-1].status in UNFINISHED:
        return _put_due(session, before[-1], at)
    workflow = portal.workflows[Purpose.SUBMIT]
    attempt = Attempt(
        case_id=case_id,
        key=f"{case_id}:{len(before) + 1}",
        purpose=Purpose.SUBMIT,
        channel="portal",
        portal=portal.id,
        account=portal.account,
        workflow=workflow.id,
        meaning_hash=workflow.meaning_hash,
    )
    submission = session.submissions.start(attempt, actor=actor, at=at)
    return _put_due(session, submission, at)


def _put_due(session: PracticeSession, submission: Submission, at: datetime) -> Submission:
    session.due.add(
        DueKind.SUBMIT,
        at,
        case_id=submission.attempt.case_id,
        subject=submission.id,
        key=f"{DueKind.SUBMIT}:{submission.id}",
    )
    return submission


@dataclass(slots=True)
class Submitting:
    """Carries out one submission. `second_look` says that an earlier look found nothing."""

    services: Services
    practice: str
    submission_id: str
    second_look: bool = False

    def carry_out(self) -> Ended:
        """The whole attempt as one durable step: it may be run again after a crash at any point."""
        with self.services.store.practice(self.practice, read_only=True) as session:
            submission = session.submissions.get(self.submission_id)
        if submission.status not in UNFINISHED:
            return Ended.NOTHING_TO_DO
        portal = self.services.portals(self.practice, submission.attempt.portal)
        if refused := self._refusal(portal, submission):
            return self._wait_for_person(submission, WorkKind.SOP_NOT_APPROVED, refused)
        running = self._running(submission)
        lease = running.lease(portal)
        if lease is None:
            return self._try_later(submission)
        try:
            return self._with_lease(portal, submission, lease)
        except LeaseLostError:
            return self._try_later(submission)
        finally:
            running.release(lease)

    def _refusal(self, portal: PortalAccess, submission: Submission) -> str:
        if reason := portal.refused.get(Purpose.SUBMIT):
            return reason
        workflow = portal.workflows[Purpose.SUBMIT]
        if workflow.meaning_hash != submission.attempt.meaning_hash and self._may_be_there():
            return (
                f"The SOP {workflow.id} means something else than when this request was sent: "
                "look for the request at the payer by hand."
            )
        return ""

    def _with_lease(self, portal: PortalAccess, submission: Submission, lease: Lease) -> Ended:
        intent = self._open_intent()
        if intent is None and not self._was_sent():
            return self._from_top(portal, submission, lease)
        self._note_doubt(submission)
        return self._look(portal, submission, lease, intent)

    # -- from the top ------------------------------------------------------------------------------

    def _from_top(self, portal: PortalAccess, submission: Submission, lease: Lease) -> Ended:
        with self._session() as session:
            if session.cases.get(submission.attempt.case_id).state is State.READY:
                self._move(session, submission, Event.SUBMISSION_STARTED)
        result = self._run(portal, submission, lease, "from-top")
        if self._open_intent() is not None:
            return self._cut_off(portal, submission, result)
        if result.sent:
            return self._answered(portal, submission, result, Event.SENT)
        if result.outcome is RunOutcome.DONE and result.stopped_with:
            return self._answered(portal, submission, result, None)
        if result.outcome is RunOutcome.FAILED:
            return self._failed(portal, submission, result)
        return self._halted(submission, result)

    def _answered(
        self, portal: PortalAccess, submission: Submission, result: RunResult, event: Event | None
    ) -> Ended:
        """The payer has answered: `event` is how the case came to be there (None: it was not sent)."""
        reading = Reading(result.read, result.stopped_with, result.assigned_queue)
        status = SubmissionStatus.SENT if event else SubmissionStatus.NOT_SENT
        with self._session() as session:
            self._put_status(session, status, result, reading.number)
            if event:
                self._move(session, submission, event)
            recorder = Recorder(
                session, portal.file, self.services.worker, self._now(), self.services.status_after
            )
            understood = recorder.take(submission.attempt.case_id, reading, submission_id=submission.id)
        return Ended.ANSWERED if understood else Ended.WAITS_FOR_PERSON

    def _halted(self, submission: Submission, result: RunResult) -> Ended:
        with self._session() as session:
            self._move(session, submission, Event.STOPPED_BEFORE_SENDING)
            self._put_status(session, SubmissionStatus.NOT_SENT, result)
        words, guide = halted_in_words(result), of_run(result)
        return self._wait_for_person(
            submission, WorkKind.HALTED, words, queue=result.assigned_queue, guide=guide
        )

    def _failed(self, portal: PortalAccess, submission: Submission, result: RunResult) -> Ended:
        """The portal was down or the connection lost before anything was sent."""
        with self._session() as session:
            self._move(session, submission, Event.STOPPED_BEFORE_SENDING)
            self._put_status(session, SubmissionStatus.FAILED, result)
            attempts = len(session.submissions.of_case(submission.attempt.case_id))
            if attempts < MOST_ATTEMPTS:
                at = self._now() + self.services.retry_after * attempts
                start(session, submission.attempt.case_id, portal, actor=self.services.worker, at=at)
                return Ended.SENDS_AGAIN
        words, guide = halted_in_words(result), of_run(result)
        return self._wait_for_person(submission, WorkKind.PORTAL_DOWN, words, guide=guide)

    # -- looking for a request that may be at the payer --------------------------------------------

    def _cut_off(self, portal: PortalAccess, submission: Submission, result: RunResult) -> Ended:
        """The run ended with its intent open: it can't say whether the payer has the request."""
        with self._session() as session:
            session.ledger.write(
                "submission.cut-off",
                actor=self.services.worker,
                at=self._now(),
                case_id=submission.attempt.case_id,
                submission=submission.id,
                why=halted_in_words(result),
            )
        self._note_doubt(submission)
        return self._look_again(submission, self._now() + _SHORTEST_GAP, DueKind.SUBMIT)

    def _look(
        self, portal: PortalAccess, submission: Submission, lease: Lease, intent: Intent | None
    ) -> Ended:
        if not portal.workflows[Purpose.SUBMIT].steps_in(SectionRole.IF_INTERRUPTED):
            return self._wait_in_doubt(submission, 'the SOP has no "If interrupted" to look with')
        result = self._run(portal, submission, lease, "if-interrupted")
        finding = result.lookup.finding if result.lookup else Lookup.UNCLEAR
        with self._session() as session:
            session.ledger.write(
                "submission.looked",
                actor=self.services.worker,
                at=self._now(),
                case_id=submission.attempt.case_id,
                submission=submission.id,
                finding=finding,
                page_said=result.lookup.words if result.lookup else "",
                second=self.second_look,
            )
        if finding is Lookup.FOUND:
            return self._adopt(portal, submission, result, intent)
        if result.outcome is RunOutcome.FAILED:
            return self._look_again(submission, self._now() + self.services.retry_after, self._look_kind)
        if finding is Lookup.NOT_SENT and intent is not None and _proves(result):
            return self._not_found(portal, submission, intent)
        return self._wait_in_doubt(submission, halted_in_words(result), result)

    def _adopt(
        self, portal: PortalAccess, submission: Submission, result: RunResult, intent: Intent | None
    ) -> Ended:
        with self._session() as session:
            # A run that was taken for dead may have read its answer in the meantime.
            if intent is not None and session.intents.open_of(submission.id):
                session.intents.resolve(submission.id, "adopted", actor=self.services.worker, at=self._now())
        reading = Reading(result.read, result.stopped_with)
        if reading.number and Purpose.STATUS in portal.workflows and not tells_all(reading, portal.file):
            return self._read_in_full(submission, result, reading.number)
        return self._answered(portal, submission, result, Event.FOUND_AT_PAYER)

    def _read_in_full(self, submission: Submission, result: RunResult, number: str) -> Ended:
        """It is there, and the list says too little of it: the status SOP reads the request's own page."""
        case_id = submission.attempt.case_id
        with self._session() as session:
            self._put_status(session, SubmissionStatus.SENT, result, number)
            self._move(session, submission, Event.FOUND_AT_PAYER)
            session.due.add(DueKind.STATUS, self._now(), case_id=case_id, key=f"{DueKind.STATUS}:{case_id}")
        return Ended.LOOKS_AGAIN

    def _not_found(self, portal: PortalAccess, submission: Submission, intent: Intent) -> Ended:
        settled = intent.at + portal.settle
        if not self.second_look or self._now() < settled:
            at = max(settled, self._now() + min(_SHORTEST_GAP, portal.settle))
            return self._look_again(submission, at, DueKind.SECOND_LOOK)
        with self._session() as session:
            session.intents.resolve(submission.id, "not-sent", actor=self.services.worker, at=self._now())
            self._put_status(session, SubmissionStatus.NOT_SENT)
            self._move(session, submission, Event.PROVED_NOT_SENT)
            start(session, submission.attempt.case_id, portal, actor=self.services.worker, at=self._now())
        return Ended.SENDS_AGAIN

    def _look_again(self, submission: Submission, at: datetime, kind: DueKind) -> Ended:
        with self._session() as session:
            session.due.add(
                kind,
                at,
                case_id=submission.attempt.case_id,
                subject=submission.id,
                key=f"{kind}:{submission.id}",
            )
        return Ended.LOOKS_AGAIN

    @property
    def _look_kind(self) -> DueKind:
        return DueKind.SECOND_LOOK if self.second_look else DueKind.SUBMIT

    def _note_doubt(self, submission: Submission) -> None:
        with self._session() as session:
            if session.cases.get(submission.attempt.case_id).state is State.SUBMITTING:
                self._move(session, submission, Event.INTERRUPTED)
                self._put_status(session, SubmissionStatus.IN_DOUBT)

    def _wait_in_doubt(self, submission: Submission, why: str, result: RunResult | None = None) -> Ended:
        words = (
            "This request may be at the payer, and it could not be told from the portal: "
            f"{why.rstrip('.')}. Look for it, then adopt its number or say that it was not sent."
        )
        step, picture = (result.halt.step if result.halt else "", result.picture) if result else ("", "")
        guide = replace(of_kind(WorkKind.IN_DOUBT), step=step, picture=picture)
        return self._wait_for_person(submission, WorkKind.IN_DOUBT, words, guide=guide)

    # -- small things ------------------------------------------------------------------------------

    def _run(self, portal: PortalAccess, submission: Submission, lease: Lease, mode: Mode) -> RunResult:
        store, case_id = self.services.store, submission.attempt.case_id
        with store.practice(self.practice, read_only=True) as session:
            case = session.cases.document(case_id)
        intents = store.intent_log(self.practice, submission.id, lease)
        return self._running(submission).run(portal, Purpose.SUBMIT, case, lease, mode=mode, intents=intents)

    def _running(self, submission: Submission) -> Running:
        return Running(self.services, self.practice, submission.attempt.case_id, submission.id)

    def _try_later(self, submission: Submission) -> Ended:
        """Another run uses the account: come back when it is done."""
        kind = self._look_kind
        with self._session() as session:
            session.due.add(
                kind,
                self._now() + _SHORTEST_GAP,
                case_id=submission.attempt.case_id,
                subject=submission.id,
                key=f"{kind}:{submission.id}",
            )
        return Ended.BUSY

    def _wait_for_person(
        self,
        submission: Submission,
        kind: WorkKind,
        why: str,
        *,
        queue: str = "",
        guide: Guide | None = None,
    ) -> Ended:
        self._running(submission).ask_person(kind, why, queue=queue, guide=guide)
        return Ended.WAITS_FOR_PERSON

    def _open_intent(self) -> Intent | None:
        with self.services.store.practice(self.practice, read_only=True) as session:
            return session.intents.open_of(self.submission_id)

    def _was_sent(self) -> bool:
        """Sent or adopted, and the process died before the answer was written into the case."""
        with self.services.store.practice(self.practice, read_only=True) as session:
            records = session.intents.of_submission(self.submission_id)
        return any(record.intent.outcome in ("sent", "adopted") for record in records)

    def _may_be_there(self) -> bool:
        return self._open_intent() is not None or self._was_sent()

    def _move(self, session: PracticeSession, submission: Submission, event: Event) -> None:
        session.cases.move(submission.attempt.case_id, event, actor=self.services.worker, at=self._now())

    def _put_status(
        self,
        session: PracticeSession,
        status: SubmissionStatus,
        result: RunResult | None = None,
        number: str = "",
    ) -> None:
        session.submissions.put_status(
            self.submission_id,
            status,
            actor=self.services.worker,
            at=self._now(),
            reference_number=number,
            result=result,
        )

    def _session(self) -> AbstractContextManager[PracticeSession]:
        return self.services.store.practice(self.practice)

    def _now(self) -> datetime:
        return self.services.clock.now()


def _proves(result: RunResult) -> bool:
    """Not found only counts when the page said so in the SOP's words and repeated the question."""
    return bool(result.lookup and result.lookup.words and result.lookup.echoed)
