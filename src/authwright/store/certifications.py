"""Approvals in force, found again by number, member, case or the day on which they end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from authwright.core.certification import Certification
from authwright.store.models import CertificationRow
from authwright.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class CertificationRecord:
    """`case_id` is "" for an approval that was imported and belongs to no case (yet)."""

    id: str
    case_id: str
    certification: Certification
    at: datetime


class Certifications:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def record(
        self, certification: Certification, *, actor: str, at: datetime, case_id: str = ""
    ) -> CertificationRecord:
        """Keep an approval. The same approval of the same case kept twice is one record."""
        for known in self.by_number(certification.number, payer=certification.payer):
            if known.certification == certification and known.case_id == case_id:
                return known
        row = CertificationRow(id=self._tx.new_id(), case_id=case_id or None)
        self._put(row, certification, at)
        self._tx.sql.add(row)
        self._tx.sql.flush()
        self._log("certification.recorded", row, certification, actor, at)
        return self._record(row)

    def replace(
        self, certification_id: str, certification: Certification, *, actor: str, at: datetime
    ) -> CertificationRecord:
        """Put down what an approval has become: extended, changed, expired. KeyError with the id."""
        row = self._row(certification_id)
        self._put(row, certification, at)
        self._tx.sql.flush()
        self._log("certification.replaced", row, certification, actor, at)
        return self._record(row)

    def assign(self, certification_id: str, case_id: str, *, actor: str, at: datetime) -> None:
        """Say to which case an imported approval belongs."""
        row = self._row(certification_id)
        row.case_id = case_id
        self._tx.sql.flush()
        self._tx.log("certification.assigned", actor=actor, at=at, case=case_id, certification=row.id)

    def get(self, certification_id: str) -> CertificationRecord:
        """Raises KeyError with the id."""
        return self._record(self._row(certification_id))

    def of_case(self, case_id: str) -> tuple[CertificationRecord, ...]:
        return self._all(select(CertificationRow).where(CertificationRow.case_id == case_id))

    def by_number(self, number: str, *, payer: str = "") -> tuple[CertificationRecord, ...]:
        hashes = self._tx.index_all("certification", number)
        query = select(CertificationRow).where(CertificationRow.number_hash.in_(hashes))
        return self._all(query.where(CertificationRow.payer == payer) if payer else query)

    def of_members(self, member_ids: Iterable[str]) -> tuple[CertificationRecord, ...]:
        """Every approval of any of these members, for a batch of claims in one look-up."""
        hashes = [h for member in set(member_ids) for h in self._tx.index_all("member", member)]
        return self._all(select(CertificationRow).where(CertificationRow.member_hash.in_(hashes)))

    def ending(self, before: date, *, since: date | None = None) -> tuple[CertificationRecord, ...]:
        """Approvals whose last day is before `before` (and not before `since`)."""
        query = select(CertificationRow).where(CertificationRow.end_on < before)
        return self._all(query.where(CertificationRow.end_on >= since) if since else query)

    def all(self) -> Iterator[CertificationRecord]:
        """Each approval of the practice, a few at a time."""
        query = select(CertificationRow).order_by(CertificationRow.at, CertificationRow.id)
        for row in self._tx.sql.scalars(query, execution_options={"yield_per": 500}):
            yield self._record(row)

    def _all(self, query: Select[CertificationRow]) -> tuple[CertificationRecord, ...]:
        in_order = query.order_by(CertificationRow.at, CertificationRow.id)
        return tuple(self._record(row) for row in self._tx.sql.scalars(in_order))

    def _row(self, certification_id: str) -> CertificationRow:
        row = self._tx.sql.scalar(select(CertificationRow).where(CertificationRow.id == certification_id))
        if row is None:
            raise KeyError(certification_id)
        return row

    def _put(self, row: CertificationRow, certification: Certification, at: datetime) -> None:
        row.payer, row.process, row.status = certification.payer, certification.process, certification.status
        row.start_on, row.end_on, row.at = certification.start, certification.end, at
        row.number_hash = self._tx.index("certification", certification.number)
        row.member_hash = self._tx.index("member", certification.member_id)
        row.document = self._tx.seal("certifications.document", row.id, certification)

    def _record(self, row: CertificationRow) -> CertificationRecord:
        certification = self._tx.unseal("certifications.document", row.id, row.document, Certification)
        return CertificationRecord(row.id, row.case_id or "", certification, row.at)

    def _log(
        self, kind: str, row: CertificationRow, certification: Certification, actor: str, at: datetime
    ) -> None:
        self._tx.log(
            kind,
            actor=actor,
            at=at,
            case=row.case_id or "",
            certification_id=row.id,
            certification=certification,
        )
