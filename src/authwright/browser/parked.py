"""Runs that wait for a person, as files in a folder: what the run asks, its picture, and the answer.

    RUN.json     what is asked, by which SOP, until when; gone when the run waits no longer
    RUN.png      the page as the person has to see it
    RUN.answer   what the person answered; the run takes it away

All are readable by their owner only.
"""

import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from authwright.core.clock import Clock
from authwright.core.person import Question, QuestionKind

_ID = re.compile(r"[0-9a-f]{8}")
PARKED = "parked"
"""The folder's name, in a `--state` folder and in a practice's."""


class Parked(msgspec.Struct, frozen=True):
    """One run that waits. `until` is when it gives up; `what` is whose work it is (an SOP, a portal)."""

    run: str
    what: str
    kind: QuestionKind
    words: str
    since: datetime
    until: datetime


@dataclass(slots=True)
class FolderDesk:
    """A core.person.Desk: the run waits in `folder` under an id of its own. `told` hears of each question,
    and of its end."""

    folder: Path
    what: str
    clock: Clock
    seconds: float
    on_park: Callable[[Parked, Path], None] = lambda parked, picture: None
    on_leave: Callable[[Parked, str], None] = lambda parked, how: None
    run: str = field(default_factory=lambda: secrets.token_hex(4))
    _parked: Parked | None = None

    def park(self, question: Question) -> None:
        now = self.clock.now()
        until = now + timedelta(seconds=self.seconds)
        parked = Parked(self.run, self.what, question.kind, question.words, now, until)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        picture = _file(self.folder, self.run, "png")
        _write(picture, question.picture)
        _write(_file(self.folder, self.run, "json"), msgspec.json.encode(parked))
        self._parked = parked
        self.on_park(parked, picture)

    def answer(self) -> str:
        file = _file(self.folder, self.run, "answer")
        return file.read_text(encoding="utf-8").strip() if file.exists() else ""

    def leave(self, how: str) -> None:
        for ending in ("json", "png", "answer"):
            _file(self.folder, self.run, ending).unlink(missing_ok=True)
        if self._parked is not None:
            self.on_leave(self._parked, how)


def parked_in(folder: Path, now: datetime) -> list[Parked]:
    """The runs that still wait there, the longest waiting first."""
    found = [msgspec.json.decode(f.read_bytes(), type=Parked) for f in folder.glob("*.json") if _is_row(f)]
    return sorted((p for p in found if p.until > now), key=lambda p: p.since)


def picture_of(folder: Path, run: str) -> Path:
    return _file(folder, run, "png")


def put_answer(folder: Path, run: str, answer: str) -> None:
    """Give the run what a person answered."""
    _write(_file(folder, run, "answer"), answer.encode())


def _is_row(file: Path) -> bool:
    return _ID.fullmatch(file.stem) is not None


def _file(folder: Path, run: str, ending: str) -> Path:
    if not _ID.fullmatch(run):
        raise KeyError(run)
    return folder / f"{run}.{ending}"


def _write(file: Path, data: bytes) -> None:
    """The file is there whole, or not at all."""
    beside = file.with_suffix(".half")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
    beside.replace(file)
