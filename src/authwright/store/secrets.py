"""Where a practice's sealed secrets are kept; only the vault opens them."""

from datetime import datetime

from sqlalchemy import select

from authwright.core.ports import SealedSecret
from authwright.store.models import SecretRow
from authwright.store.transaction import Transaction


class SealedSecrets:
    """Part of a session's transaction; `Store.secret_rows` commits each call by itself."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def get(self, name: str) -> SealedSecret:
        """Raises KeyError with the name."""
        return _secret(self._row(name))

    def put(self, secret: SealedSecret, *, actor: str, at: datetime) -> None:
        """Keep or replace; the ledger says who did, whose it is and what was permitted."""
        row = self._tx.sql.scalar(select(SecretRow).where(SecretRow.name == secret.name))
        if row is None:
            row = SecretRow(name=secret.name)
            self._tx.sql.add(row)
        row.owner, row.permission, row.permitted_on = secret.owner, secret.permission, secret.permitted_on
        row.sealed, row.changed_at = secret.sealed, at
        self._tx.sql.flush()
        self._tx.log(
            "secret.put",
            actor=actor,
            at=at,
            name=secret.name,
            owner=secret.owner,
            permission=secret.permission,
            permitted_on=secret.permitted_on,
        )

    def remove(self, name: str, *, actor: str, at: datetime) -> None:
        """Raises KeyError with the name."""
        self._tx.sql.delete(self._row(name))
        self._tx.sql.flush()
        self._tx.log("secret.removed", actor=actor, at=at, name=name)

    def all(self) -> tuple[SealedSecret, ...]:
        """By name."""
        return tuple(_secret(row) for row in self._tx.sql.scalars(select(SecretRow).order_by(SecretRow.name)))

    def _row(self, name: str) -> SecretRow:
        row = self._tx.sql.scalar(select(SecretRow).where(SecretRow.name == name))
        if row is None:
            raise KeyError(name)
        return row


def _secret(row: SecretRow) -> SealedSecret:
    return SealedSecret(row.name, row.owner, row.permission, row.permitted_on, row.sealed)
