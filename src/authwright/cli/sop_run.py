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
from authwright.browser.parked import PARKED, FolderDesk
from authwright.browser.repairs import record
from authwright.browser.resume import look_after, person_found, person_missed, run_or_resume
from authwright.browser.run import run_workflow
from authwright.cli.practice import VARIABLE
from authwright.cli.sop_around import solver_around, used_by, was_rehearsed, why_refused
from authwright.cli.sop_door import account_of, as_whom, note_refused, refused_before
from authwright.cli.sop_given import (
    EXIT,
    FAILED,
    SystemClock,
    bindings_file,
    bindings_writer,
    case_of,
    codes_of,
    day_of,
    lacks,
    mailbox_of,
    read_bindings,
    read_decisions,
    refuse,
    session_of,
    unfollowable,
    workflow_of,
)
from authwright.cli.sop_run_text import tell, tell_and_wait, tell_parked, tell_pass, tell_step
from authwright.core.run import RunResult, StepRecord
from authwright.core.workflow import Workflow
from authwright.runner.state import Mode

app = typer.Typer(add_completion=False, help="Run an SOP in a portal, for one case.")


@app.command()
def run(
    file: Annotated[Path, typer.Argument(help="The SOP (.md), or a compiled .workflow.json.")],
    case: Annotated[Path, typer.Option("--case", help="CASE.json: the case's data.")],
    base_url: Annotated[str, typer.Option("--base-url", help="The portal's first page.")],
    stop_before_submit: Annotated[
        bool, typer.Option("--stop-before-submit", help="Rehearse: find what sends, and don't click it.")
    ] = False,
    today: Annotated[str, typer.Option("--today", help="The date to count from, YYYY-MM-DD.")] = "",
    state: Annotated[
        Path | None, typer.Option("--state", help="Folder that keeps intents and bindings between runs.")
    ] = None,
    storage_state: Annotated[
        Path | None, typer.Option("--storage-state", help="Playwright's file with a session's cookies.")
    ] = None,
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
    headed: Annotated[bool, typer.Option("--headed", help="Show the browser.")] = False,
    wait_for_person: Annotated[
        float,
        typer.Option("--wait-for-person", help="Seconds to wait for `sop answer`: at a CAPTCHA, or a yes."),
    ] = 0.0,
    rehearsed: Annotated[
        bool, typer.Option("--rehearsed", help="Run a draft of the library that was rehearsed.")
    ] = False,
    practice: Annotated[
        Path,
        typer.Option("--practice", envvar=VARIABLE, help="A practice's folder: whose terms were read."),
    ] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Run an SOP in a portal. With --state, a run that was cut off while it sent looks first whether
    the payer has the request."""
    workflow = workflow_of(file)
    data = case_of(case)
    day = day_of(today)
    library = used_by(workflow, file)
    rehearsed = rehearsed or stop_before_submit or was_rehearsed(workflow, library, state)
    if refused := why_refused(
        workflow, library, file, base_url=base_url, practice=practice, rehearsed=rehearsed
    ):
        refuse(refused)
    intents = _intents(state, workflow, data)
    span = timedelta(seconds=settle)
    mailbox, solver = mailbox_of(data), solver_around(workflow, file)
    desk = _desk(state, wait_for_person, workflow)
    result = _answered(intents, found, not_there=not_there, settle=span)
    account = account_of(state, data, base_url)
    result = result or unfollowable(workflow, library) or lacks(workflow, library, data, case)
    result = result or refused_before(account)
    if result is None:
        session = session_of(storage_state)
        bindings = bindings_file(state, workflow)
        repairs = read_decisions(state, workflow)

        def once(mode: Mode) -> RunResult:
            if not as_json:
                tell_pass(mode)
            return run_workflow(
                workflow,
                data,
                base_url=base_url,
                intents=intents,
                evidence=FolderEvidence(pictures) if pictures else NoEvidence(),
                clock=SystemClock(),
                mode=mode,
                code=codes_of(data, state, base_url),
                stop_before_submit=stop_before_submit,
                headed=headed,
                session=session,
                bindings=read_bindings(bindings),
                repairs=repairs,
                keep_bindings=bindings_writer(bindings),
                on_step=_untold if as_json else tell_step,
                today=day,
                folder=case.parent,
                library=library,
                desk=desk,
                mailbox=mailbox,
                solver=solver,
            )

        try:
            if isinstance(intents, FileIntents) and not stop_before_submit:
                wait = time.sleep if as_json else tell_and_wait
                result = run_or_resume(once, intents, clock=SystemClock(), settle=span, wait=wait)
            else:
                result = look_after(once, once("from-top"))
        except NoBrowserError as error:
            print(error, file=sys.stderr)
            raise typer.Exit(FAILED) from None
    note_refused(account, result)
    result = as_whom(data, result)
    if state is not None:
        record(state, workflow.id, result.healed)
    _print(result, intents, as_json=as_json)
    raise typer.Exit(EXIT[result.outcome])


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


def _desk(state: Path | None, seconds: float, workflow: Workflow) -> FolderDesk | None:
    """Where the run waits for a person's answer."""
    if seconds <= 0:
        return None
    if state is None:
        refuse("--wait-for-person needs --state: there the run is found by `authwright sop answer`")
    return FolderDesk(state / PARKED, workflow.id, SystemClock(), seconds, tell_parked)


def _untold(step: StepRecord) -> None:
    """With --json everything is told at the end."""


def _print(result: RunResult, intents: FileIntents | NoIntents, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(msgspec.to_builtins(result), indent=1, ensure_ascii=False))
    else:
        tell(result, intents)
