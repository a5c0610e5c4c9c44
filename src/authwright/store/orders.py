"""Orders as they came in. The same order read twice is one order."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import select

from authwright.core.order import Order
from authwright.store.models import OrderRow
from authwright.store.transaction import Transaction


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """`external_id` is the practice system's own name for the order; `source` the kind of file."""

    id: str
    external_id: str
    source: str
    order: Order
    received_at: datetime
    changed_at: datetime


class Orders:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, order: Order, *, source: str, actor: str, at: datetime) -> tuple[OrderRecord, Change]:
        """Keep an order under its own id (`order.id`), and say whether it was known."""
        content = content_hash(self._tx, order)
        row = self._tx.sql.scalar(select(OrderRow).where(OrderRow.external_id == order.id))
        if row is None:
            change = Change.NEW
            row = OrderRow(id=self._tx.new_id(), external_id=order.id, received_at=at)
            self._tx.sql.add(row)
        elif row.content_hash == content:
            return self._record(row), Change.SAME
        else:
            change = Change.CHANGED
        row.source, row.content_hash, row.changed_at = source, content, at
        row.member_hash = self._tx.index("member", order.coverages[0].member_id if order.coverages else "")
        row.document = self._tx.seal("orders.document", row.id, order)
        self._tx.sql.flush()
        self._tx.log(f"order.{change}", actor=actor, at=at, order=row.id, source=source)
        return self._record(row), change

    def get(self, order_id: str) -> OrderRecord:
        """Raises KeyError with the id."""
        row = self._tx.sql.scalar(select(OrderRow).where(OrderRow.id == order_id))
        if row is None:
            raise KeyError(order_id)
        return self._record(row)

    def by_external_id(self, external_id: str) -> OrderRecord | None:
        row = self._tx.sql.scalar(select(OrderRow).where(OrderRow.external_id == external_id))
        return self._record(row) if row else None

    def of_member(self, member_id: str) -> tuple[OrderRecord, ...]:
        """Orders whose first coverage has this member id, newest first."""
        found = select(OrderRow).where(OrderRow.member_hash.in_(self._tx.index_all("member", member_id)))
        rows = self._tx.sql.scalars(found.order_by(OrderRow.received_at.desc(), OrderRow.id))
        return tuple(self._record(row) for row in rows)

    def _record(self, row: OrderRow) -> OrderRecord:
        order = self._tx.unseal("orders.document", row.id, row.document, Order)
        return OrderRecord(row.id, row.external_id, row.source, order, row.received_at, row.changed_at)


def content_hash(tx: Transaction, order: Order) -> str:
    """By which an order is seen to be the same as before. Under one key only: after a change of keys
    an order that is read again before it was sealed anew counts as changed."""
    return tx.index("order content", hashlib.sha256(msgspec.json.encode(order)).hexdigest())
