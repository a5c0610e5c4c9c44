"""After a change of keys: everything sealed anew under the active one, and the look-ups with it.

Until that is done, old values open with the old key and are found by its hashes; afterwards the old
key can be taken off the ring. The ledger's chain is not touched: it holds commitments to payloads, not
their sealed form, and its old heads go on verifying with the old public key.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import select

from authwright.core.certification import Certification
from authwright.core.order import Order
from authwright.store import models
from authwright.store.cases import unsealed_document
from authwright.store.evidence import EvidenceFiles
from authwright.store.orders import content_hash
from authwright.store.transaction import Transaction

_CHUNK = 500

# Every sealed column but the secrets, which only the vault opens (SecretBook.seal_anew).
SEALED: tuple[tuple[Any, str, str], ...] = (
    (models.OrderRow, "id", "document"),
    (models.CaseRow, "id", "document"),
    (models.SubmissionRow, "id", "reference"),
    (models.SubmissionRow, "id", "result"),
    (models.DeterminationRow, "id", "document"),
    (models.CertificationRow, "id", "document"),
    (models.EvidenceRow, "id", "label"),
    (models.WorkRow, "id", "words"),
    (models.LedgerEntryRow, "sequence", "payload"),
)


def seal_rows_anew(tx: Transaction, model: Any, key: str, column: str) -> int:
    """Seal one column of the practice anew; how many values there were."""
    count = 0
    for row in _in_chunks(tx, model, key):
        token = getattr(row, column)
        if token is None:
            continue
        setattr(row, column, tx.seal_anew(f"{model.__tablename__}.{column}", str(getattr(row, key)), token))
        if (model, column) in _HASHES:
            _HASHES[model, column](tx, row)
        count += 1
    return count


def seal_files_anew(tx: Transaction, files: EvidenceFiles) -> int:
    """Seal the practice's evidence files anew; how many there were."""
    hashes = tx.sql.scalars(select(models.EvidenceRow.content_hash).distinct()).all()
    for digest in hashes:
        files.seal_anew(tx.practice, digest)
    return len(hashes)


def _in_chunks(tx: Transaction, model: Any, key: str) -> Iterator[Any]:
    """Every row, some hundred at a time, so that memory stays flat."""
    column = getattr(model, key)
    keys = iter(tx.sql.scalars(select(column).order_by(column)).all())
    while chunk := list(islice(keys, _CHUNK)):
        yield from tx.sql.scalars(select(model).where(column.in_(chunk)).order_by(column))
        tx.sql.flush()
        tx.sql.expunge_all()


def _order_hashes(tx: Transaction, row: Any) -> None:
    order = tx.unseal("orders.document", row.id, row.document, Order)
    row.member_hash = tx.index("member", order.coverages[0].member_id if order.coverages else "")
    row.content_hash = content_hash(tx, order)


def _case_hash(tx: Transaction, row: Any) -> None:
    member_id, _ = unsealed_document(tx, row)
    row.member_hash = tx.index("member", member_id)


def _reference_hash(tx: Transaction, row: Any) -> None:
    row.reference_hash = tx.index("reference", tx.unseal("submissions.reference", row.id, row.reference, str))


def _certification_hashes(tx: Transaction, row: Any) -> None:
    certification = tx.unseal("certifications.document", row.id, row.document, Certification)
    row.number_hash = tx.index("certification", certification.number)
    row.member_hash = tx.index("member", certification.member_id)


_HASHES: dict[tuple[Any, str], Callable[[Transaction, Any], None]] = {
    (models.OrderRow, "document"): _order_hashes,
    (models.CaseRow, "document"): _case_hash,
    (models.SubmissionRow, "reference"): _reference_hash,
    (models.CertificationRow, "document"): _certification_hashes,
}
