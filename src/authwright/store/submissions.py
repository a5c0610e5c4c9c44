"""Attempts: one submission is one try at sending something through one channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import select

from authwright.store.models import SubmissionRow
from authwright.store.transaction import Transaction

T = TypeVar("T")


class SubmissionStatus(StrEnum):
    OPEN = "open"
    IN_DOUBT = "in-doubt"
    SENT = "sent"
    NOT_SENT = "not-sent"
    FAILED = "failed"


UNFINISHED = frozenset({SubmissionStatus.OPEN, SubmissionStatus.IN_DOUBT})


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is to be tried. `key` is the idempotency key: the same key is the same submission.

    `purpose` is a core.workflow.Purpose; `channel` as core.requirement.Channel.kind; `account` the
    portal account under which it runs; `workflow` the SOP's id, `meaning_hash` what it then meant.
    """

    case_id: str
    key: str
    purpose: str
    channel: str
    portal: str = ""
    account: str = ""
    workflow: str = ""
    meaning_hash: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    id: str
    attempt: Attempt
    status: SubmissionStatus
    started_at: datetime
    finished_at: datetime | None
    reference_number: str


class Submissions:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def start(self, attempt: Attempt, *, actor: str, at: datetime) -> Submission:
        """The submission with this key: a new one, or the one that was started before."""
        known = select(SubmissionRow).where(SubmissionRow.idempotency_key == attempt.key)
        if row := self._tx.sql.scalar(known):
            return self._submission(row)
        row = SubmissionRow(
            id=self._tx.new_id(),
            case_id=attempt.case_id,
            idempotency_key=attempt.key,
            purpose=attempt.purpose,
            channel=attempt.channel,
            portal=attempt.portal,
            account=attempt.account,
            workflow=attempt.workflow,
            meaning_hash=attempt.meaning_hash,
            status=SubmissionStatus.OPEN,
            started_at=at,
            reference_hash="",
        )
        kept = self._tx.insert_or_find(row, known)
        if kept is not row:
            return self._submission(kept)
        self._tx.log(
            "submission.started", actor=actor, at=at, case=attempt.case_id, submission=row.id, attempt=attempt
        )
        return self._submission(row)

    def put_status(
        self,
        submission_id: str,
        status: SubmissionStatus,
        *,
        actor: str,
        at: datetime,
        reference_number: str = "",
        result: object = None,
    ) -> Submission:
        """Where the attempt stands now. `result` is kept sealed (a core.run.RunResult, an answer).

        The reference number and the result that are there stay unless new ones are given.
        """
        row = self._row(submission_id)
        row.status = status
        row.finished_at = None if status in UNFINISHED else at
        if reference_number:
            row.reference_hash = self._tx.index("reference", reference_number)
            row.reference = self._tx.seal("submissions.reference", row.id, reference_number)
        if result is not None:
            row.result = self._tx.seal("submissions.result", row.id, result)
        self._tx.sql.flush()
        self._tx.log(
            f"submission.{status}",
            actor=actor,
            at=at,
            case=row.case_id,
            submission=row.id,
            reference_number=reference_number,
        )
        return self._submission(row)

    def get(self, submission_id: str) -> Submission:
        """Raises KeyError with the id."""
        return self._submission(self._row(submission_id))

    def result(self, submission_id: str, type_: type[T]) -> T | None:
        """What was kept as the result, read as `type_`."""
        row = self._row(submission_id)
        if row.result is None:
            return None
        return self._tx.unseal("submissions.result", row.id, row.result, type_)

    def of_case(self, case_id: str) -> tuple[Submission, ...]:
        """Oldest first."""
        rows = select(SubmissionRow).where(SubmissionRow.case_id == case_id)
        in_order = rows.order_by(SubmissionRow.started_at, SubmissionRow.id)
        return tuple(self._submission(row) for row in self._tx.sql.scalars(in_order))

    def unfinished(self) -> tuple[Submission, ...]:
        """Every attempt that is open or in doubt, oldest first."""
        rows = select(SubmissionRow).where(SubmissionRow.status.in_(UNFINISHED))
        in_order = rows.order_by(SubmissionRow.started_at, SubmissionRow.id)
        return tuple(self._submission(row) for row in self._tx.sql.scalars(in_order))

    def by_reference(self, reference_number: str) -> tuple[Submission, ...]:
        hashes = self._tx.index_all("reference", reference_number)
        rows = select(SubmissionRow).where(SubmissionRow.reference_hash.in_(hashes))
        return tuple(self._submission(row) for row in self._tx.sql.scalars(rows))

    def _row(self, submission_id: str) -> SubmissionRow:
        row = self._tx.sql.scalar(select(SubmissionRow).where(SubmissionRow.id == submission_id))
        if row is None:
            raise KeyError(submission_id)
        return row

    def _submission(self, row: SubmissionRow) -> Submission:
        reference = ""
        if row.reference is not None:
            reference = self._tx.unseal("submissions.reference", row.id, row.reference, str)
        attempt = Attempt(
            row.case_id,
            row.idempotency_key,
            row.purpose,
            row.channel,
            row.portal,
            row.account,
            row.workflow,
            row.meaning_hash,
        )
        return Submission(
            row.id, attempt, SubmissionStatus(row.status), row.started_at, row.finished_at, reference
        )
