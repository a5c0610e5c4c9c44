"""`authwright worklist`: what waits for a person."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from authwright.app import worklist
from authwright.app.views import Waiting, waiting, waiting_of
from authwright.cli.practice import HERE, Folder, Json, actor, practice, refuse
from authwright.store.store import PracticeSession
from authwright.store.transaction import StoreError
from authwright.store.worklist import WorkItem

app = typer.Typer(add_completion=False, no_args_is_help=True, help="What waits for a person, and why.")


@app.command("list")
def list_(folder: Folder = HERE, as_json: Json = False) -> None:
    """Everything that waits, the most urgent first."""
    with (
        practice(folder) as opened,
        opened.store.practice(opened.settings.practice_id, read_only=True) as session,
    ):
        items = waiting(session)
    if as_json:
        rows = [_row(w) for w in items]
        print(json.dumps({"worklist": rows}, indent=1))
        return
    from authwright.cli.tables import table

    shown = [(w.order, w.patient, w.item.kind.replace("-", " "), w.item.why, w.item.id) for w in items]
    table(("Order", "Patient", "Kind", "Why", "Item"), shown)


@app.command()
def show(
    item: Annotated[str, typer.Argument(help="The item's id, or its beginning.")],
    picture: Annotated[
        Path | None,
        typer.Option("--picture", help="Write the picture of the page to this file; the ledger says so."),
    ] = None,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """One item: what happened, why, at which sentence of the SOP, what to do next."""
    with _item(folder, item) as (session, found, at):
        if picture is not None:
            worklist.write_picture(session, found, picture, actor=actor(), at=at)
        shown = waiting_of(session, found)
    if as_json:
        print(json.dumps(_row(shown) | {"done": found.done, "resolution": found.resolution}, indent=1))
    else:
        print("\n".join(_lines(shown, picture)))


@app.command()
def answer(
    item: Annotated[str, typer.Argument(help="The item's id, or its beginning.")],
    words: Annotated[str, typer.Argument(help="The letters in the picture; to a question, yes or no.")],
    folder: Folder = HERE,
) -> None:
    """Answer a run that waits: at a CAPTCHA, or for the yes that its SOP asks for."""
    with _item(folder, item) as (session, found, at):
        worklist.answer(session, found, words, actor=actor(), at=at)
    print("The run goes on.")


@app.command()
def done(
    item: Annotated[str, typer.Argument(help="The item's id, or its beginning.")],
    resolution: Annotated[str, typer.Argument(help="What was done, in words.")],
    folder: Folder = HERE,
) -> None:
    """Mark an item done, and say what was done."""
    if not resolution.strip():
        refuse("say in a few words what was done")
    with _item(folder, item) as (session, found, at):
        worklist.finish(session, found, resolution, actor=actor(), at=at)
    print("Done.")


@contextmanager
def _item(folder: Path, name: str) -> Iterator[tuple[PracticeSession, WorkItem, datetime]]:
    """The item in a session that writes; what can't be done with it ends the command with a sentence."""
    with practice(folder) as opened:
        try:
            with opened.store.practice(opened.settings.practice_id) as session:
                yield session, worklist.find(session, name), opened.clock.now()
        except KeyError:
            refuse(f"the worklist has no item {name}: `authwright worklist list` says which there are")
        except OSError as error:
            refuse(f"{error.filename} can't be written: {error.strerror}")
        except (StoreError, worklist.NotAnsweredSoError) as error:
            refuse(str(error))


def _row(waiting: Waiting) -> dict[str, str]:
    item, guide = waiting.item, worklist.guide_of(waiting.item)
    return {
        "id": item.id,
        "kind": item.kind,
        "title": guide.title,
        "case": item.case_id,
        "order": waiting.order,
        "why": item.why,
        "step": guide.step,
        "todo": guide.todo,
        "picture": guide.picture,
        "until": item.due_at.isoformat() if item.due_at else "",
    }


def _lines(waiting: Waiting, picture: Path | None) -> Iterator[str]:
    item, guide = waiting.item, worklist.guide_of(waiting.item)
    yield guide.title
    if waiting.order:
        yield f"  order: {waiting.order}, {waiting.patient}"
    yield f"  why: {item.why}"
    if guide.step:
        yield f"  step: {guide.step}"
    if item.done:
        yield f"  done by {item.done_by}: {item.resolution}"
    elif guide.todo:
        yield f"  now: {guide.todo.replace('ITEM', item.id[:8])}"
    if guide.picture:
        yield f"  picture: {picture or guide.picture + ' (--picture FILE writes it)'}"
