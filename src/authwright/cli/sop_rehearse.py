"""`authwright sop rehearse`: walk an SOP through a portal with the guard up, and look at what it found."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from authwright.app import rehearsal_report, rehearsals
from authwright.app.settings import FILE_NAME
from authwright.app.system import SystemClock
from authwright.browser.files import FolderEvidence, NoEvidence, NoIntents
from authwright.browser.launch import NoBrowserError
from authwright.browser.rehearsal import Rehearsal
from authwright.browser.run import run_workflow
from authwright.cli.practice import VARIABLE, actor
from authwright.cli.sop_around import solver_around, used_by, why_refused
from authwright.cli.sop_door import account_of, as_whom, note_refused, refused_before
from authwright.cli.sop_given import (
    EXIT,
    FAILED,
    HALTED,
    bindings_file,
    bindings_writer,
    case_of,
    codes_of,
    day_of,
    lacks,
    read_bindings,
    refuse,
    session_of,
    unfollowable,
    workflow_of,
)
from authwright.cli.sop_run_text import tell, tell_step
from authwright.core.clock import today as day_now
from authwright.core.run import RunResult, StepRecord
from authwright.runner.program import all_workflows

app = typer.Typer(add_completion=False, help="Walk an SOP through a portal without sending anything.")


@app.command()
def rehearse(
    file: Annotated[Path, typer.Argument(help="The SOP (.md), or a compiled .workflow.json.")],
    case: Annotated[Path, typer.Option("--case", help="CASE.json: the case's data.")],
    base_url: Annotated[str, typer.Option("--base-url", help="The portal's first page.")],
    state: Annotated[
        Path | None, typer.Option("--state", help="Folder that keeps bindings, and that it was rehearsed.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Folder for the report: a page with a picture a step.")
    ] = None,
    storage_state: Annotated[
        Path | None, typer.Option("--storage-state", help="Playwright's file with a session's cookies.")
    ] = None,
    today: Annotated[str, typer.Option("--today", help="The date to count from, YYYY-MM-DD.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who rehearses it; the user's name if left out.")] = "",
    practice: Annotated[
        Path,
        typer.Option(
            "--practice", envvar=VARIABLE, help="A practice's folder: the rehearsal is put down there."
        ),
    ] = Path(),
    headed: Annotated[bool, typer.Option("--headed", help="Show the browser.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Walk an SOP through a portal with the guard up: what sends is found and pictured, and not clicked.

    From there on nothing but reading is let out. What the page wrote to the portal before is listed.
    """
    workflow, data, day = workflow_of(file), case_of(case), day_of(today)
    library = used_by(workflow, file)
    if refused := why_refused(workflow, library, file, base_url=base_url, practice=practice, rehearsed=True):
        refuse(refused)
    clock, seen, solver = SystemClock(), Rehearsal(), solver_around(workflow, file)
    evidence = FolderEvidence(report) if report else NoEvidence()
    bindings = bindings_file(state, workflow)
    account = account_of(state, data, base_url)
    result = unfollowable(workflow, library) or lacks(workflow, library, data, case)
    result = result or refused_before(account)
    try:
        result = result or run_workflow(
            workflow,
            data,
            base_url=base_url,
            intents=NoIntents(),
            evidence=evidence,
            clock=clock,
            code=codes_of(data, state, base_url),
            headed=headed,
            session=session_of(storage_state),
            bindings=read_bindings(bindings),
            keep_bindings=bindings_writer(bindings),
            on_step=_untold if as_json else tell_step,
            today=day,
            folder=case.parent,
            library=library,
            rehearsal=seen,
            solver=solver,
        )
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(FAILED) from None
    note_refused(account, result)
    result = as_whom(data, result)
    walked = all_workflows(workflow, library)
    reached = rehearsals.reached(result, walked)
    done = rehearsals.of(walked, on=day or day_now(clock), portal=base_url, by=by or actor())
    folders = _kept_in(state, practice) if reached else []
    for folder in folders:
        rehearsals.add(folder, done)
    page = None
    if report is not None and isinstance(evidence, FolderEvidence):
        report.mkdir(parents=True, exist_ok=True, mode=0o700)
        page = rehearsal_report.write(
            report,
            done[0],
            result,
            seen,
            title=workflow.title,
            sentences=file.read_text(encoding="utf-8-sig").splitlines() if file.suffix == ".md" else [],
            pictures=evidence.files,
            reached=reached,
        )
    if as_json:
        rest = _as_json(done[0], seen, reached=reached, page=page, folders=folders)
        print(json.dumps({**msgspec.to_builtins(result), "rehearsal": rest}, indent=1, ensure_ascii=False))
    else:
        _tell(result, seen, reached=reached, page=page, folders=folders)
    raise typer.Exit(EXIT[result.outcome] or (0 if reached else HALTED))


def _kept_in(state: Path | None, practice: Path) -> list[Path]:
    """The folders in which a rehearsal is put down."""
    own = [practice] if (practice / FILE_NAME).is_file() else []
    return [*([state] if state else []), *own]


def _untold(step: StepRecord) -> None:
    """With --json everything is told at the end."""


def _as_json(
    done: rehearsals.SopRehearsal, seen: Rehearsal, *, reached: bool, page: Path | None, folders: list[Path]
) -> dict[str, Any]:
    return {
        **msgspec.to_builtins(done),
        "reached": reached,
        "recorded": [str(folder / rehearsals.FILE_NAME) for folder in folders],
        "report": str(page) if page else "",
        "found": [
            {"line": s.record.line, "controls": msgspec.to_builtins(s.touched)}
            for s in seen.steps
            if s.touched
        ],
        "writes": msgspec.to_builtins(seen.writes),
    }


def _tell(
    result: RunResult, seen: Rehearsal, *, reached: bool, page: Path | None, folders: list[Path]
) -> None:
    tell(result, NoIntents())
    refused = sum(w.refused for w in seen.writes)
    print(f"the page wrote to the portal {len(seen.writes) - refused} times; {refused} more were refused")
    if page:
        print(f"report: {page}")
    if not reached and result.halt is None:
        print("the sending step was not reached: this is no rehearsal of it")
    for folder in folders:
        print(f"put down in {folder / rehearsals.FILE_NAME}")
