"""`authwright init`: a new practice's folder."""

import re
from pathlib import Path
from typing import Annotated

import typer

from authwright.app.init import FolderInUseError
from authwright.app.init import init as make
from authwright.app.installation import NotAPracticeError, settings_of
from authwright.app.system import SystemClock
from authwright.cli.practice import refuse
from authwright.store import schema

app = typer.Typer(add_completion=False)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    name: Annotated[str, typer.Option(help="The practice's name, as on its letters.")] = "",
    id_: Annotated[str, typer.Option("--id", help="A short id; made from the name if left out.")] = "",
    tables: Annotated[
        bool, typer.Option("--tables", help="Make or upgrade the tables of a practice that is there.")
    ] = False,
) -> None:
    """Make a practice's folder: settings, key, database, insurance map, a place for its own library."""
    if tables:
        try:
            schema.upgrade(settings_of(folder).database_url)
        except NotAPracticeError as error:
            refuse(str(error))
        print("The tables are there, in this program's version.")
        return
    shown = name or folder.resolve().name
    practice_id = id_ or re.sub(r"[^a-z0-9]+", "-", shown.lower()).strip("-")
    if not practice_id.strip():
        refuse(f'no id can be made from "{shown}": give one with --id')
    try:
        settings = make(folder, practice_id, shown, at=SystemClock().now())
    except FolderInUseError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{folder} can't be made: {error.strerror}")
    print(f"Made {settings}. Its key is {folder / 'authwright.key'}: keep a copy where only you can read it.")
    print("Next: fill in the settings and put your insurance names into insurances.csv,")
    print(f"then `authwright check {folder}` says what is wrong in them.")
