"""`authwright export`: what leaves the practice's folder in a form that people look at."""

from pathlib import Path
from typing import Annotated

import typer

from authwright.app import report
from authwright.app.summary import Summary
from authwright.app.views import all_cases, waiting
from authwright.cli.practice import HERE, Folder, actor, practice

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Write reports to look at.")


@app.callback()
def root() -> None:
    """Write reports to look at."""


@app.command("report")
def report_(
    to: Annotated[Path, typer.Argument(help="The report's folder; made if it isn't there.")],
    folder: Folder = HERE,
) -> None:
    """Every case with requirement, timeline, pictures and approval, as HTML. It shows patients: each
    case's ledger says that it was written."""
    with practice(folder) as opened, opened.store.practice(opened.settings.practice_id) as session:
        summary = Summary(tuple(all_cases(session)), waiting(session))
        index = report.write(
            session,
            to,
            summary,
            practice=opened.settings.practice_name,
            actor=actor(),
            at=opened.clock.now(),
        )
    print(f"{len(summary.cases)} cases are in {index}")
