"""`authwright track`: the status of what is at the payers."""

from typing import Annotated

import typer

from authwright.app.sending import pull_statuses
from authwright.cli.practice import HERE, Folder, practice

app = typer.Typer(add_completion=False)


@app.command()
def track(
    case: Annotated[
        list[str] | None, typer.Argument(help="Cases; all that are at a payer if left out.")
    ] = None,
    folder: Folder = HERE,
) -> None:
    """Make status pulls due now; `authwright worker` does them. They also come due by themselves."""
    with practice(folder) as opened:
        cases = pull_statuses(opened, only=case or ())
    print(f"{len(cases)} status pulls in line. A worker does them: `authwright worker`.")
