"""`authwright sop run`: any SOP on any portal, for one case, without set-up."""

import hashlib
import json
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from authwright.browser.files import FileIntents, FolderEvidence, NoEvidence, NoIntents
from authwright.browser.launch import NoBrowserError
from authwright.browser.repairs import record
from authwright.browser.resume import look_after, person_found, person_missed, run_or_resume
from authwright.cli.practice import VARIABLE
from authwright.cli.sop_around import was_rehearsed, why_refused
from authwright.cli.sop_given import EXIT, FAILED, SystemClock, refuse
from authwright.cli.sop_run_text import tell, tell_and_wait, tell_pass
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
from authwright.core.ports import EvidenceSink
from authwright.core.run import RunResult
from authwright.core.workflow import Workflow
from authwright.runner.state import Mode

app = typer.Typer(add_completion=False, help="Run an SOP in a portal, for one case.")


@app.command()
def run(
    file: SopFile,
    case: CaseFile,
    base_url: BaseUrl,
    stop_before_submit: Annotated[
        bool, typer.Option("--stop-before-submit", help="Rehearse: find what sends, and don't click it.")
    ] = False,
    today: Today = "",
    state: Annotated[
        Path | None, typer.Option("--state", help="Folder that keeps intents and bindings between runs.")
    ] = None,
    storage_state: StorageState = None,
    pictures: Annotated[Path | None, typer.Option("--pictures", help="Folder for the film strip.")] = None,
    settle: Annotated[
        float, typer.Option("--settle", help="Seconds after which the payer's list no longer lags.")
    ] = 900.0,
    found: Annotated[
        str,
        typer.Option("--found", help="A person saw the request at the payer, under this number."),
    ] = "",
    not_there: Annotated[
        bool, typer.Option("--not-there", help="A person saw that the payer hasn't got the request.")
    ] = False,
    headed: Headed = False,
    wait_for_person: WaitForPerson = 0.0,
    rehearsed: Annotated[
        bool, typer.Option("--rehearsed", help="Run a draft of the library that was rehearsed.")
    ] = False,
    practice: Annotated[
        Path,
        typer.Option("--practice", envvar=VARIABLE, help="A practice's folder: whose terms were read."),
    ] = Path(),
    as_json: AsJson = False,
) -> None:
    """Run an SOP in a portal. With --state, a run that was cut off while it sent looks first whether
    the payer has the request."""
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
    known = rehearsed or stop_before_submit or was_rehearsed(task.workflow, task.library, state)
    if refused := why_refused(
        task.workflow, task.library, file, base_url=base_url, practice=practice, rehearsed=known
    ):
        refuse(refused)
    intents, span = _intents(state, task.workflow, task.case), timedelta(seconds=settle)
    result = _answered(intents, found, not_there=not_there, settle=span) or task.halts_at_once()
    if result is None:
        evidence = FolderEvidence(pictures) if pictures else NoEvidence()
        result = _run(task, intents, evidence, span, stop_before_submit=stop_before_submit)
    result = task.ended(result)
    if state is not None:
        record(state, task.workflow.id, result.healed)
    _print(result, intents, as_json=as_json)
    raise typer.Exit(EXIT[result.outcome])


def _run(
    task: Task,
    intents: FileIntents | NoIntents,
    evidence: EvidenceSink,
    settle: timedelta,
    *,
    stop_before_submit: bool,
) -> RunResult:
    """As many passes as it takes: from the top, and looks at the payer when one was cut off."""

    def once(mode: Mode) -> RunResult:
        if not task.quiet:
            tell_pass(mode)
        return task.run(intents=intents, evidence=evidence, mode=mode, stop_before_submit=stop_before_submit)

    try:
        if isinstance(intents, NoIntents) or stop_before_submit:
            return look_after(once, once("from-top"))
        wait = time.sleep if task.quiet else tell_and_wait
        return run_or_resume(once, intents, clock=SystemClock(), settle=settle, wait=wait)
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(FAILED) from None


def _intents(state: Path | None, workflow: Workflow, case: Mapping[str, Any]) -> FileIntents | NoIntents:
    """The intents of this case under this SOP. Credentials may change between two runs of one case."""
    if state is None:
        return NoIntents()
    content = {k: v for k, v in case.items() if k != "credentials"}
    sealed = json.dumps([workflow.id, content], sort_keys=True, default=str).encode()
    submission = hashlib.sha256(sealed).hexdigest()[:24]
    return FileIntents(state / f"intents-{submission}.jsonl", submission)


def _answered(
    intents: FileIntents | NoIntents, found: str, *, not_there: bool, settle: timedelta
) -> RunResult | None:
    """What a person says of a request that is in doubt; None when it is to be sent, or nothing was said."""
    if not found and not not_there:
        return None
    if found and not_there:
        refuse("--found and --not-there: it can't be both")
    intent = intents.open_intent()
    if intent is None or isinstance(intents, NoIntents):
        refuse("nothing of this case is in doubt there: run it without --found and --not-there")
    clock = SystemClock()
    if found:
        return person_found(intents, found, at=clock.now())
    return person_missed(intents, intent, clock=clock, settle=settle)


def _print(result: RunResult, intents: FileIntents | NoIntents, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(msgspec.to_builtins(result), indent=1, ensure_ascii=False))
    else:
        tell(result, intents)
