"""Intents: written down and committed before what can't be taken back is done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from authwright.core.ports import Intent
from authwright.store.leases import Lease, Leases
from authwright.store.models import IntentRow, SubmissionRow
from authwright.store.transaction import StoreError, Transaction

OUTCOMES = ("sent", "adopted", "not-sent")
_AT_THE_PAYER = ("sent", "adopted")


class IntentError(StoreError):
    """An intent that may not be written, or none to resolve."""


@dataclass(frozen=True, slots=True)
class IntentRecord:
    """An intent with what came of it and who said so."""

    intent: Intent
    account: str
    resolved_at: datetime | None
    resolved_by: str


class Intents:
    """The intents of a practice. Each call here is part of its session's transaction: runs use
    `Store.intent_log`, whose calls commit each by itself."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def open_of(self, submission_id: str) -> Intent | None:
        """The intent without an outcome, if there is one."""
        row = self._open(submission_id)
        return _intent(row) if row else None

    def record(
        self, submission_id: str, lease: Lease, *, step_line: int, page_fingerprint: str, at: datetime
    ) -> None:
        """Write an intent down. Raises LeaseLostError; IntentError when another intent of this
        submission is open, or when this step has been done already."""
        Leases(self._tx).check(lease.account, lease.token, at=at)
        for earlier in self.of_submission(submission_id):
            if not earlier.intent.outcome:
                raise IntentError(f"submission {submission_id} has an open intent: look for it at the payer")
            if earlier.intent.outcome in _AT_THE_PAYER and earlier.intent.step_line == step_line:
                raise IntentError(f"line {step_line} of submission {submission_id} has been sent already")
        self._tx.sql.add(
            IntentRow(
                id=self._tx.new_id(),
                submission_id=submission_id,
                step_line=step_line,
                page_fingerprint=page_fingerprint,
                account=lease.account,
                lease_token=lease.token,
                at=at,
                outcome="",
                resolved_by="",
            )
        )
        self._tx.sql.flush()
        self._tx.log(
            "intent.recorded",
            actor=lease.holder,
            at=at,
            case=self._case_of(submission_id),
            submission=submission_id,
            step_line=step_line,
            page=page_fingerprint,
            lease_token=lease.token,
        )

    def resolve(self, submission_id: str, outcome: str, *, actor: str, at: datetime) -> None:
        """Write down what came of the open intent: "sent", "adopted" or "not-sent".

        Raises IntentError when none is open: what is known once is not decided twice.
        """
        if outcome not in OUTCOMES:
            raise ValueError(f"an intent ends as one of {', '.join(OUTCOMES)}, not {outcome!r}")
        row = self._open(submission_id)
        if row is None:
            raise IntentError(f"submission {submission_id} has no open intent")
        row.outcome, row.resolved_at, row.resolved_by = outcome, at, actor
        self._tx.sql.flush()
        self._tx.log(
            "intent.resolved",
            actor=actor,
            at=at,
            case=self._case_of(submission_id),
            submission=submission_id,
            outcome=outcome,
        )

    def of_submission(self, submission_id: str) -> tuple[IntentRecord, ...]:
        """Oldest first."""
        rows = select(IntentRow).where(IntentRow.submission_id == submission_id)
        return tuple(
            IntentRecord(_intent(row), row.account, row.resolved_at, row.resolved_by)
            for row in self._tx.sql.scalars(rows.order_by(IntentRow.at, IntentRow.id))
        )

    def all_open(self) -> tuple[Intent, ...]:
        """Whatever may be at a payer without anyone knowing, oldest first."""
        rows = select(IntentRow).where(IntentRow.outcome == "").order_by(IntentRow.at, IntentRow.id)
        return tuple(_intent(row) for row in self._tx.sql.scalars(rows))

    def _open(self, submission_id: str) -> IntentRow | None:
        query = select(IntentRow).where(IntentRow.submission_id == submission_id, IntentRow.outcome == "")
        return self._tx.sql.scalar(self._tx.locked(query))

    def _case_of(self, submission_id: str) -> str:
        query = select(SubmissionRow.case_id).where(SubmissionRow.id == submission_id)
        return self._tx.sql.scalar(query) or ""


def _intent(row: IntentRow) -> Intent:
    return Intent(
        row.submission_id, row.step_line, row.page_fingerprint, row.lease_token, row.at, row.outcome
    )
