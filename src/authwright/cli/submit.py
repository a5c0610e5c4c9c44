"""`authwright submit`: what is ready goes to the payers."""

from typing import Annotated

import typer

from authwright.app.sending import send_ready
from authwright.cli.practice import DONE, FINDINGS, HERE, Folder, actor, practice

app = typer.Typer(add_completion=False)


@app.command()
def submit(
    case: Annotated[
        list[str] | None, typer.Argument(help="Cases; everything that is ready if left out.")
    ] = None,
    folder: Folder = HERE,
) -> None:
    """Put what is ready in line for its portal; `authwright worker` sends it."""
    with practice(folder) as opened:
        line = send_ready(opened, actor=actor(), only=case or ())
    for case_id, reason in line.refused:
        print(f"{case_id} stays: {reason}")
    print(f"{len(line.cases)} in line. A worker sends them: `authwright worker`.")
    raise typer.Exit(FINDINGS if line.refused else DONE)
