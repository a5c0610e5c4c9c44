"""`authwright sop repairs`: labels that runs have found under other words, for a person to decide on."""

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer

from authwright.app.portal_pages import FOLDER
from authwright.app.settings import FILE_NAME
from authwright.browser.repairs import APPROVED, REJECTED, Repair, all_repairs, decide
from authwright.cli.practice import VARIABLE

app = typer.Typer(add_completion=False, no_args_is_help=True)
USAGE = 2

State = Annotated[Path | None, typer.Option("--state", help="The folder that `sop run --state` keeps.")]
Practice = Annotated[
    Path | None, typer.Option("--practice", envvar=VARIABLE, help="A practice's folder: what its runs found.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Number = Annotated[int, typer.Argument(help="The number that `list` shows.")]


@app.callback()
def repairs() -> None:
    """What pages call by another name now: show, approve or reject."""


@app.command("list")
def list_(state: State = None, practice: Practice = None, as_json: Json = False) -> None:
    """List the new labels that runs have found."""
    folder = _folder(state, practice)
    found = _found(folder)
    if as_json:
        print(json.dumps({"repairs": msgspec.to_builtins(found)}, indent=1, ensure_ascii=False))
        return
    for number, each in enumerate(found, 1):
        where = f"{each.sop} line {each.line}"
        print(f'{number:3}  {each.decision:9} {where}: "{each.label}" is now "{each.now}"')
    if not found:
        print(f"no repairs in {folder}")


@app.command()
def show(number: Number, state: State = None, practice: Practice = None) -> None:
    """Show one of them in full."""
    folder = _folder(state, practice)
    found = _found(folder)
    if not 0 < number <= len(found):
        _unknown(number, folder)
    each = found[number - 1]
    when = each.at.strftime("%Y-%m-%d %H:%M %Z") if each.at else "unknown"
    print(f'{each.sop}, line {each.line}\nthe SOP wants    "{each.label}"\nlast time it was "{each.was}"')
    print(f'the page says    "{each.now}"\nfound            {when}')
    print(f"picture          {each.picture or 'none was kept'}\ndecision         {each.decision}")


@app.command()
def approve(number: Number, state: State = None, practice: Practice = None) -> None:
    """Use the new label from now on, without reporting it."""
    _say(_decided(_folder(state, practice), number, APPROVED), "later runs use it")


@app.command()
def reject(number: Number, state: State = None, practice: Practice = None) -> None:
    """Let the step halt when the page has the new label."""
    _say(_decided(_folder(state, practice), number, REJECTED), "the step halts there")


def _folder(state: Path | None, practice: Path | None) -> Path:
    if state is not None:
        return state
    if practice is None:
        _refuse("say where: --state DIR as of `sop run`, or --practice DIR")
    if not (practice / FILE_NAME).is_file():
        _refuse(f"{practice} is no practice's folder: there is no {FILE_NAME} in it")
    return practice / FOLDER


def _found(folder: Path) -> list[Repair]:
    try:
        return all_repairs(folder)
    except ValueError as error:
        _refuse(str(error))


def _decided(folder: Path, number: int, decision: str) -> Repair:
    try:
        return decide(folder, number, decision)
    except IndexError:
        _unknown(number, folder)
    except ValueError as error:
        _refuse(str(error))


def _say(repair: Repair, follows: str) -> None:
    print(f'{repair.decision}: "{repair.label}" as "{repair.now}" in {repair.sop}; {follows}')


def _unknown(number: int, folder: Path) -> NoReturn:
    _refuse(f"there is no repair {number} in {folder}: see `authwright sop repairs list`")


def _refuse(words: str) -> NoReturn:
    print(words, file=sys.stderr)
    raise typer.Exit(USAGE)
