"""One transaction that is bound to one practice.

Three walls keep practices apart: every statement of the session is narrowed to the practice, rows of
another practice can't be written, and PostgreSQL's row-level security says the same once more.
"""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, TypeVarTuple

import msgspec
from sqlalchemy import Select, event, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria
from sqlalchemy.orm.attributes import get_history

from authwright.core.ports import Sealer
from authwright.ledger import chain
from authwright.store.models import LedgerEntryRow, LedgerHeadRow, Owned

T = TypeVar("T")
R = TypeVar("R", bound=Owned)
Ts = TypeVarTuple("Ts")


class StoreError(Exception):
    """Something that the store refuses; the message says what."""


class OtherPracticeError(StoreError):
    """A statement or row that would leave the practice."""


class LostUpdateError(StoreError):
    """Someone else changed the row since it was read."""


class BoundSession(Session):
    """A session whose statements see and write the rows of one practice only.

    Plain SQL is refused, because it can't be narrowed.
    """

    def __init__(self, bind: Any, practice: str, *, read_only: bool) -> None:
        super().__init__(bind, expire_on_commit=False, autoflush=True)
        self.practice, self.read_only = practice, read_only


@event.listens_for(BoundSession, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    if not state.is_orm_statement or state.is_insert:
        raise OtherPracticeError("only ORM statements, and no bulk insert, within a practice")
    practice = _bound(state.session).practice
    criteria = with_loader_criteria(Owned, lambda cls: cls.practice_id == practice, include_aliases=True)
    state.statement = state.statement.options(criteria)


@event.listens_for(BoundSession, "before_flush")
def _own(session: Session, _context: UOWTransaction, _instances: object) -> None:
    bound = _bound(session)
    touched = [*bound.new, *bound.dirty, *bound.deleted]
    if touched and bound.read_only:
        raise StoreError("this session only reads")
    for row in touched:
        if not isinstance(row, Owned):
            raise OtherPracticeError(f"{type(row).__name__} belongs to no practice")
        if row in bound.new and row.practice_id is None:
            row.practice_id = bound.practice
        if row.practice_id != bound.practice or get_history(row, "practice_id").deleted:
            raise OtherPracticeError(f"{type(row).__name__} belongs to another practice")


def _bound(session: Session) -> BoundSession:
    assert isinstance(session, BoundSession)
    return session


class Transaction:
    """What every repository works with: the session, sealing, ids and the ledger."""

    def __init__(self, sql: BoundSession, sealer: Sealer, new_id: Callable[[], str]) -> None:
        self.sql, self.sealer, self.new_id = sql, sealer, new_id
        self.practice = sql.practice
        self._unwritten: list[tuple[chain.Entry, bytes]] = []

    def locked(self, query: Select[*Ts]) -> Select[*Ts]:
        """The query with its rows locked until the transaction ends; a reading session locks nothing."""
        return query if self.sql.read_only else query.with_for_update()

    def insert_or_find(self, row: R, query: Select[R]) -> R:
        """`row`, once it is inserted; or the row that another transaction inserted first, which `query`
        finds. Without such a row the refusal of the database is raised as it is."""
        try:
            with self.sql.begin_nested():
                self.sql.add(row)
        except IntegrityError:
            found = self.sql.scalar(query)
            if found is None:
                raise
            return found
        return row

    def seal(self, column: str, row: str, value: object) -> bytes:
        """`value` as JSON, sealed for this column ("cases.document") and row."""
        return self.sealer.seal(msgspec.json.encode(value), place=self._place(column, row))

    def unseal(self, column: str, row: str, token: bytes, type_: type[T]) -> T:
        """The value back; raises SealError when it isn't what was put there."""
        return msgspec.json.decode(self.sealer.unseal(token, place=self._place(column, row)), type=type_)

    def seal_anew(self, column: str, row: str, token: bytes) -> bytes:
        """The same value under the active key."""
        place = self._place(column, row)
        return self.sealer.seal(self.sealer.unseal(token, place=place), place=place)

    def index(self, purpose: str, value: str) -> str:
        """The keyed hash for an exact look-up; "" for "". Case and blanks don't matter."""
        folded = _folded(value)
        return self.sealer.index(folded, purpose=self._purpose(purpose)) if folded else ""

    def index_all(self, purpose: str, value: str) -> tuple[str, ...]:
        """The hashes under which the value may be kept, one for each key of the ring."""
        folded = _folded(value)
        return self.sealer.index_all(folded, purpose=self._purpose(purpose)) if folded else ()

    def log(self, kind: str, /, *, actor: str, at: datetime, case: str = "", **payload: object) -> None:
        """Write a ledger entry in this transaction. The payload may hold PHI: it is sealed."""
        nonce, content = os.urandom(chain.NONCE_BYTES), msgspec.json.encode(payload)
        digest = chain.payload_hash(content, nonce)
        self._unwritten.append(
            (chain.Entry(0, self.practice, at, actor, kind, case, digest), nonce + content)
        )

    def finish(self) -> None:
        """Flush, then chain and sign what was logged.

        Entries are chained last, under a lock on the practice's chain that is held for a moment only.
        """
        self.sql.flush()
        if not self._unwritten:
            return
        self._lock_chain()
        last: chain.Entry | chain.Head | None = self._last_head()
        for draft, content in self._unwritten:
            entry = chain.link(draft, last)
            self.sql.add(self._entry_row(entry, content))
            last = entry
        assert isinstance(last, chain.Entry)
        key_id, seed = next(iter(self.sealer.derive("ledger").items()))
        head = chain.sign(last, at=last.at, key_id=key_id, seed=seed)
        self.sql.add(
            LedgerHeadRow(
                sequence=head.sequence, hash=head.hash, at=head.at, key_id=key_id, signature=head.signature
            )
        )
        self._unwritten.clear()
        self.sql.flush()

    def _lock_chain(self) -> None:
        """SQLite lets one transaction write at a time anyway; PostgreSQL takes an advisory lock."""
        connection = self.sql.connection()
        if connection.dialect.name == "postgresql":
            lock = text(
                "SELECT pg_advisory_xact_lock(hashtextextended('authwright ledger ' || :practice, 0))"
            )
            connection.execute(lock, {"practice": self.practice})

    def _last_head(self) -> chain.Head | None:
        newest = select(LedgerHeadRow).order_by(LedgerHeadRow.sequence.desc()).limit(1)
        row = self.sql.scalar(newest)
        return head_of(row) if row else None

    def _entry_row(self, entry: chain.Entry, content: bytes) -> LedgerEntryRow:
        place = self._place("ledger_entries.payload", str(entry.sequence))
        return LedgerEntryRow(
            sequence=entry.sequence,
            at=entry.at,
            actor=entry.actor,
            kind=entry.kind,
            case_id=entry.case,
            payload=self.sealer.seal(content, place=place),
            payload_hash=entry.payload_hash,
            previous_hash=entry.previous_hash,
            hash=entry.hash,
        )

    def unseal_entry(self, row: LedgerEntryRow) -> tuple[bytes, bytes]:
        """The nonce and the payload of a ledger entry."""
        place = self._place("ledger_entries.payload", str(row.sequence))
        content = self.sealer.unseal(row.payload, place=place)
        return content[: chain.NONCE_BYTES], content[chain.NONCE_BYTES :]

    def _place(self, column: str, row: str) -> str:
        return f"{self.practice}\x1f{column}\x1f{row}"

    def _purpose(self, purpose: str) -> str:
        return f"{self.practice}\x1f{purpose}"


def head_of(row: LedgerHeadRow) -> chain.Head:
    return chain.Head(row.practice_id, row.sequence, row.hash, row.at, row.key_id, row.signature)


def _folded(value: str) -> str:
    return "".join(value.split()).upper()
