"""Reading a text file that an SOP command was given; light, so that these commands start quickly."""

import sys
from pathlib import Path
from typing import NoReturn

import typer

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


def write_text(file: Path, text: str) -> None:
    """Write the file; ends the command with 2 and a sentence when that fails."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse(f"can't write {file}: {error.strerror}")
