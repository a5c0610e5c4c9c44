"""Intents and evidence as files, for runs without a store (`authwright sop run`)."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from authwright.core.ports import Intent


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that the payer has. `number` only where a person told it."""

    at: datetime
    number: str = ""


@dataclass(slots=True)
class FileIntents:
    """The intents of one submission as JSON lines. Each line is on the disk when a call returns."""

    path: Path
    submission: str

    def open_intent(self) -> Intent | None:
        """The last intent, unless what came of it is written down."""
        latest: Intent | None = None
        for line in self._lines():
            entry = json.loads(line)
            if entry["event"] == "intent":
                latest = Intent(
                    submission=self.submission,
                    step_line=entry["step_line"],
                    page_fingerprint=entry["page_fingerprint"],
                    lease_token=0,
                    at=datetime.fromisoformat(entry["at"]),
                )
            else:
                latest = None
        return latest

    def record(self, *, step_line: int, page_fingerprint: str, at: datetime) -> None:
        self._append(
            {
                "event": "intent",
                "step_line": step_line,
                "page_fingerprint": page_fingerprint,
                "at": at.isoformat(),
            }
        )

    def resolve(self, outcome: str, *, at: datetime, number: str = "") -> None:
        """`number` is the payer's, where a person knows it: no look-up has to find it again."""
        told = {"reference_number": number} if number else {}
        self._append({"event": "outcome", "outcome": outcome, "at": at.isoformat(), **told})

    def outcomes(self) -> list[str]:
        """What came of each intent, in order."""
        entries = [json.loads(line) for line in self._lines()]
        return [e["outcome"] for e in entries if e["event"] == "outcome"]

    def sent(self) -> Sent | None:
        """When it was sent, if the payer is known to have it."""
        at: datetime | None = None
        sent: Sent | None = None
        for entry in map(json.loads, self._lines()):
            if entry["event"] == "intent":
                at = datetime.fromisoformat(entry["at"])
            elif at is not None and entry["outcome"] in ("sent", "adopted"):
                sent = Sent(at, entry.get("reference_number", ""))
        return sent

    def _lines(self) -> list[str]:
        if not self.path.exists():
            return []
        text = self.path.read_text(encoding="utf-8")
        # A line without its end was cut off while it was written: the call had not returned.
        return [line for line in text.split("\n")[:-1] if line]

    def _append(self, entry: dict[str, object]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not self.path.exists()
        with self.path.open("ab+") as file:
            _drop_torn_line(file)
            file.write(json.dumps(entry).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            self.path.chmod(0o600)
            _sync_folder(self.path.parent)


class NoIntents:
    """Intents of a run that nobody will resume: nothing is written down."""

    def open_intent(self) -> Intent | None:
        return None

    def record(self, *, step_line: int, page_fingerprint: str, at: datetime) -> None:
        """Nothing to do."""

    def resolve(self, outcome: str, *, at: datetime) -> None:
        """Nothing to do."""


def _drop_torn_line(file: BinaryIO) -> None:
    """A last line without its end would run into the next."""
    file.seek(0)
    text = file.read()
    if text and not text.endswith(b"\n"):
        file.truncate(text.rfind(b"\n") + 1)


def _sync_folder(folder: Path) -> None:
    """Puts the file's name on the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(slots=True)
class FolderEvidence:
    """Pictures and texts as files in a folder, numbered in the order in which they came. They hold
    what the pages showed, unsealed: the folder is readable by its owner only."""

    folder: Path
    count: int = field(default=0, init=False)
    files: dict[str, str] = field(default_factory=dict, init=False)
    """Content hash -> name of the file in the folder."""

    def keep(self, data: bytes, *, kind: str, name: str, note: str = "") -> str:
        self.count += 1
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = f"{self.count:03d}-{Path(name).name}"
        (self.folder / file).write_bytes(data)
        hash_ = hashlib.sha256(data).hexdigest()
        self.files[hash_] = file
        return hash_


@dataclass(slots=True)
class NoEvidence:
    """Hashes only, for a run whose pictures nobody asked for."""

    def keep(self, data: bytes, *, kind: str, name: str, note: str = "") -> str:
        return hashlib.sha256(data).hexdigest()
