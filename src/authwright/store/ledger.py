"""The practice's ledger: reading it, adding to it, and finding what was done behind its back."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select

from authwright.core.ports import SealError
from authwright.ledger import chain, verify
from authwright.ledger.verify import Finding, FindingKind
from authwright.store.models import LedgerEntryRow, LedgerHeadRow
from authwright.store.transaction import Transaction, head_of


class Ledger:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def write(self, kind: str, /, *, actor: str, at: datetime, case_id: str = "", **payload: object) -> None:
        """Add an entry of one's own. The payload may hold PHI: it is sealed."""
        self._tx.log(kind, actor=actor, at=at, case=case_id, **payload)

    def entries(self, *, case_id: str = "") -> Iterator[chain.Entry]:
        """In order; all of the practice, or of one case."""
        return (_entry(row) for row in self._rows(case_id))

    def history(self, case_id: str) -> tuple[tuple[chain.Entry, dict[str, Any]], ...]:
        """What happened to a case: (entry, payload) in order."""
        return tuple((_entry(row), self._payload(row)) for row in self._rows(case_id))

    def heads(self) -> tuple[chain.Head, ...]:
        """The signed heads, the newest last."""
        rows = self._tx.sql.scalars(select(LedgerHeadRow).order_by(LedgerHeadRow.sequence))
        return tuple(head_of(row) for row in rows)

    def public_keys(self) -> dict[str, bytes]:
        """Key id -> public key, for whoever verifies without the installation's keys."""
        return {key_id: chain.public_key(seed) for key_id, seed in self._tx.sealer.derive("ledger").items()}

    def verify(self, kept_heads: Iterable[chain.Head] = ()) -> list[Finding]:
        """Everything that doesn't fit, in the chain and in the payloads behind it.

        `kept_heads` are heads that were kept outside of the database; with them even a ledger that was
        set back as a whole is found.
        """
        heads = [*self.heads(), *kept_heads]
        findings = verify.verify(self.entries(), heads, self.public_keys())
        return findings + [finding for row in self._rows() if (finding := self._payload_finding(row))]

    def _rows(self, case_id: str = "") -> Iterator[LedgerEntryRow]:
        query = select(LedgerEntryRow).order_by(LedgerEntryRow.sequence)
        if case_id:
            query = query.where(LedgerEntryRow.case_id == case_id)
        yield from self._tx.sql.scalars(query, execution_options={"yield_per": 1000})

    def _payload(self, row: LedgerEntryRow) -> dict[str, Any]:
        _, content = self._tx.unseal_entry(row)
        return msgspec.json.decode(content, type=dict[str, Any])

    def _payload_finding(self, row: LedgerEntryRow) -> Finding | None:
        try:
            nonce, content = self._tx.unseal_entry(row)
        except SealError:
            message = f"the payload of entry {row.sequence} doesn't open"
            return Finding(FindingKind.PAYLOAD_CHANGED, row.sequence, message)
        if chain.payload_hash(content, nonce) != row.payload_hash:
            message = f"the payload of entry {row.sequence} isn't the one that was chained"
            return Finding(FindingKind.PAYLOAD_CHANGED, row.sequence, message)
        return None


def _entry(row: LedgerEntryRow) -> chain.Entry:
    return chain.Entry(
        row.sequence,
        row.practice_id,
        row.at,
        row.actor,
        row.kind,
        row.case_id,
        row.payload_hash,
        row.previous_hash,
        row.hash,
    )
