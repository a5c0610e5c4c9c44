"""`authwright sop explain`: say back what an SOP means, in the terminal, as JSON or as a page."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from authwright.app.data_names_file import names_around
from authwright.cli.sop_text import DONE, FINDINGS, read_text, refuse, write_text
from authwright.core.diagnostics import Diagnostic, has_errors, render
from authwright.core.workflow import Value, Workflow
from authwright.sop import account_of, compile_sop, explain_json, explain_text
from authwright.sop.page import explain_page
from authwright.sop.text import plain_lines

app = typer.Typer(add_completion=False)

_STYLES: Mapping[str, Mapping[str, Any]] = {
    "heading": {"bold": True},
    "author": {"dim": True},
    "mark": {"fg": "red", "bold": True},
    "finding": {"fg": "yellow"},
}


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="The SOP, a Markdown file.")],
    case: Annotated[Path | None, typer.Option(help="CASE.json: show its values beside the names.")] = None,
    show_phi: Annotated[bool, typer.Option("--show-phi", help="Don't mask the case's values.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write one HTML page to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Say back, sentence by sentence and in other words, what was understood."""
    text = read_text(file)
    workflow, found = compile_sop(text, str(file), names_around(file))
    if as_json:
        print(json.dumps(explain_json(workflow, found), indent=1, ensure_ascii=False))
    else:
        _tell(file, text, workflow, found, html, _examples(case, show_phi=show_phi))
    raise typer.Exit(FINDINGS if has_errors(found) else DONE)


def _tell(
    file: Path,
    text: str,
    workflow: Workflow | None,
    found: list[Diagnostic],
    html: Path | None,
    example: Callable[[Value], str | None],
) -> None:
    lines = plain_lines(text)
    if workflow is not None:
        account = account_of(workflow, lines, found, example)
        if html is not None:
            write_text(html, explain_page(account, lines))
            print(f"written to {html}")
        else:
            typer.echo(explain_text(account, _paint))
            return  # the account tells its findings beside their sentences
    for diagnostic in found:
        print(render(diagnostic, lines), file=sys.stderr)


def _paint(kind: str, text: str) -> str:
    return typer.style(text, **_STYLES[kind]) if kind in _STYLES else text


def _examples(case: Path | None, *, show_phi: bool) -> Callable[[Value], str | None]:
    if case is None:
        return lambda value: None
    from authwright.app.case_examples import examples_of
    from authwright.runner.case_file import read_case

    data, found = read_case(read_text(case), str(case))
    for diagnostic in found:
        print(render(diagnostic), file=sys.stderr)
    if data is None or has_errors(found):
        refuse(f"{case} is no case that can be read")
    return examples_of(data, datetime.now().astimezone().date(), show_phi=show_phi)
