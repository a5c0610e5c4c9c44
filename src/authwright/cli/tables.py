"""Tables in the terminal: as wide as it is, and whole when the output is a file or a pipe."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

_PIPE_WIDTH = 200


def console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """Print rows under a head; cells are plain text, nothing in them is markup."""
    made = Table(title=title or None, title_justify="left", header_style="bold")
    for name in head:
        made.add_column(name, overflow="fold")
    for row in rows:
        made.add_row(*(cell.replace("[", r"\[") for cell in row))
    console().print(made)
