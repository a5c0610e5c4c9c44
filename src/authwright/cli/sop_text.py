"""Reading a text file that an SOP command was given; light, so that these commands start quickly."""

import sys
from pathlib import Path
from typing import NoReturn

import typer

from authwright.app.data_names_file import names_around
from authwright.core.diagnostics import has_errors, render
from authwright.core.workflow import Workflow
from authwright.runner.case_file import read_workflow as compiled_workflow
from authwright.sop import compile_sop
from authwright.sop.text import plain_lines

DONE, FINDINGS, WRONG_USAGE = 0, 1, 2


def refuse(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(WRONG_USAGE)


def read_text(file: Path) -> str:
    """The file's text; ends the command with 2 and a sentence when it can't be read."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(f"can't read {file}: it is no UTF-8 text")
    except OSError as error:
        refuse(f"can't read {file}: {error.strerror}")


def read_workflow(file: Path) -> Workflow:
    """What an SOP (.md) or a compiled workflow (.json) means; ends the command with 2 when it has errors."""
    text = read_text(file)
    if file.suffix == ".json":
        workflow, found = compiled_workflow(text.encode(), str(file))
    else:
        workflow, found = compile_sop(text, str(file), names_around(file))
    for diagnostic in found:
        print(render(diagnostic, plain_lines(text)), file=sys.stderr)
    if workflow is None or has_errors(found):
        refuse(f"{file} has errors")
    return workflow


def write_text(file: Path, text: str) -> None:
    """Write the file; ends the command with 2 and a sentence when that fails."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse(f"can't write {file}: {error.strerror}")
