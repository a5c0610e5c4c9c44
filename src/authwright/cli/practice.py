"""What the commands of a practice share: opening its folder, and saying in words why that failed."""

import getpass
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from authwright.app.approvals import ApprovalsError
from authwright.app.installation import Installation, NotAPracticeError, opened
from authwright.app.log import to_file
from authwright.app.refusals import RefusalsError
from authwright.app.rehearsals import RehearsalsError
from authwright.app.settings import FILE_NAME
from authwright.app.system import SystemClock
from authwright.app.terms import TermsError
from authwright.core.diagnostics import Diagnostic, in_order, render
from authwright.store.schema import SchemaError
from authwright.vault.keys import KeyMissingError

DONE, FINDINGS, WRONG_USAGE, HALTED, OUTSIDE_FAILED = 0, 1, 2, 3, 4
VARIABLE = "AUTHWRIGHT_PRACTICE"

Folder = Annotated[
    Path,
    typer.Option("--practice", envvar=VARIABLE, help="The practice's folder; the present one if left out."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
HERE = Path()
# What a practice's own lists raise when one can't be read.
_LISTS = (ApprovalsError, RehearsalsError, RefusalsError, TermsError)


def actor() -> str:
    """Who is at the keyboard, for the ledger: $AUTHWRIGHT_USER, else the name on the machine."""
    return os.environ.get("AUTHWRIGHT_USER") or getpass.getuser()


def refuse(message: str, *, code: int = WRONG_USAGE) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(code)


def read_file(path: Path) -> bytes:
    """The file's bytes; ends the command with 2 and a sentence when it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        refuse(f"{path} can't be read: {error.strerror}")


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings with their lines, to standard error."""
    lines: dict[str, list[str]] = {}
    for found in in_order(diagnostics):
        if found.file not in lines:
            path = Path(found.file)
            lines[found.file] = path.read_text(errors="replace").splitlines() if path.is_file() else []
        print(render(found, lines[found.file]), file=sys.stderr)


@contextmanager
def practice(folder: Path) -> Iterator[Installation]:
    """The practice in `folder`; ends the command with 2 and a sentence when it can't be opened."""
    try:
        redactor = to_file(folder) if (folder / FILE_NAME).is_file() else None
        with opened(folder, SystemClock(), redactor=redactor) as installation:
            yield installation
    except NotAPracticeError as error:
        show(error.diagnostics)
        refuse(str(error))
    except (KeyMissingError, SchemaError, *_LISTS) as error:
        refuse(str(error))
