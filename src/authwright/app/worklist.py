"""What a person does with an item of the worklist: look at it, see its picture, answer a run that waits."""

import os
from datetime import datetime
from pathlib import Path

from authwright.engine.desk import WAITING
from authwright.engine.guides import of_kind
from authwright.store.store import PracticeSession
from authwright.store.transaction import StoreError
from authwright.store.worklist import Guide, WorkItem


class NotAnsweredSoError(Exception):
    """The item can't be done in this way; the text says in which."""


def find(session: PracticeSession, name: str) -> WorkItem:
    """The item with that id, or the open one whose id begins so. Raises KeyError with the name."""
    begins = [item for item in session.worklist.open_items(limit=10_000) if item.id.startswith(name)]
    return begins[0] if len(begins) == 1 and name else session.worklist.get(name)


def guide_of(item: WorkItem) -> Guide:
    return item.guide if item.guide.title else of_kind(item.kind)


def answer(session: PracticeSession, item: WorkItem, words: str, *, actor: str, at: datetime) -> None:
    """Give the run that waits what the person answered. Raises NotAnsweredSoError, StoreError."""
    if item.kind not in WAITING:
        raise NotAnsweredSoError("no run waits for it: say with `authwright worklist done` what was done")
    if not words.strip():
        raise NotAnsweredSoError("give the letters in the picture; to a question of the SOP, yes or no")
    if item.due_at is not None and item.due_at <= at:
        raise NotAnsweredSoError("the run has stopped waiting: `authwright submit` sends the case again")
    session.worklist.finish(item.id, words.strip(), actor=actor, at=at)


def finish(session: PracticeSession, item: WorkItem, resolution: str, *, actor: str, at: datetime) -> None:
    """Say what was done. Raises NotAnsweredSoError while a run waits for an answer, StoreError."""
    if item.kind in WAITING and not item.done and (item.due_at is None or item.due_at > at):
        raise NotAnsweredSoError("a run waits for it: answer with `authwright worklist answer`")
    session.worklist.finish(item.id, resolution, actor=actor, at=at)


def write_picture(session: PracticeSession, item: WorkItem, file: Path, *, actor: str, at: datetime) -> None:
    """Write its picture to a file that only its owner reads; the ledger says who did. Raises StoreError when
    it has none, OSError."""
    if not item.guide.picture:
        raise StoreError(f"item {item.id} has no picture")
    picture = session.evidence.read(item.guide.picture)
    session.ledger.write(
        "evidence.shown",
        actor=actor,
        at=at,
        case_id=item.case_id,
        hash=item.guide.picture,
        item=item.id,
        to=str(file),
    )
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(picture)
