"""`authwright sop answer`: what a person answers for a run that waits."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from authwright.browser.parked import PARKED, Parked, parked_in, picture_of, put_answer
from authwright.cli.practice import HERE, Folder, Json, refuse
from authwright.core.person import QuestionKind

app = typer.Typer(add_completion=False, help="Answer for a run that waits for a person.")


@app.command()
def answer(
    run: Annotated[str, typer.Argument(help="The run; left out, those that wait are listed.")] = "",
    answer: Annotated[
        str,
        typer.Argument(
            help="The letters in the picture; yes or no; `done` for what was done in the browser."
        ),
    ] = "",
    state: Annotated[
        Path | None, typer.Option("--state", help="The folder that `sop run --state` was given.")
    ] = None,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """Answer for a run that waits for a person. Without RUN, list those that wait."""
    where = (state or folder) / PARKED
    waiting = parked_in(where, datetime.now(UTC))
    if not run:
        _list(waiting, where, as_json=as_json)
        return
    parked = next((p for p in waiting if p.run == run), None)
    if parked is None:
        refuse(f"no run {run} waits in {where}: `authwright sop answer` without a run lists those that do")
    if not answer.strip() and parked.kind.typed:
        picture = picture_of(where, run)
        confirms = parked.kind is QuestionKind.CONFIRM
        refuse(
            f"say yes or no to what {picture} shows" if confirms else f"give the letters that {picture} shows"
        )
    put_answer(where, run, answer.strip() or "done")
    print(f"{run} goes on.")


def _list(waiting: list[Parked], where: Path, *, as_json: bool) -> None:
    if as_json:
        import msgspec

        rows = [msgspec.to_builtins(p) | {"picture": str(picture_of(where, p.run))} for p in waiting]
        print(msgspec.json.format(msgspec.json.encode({"waiting": rows}), indent=1).decode())
        return
    for p in waiting:
        left = (p.until - datetime.now(UTC)).total_seconds()
        print(f'{p.run}\t{p.what}\t"{p.words}"\t{picture_of(where, p.run)}\t{left:.0f} s left')
    if not waiting:
        print(f"no run waits in {where}")
