"""What the commands that check have in common: forms of output, exit codes."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from authwright import __version__
from authwright.core.diagnostics import Diagnostic, has_errors
from authwright.formats.sarif import sarif

WRONG_USAGE = 2
Sarif = Annotated[bool, typer.Option("--sarif", help="Print SARIF 2.1.0, for code review.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings too.")]


def one_form(command: str, as_json: bool, as_sarif: bool) -> None:
    """Refuse two forms of output at once."""
    if as_json and as_sarif:
        sys.stderr.write(f"{command}: either --json or --sarif\n")
        raise typer.Exit(WRONG_USAGE)


def print_sarif(found: Sequence[Diagnostic]) -> None:
    print(json.dumps(sarif(found, __version__, Path.cwd()), indent=1, ensure_ascii=False))


def exit_code(found: Sequence[Diagnostic], strict: bool) -> int:
    return 1 if has_errors(found) or (strict and found) else 0
