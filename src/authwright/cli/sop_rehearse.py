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
from authwright.cli.practice import VARIABLE, actor
from authwright.cli.sop_around import why_refused
from authwright.cli.sop_given import EXIT, FAILED, HALTED, refuse
from authwright.cli.sop_run_text import tell
from authwright.cli.sop_task import (
    AsJson,
    BaseUrl,
    CaseFile,
    Headed,
    SopFile,
    StorageState,
    Task,
    Today,
    WaitForPerson,
    task_of,
)
from authwright.core.clock import today as day_now
from authwright.core.ports import EvidenceSink
from authwright.core.run import RunResult
from authwright.runner.program import all_workflows

app = typer.Typer(add_completion=False, help="Walk an SOP through a portal without sending anything.")


@app.command()
def rehearse(
    file: SopFile,
    case: CaseFile,
    base_url: BaseUrl,
    state: Annotated[
        Path | None, typer.Option("--state", help="Folder that keeps bindings, and that it was rehearsed.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Folder for the report: a page with a picture a step.")
    ] = None,
    storage_state: StorageState = None,
    today: Today = "",
    by: Annotated[str, typer.Option("--by", help="Who rehearses it; the user's name if left out.")] = "",
    practice: Annotated[
        Path,
        typer.Option(
            "--practice", envvar=VARIABLE, help="A practice's folder: the rehearsal is put down there."
        ),
    ] = Path(),
    headed: Headed = False,
    wait_for_person: WaitForPerson = 0.0,
    as_json: AsJson = False,
) -> None:
    """Walk an SOP through a portal with the guard up: what sends is found and pictured, and not clicked.

    From there on nothing but reading is let out. What the page wrote to the portal before is listed.
    """
    task = task_of(
        file,
        case,
        base_url,
        state=state,
        today=today,
        storage_state=storage_state,
        wait_for_person=wait_for_person,
        headed=headed,
        quiet=as_json,
    )
    if refused := why_refused(
        task.workflow, task.library, file, base_url=base_url, practice=practice, rehearsed=True
    ):
        refuse(refused)
    seen, evidence = Rehearsal(), FolderEvidence(report) if report else NoEvidence()
    result = task.ended(task.halts_at_once() or _walk(task, seen, evidence))
    walked = all_workflows(task.workflow, task.library)
    reached = rehearsals.reached(result, walked)
    on = task.day or day_now(SystemClock())
    done = rehearsals.of(walked, on=on, portal=base_url, by=by or actor())
    folders = _kept_in(state, practice) if reached else []
    for folder in folders:
        rehearsals.add(folder, done)
    page = None
    if report is not None and isinstance(evidence, FolderEvidence):
        page = _write_report(report, task, done[0], result, seen, evidence, reached=reached)
    if as_json:
        rest = _as_json(done[0], seen, reached=reached, page=page, folders=folders)
        print(json.dumps({**msgspec.to_builtins(result), "rehearsal": rest}, indent=1, ensure_ascii=False))
    else:
        _tell(result, seen, reached=reached, page=page, folders=folders)
    raise typer.Exit(EXIT[result.outcome] or (0 if reached else HALTED))


def _walk(task: Task, seen: Rehearsal, evidence: EvidenceSink) -> RunResult:
    try:
        return task.run(intents=NoIntents(), evidence=evidence, rehearsal=seen)
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(FAILED) from None


def _write_report(
    folder: Path,
    task: Task,
    done: rehearsals.SopRehearsal,
    result: RunResult,
    seen: Rehearsal,
    evidence: FolderEvidence,
    *,
    reached: bool,
) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_text = task.file.suffix == ".md"
    return rehearsal_report.write(
        folder,
        done,
        result,
        seen,
        title=task.workflow.title,
        sentences=task.file.read_text(encoding="utf-8-sig").splitlines() if is_text else [],
        pictures=evidence.files,
        reached=reached,
    )


def _kept_in(state: Path | None, practice: Path) -> list[Path]:
    """The folders in which a rehearsal is put down."""
    own = [practice] if (practice / FILE_NAME).is_file() else []
    return [*([state] if state else []), *own]


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
