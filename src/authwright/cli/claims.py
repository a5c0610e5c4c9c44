"""`authwright claims check`: a claim file against its certifications before it leaves."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO, NoReturn

import msgspec
import typer

from authwright.cases.claims.check import ClaimChecker, Require
from authwright.cases.claims.result import ClaimResult, Verdict
from authwright.cases.claims.terms import FindTerms, terms_from, unknown_payer
from authwright.cli.library_folder import library_folders
from authwright.core.certification import Certification
from authwright.core.dates import DATE_FORMS, parse_date
from authwright.core.diagnostics import Diagnostic, has_errors, render
from authwright.core.requirement import Outcome, Requirement, RequirementQuery
from authwright.formats.certifications import read_certifications
from authwright.formats.x12.claim_837p import read_claims
from authwright.formats.x12.reader import X12Reader

app = typer.Typer(no_args_is_help=True)

FINDINGS, WRONG_USAGE = 1, 2
_SHOWN = {
    Verdict.PASS: ("pass", "green"),
    Verdict.NOT_DECIDED: ("not decided", "dim"),
    Verdict.WARN: ("warn", "yellow"),
    Verdict.BLOCK: ("block", "bold red"),
}


@dataclass(frozen=True, slots=True)
class ClaimsReport:
    """What came of one claim file. `readable` is False if no claim of it could be checked."""

    file: str
    claims: tuple[ClaimResult, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=())

    @property
    def readable(self) -> bool:
        return bool(self.claims) or not has_errors(self.diagnostics)

    def count(self, verdict: Verdict) -> int:
        return sum(claim.verdict is verdict for claim in self.claims)

    @property
    def exit_code(self) -> int:
        if not self.readable:
            return WRONG_USAGE
        return FINDINGS if self.count(Verdict.BLOCK) or has_errors(self.diagnostics) else 0

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "claims": [claim.as_json() for claim in self.claims],
            "counts": {verdict.value: self.count(verdict) for verdict in Verdict},
            "diagnostics": [diagnostic.as_json() for diagnostic in self.diagnostics],
        }


def check_file(
    stream: BinaryIO,
    name: str,
    certifications: Sequence[Certification],
    require: Require,
    find_terms: FindTerms = unknown_payer,
) -> ClaimsReport:
    """Check every professional claim of an 837 file. Reads the stream once, in chunks."""
    reader = X12Reader(stream, name)
    checker = ClaimChecker(certifications, require, find_terms)
    results = tuple(checker.check(claim) for claim in read_claims(reader))
    return ClaimsReport(name, results, tuple(reader.diagnostics))


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
    today: Annotated[str, typer.Option(help=f"Check as if on this day ({DATE_FORMS}).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Each line of each claim against its approval, field by field. Exit code 1 if one is blocked."""
    if certifications is None:
        _refuse("no approvals to check against: give --certifications FILE (JSON or CSV)")
    known, found = read_certifications(_bytes(certifications), str(certifications))
    if not known and has_errors(found):
        _print_diagnostics(found)
        raise typer.Exit(WRONG_USAGE)
    require, find_terms = _requirements(library or [], today)
    try:
        with file.open("rb") as stream:
            report = check_file(stream, str(file), known, require, find_terms)
    except OSError as error:
        _refuse(f"{file} can't be read: {error.strerror}")
    report = ClaimsReport(report.file, report.claims, (*found, *report.diagnostics))
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(report.as_json()), indent=1).decode() + "\n")
    else:
        _print(report)
    raise typer.Exit(report.exit_code)


def _requirements(overlays: Sequence[Path], today: str) -> tuple[Require, FindTerms]:
    """The payer library's answers; a payer that it doesn't know is unknown, not an error."""
    from authwright.rules.engine import require
    from authwright.rules.library import load_library

    day = parse_date(today) if today else datetime.now().astimezone().date()
    if day is None:
        _refuse(f"--today {today}: no day; write {DATE_FORMS}")
    loaded, _ = load_library(library_folders(overlays))
    answers: dict[RequirementQuery, Requirement] = {}

    def ask(query: RequirementQuery) -> Requirement:
        if query.payer not in loaded.payers:
            return Requirement(query.code, Outcome.UNKNOWN, query.coverage)
        if query not in answers:
            answers[query] = require(loaded, query, day)
        return answers[query]

    return ask, terms_from(loaded)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        _refuse(f"{path} can't be read: {error.strerror}")


def _refuse(message: str) -> NoReturn:
    sys.stderr.write(message + "\n")
    raise typer.Exit(WRONG_USAGE)


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
