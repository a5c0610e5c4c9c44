"""Evidence: proof as sealed files named by their content, and rows that say what each is."""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from authwright.core.ports import Sealer, SealError
from authwright.store.models import EvidenceRow
from authwright.store.transaction import Transaction


class EvidenceFiles:
    """One folder for each practice; `<first two of the hash>/<SHA-256 of the content>.sealed`."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder, self._sealer = folder, sealer

    def write(self, practice: str, data: bytes) -> str:
        """The SHA-256 of `data` in hex, once the bytes are on disk for good. Known content is not
        written again."""
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(practice, digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_for_good(path, self._sealer.seal(data, place=_place(practice, digest)))
        return digest

    def read(self, practice: str, digest: str) -> bytes:
        """Raises FileNotFoundError, and SealError when the file isn't what was written."""
        token = self._path(practice, digest).read_bytes()
        data = self._sealer.unseal(token, place=_place(practice, digest))
        if hashlib.sha256(data).hexdigest() != digest:
            raise SealError(f"evidence {digest}: the content has another hash")
        return data

    def seal_anew(self, practice: str, digest: str) -> None:
        """Seal the file with the active key."""
        data = self.read(practice, digest)
        _write_for_good(self._path(practice, digest), self._sealer.seal(data, place=_place(practice, digest)))

    def _path(self, practice: str, digest: str) -> Path:
        if not (len(digest) == 64 and set(digest) <= set("0123456789abcdef")):
            raise ValueError(f"not a SHA-256: {digest!r}")
        return self._folder / _folder_name(practice) / digest[:2] / f"{digest}.sealed"


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """`kind` says what it is (screenshot, page-text, letter, message, call); `size` is in bytes."""

    id: str
    case_id: str
    submission_id: str
    kind: str
    content_hash: str
    size: int
    name: str
    note: str
    at: datetime


class Evidence:
    def __init__(self, tx: Transaction, files: EvidenceFiles) -> None:
        self._tx, self._files = tx, files

    def keep(
        self,
        data: bytes,
        *,
        kind: str,
        name: str,
        actor: str,
        at: datetime,
        note: str = "",
        case_id: str = "",
        submission_id: str = "",
    ) -> str:
        """Keep the bytes, sealed; their SHA-256 in hex. The file is on disk before the row commits."""
        digest = self._files.write(self._tx.practice, data)
        row_id = self._tx.new_id()
        self._tx.sql.add(
            EvidenceRow(
                id=row_id,
                case_id=case_id or None,
                submission_id=submission_id,
                kind=kind,
                content_hash=digest,
                size=len(data),
                label=self._tx.seal("evidence.label", row_id, (name, note)),
                at=at,
            )
        )
        self._tx.sql.flush()
        self._tx.log(
            "evidence.kept",
            actor=actor,
            at=at,
            case=case_id,
            hash=digest,
            kind=kind,
            name=name,
            submission=submission_id,
        )
        return digest

    def read(self, content_hash: str) -> bytes:
        """The bytes. Raises KeyError when the practice has no such evidence, SealError when they
        were tampered with."""
        query = select(EvidenceRow.id).where(EvidenceRow.content_hash == content_hash).limit(1)
        if self._tx.sql.scalar(query) is None:
            raise KeyError(content_hash)
        return self._files.read(self._tx.practice, content_hash)

    def of_case(self, case_id: str) -> tuple[EvidenceRecord, ...]:
        """Oldest first."""
        rows = select(EvidenceRow).where(EvidenceRow.case_id == case_id)
        in_order = rows.order_by(EvidenceRow.at, EvidenceRow.id)
        return tuple(self._record(row) for row in self._tx.sql.scalars(in_order))

    def damaged(self) -> tuple[tuple[str, str], ...]:
        """(content hash, what is wrong) for every file that is gone or isn't what was kept."""
        hashes = self._tx.sql.scalars(
            select(EvidenceRow.content_hash).distinct().order_by(EvidenceRow.content_hash)
        )
        found = ((digest, self._damage(digest)) for digest in hashes)
        return tuple((digest, damage) for digest, damage in found if damage)

    def _damage(self, digest: str) -> str:
        try:
            self._files.read(self._tx.practice, digest)
        except FileNotFoundError:
            return "the file is gone"
        except SealError as error:
            return str(error).replace("\x1f", " ")
        return ""

    def _record(self, row: EvidenceRow) -> EvidenceRecord:
        name, note = self._tx.unseal("evidence.label", row.id, row.label, tuple[str, str])
        return EvidenceRecord(
            row.id,
            row.case_id or "",
            row.submission_id,
            row.kind,
            row.content_hash,
            row.size,
            name,
            note,
            row.at,
        )


def _write_for_good(path: Path, content: bytes) -> None:
    """Whole or not at all: a file beside it, flushed to disk, takes its name; then the folder's entry
    is flushed too."""
    beside = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _folder_name(practice: str) -> str:
    """Practice ids are free text; a folder's name isn't."""
    return hashlib.sha256(practice.encode()).hexdigest()[:16]


def _place(practice: str, digest: str) -> str:
    return f"{practice}\x1fevidence\x1f{digest}"
