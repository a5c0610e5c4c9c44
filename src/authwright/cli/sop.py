"""`authwright sop`: say back what an SOP means, check it, run it."""

import json
import sys
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from authwright.cli.findings import Sarif, Strict, exit_code, one_form, print_sarif
from authwright.cli.lazy import LazyGroup
from authwright.cli.sop_findings import findings, read_sops, sops_among
from authwright.core.diagnostics import Diagnostic, in_order, render


class _Commands(LazyGroup):
    lazy: ClassVar[dict[str, tuple[str, str]]] = {
        "explain": ("authwright.cli.sop_explain", "Say back, step by step, what was understood."),
        "diff": ("authwright.cli.sop_diff", "Say in words what changed in what is done."),
        "compile": ("authwright.cli.sop_compile", "Write what an SOP means as JSON."),
        "watch": ("authwright.cli.sop_watch", "Show the errors each time an SOP is saved."),
        "lsp": ("authwright.cli.sop_lsp", "Serve SOPs to an editor."),
        "run": ("authwright.cli.sop_run", "Run an SOP in a portal, for one case."),
        "repairs": ("authwright.cli.sop_repairs", "Decide on labels that pages have reworded."),
        "answer": ("authwright.cli.sop_answer", "Answer for a run that waits for a person."),
        "rehearse": ("authwright.cli.sop_rehearse", "Walk an SOP through a portal without sending anything."),
        "approve": ("authwright.cli.sop_approve", "Approve what an SOP means, in a practice's name."),
    }


app = typer.Typer(cls=_Commands, add_completion=False, no_args_is_help=True)


@app.callback()
def sop() -> None:
    """SOPs: instructions in plain English."""


Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
CANT_READ = 2


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="SOPs, or folders of them.")],
    as_json: Json = False,
    as_sarif: Sarif = False,
    strict: Strict = False,
) -> None:
    """Find, without running anything, what can't be read and what would go wrong in a run.

    Steps that send without "once", data that may be missing, steps never reached, contradictions.
    """
    one_form("authwright sop check", as_json, as_sarif)
    sops = read_sops(_sop_files(files))
    found = in_order(findings(sops))
    if as_json:
        print(json.dumps({"diagnostics": [d.as_json() for d in found]}, indent=1, ensure_ascii=False))
    elif as_sarif:
        print_sarif(found)
    else:
        _print_diagnostics(found, {str(sop.path): sop.text for sop in sops})
        print(f"{len(sops)} checked, {len(found)} findings")
    missing = not all(file.exists() for file in files)
    raise typer.Exit(CANT_READ if missing else exit_code(found, strict))


def _sop_files(paths: list[Path]) -> list[Path]:
    """The files themselves; of a folder, every Markdown file below it but a README. Each once."""
    inside = [sops_among(path.rglob("*.md")) if path.is_dir() else [path] for path in paths]
    return list(dict.fromkeys(file for files in inside for file in files))


def _print_diagnostics(found: list[Diagnostic], texts: dict[str, str]) -> None:
    for diagnostic in found:
        lines = texts[diagnostic.file].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        print(render(diagnostic, lines), file=sys.stderr)
