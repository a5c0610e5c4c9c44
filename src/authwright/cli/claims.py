"""`authwright claims check`: a claim file against its certifications before it leaves."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from authwright.app.claim_files import ClaimsReport, check_file, requirements_of
from authwright.app.installation import Installation
from authwright.app.library_folder import library_folders
from authwright.app.settings import FILE_NAME
from authwright.cases.claims.result import ClaimResult, Verdict
from authwright.cli.practice import HERE, Folder, practice, read_file, refuse
from authwright.core.certification import Certification
from authwright.core.dates import DATE_FORMS, parse_date
from authwright.core.diagnostics import Diagnostic, has_errors, render
from authwright.formats.certifications import read_certifications
from authwright.rules import load_library

app = typer.Typer(add_completion=False, no_args_is_help=True)

WRONG_USAGE = 2
_SHOWN = {
    Verdict.PASS: ("pass", "green"),
    Verdict.NOT_DECIDED: ("not decided", "dim"),
    Verdict.WARN: ("warn", "yellow"),
    Verdict.BLOCK: ("block", "bold red"),
}


@app.callback()
def claims() -> None:
    """Check claims against their approvals before they leave."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A professional claim file (837P).")],
    certifications: Annotated[
        Path | None, typer.Option(help="The approvals, JSON or CSV; else the practice's own.")
    ] = None,
    library: Annotated[
        list[Path] | None, typer.Option(help="A practice's own payer library, laid over the shipped one.")
    ] = None,
    folder: Folder = HERE,
    today: Annotated[str, typer.Option(help=f"Check as if on this day ({DATE_FORMS}).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Each line of each claim against its approval, field by field. Exit code 1 if one is blocked."""
    day = _day(today)
    found: list[Diagnostic] = []
    if certifications is None and not (folder / FILE_NAME).is_file():
        refuse(
            "no approvals to check against: give --certifications FILE (JSON or CSV), or --practice FOLDER"
        )
    if certifications is None:
        with practice(folder) as opened:
            known, loaded = _own(opened), opened.sound_library()
    else:
        known, found = read_certifications(read_file(certifications), str(certifications))
        if not known and has_errors(found):
            _print_diagnostics(found)
            raise typer.Exit(WRONG_USAGE)
        loaded, _ = load_library(library_folders(library or []))
    try:
        with file.open("rb") as stream:
            report = check_file(stream, str(file), known, *requirements_of(loaded, day))
    except OSError as error:
        refuse(f"{file} can't be read: {error.strerror}")
    report = ClaimsReport(report.file, report.claims, (*found, *report.diagnostics))
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(report.as_json()), indent=1).decode() + "\n")
    else:
        _print(report)
    raise typer.Exit(report.exit_code)


def _own(opened: Installation) -> list[Certification]:
    with opened.store.practice(opened.settings.practice_id, read_only=True) as session:
        return [record.certification for record in session.certifications.all()]


def _day(text: str) -> date:
    day = parse_date(text) if text else datetime.now().astimezone().date()
    if day is None:
        refuse(f"--today {text}: no day; write {DATE_FORMS}")
    return day


def _print(report: ClaimsReport) -> None:
    from rich.console import Console
    from rich.table import Table

    _print_diagnostics(report.diagnostics)
    if not report.claims:
        return
    table = Table("Claim", "Verdict", "Line", "Code", "Approval", "What to do", box=None, pad_edge=False)
    for cells in _rows(report.claims):
        table.add_row(*cells)
    console = Console(soft_wrap=False)
    console.print(table)
    counts = ", ".join(f"{report.count(v)} {_SHOWN[v][0]}" for v in Verdict if report.count(v))
    console.print(f"{len(report.claims)} claims: {counts}")


def _rows(claims: Sequence[ClaimResult]) -> Iterator[tuple[str, ...]]:
    """A row a line that isn't plainly good, one for each claim without any."""
    for claim in claims:
        shown = [line for line in claim.lines if line.verdict in (Verdict.WARN, Verdict.BLOCK)]
        if not shown:
            yield (claim.id, _styled(claim.verdict), "", "", "", "")
        for line in shown:
            said = "\n".join(f"{f.message}. {f.fix}" for f in line.findings)
            yield (claim.id, _styled(line.verdict), line.line, line.code, line.certification, said)


def _styled(verdict: Verdict) -> str:
    words, style = _SHOWN[verdict]
    return f"[{style}]{words}[/]"


def _print_diagnostics(diagnostics: Sequence[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        sys.stderr.write(render(diagnostic) + "\n")
