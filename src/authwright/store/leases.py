"""Leases: two runs never use one portal account at once.

Each lease of an account carries a higher token than the one before. Whoever acts under an old token is
told so by `check`, however late it wakes up: a lease that ran out is enough to be passed on, and the
token is what stops its former holder.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from authwright.core.ports import LeaseLostError
from authwright.store.models import LeaseRow
from authwright.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Lease:
    """`holder` names one run. `token` is the fencing token."""

    account: str
    holder: str
    token: int
    expires_at: datetime


class Leases:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def acquire(self, account: str, holder: str, *, at: datetime, duration: timedelta) -> Lease | None:
        """The lease, or None while someone has it. That someone may be the same holder, run twice."""
        row = self._row(account) or self._tx.insert_or_find(
            LeaseRow(account=account, holder="", token=0, expires_at=at), self._query(account)
        )
        if row.holder and row.expires_at > at:
            return None
        row.holder, row.token, row.expires_at = holder, row.token + 1, at + duration
        self._tx.sql.flush()
        return Lease(account, holder, row.token, row.expires_at)

    def renew(self, lease: Lease, *, at: datetime, duration: timedelta) -> Lease:
        """The same lease for longer. Raises LeaseLostError."""
        row = self._held(lease.account, lease.token, at)
        row.expires_at = at + duration
        self._tx.sql.flush()
        return Lease(lease.account, lease.holder, lease.token, row.expires_at)

    def check(self, account: str, token: int, *, at: datetime) -> None:
        """Raises LeaseLostError unless `token` is the account's present one and hasn't run out.

        The row stays locked until the transaction ends, so the lease can't pass on before the commit.
        """
        self._held(account, token, at)

    def release(self, lease: Lease, *, at: datetime) -> None:
        """Give it back; a lease that is lost already stays with whoever has it now."""
        row = self._row(lease.account)
        if row is not None and row.token == lease.token:
            row.holder, row.expires_at = "", at
            self._tx.sql.flush()

    def break_open(self, account: str, *, actor: str, at: datetime) -> None:
        """Take a lease away from a holder that is known to be dead. A ledger entry says who did."""
        row = self._row(account)
        if row is None or not row.holder:
            return
        self._tx.log("lease.broken", actor=actor, at=at, account=account, holder=row.holder, token=row.token)
        row.holder, row.expires_at, row.token = "", at, row.token + 1
        self._tx.sql.flush()

    def held(self, *, at: datetime) -> tuple[Lease, ...]:
        """The leases in force, by account."""
        rows = select(LeaseRow).where(LeaseRow.holder != "", LeaseRow.expires_at > at)
        in_order = self._tx.sql.scalars(rows.order_by(LeaseRow.account))
        return tuple(Lease(row.account, row.holder, row.token, row.expires_at) for row in in_order)

    def _held(self, account: str, token: int, at: datetime) -> LeaseRow:
        row = self._row(account)
        if row is None or row.token != token or not row.holder:
            raise LeaseLostError(f"the lease of {account} has passed on (token {token})")
        if row.expires_at <= at:
            raise LeaseLostError(f"the lease of {account} ran out at {row.expires_at:%H:%M:%S} UTC")
        return row

    def _row(self, account: str) -> LeaseRow | None:
        return self._tx.sql.scalar(self._query(account))

    def _query(self, account: str) -> Select[LeaseRow]:
        """Read anew and locked: what this transaction saw before may have passed on since."""
        query = self._tx.locked(select(LeaseRow).where(LeaseRow.account == account))
        return query.execution_options(populate_existing=True)
