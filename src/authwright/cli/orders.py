"""`authwright orders read`: orders of a file, and what each of them lacks."""

import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from authwright.app.installation import NotAPracticeError, settings_of
from authwright.app.intake import take_orders
from authwright.app.system import SystemClock
from authwright.app.views import case_view
from authwright.cases.assemble import Missing, case_data, missing
from authwright.cli.practice import HERE, Folder, actor, practice, read_file, refuse, show
from authwright.core.clock import today
from authwright.core.diagnostics import Diagnostic, has_errors, render
from authwright.core.order import Order
from authwright.formats.orders import read_orders
from authwright.formats.places import decode
from authwright.store.orders import Change

app = typer.Typer(add_completion=False, no_args_is_help=True)

FINDINGS, WRONG_USAGE = 1, 2


@app.callback()
def orders() -> None:
    """Read orders and say what is missing in each."""


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="CSV (a row a service line), JSON, or a FHIR R4 bundle.")],
    columns: Annotated[
        Path | None, typer.Option(help="TOML or JSON that maps our names to the file's columns.")
    ] = None,
    folder: Folder = HERE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """The orders of a file, complete or with what is missing. Exit code 1 if the file has errors."""
    data = read_file(file)
    mapping = _column_map(columns) if columns else _own_columns(folder)
    found, diagnostics = read_orders(data, str(file), mapping, today=today(SystemClock()))
    lacking = [missing(order) for order in found]
    if as_json:
        report = report_json(str(file), found, lacking, diagnostics)
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n")
    else:
        _print(found, lacking, diagnostics, decode(data).splitlines())
    if has_errors(diagnostics):
        raise typer.Exit(FINDINGS if found else WRONG_USAGE)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV (a row a service line), JSON, or a FHIR R4 bundle.")],
    folder: Folder = HERE,
) -> None:
    """Take the orders of a file in: each becomes a case, or a question to a person."""
    with practice(folder) as opened:
        try:
            came = take_orders(opened, file, actor=actor())
        except OSError as error:
            refuse(f"{file} can't be read: {error.strerror}")
        show(came.diagnostics)
        with opened.store.practice(opened.settings.practice_id, read_only=True) as session:
            views = [case_view(session, case) for taken in came.taken for case in taken.cases]
    for view in views:
        why = f": {' '.join(view.waits_for)}" if view.waits_for else ""
        print(f"{view.order.id}  {view.codes}  {view.state_words}{why}")
    same = sum(taken.change is Change.SAME for taken in came.taken)
    print(f"{len(came.taken)} orders read, {same} of them known already; {len(views)} cases decided.")
    if has_errors(came.diagnostics):
        raise typer.Exit(FINDINGS if came.taken else WRONG_USAGE)


def report_json(
    file: str, found: Sequence[Order], lacking: Sequence[Sequence[Missing]], diagnostics: Sequence[Diagnostic]
) -> dict[str, Any]:
    return {
        "file": file,
        "orders": [
            {
                "id": order.id,
                "complete": not lacks,
                "missing": [m.words for m in lacks],
                "data": case_data(order),
            }
            for order, lacks in zip(found, lacking, strict=True)
        ],
        "diagnostics": [diagnostic.as_json() for diagnostic in diagnostics],
    }


def _print(
    found: Sequence[Order],
    lacking: Sequence[Sequence[Missing]],
    diagnostics: Sequence[Diagnostic],
    lines: Sequence[str],
) -> None:
    for diagnostic in diagnostics:
        sys.stderr.write(render(diagnostic, lines) + "\n")
    for order, lacks in zip(found, lacking, strict=True):
        codes = ", ".join(line.code or "?" for line in order.service_lines)
        state = f"incomplete, missing: {'; '.join(m.words for m in lacks)}" if lacks else "complete"
        sys.stdout.write(f"{order.id or '(no number)'}  {codes}  {state}\n")
    complete = sum(not lacks for lacks in lacking)
    sys.stdout.write(f"{len(found)} orders: {complete} complete, {len(found) - complete} incomplete\n")


def _own_columns(folder: Path) -> Mapping[str, str]:
    """The practice's own, where the folder is a practice's; its settings may be wrong elsewhere."""
    try:
        return settings_of(folder).order_columns
    except NotAPracticeError:
        return {}


def _column_map(path: Path) -> Mapping[str, str]:
    text = decode(read_file(path))
    try:
        value = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as error:
        refuse(f"{path} is no {'JSON' if path.suffix == '.json' else 'TOML'}: {error}")
    if isinstance(value, dict) and isinstance(value.get("columns"), dict):
        value = value["columns"]
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        refuse(f'{path}: expected names and columns only, such as "coverage.member_id" = "Ins ID"')
    return value
