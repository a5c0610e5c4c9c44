"""The payer's decisions as they were read, one after the other."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from authwright.core.certification import Determination
from authwright.store.models import DeterminationRow
from authwright.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class DeterminationRecord:
    """`line` is the service line from 1, or 0 for the whole request; `at` is when it was read."""

    determination: Determination
    line: int
    submission_id: str
    at: datetime


class Determinations:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def record(
        self,
        case_id: str,
        determination: Determination,
        *,
        actor: str,
        at: datetime,
        line: int = 0,
        submission_id: str = "",
    ) -> bool:
        """Put a decision down unless it is the one that was read last; whether it is new."""
        before = self.of_case(case_id)
        same_line = [record for record in before if record.line == line]
        if same_line and same_line[-1].determination == determination:
            return False
        row_id = self._tx.new_id()
        self._tx.sql.add(
            DeterminationRow(
                id=row_id,
                case_id=case_id,
                submission_id=submission_id,
                number=len(before) + 1,
                line=line,
                status=determination.status,
                document=self._tx.seal("determinations.document", row_id, determination),
                at=at,
            )
        )
        self._tx.sql.flush()
        self._tx.log(
            "determination.read", actor=actor, at=at, case=case_id, line=line, determination=determination
        )
        return True

    def of_case(self, case_id: str) -> tuple[DeterminationRecord, ...]:
        """Oldest first."""
        rows = select(DeterminationRow).where(DeterminationRow.case_id == case_id)
        return tuple(
            self._record(row) for row in self._tx.sql.scalars(rows.order_by(DeterminationRow.number))
        )

    def _record(self, row: DeterminationRow) -> DeterminationRecord:
        determination = self._tx.unseal("determinations.document", row.id, row.document, Determination)
        return DeterminationRecord(determination, row.line, row.submission_id, row.at)
