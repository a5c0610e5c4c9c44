"""What the practice system calls an insurance, and what the practice has said that it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from authwright.store.models import InsuranceNameRow
from authwright.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class InsuranceName:
    """`payer` is "" while the question is open."""

    name: str
    payer: str = ""
    plan: str = ""
    line_of_business: str = ""
    funding: str = ""
    answered_by: str = ""


class InsuranceNames:
    """Case and repeated blanks of a name don't matter."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def look_up(self, name: str) -> InsuranceName | None:
        """The practice's answer, or None when there is none yet."""
        row = self._row(name)
        return _name(row) if row and row.payer else None

    def ask(self, name: str, *, at: datetime) -> bool:
        """Put a name down as a question to a person; whether it is a new question."""
        if self._row(name) is not None:
            return False
        row = InsuranceNameRow(folded=_folded(name), name=name.strip(), asked_at=at)
        _put(row, InsuranceName(name))
        self._tx.sql.add(row)
        self._tx.sql.flush()
        return True

    def answer(self, answer: InsuranceName, *, actor: str, at: datetime) -> None:
        """Put the practice's answer down, or another one."""
        self.ask(answer.name, at=at)
        row = self._row(answer.name)
        assert row is not None
        _put(row, answer)
        row.answered_by, row.answered_at = actor, at
        self._tx.sql.flush()
        self._tx.log("insurance.answered", actor=actor, at=at, answer=answer)

    def questions(self) -> tuple[str, ...]:
        """Names that nobody has answered yet, the oldest first."""
        query = select(InsuranceNameRow).where(InsuranceNameRow.payer == "")
        rows = self._tx.sql.scalars(query.order_by(InsuranceNameRow.asked_at, InsuranceNameRow.folded))
        return tuple(row.name for row in rows)

    def answers(self) -> tuple[InsuranceName, ...]:
        """The whole map, by name."""
        query = select(InsuranceNameRow).where(InsuranceNameRow.payer != "")
        return tuple(_name(row) for row in self._tx.sql.scalars(query.order_by(InsuranceNameRow.folded)))

    def _row(self, name: str) -> InsuranceNameRow | None:
        return self._tx.sql.scalar(select(InsuranceNameRow).where(InsuranceNameRow.folded == _folded(name)))


def _put(row: InsuranceNameRow, answer: InsuranceName) -> None:
    row.payer, row.plan = answer.payer, answer.plan
    row.line_of_business, row.funding = answer.line_of_business, answer.funding
    row.answered_by = answer.answered_by


def _name(row: InsuranceNameRow) -> InsuranceName:
    return InsuranceName(row.name, row.payer, row.plan, row.line_of_business, row.funding, row.answered_by)


def _folded(name: str) -> str:
    return " ".join(name.split()).upper()
