"""`authwright sop run`: any SOP on any portal, for one case, without set-up."""

import hashlib
import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
import typer

from authwright.browser.files import FileIntents, FolderEvidence, NoEvidence, NoIntents
from authwright.browser.launch import NoBrowserError
from authwright.browser.resume import look_after, person_found, person_missed, run_or_resume
from authwright.browser.run import run_workflow
from authwright.browser.session import Session, session_from
from authwright.cli.one_time_codes import account_file, fresh_codes
from authwright.cli.sop_around import used_by, why_refused
from authwright.cli.sop_run_text import tell, tell_and_wait, tell_pass, tell_step
from authwright.core.data_names import look_up
from authwright.core.dates import parse_date
from authwright.core.diagnostics import Diagnostic, has_errors, render
from authwright.core.run import Halt, HaltReason, RunOutcome, RunResult, StepRecord
from authwright.core.workflow import Workflow
from authwright.runner.bindings import Binding
from authwright.runner.case_file import document_paths, documents_lacking, lacking, read_case, read_workflow
from authwright.runner.program import problems
from authwright.runner.state import Mode

app = typer.Typer(add_completion=False, help="Run an SOP in a portal, for one case.")

DONE, FINDINGS, USAGE, HALTED, FAILED = 0, 1, 2, 3, 4
EXIT = {RunOutcome.DONE: DONE, RunOutcome.HALTED: HALTED, RunOutcome.FAILED: FAILED}


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


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
    rehearsed: Annotated[
        bool, typer.Option("--rehearsed", help="Run a draft of the library that was rehearsed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Run an SOP in a portal. With --state, a run that was cut off while it sent looks first whether
    the payer has the request."""
    workflow = _workflow(file)
    data = _case(case)
    day = _day(today)
    library = used_by(workflow, file)
    if refused := why_refused(workflow, library, file, rehearsed=rehearsed or stop_before_submit):
        _refuse(refused)
    intents = _intents(state, workflow, data)
    span = timedelta(seconds=settle)
    result = _answered(intents, found, not_there=not_there, settle=span)
    result = result or _unfollowable(workflow, library) or _lacking(workflow, library, data, case)
    if result is None:
        session = _session(storage_state)
        bindings = state / f"bindings-{workflow.id.replace('/', '-')}.json" if state else None

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
                code=_codes(data, state, base_url),
                stop_before_submit=stop_before_submit,
                headed=headed,
                session=session,
                bindings=_read_bindings(bindings),
                keep_bindings=_writer(bindings),
                on_step=_untold if as_json else tell_step,
                today=day,
                folder=case.parent,
                library=library,
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
    _print(result, intents, as_json=as_json)
    raise typer.Exit(EXIT[result.outcome])


def _workflow(file: Path) -> Workflow:
    text = _bytes(file)
    if file.suffix == ".json":
        workflow, found = read_workflow(text, str(file))
    else:
        from authwright.app.data_names_file import names_around
        from authwright.sop import compile_sop

        workflow, found = compile_sop(_decoded(text, file), str(file), names_around(file))
    _show(found, _decoded(text, file))
    if workflow is None or has_errors(found):
        raise typer.Exit(FINDINGS)
    return workflow


def _case(file: Path) -> dict[str, Any]:
    text = _decoded(_bytes(file), file)
    case, found = read_case(text, str(file))
    _show(found, text)
    if case is None or has_errors(found):
        raise typer.Exit(USAGE)
    return case


def _unfollowable(workflow: Workflow, library: Mapping[str, Workflow]) -> RunResult | None:
    """The halt of a run that needn't begin: an SOP that it uses, or where a jump leads, is missing."""
    found = problems(workflow, library)
    if not found:
        return None
    halt = Halt(
        found[0].line,
        HaltReason.UNSUPPORTED,
        "; ".join(p.expected for p in found),
        "; ".join(f"line {p.line}: {p.found}" for p in found),
    )
    return RunResult(RunOutcome.HALTED, halt=halt)


def _lacking(
    workflow: Workflow, library: Mapping[str, Workflow], case: Mapping[str, Any], file: Path
) -> RunResult | None:
    """The halt of a run that needn't begin: data or documents are missing."""
    there = [p for p in document_paths(case) if (file.parent / p).is_file()]
    found = [*lacking(workflow, case, str(file), library), *documents_lacking(case, str(file), there)]
    if not found:
        return None
    _show(found, "")
    reason = HaltReason.DATA_MISSING if found[0].code == "RUN004" else HaltReason.DOCUMENT
    halt = Halt(0, reason, found[0].hint, "; ".join(d.message for d in found))
    return RunResult(RunOutcome.HALTED, halt=halt)


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
        _refuse("--found and --not-there: it can't be both")
    intent = intents.open_intent()
    if intent is None or isinstance(intents, NoIntents):
        _refuse("nothing of this case is in doubt there: run it without --found and --not-there")
    clock = SystemClock()
    if found:
        return person_found(intents, found, at=clock.now())
    return person_missed(intents, intent, clock=clock, settle=settle)


def _untold(step: StepRecord) -> None:
    """With --json everything is told at the end."""


def _session(file: Path | None) -> Session:
    """The looks of one call share a session, so that one code is enough."""
    if file is None:
        return Session()
    try:
        return session_from(file)
    except ValueError as error:
        _refuse(str(error))


def _codes(case: Mapping[str, Any], state: Path | None, base_url: str) -> Callable[[], str] | None:
    """Codes from the case's authenticator secret; one that an earlier run used is not given again."""
    secret = look_up(case, "credentials.totp_secret")
    if not secret:
        return None
    remembered = [account_file(str(look_up(case, "credentials.username") or ""), base_url)]
    remembered += [state / "last-code-window"] if state else []
    return fresh_codes(str(secret), remembered)


def _read_bindings(file: Path | None) -> dict[str, Binding]:
    if file is None or not file.exists():
        return {}
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Binding])
    except msgspec.MsgspecError:
        return {}  # of another version: they only make finding surer


def _writer(file: Path | None) -> Callable[[Mapping[str, Binding]], None] | None:
    if file is None:
        return None

    def write(bindings: Mapping[str, Binding]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        merged = {**_read_bindings(file), **bindings}
        file.write_bytes(msgspec.json.format(msgspec.json.encode(merged), indent=1))

    return write


def _print(result: RunResult, intents: FileIntents | NoIntents, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(msgspec.to_builtins(result), indent=1, ensure_ascii=False))
    else:
        tell(result, intents)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        _refuse(f"can't read {file}: {error.strerror}")


def _decoded(data: bytes, file: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(f"{file} is not a text in UTF-8")


def _day(text: str) -> date | None:
    if not text:
        return None
    day = parse_date(text)
    if day is None:
        _refuse(f"--today {text} is no date: write YYYY-MM-DD")
    return day


def _show(found: list[Diagnostic], text: str) -> None:
    for diagnostic in found:
        print(render(diagnostic, text.splitlines()), file=sys.stderr)


def _refuse(words: str) -> NoReturn:
    print(words, file=sys.stderr)
    raise typer.Exit(USAGE)
