"""What a command that drives a portal is given: SOP, case, day, session, codes, bindings.

Each ends the command with a sentence when what it was given can't be used.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import typer

from authwright.browser.repairs import decided, read_repairs, repairs_file
from authwright.browser.session import Session, session_from
from authwright.cli.one_time_codes import account_file, fresh_codes
from authwright.core.data_names import look_up
from authwright.core.dates import parse_date
from authwright.core.diagnostics import Diagnostic, has_errors, render
from authwright.core.ports import Mailbox
from authwright.core.run import Halt, HaltReason, RunOutcome, RunResult
from authwright.core.workflow import Workflow
from authwright.runner.bindings import Binding, Repairs
from authwright.runner.case_file import document_paths, documents_lacking, lacking, read_case, read_workflow
from authwright.runner.program import problems

DONE, FINDINGS, USAGE, HALTED, FAILED = 0, 1, 2, 3, 4
EXIT = {RunOutcome.DONE: DONE, RunOutcome.HALTED: HALTED, RunOutcome.FAILED: FAILED}


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def workflow_of(file: Path) -> Workflow:
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


def case_of(file: Path) -> dict[str, Any]:
    text = _decoded(_bytes(file), file)
    case, found = read_case(text, str(file))
    _show(found, text)
    if case is None or has_errors(found):
        raise typer.Exit(USAGE)
    return case


def day_of(text: str) -> date | None:
    if not text:
        return None
    day = parse_date(text)
    if day is None:
        refuse(f"--today {text} is no date: write YYYY-MM-DD")
    return day


def unfollowable(workflow: Workflow, library: Mapping[str, Workflow]) -> RunResult | None:
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


def lacks(
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


def session_of(file: Path | None) -> Session:
    """The looks of one call share a session, so that one code is enough."""
    if file is None:
        return Session()
    try:
        return session_from(file)
    except ValueError as error:
        refuse(str(error))


def codes_of(case: Mapping[str, Any], state: Path | None, base_url: str) -> Callable[[], str] | None:
    """Codes from the case's authenticator secret; one that an earlier run used is not given again."""
    secret = look_up(case, "credentials.totp_secret")
    if not secret:
        return None
    remembered = [account_file(str(look_up(case, "credentials.username") or ""), base_url)]
    remembered += [state / "last-code-window"] if state else []
    return fresh_codes(str(secret), remembered)


def mailbox_of(case: Mapping[str, Any]) -> Mailbox | None:
    """The mailbox that the case's account gets its codes by."""
    address = look_up(case, "credentials.mailbox")
    if not address:
        return None
    from authwright.channels.mailbox import mailbox_at  # only an account with a mailbox needs it

    try:
        return mailbox_at(str(address))
    except ValueError as error:
        refuse(f"credentials.mailbox: {error}")


def bindings_file(state: Path | None, workflow: Workflow) -> Path | None:
    return state / f"bindings-{workflow.id.replace('/', '-')}.json" if state else None


def read_bindings(file: Path | None) -> dict[str, Binding]:
    if file is None or not file.exists():
        return {}
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Binding])
    except msgspec.MsgspecError:
        return {}  # of another version: they only make finding surer


def read_decisions(state: Path | None, workflow: Workflow) -> Repairs:
    """What people have decided on labels that earlier runs found under other words."""
    if state is None:
        return Repairs()
    try:
        return decided(read_repairs(repairs_file(state, workflow.id)))
    except ValueError as error:
        refuse(str(error))


def bindings_writer(file: Path | None) -> Callable[[Mapping[str, Binding]], None] | None:
    if file is None:
        return None

    def write(bindings: Mapping[str, Binding]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        merged = {**read_bindings(file), **bindings}
        file.write_bytes(msgspec.json.format(msgspec.json.encode(merged), indent=1))

    return write


def _show(found: list[Diagnostic], text: str) -> None:
    for diagnostic in found:
        print(render(diagnostic, text.splitlines()), file=sys.stderr)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        refuse(f"can't read {file}: {error.strerror}")


def _decoded(data: bytes, file: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(f"{file} is not a text in UTF-8")


def refuse(words: str) -> NoReturn:
    print(words, file=sys.stderr)
    raise typer.Exit(USAGE)
