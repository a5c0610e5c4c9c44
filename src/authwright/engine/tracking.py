"""One status pull: what the payer's portal says of a request today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authwright.cases.states import State
from authwright.core.ports import Intent, LeaseLostError
from authwright.core.run import RunOutcome
from authwright.core.workflow import Purpose
from authwright.engine.answers import Reading, Recorder
from authwright.engine.guides import halted_in_words, of_run
from authwright.engine.running import Running
from authwright.engine.services import DueKind, Services, WorkKind
from authwright.engine.submitting import Ended

# What may still change at the payer by itself.
PULLED = frozenset(
    {
        State.SUBMITTED,
        State.IN_REVIEW,
        State.INFORMATION_REQUESTED,
        State.PEER_TO_PEER_OFFERED,
    }
)


class NothingMayBeSentError(Exception):
    """A status SOP came to a step that sends something. Checked SOPs have none."""


class NoIntents:
    """The intent log of a run that only reads: it refuses to record one."""

    def open_intent(self) -> Intent | None:
        return None

    def record(self, *, step_line: int, page_fingerprint: str, at: datetime) -> None:
        raise NothingMayBeSentError(f"line {step_line} would send something in a status pull")

    def resolve(self, outcome: str, *, at: datetime) -> None:
        raise NothingMayBeSentError("a status pull has nothing to resolve")


@dataclass(frozen=True, slots=True)
class Tracking:
    services: Services
    practice: str
    case_id: str

    def carry_out(self) -> Ended:
        """Read the status and put the case where it belongs. May be run again at any time."""
        store, now = self.services.store, self.services.clock.now
        with store.practice(self.practice, read_only=True) as session:
            case = session.cases.get(self.case_id)
            if case.state not in PULLED:
                return Ended.NOTHING_TO_DO
            document = session.cases.document(self.case_id)
            submission = session.submissions.of_case(self.case_id)[-1]
        portal = self.services.portals(self.practice, submission.attempt.portal)
        running = Running(self.services, self.practice, self.case_id, submission.id)
        if refused := portal.refused.get(Purpose.STATUS):
            running.ask_person(WorkKind.SOP_NOT_APPROVED, refused)
            return Ended.WAITS_FOR_PERSON
        lease = running.lease(portal)
        if lease is None:
            return self._put_due(now(), Ended.BUSY)
        case_data: dict[str, Any] = document | {
            "submission": {"reference_number": submission.reference_number}
        }
        try:
            result = running.run(
                portal, Purpose.STATUS, case_data, lease, mode="from-top", intents=NoIntents()
            )
        except LeaseLostError:
            return self._put_due(now(), Ended.BUSY)
        finally:
            running.release(lease)
        if result.outcome is RunOutcome.FAILED:
            return self._put_due(now() + self.services.retry_after, Ended.LOOKS_AGAIN)
        if result.outcome is RunOutcome.HALTED:
            words, guide = halted_in_words(result), of_run(result)
            running.ask_person(WorkKind.HALTED, words, queue=result.assigned_queue, guide=guide)
            return Ended.WAITS_FOR_PERSON
        with store.practice(self.practice) as session:
            session.ledger.write(
                "status.pulled", actor=self.services.worker, at=now(), case_id=self.case_id, read=result.read
            )
            recorder = Recorder(session, portal.file, self.services.worker, now(), self.services.status_after)
            reading = Reading(result.read, result.stopped_with, result.assigned_queue)
            understood = recorder.take(self.case_id, reading, submission_id=submission.id)
        return Ended.ANSWERED if understood else Ended.WAITS_FOR_PERSON

    def _put_due(self, at: datetime, ended: Ended) -> Ended:
        with self.services.store.practice(self.practice) as session:
            session.due.add(DueKind.STATUS, at, case_id=self.case_id, key=f"status:{self.case_id}")
        return ended
