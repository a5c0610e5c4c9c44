"""What each line of a case needs, as it was answered last."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import delete, select

from authwright.core.requirement import Requirement
from authwright.store.models import RequirementRow
from authwright.store.transaction import Transaction


class Requirements:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def replace(
        self, case_id: str, answers: Iterable[tuple[int, Requirement]], *, actor: str, at: datetime
    ) -> None:
        """Put down (line number from 1, requirement) for a case in place of what was there."""
        self._tx.sql.execute(delete(RequirementRow).where(RequirementRow.case_id == case_id))
        outcomes = []
        for line, requirement in answers:
            row = RequirementRow(
                id=self._tx.new_id(),
                case_id=case_id,
                line=line,
                coverage=requirement.coverage,
                outcome=requirement.outcome,
                verify=requirement.verify,
                document=msgspec.json.encode(requirement).decode(),
                at=at,
            )
            self._tx.sql.add(row)
            outcomes.append((line, requirement.coverage, requirement.outcome, requirement.rule))
        self._tx.sql.flush()
        self._tx.log("requirements.answered", actor=actor, at=at, case=case_id, lines=outcomes)

    def of_case(self, case_id: str) -> tuple[tuple[int, Requirement], ...]:
        """(line number, requirement), in the order of lines and coverages."""
        rows = select(RequirementRow).where(RequirementRow.case_id == case_id)
        in_order = rows.order_by(RequirementRow.line, RequirementRow.coverage)
        return tuple(
            (row.line, msgspec.json.decode(row.document, type=Requirement))
            for row in self._tx.sql.scalars(in_order)
        )
