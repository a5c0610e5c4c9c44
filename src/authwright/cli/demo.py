"""`authwright demo`: a practice's day against a sandbox portal."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from authwright.app.demo.day import Day, run
from authwright.app.demo.sandbox import SandboxError, sandbox
from authwright.app.summary import CAQH_PHONE_MINUTES, CAQH_PORTAL_MINUTES, Summary
from authwright.app.system import SystemClock
from authwright.cases.claims.result import Verdict
from authwright.cases.wording import STATES
from authwright.cli.practice import OUTSIDE_FAILED, refuse, show
from authwright.cli.tables import table

app = typer.Typer(add_completion=False)
_MARK = "made-by-authwright-demo"


@app.command()
def demo(
    folder: Annotated[
        Path,
        typer.Option(help="Where the demo's practice is made anew; what an earlier demo left is removed."),
    ] = Path("demo-output"),
    profile: Annotated[
        str, typer.Option(help="How slow the portal is: none, or ordinary (400 ms a page).")
    ] = "none",
) -> None:
    """Orders, requirements, requests, a portal, approvals, claims: a whole day in about a minute."""
    _make_room(folder)
    log = Path(tempfile.mkdtemp(prefix="authwright-demo-")) / "sandbox.log"
    print("A practice's day against a sandbox portal. All data is synthetic.\n")
    try:
        with sandbox(log, profile=profile) as portal:
            day = run(folder, portal, SystemClock(), lambda line: print(line, flush=True))
    except SandboxError as error:
        refuse(str(error), code=OUTSIDE_FAILED)
    show(day.findings)
    _print(day)


def _make_room(folder: Path) -> None:
    if folder.exists():
        if not (folder / _MARK).is_file():
            refuse(f"{folder} exists and was not made by the demo: name another with --folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / _MARK).touch()


def _print(day: Day) -> None:
    summary = day.summary
    print()
    table(
        ("Order", "Patient", "Insurance", "Codes", "State", "Number"),
        [
            (
                v.order.id,
                v.patient,
                v.order.coverages[0].insurance_name,
                v.codes,
                v.state_words,
                v.number,
            )
            for v in summary.cases
        ],
        title="Cases",
    )
    counts: dict[str, int] = {}
    for view in summary.cases:
        counts[STATES[view.case.state]] = counts.get(STATES[view.case.state], 0) + 1
    print(
        f"\nSent: {len(summary.sent)} requests are at the payer ({day.received} were received there), "
        f"{len(summary.cases)} cases in all: " + ", ".join(f"{n} {words}" for words, n in counts.items())
    )
    waits = [(w.order, w.patient, w.item.kind.replace("-", " "), w.item.why) for w in summary.work]
    table(("Order", "Patient", "Kind", "Why"), waits, title="\nWaits for a person")
    for report in summary.claims:
        table(
            ("Claim", "Verdict", "Why"),
            [
                (c.id, c.verdict, "; ".join(f"{f.message}. {f.fix}" for f in c.findings))
                for c in report.claims
            ],
            title=f"\nClaim check: {report.file}",
        )
        print(f"{report.count(Verdict.BLOCK)} of {len(report.claims)} claims are blocked and do not leave.")
    print(_minutes(summary))
    print(f"\nThe whole day took {day.seconds:.0f} s. Look at the report: {day.report}")
    command, own = _command(), f"--practice {day.folder}"
    print("Look around in its practice:")
    for words in ("cases list", "cases show MSO-1001", "worklist list", "ledger verify"):
        print(f"  {command} {words} {own}")


def _command() -> str:
    """How this program was called, so that what is printed can be pasted."""
    if shutil.which("authwright") == sys.argv[0]:
        return "authwright"
    called = Path(sys.argv[0])
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def _minutes(summary: Summary) -> str:
    minutes, answered = summary.portal_seconds / 60, len(summary.worked)
    saved = f"{summary.by_portal - minutes:.0f} to {summary.by_phone - minutes:.0f}"
    return (
        f"\n{answered} requests got the payer's answer in {minutes:.1f} minutes of portal time, with nobody "
        f"at the keyboard.\nBy hand the same {answered} take {summary.by_portal} minutes in the portal "
        f"({CAQH_PORTAL_MINUTES} each) or {summary.by_phone} by phone ({CAQH_PHONE_MINUTES} each), by the "
        f"CAQH Index: {saved} minutes saved."
    )
