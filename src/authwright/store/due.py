"""What lasts weeks: rows with a due time, claimed by a worker when the time has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from authwright.store.models import DueRow
from authwright.store.transaction import StoreError, Transaction


@dataclass(frozen=True, slots=True)
class DueItem:
    """`kind` says what to do, `subject` with what (a submission's id, an account); no PHI."""

    id: str
    kind: str
    case_id: str
    subject: str
    due_at: datetime
    claimed_by: str


class Due:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(
        self, kind: str, due_at: datetime, *, case_id: str = "", subject: str = "", key: str = ""
    ) -> DueItem:
        """A new item; or with a `key`, the open item with that key, moved to `due_at`."""
        known = self._tx.locked(select(DueRow).where(DueRow.key == key, DueRow.done_at.is_(None)))
        if key and (there := self._tx.sql.scalar(known)):
            there.due_at = due_at
            self._tx.sql.flush()
            return _item(there)
        row = DueRow(id=self._tx.new_id(), key=key, kind=kind, case_id=case_id or None, subject=subject)
        row.due_at, row.claimed_by = due_at, ""
        kept = self._tx.insert_or_find(row, known)
        kept.due_at = due_at
        self._tx.sql.flush()
        return _item(kept)

    def claim(
        self,
        by: str,
        *,
        at: datetime,
        kinds: Iterable[str] = (),
        limit: int = 50,
        stale_after: timedelta = timedelta(minutes=15),
    ) -> tuple[DueItem, ...]:
        """Take what is due for `by`, the longest due first.

        No two workers get the same item. One that was claimed `stale_after` ago and not finished is
        given out again: whoever had it is taken for dead, so what it leads to must bear repeating.
        """
        free = or_(DueRow.claimed_by == "", DueRow.claimed_at <= at - stale_after)
        query = select(DueRow).where(DueRow.done_at.is_(None), DueRow.due_at <= at, free)
        if wanted := tuple(kinds):
            query = query.where(DueRow.kind.in_(wanted))
        in_order = query.order_by(DueRow.due_at, DueRow.id).limit(limit).with_for_update(skip_locked=True)
        rows = self._tx.sql.scalars(in_order).all()
        for row in rows:
            row.claimed_by, row.claimed_at = by, at
        self._tx.sql.flush()
        return tuple(_item(row) for row in rows)

    def finish(self, item_id: str, by: str, *, at: datetime) -> None:
        """Done. Raises StoreError when `by` hasn't got it any more."""
        row = self._claimed(item_id, by)
        row.done_at = at
        self._tx.sql.flush()

    def postpone(self, item_id: str, by: str, due_at: datetime) -> None:
        """Give it back, for later. Raises StoreError when `by` hasn't got it any more."""
        row = self._claimed(item_id, by)
        row.due_at, row.claimed_by, row.claimed_at = due_at, "", None
        self._tx.sql.flush()

    def release_all(self, by: str) -> int:
        """Give back everything that a dead worker had claimed; how many items."""
        query = select(DueRow).where(DueRow.claimed_by == by, DueRow.done_at.is_(None))
        rows = self._tx.sql.scalars(self._tx.locked(query)).all()
        for row in rows:
            row.claimed_by, row.claimed_at = "", None
        self._tx.sql.flush()
        return len(rows)

    def drop(self, *, case_id: str, kinds: Iterable[str] = ()) -> int:
        """Forget what is due for a case, such as status pulls of a case that is closed."""
        query = select(DueRow).where(DueRow.case_id == case_id, DueRow.done_at.is_(None))
        if wanted := tuple(kinds):
            query = query.where(DueRow.kind.in_(wanted))
        rows = self._tx.sql.scalars(query).all()
        for row in rows:
            self._tx.sql.delete(row)
        self._tx.sql.flush()
        return len(rows)

    def of_case(self, case_id: str) -> tuple[DueItem, ...]:
        """What is still to come for a case, the next first."""
        query = select(DueRow).where(DueRow.case_id == case_id, DueRow.done_at.is_(None))
        return tuple(_item(row) for row in self._tx.sql.scalars(query.order_by(DueRow.due_at, DueRow.id)))

    def _claimed(self, item_id: str, by: str) -> DueRow:
        row = self._tx.sql.scalar(self._tx.locked(select(DueRow).where(DueRow.id == item_id)))
        if row is None or row.done_at is not None or row.claimed_by != by:
            raise StoreError(f"due item {item_id} isn't with {by} any more")
        return row


def _item(row: DueRow) -> DueItem:
    return DueItem(row.id, row.kind, row.case_id or "", row.subject, row.due_at, row.claimed_by)
