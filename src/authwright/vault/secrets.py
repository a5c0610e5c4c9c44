"""A practice's passwords, authenticator secrets and API keys: sealed, each with whose it is.

A credential belongs to a named person, who permitted its use on a date; without that it isn't taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from authwright.core.ports import SealedSecret, Sealer, SecretRows


@dataclass(frozen=True, slots=True)
class Credential:
    """What may be shown of a secret: everything but its value."""

    name: str
    owner: str
    permission: str
    permitted_on: date


class SecretBook:
    """The secrets of one practice. A `core.ports.Secrets`.

    `on_read` is told each value that leaves the book, so that the log's redactor knows it.
    """

    def __init__(self, rows: SecretRows, sealer: Sealer, on_read: Callable[[str], None] = lambda _: None):
        self._rows, self._sealer, self._on_read = rows, sealer, on_read

    def get(self, name: str) -> str:
        """The secret; raises KeyError with the name only."""
        value = self._sealer.unseal(self._rows.get(name).sealed, place=self._place(name)).decode()
        self._on_read(value)
        return value

    def put(
        self,
        name: str,
        value: str,
        *,
        owner: str,
        permission: str,
        permitted_on: date,
        actor: str,
        at: datetime,
    ) -> None:
        """Keep or replace a secret. Raises ValueError without an owner, a permission or a value."""
        if not (owner.strip() and permission.strip() and value):
            raise ValueError(f"the secret {name} needs a value, an owner and the owner's permission")
        self._on_read(value)
        sealed = self._sealer.seal(value.encode(), place=self._place(name))
        self._rows.put(SealedSecret(name, owner, permission, permitted_on, sealed), actor=actor, at=at)

    def remove(self, name: str, *, actor: str, at: datetime) -> None:
        """Raises KeyError with the name."""
        self._rows.remove(name, actor=actor, at=at)

    def credentials(self) -> tuple[Credential, ...]:
        """Every secret without its value, by name."""
        return tuple(
            Credential(row.name, row.owner, row.permission, row.permitted_on) for row in self._rows.all()
        )

    def seal_anew(self, *, actor: str, at: datetime) -> int:
        """Seal every secret with the active key; how many there are."""
        rows = self._rows.all()
        for row in rows:
            place = self._place(row.name)
            sealed = self._sealer.seal(self._sealer.unseal(row.sealed, place=place), place=place)
            anew = SealedSecret(row.name, row.owner, row.permission, row.permitted_on, sealed)
            self._rows.put(anew, actor=actor, at=at)
        return len(rows)

    def _place(self, name: str) -> str:
        return f"{self._rows.practice}\x1fsecrets.sealed\x1f{name}"
