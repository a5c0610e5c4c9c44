"""One SOP for one case in a portal, as `sop run` and `sop rehearse` are both told: the options that they
share, and what a run in a browser is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from authwright.app.refusals import Account
from authwright.browser.parked import PARKED, FolderDesk
from authwright.browser.people import Solver
from authwright.browser.run import run_workflow
from authwright.browser.session import Session
from authwright.cli.sop_around import solver_around, used_by
from authwright.cli.sop_door import account_of, as_whom, note_refused, refused_before
from authwright.cli.sop_given import (
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
from authwright.cli.sop_run_text import tell_parked, tell_step
from authwright.core.ports import Mailbox
from authwright.core.run import RunResult, StepRecord
from authwright.core.workflow import Workflow
from authwright.runner.bindings import Repairs

SopFile = Annotated[Path, typer.Argument(help="The SOP (.md), or a compiled .workflow.json.")]
CaseFile = Annotated[Path, typer.Option("--case", help="CASE.json: the case's data.")]
BaseUrl = Annotated[str, typer.Option("--base-url", help="The portal's first page.")]
Today = Annotated[str, typer.Option("--today", help="The date to count from, YYYY-MM-DD.")]
StorageState = Annotated[
    Path | None, typer.Option("--storage-state", help="Playwright's file with a session's cookies.")
]
Headed = Annotated[bool, typer.Option("--headed", help="Show the browser.")]
WaitForPerson = Annotated[
    float,
    typer.Option("--wait-for-person", help="Seconds to wait for `sop answer`: at a CAPTCHA, or a yes."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


@dataclass(frozen=True, slots=True)
class Task:
    """What was asked for, read and found usable. Its passes share a session, so that one code is enough."""

    file: Path
    workflow: Workflow
    library: Mapping[str, Workflow]
    case_file: Path
    case: dict[str, Any]
    base_url: str
    state: Path | None
    day: date | None
    session: Session
    mailbox: Mailbox | None
    solver: Solver | None
    desk: FolderDesk | None
    repairs: Repairs
    account: Account | None
    headed: bool
    quiet: bool

    def halts_at_once(self) -> RunResult | None:
        """The halt of a run that could only fail: steps, data or documents are missing, or the portal has
        refused these credentials before."""
        missing = unfollowable(self.workflow, self.library)
        missing = missing or lacks(self.workflow, self.library, self.case, self.case_file)
        return missing or refused_before(self.account)

    def run(self, **how: Any) -> RunResult:
        """One pass in a browser; `how` are further arguments of run_workflow. Raises NoBrowserError."""
        bindings = bindings_file(self.state, self.workflow)
        return run_workflow(
            self.workflow,
            self.case,
            base_url=self.base_url,
            clock=SystemClock(),
            code=codes_of(self.case, self.state, self.base_url),
            headed=self.headed,
            session=self.session,
            bindings=read_bindings(bindings),
            repairs=self.repairs,
            keep_bindings=bindings_writer(bindings),
            on_step=_untold if self.quiet else tell_step,
            today=self.day,
            folder=self.case_file.parent,
            library=self.library,
            desk=self.desk,
            mailbox=self.mailbox,
            solver=self.solver,
            **how,
        )

    def ended(self, result: RunResult) -> RunResult:
        """The result with as whom it was; what the portal refused at its door is put down."""
        note_refused(self.account, result)
        return as_whom(self.case, result)


def task_of(
    file: Path,
    case_file: Path,
    base_url: str,
    *,
    state: Path | None,
    today: str,
    storage_state: Path | None,
    wait_for_person: float,
    headed: bool,
    quiet: bool,
) -> Task:
    """Ends the command with a sentence when something that was given can't be used."""
    workflow, case = workflow_of(file), case_of(case_file)
    return Task(
        file=file,
        workflow=workflow,
        library=used_by(workflow, file),
        case_file=case_file,
        case=case,
        base_url=base_url,
        state=state,
        day=day_of(today),
        session=session_of(storage_state),
        mailbox=mailbox_of(case),
        solver=solver_around(workflow, file),
        desk=_desk(state, wait_for_person, workflow),
        repairs=read_decisions(state, workflow),
        account=account_of(state, case, base_url),
        headed=headed,
        quiet=quiet,
    )


def _desk(state: Path | None, seconds: float, workflow: Workflow) -> FolderDesk | None:
    """Where the run waits for a person's answer."""
    if seconds <= 0:
        return None
    if state is None:
        refuse("--wait-for-person needs --state: there the run is found by `authwright sop answer`")
    return FolderDesk(state / PARKED, workflow.id, SystemClock(), seconds, tell_parked)


def _untold(step: StepRecord) -> None:
    """With --json everything is told at the end."""
