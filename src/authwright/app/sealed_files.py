"""Small sealed files in the practice's folder: what one run leaves to the next."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from authwright.core.ports import Sealer, SealError


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """One file for each name, which only the owner may read. A file opens only as the `kind` and name that it
    was sealed as."""

    folder: Path
    practice: str
    sealer: Sealer
    kind: str

    def read(self, name: str) -> bytes | None:
        """None when there is no file, or one that doesn't open."""
        path = self._path(name)
        if not path.exists():
            return None
        try:
            return self.sealer.unseal(path.read_bytes(), place=self._place(name))
        except SealError:
            return None

    def write(self, name: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(name)
        beside = path.with_suffix(".new")
        token = self.sealer.seal(data, place=self._place(name))
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(token)
        beside.replace(path)

    def _path(self, name: str) -> Path:
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.sealed"

    def _place(self, name: str) -> str:
        return f"{self.practice}\x1f{self.kind}\x1f{name}"
