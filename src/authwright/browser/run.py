"""One run of a workflow in a browser of its own."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ViewportSize

from authwright.browser.driver import Driver
from authwright.browser.launch import chromium
from authwright.browser.people import People, Solver
from authwright.browser.rehearsal import Rehearsal, RehearsingDriver
from authwright.browser.session import Session
from authwright.core.clock import Clock
from authwright.core.clock import today as day_of
from authwright.core.person import Desk
from authwright.core.ports import EvidenceSink, IntentLog, Mailbox
from authwright.core.run import RunResult, StepRecord
from authwright.core.workflow import Action, Workflow
from authwright.runner.asks import GoneError, Walk
from authwright.runner.bindings import Binding, Repairs
from authwright.runner.interpreter import walk
from authwright.runner.program import all_workflows, flat
from authwright.runner.state import Mode, Patience, Settings, label_of

VIEWPORT: ViewportSize = {"width": 1280, "height": 900}


def run_workflow(
    workflow: Workflow,
    case: Mapping[str, Any],
    *,
    base_url: str,
    intents: IntentLog,
    evidence: EvidenceSink,
    clock: Clock,
    mode: Mode = "from-top",
    code: Callable[[], str] | None = None,
    stop_before_submit: bool = False,
    headed: bool = False,
    session: Session | None = None,
    bindings: Mapping[str, Binding] | None = None,
    repairs: Repairs | None = None,
    keep_bindings: Callable[[Mapping[str, Binding]], None] | None = None,
    on_step: Callable[[StepRecord], None] = lambda record: None,
    today: date | None = None,
    lease_check: Callable[[], None] = lambda: None,
    folder: Path = Path(),
    pages: Mapping[str, str] | None = None,
    library: Mapping[str, Workflow] | None = None,
    patience: Patience = Patience(),
    browser: Browser | None = None,
    desk: Desk | None = None,
    solver: Solver | None = None,
    rehearsal: Rehearsal | None = None,
    mailbox: Mailbox | None = None,
) -> RunResult:
    """Walk `workflow` with the case's data, in `browser` or in one that is started for it.

    `folder` is what document paths are relative to. `session` carries the signed-in state from one run
    to the next. `keep_bindings` is given what a good run found, `on_step` each step once it is done. A
    CAPTCHA is first shown to the `solver`, then waits at the `desk` for a person. A `rehearsal` stops before
    the sending step and is told what each step found. Raises
    NoBrowserError when there is no Chromium; everything on the page ends in the result.
    """
    settings = Settings(
        mode=mode,
        base_url=base_url,
        clock=clock,
        today=today or day_of(clock),
        stop_before_submit=stop_before_submit or rehearsal is not None,
        may_be_signed_in=session is not None and session.state is not None,
        patience=patience,
        pages=pages or {},
        library=library or {},
        bindings=bindings or {},
        repairs=repairs or Repairs(),
    )
    with nullcontext(browser) if browser else chromium(headed=headed) as used:
        state = session.state if session else None
        context = used.new_context(viewport=VIEWPORT, storage_state=state, accept_downloads=True)
        try:
            watched = partial(RehearsingDriver, seen=rehearsal) if rehearsal is not None else Driver
            driver = watched(
                context,
                intents,
                evidence,
                clock,
                code,
                lease_check,
                folder,
                once_labels(workflow, library or {}),
                on_step,
                people=People(desk, solver, headed=headed),
                mailbox=mailbox,
            )
            result = drive(driver, walk(workflow, case, settings))
            if session is not None:
                session.keep(context)
            if keep_bindings is not None and driver.bindings:
                keep_bindings(driver.bindings)
            return result
        finally:
            context.close()


def drive(driver: Driver, walking: Walk[RunResult]) -> RunResult:
    """Answer the interpreter's asks until it returns."""
    try:
        ask = next(walking)
        while True:
            try:
                answer = driver.answer(ask)
            except GoneError as error:
                ask = walking.throw(error)
            else:
                ask = walking.send(answer)
    except StopIteration as end:
        result: RunResult = end.value
        return result


def once_labels(workflow: Workflow, library: Mapping[str, Workflow] | None = None) -> tuple[str, ...]:
    """Labels of what sends, but for those that the SOP, or one that it uses, also clicks without "once"."""
    sections = [s for one in all_workflows(workflow, library or {}) for s in one.sections]
    clicked = [x for s in sections for x in flat(s.steps) if x.action is Action.CLICK]
    plain = {label_of(s).casefold() for s in clicked if not s.once}
    return tuple({label_of(s) for s in clicked if s.once and label_of(s).casefold() not in plain})
