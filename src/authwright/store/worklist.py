"""The worklist: what waits for a person, with the reason in words."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select

from authwright.store.models import WorkRow
from authwright.store.transaction import StoreError, Transaction


@dataclass(frozen=True, slots=True)
class Guide:
    """What helps a person with an item: a `title` in plain words, what `todo` next, the SOP's sentence
    (`step`) and the picture of the page (a content hash of the evidence) where a run stopped."""

    title: str = ""
    todo: str = ""
    step: str = ""
    picture: str = ""


class _Words(msgspec.Struct, frozen=True, array_like=True):
    """What is sealed of an item. Items of earlier versions end after `resolution`."""

    why: str
    resolution: str = ""
    guide: Guide = Guide()


@dataclass(frozen=True, slots=True)
class WorkItem:
    """`kind` is a word to sort by, `why` is in words; `resolution` says what was done."""

    id: str
    kind: str
    why: str
    case_id: str
    queue: str
    assignee: str
    done: bool
    resolution: str
    created_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    done_by: str
    guide: Guide


class Worklist:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(
        self,
        kind: str,
        why: str,
        *,
        actor: str,
        at: datetime,
        case_id: str = "",
        queue: str = "",
        due_at: datetime | None = None,
        key: str = "",
        guide: Guide = Guide(),
    ) -> WorkItem:
        """A new item; or with a `key`, the item with that key that is still open, as it is now: what a
        person reads is why it waits today, not why it waited at first."""
        known = select(WorkRow).where(WorkRow.key == key, WorkRow.state == "open")
        if key and (there := self._tx.sql.scalar(self._tx.locked(known))):
            return self._brought_up_to_date(there, _Words(why, "", guide), queue, actor=actor, at=at)
        row = WorkRow(id=self._tx.new_id(), key=key, case_id=case_id or None, kind=kind, queue=queue)
        row.assignee, row.state, row.done_by = "", "open", ""
        row.created_at, row.due_at = at, due_at
        row.words = self._tx.seal("worklist.words", row.id, _Words(why, "", guide))
        kept = self._tx.insert_or_find(row, known)
        if kept is not row:
            return self._item(kept)
        self._tx.log("work.added", actor=actor, at=at, case=case_id, item=row.id, kind=kind, why=why)
        return self._item(row)

    def _brought_up_to_date(
        self, row: WorkRow, words: _Words, queue: str, *, actor: str, at: datetime
    ) -> WorkItem:
        if self._words(row) != words:
            row.words = self._tx.seal("worklist.words", row.id, words)
            row.queue = queue or row.queue
            self._tx.sql.flush()
            self._tx.log(
                "work.changed", actor=actor, at=at, case=row.case_id or "", item=row.id, why=words.why
            )
        return self._item(row)

    def assign(self, item_id: str, assignee: str, *, actor: str, at: datetime) -> WorkItem:
        row = self._open_row(item_id)
        row.assignee = assignee
        self._tx.sql.flush()
        self._tx.log(
            "work.assigned", actor=actor, at=at, case=row.case_id or "", item=item_id, assignee=assignee
        )
        return self._item(row)

    def finish(self, item_id: str, resolution: str, *, actor: str, at: datetime) -> WorkItem:
        """Mark it done. Raises KeyError with the id, StoreError when it is done already."""
        row = self._open_row(item_id)
        words = msgspec.structs.replace(self._words(row), resolution=resolution)
        row.state, row.done_at, row.done_by = "done", at, actor
        row.words = self._tx.seal("worklist.words", row.id, words)
        self._tx.sql.flush()
        self._tx.log(
            "work.done", actor=actor, at=at, case=row.case_id or "", item=item_id, resolution=resolution
        )
        return self._item(row)

    def settle(self, key: str, resolution: str, *, actor: str, at: datetime) -> bool:
        """Finish the open item with that key; whether there was one."""
        item_id = self._tx.sql.scalar(select(WorkRow.id).where(WorkRow.key == key, WorkRow.state == "open"))
        if item_id is None:
            return False
        self.finish(item_id, resolution, actor=actor, at=at)
        return True

    def get(self, item_id: str) -> WorkItem:
        """Raises KeyError with the id."""
        return self._item(self._row(item_id))

    def open_items(
        self, *, kind: str = "", queue: str = "", assignee: str = "", limit: int = 200, offset: int = 0
    ) -> tuple[WorkItem, ...]:
        """What is not done, the items due first in front."""
        query = select(WorkRow).where(WorkRow.state == "open")
        for column, wanted in ((WorkRow.kind, kind), (WorkRow.queue, queue), (WorkRow.assignee, assignee)):
            if wanted:
                query = query.where(column == wanted)
        in_order = query.order_by(WorkRow.due_at.is_(None), WorkRow.due_at, WorkRow.created_at, WorkRow.id)
        return tuple(self._item(row) for row in self._tx.sql.scalars(in_order.limit(limit).offset(offset)))

    def of_case(self, case_id: str) -> tuple[WorkItem, ...]:
        """Open and done, oldest first."""
        rows = select(WorkRow).where(WorkRow.case_id == case_id).order_by(WorkRow.created_at, WorkRow.id)
        return tuple(self._item(row) for row in self._tx.sql.scalars(rows))

    def _row(self, item_id: str) -> WorkRow:
        row = self._tx.sql.scalar(self._tx.locked(select(WorkRow).where(WorkRow.id == item_id)))
        if row is None:
            raise KeyError(item_id)
        return row

    def _open_row(self, item_id: str) -> WorkRow:
        row = self._row(item_id)
        if row.state != "open":
            raise StoreError(f"item {item_id} was done by {row.done_by}")
        return row

    def _words(self, row: WorkRow) -> _Words:
        return self._tx.unseal("worklist.words", row.id, row.words, _Words)

    def _item(self, row: WorkRow) -> WorkItem:
        words = self._words(row)
        return WorkItem(
            row.id,
            row.kind,
            words.why,
            row.case_id or "",
            row.queue,
            row.assignee,
            row.state == "done",
            words.resolution,
            row.created_at,
            row.due_at,
            row.done_at,
            row.done_by,
            words.guide,
        )
