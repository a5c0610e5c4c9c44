"""`authwright sop repairs`: labels that runs have found under other words, for a person to decide on."""

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer

from authwright.browser.repairs import APPROVED, REJECTED, Repair, all_repairs, decide

app = typer.Typer(add_completion=False, no_args_is_help=True)
USAGE = 2

State = Annotated[Path, typer.Option("--state", help="The folder that `sop run --state` keeps.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Number = Annotated[int, typer.Argument(help="The number that `list` shows.")]


@app.callback()
def repairs() -> None:
    """What pages call by another name now: show, approve or reject."""


@app.command("list")
def list_(state: State, as_json: Json = False) -> None:
    """List the new labels that runs have found."""
    found = _found(state)
    if as_json:
        print(json.dumps({"repairs": msgspec.to_builtins(found)}, indent=1, ensure_ascii=False))
        return
    for number, each in enumerate(found, 1):
        where = f"{each.sop} line {each.line}"
        print(f'{number:3}  {each.decision:9} {where}: "{each.label}" is now "{each.now}"')
    if not found:
        print(f"no repairs in {state}")


@app.command()
def show(number: Number, state: State) -> None:
    """Show one of them in full."""
    found = _found(state)
    if not 0 < number <= len(found):
        _unknown(number, state)
    each = found[number - 1]
    when = each.at.strftime("%Y-%m-%d %H:%M %Z") if each.at else "unknown"
    print(f'{each.sop}, line {each.line}\nthe SOP wants    "{each.label}"\nlast time it was "{each.was}"')
    print(f'the page says    "{each.now}"\nfound            {when}')
    print(f"picture          {each.picture or 'none was kept'}\ndecision         {each.decision}")


@app.command()
def approve(number: Number, state: State) -> None:
    """Use the new label from now on, without reporting it."""
    _say(_decided(state, number, APPROVED), "later runs use it")


@app.command()
def reject(number: Number, state: State) -> None:
    """Let the step halt when the page has the new label."""
    _say(_decided(state, number, REJECTED), "the step halts there")


def _found(state: Path) -> list[Repair]:
    try:
        return all_repairs(state)
    except ValueError as error:
        _refuse(str(error))


def _decided(state: Path, number: int, decision: str) -> Repair:
    try:
        return decide(state, number, decision)
    except IndexError:
        _unknown(number, state)
    except ValueError as error:
        _refuse(str(error))


def _say(repair: Repair, follows: str) -> None:
    print(f'{repair.decision}: "{repair.label}" as "{repair.now}" in {repair.sop}; {follows}')


def _unknown(number: int, state: Path) -> NoReturn:
    _refuse(f"there is no repair {number} in {state}: see `authwright sop repairs list --state {state}`")


def _refuse(words: str) -> NoReturn:
    print(words, file=sys.stderr)
    raise typer.Exit(USAGE)
