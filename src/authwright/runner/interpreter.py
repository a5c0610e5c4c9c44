"""Walking a workflow: `walk` yields asks, is sent answers, and returns what came of the run."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authwright.core.run import Halt, HaltReason, LookupFinding, RunOutcome, RunResult, StepRecord
from authwright.core.workflow import Action, SectionRole, Step, Workflow
from authwright.runner.asking import ask_person
from authwright.runner.asks import GoneError, KeepBindings, StepDone, Walk, act
from authwright.runner.clicking import click, sign_out
from authwright.runner.complaints import complaint, with_complaint
from authwright.runner.data import one
from authwright.runner.deciding import condition, repeat, wait
from authwright.runner.filling import fill, tick
from authwright.runner.flow import jump, use, whole
from authwright.runner.limits import short_enough
from authwright.runner.lookup import finding, found, unclear
from authwright.runner.navigating import download, navigate
from authwright.runner.options import with_page_word
from authwright.runner.pressing import press
from authwright.runner.program import problems
from authwright.runner.reading import capture, read, verify
from authwright.runner.searching import search
from authwright.runner.sending import BEFORE_SUBMIT, answer_read, send, settle
from authwright.runner.showing import picture
from authwright.runner.signin import code_accepted, enter_code, password_accepted, sign_in
from authwright.runner.state import (
    HaltedError,
    InterruptedRunError,
    Run,
    Settings,
    StoppedError,
    forms_wanted,
    halt,
    halt_at,
    label_of,
)
from authwright.runner.uploading import all_fit, upload

NOT_SENT = "not-sent"


def walk(workflow: Workflow, case: Mapping[str, Any], settings: Settings) -> Walk[RunResult]:
    """Run the workflow with the case's data. Ends with a result, whatever happens on the page."""
    run = Run(workflow, case, settings, perform)
    for problem in problems(workflow, settings.library):
        return _result(run, Halt(problem.line, HaltReason.UNSUPPORTED, problem.expected, problem.found))
    try:
        yield from all_fit(run)
        stopped = yield from whole(run)
    except HaltedError as error:
        shot = yield from _last_picture(run)
        return _result(run, with_complaint(run, error.halt), shot=shot)
    except InterruptedRunError:
        shot = yield from _last_picture(run)
        return _result(run, _interruption(run), interrupted=True, shot=shot)
    except GoneError as error:
        return _result(run, halt_at(run.step, HaltReason.PORTAL_DOWN, "the browser", str(error)))
    yield from act(KeepBindings(run.bound))
    return _result(run, None, stopped)


def _interruption(run: Run) -> Halt:
    reason = HaltReason.INTERRUPTED
    return halt_at(run.step, reason, "to go on at If interrupted", "the SOP says so here")


def perform(run: Run, steps: tuple[Step, ...], place: tuple[int, ...] = (), first: int = 0) -> Walk[None]:
    """Do the steps in order. Of a section's own steps, those from `first` on; `place` is the section's."""
    for index in range(first, len(steps)):
        step = steps[index]
        run.step, run.rest = step, steps[index + 1 :]
        if place:
            run.place = (*place, index)
        if step.action in (Action.FILL, Action.SELECT):
            run.companions = forms_wanted(steps[index:]) + tuple(
                t.wanted for t in run.typed if t.form == run.form
            )
        else:
            run.companions = ()
        yield from _step(run, step)


_AFTER_SENDING = frozenset(
    {
        *(Action.READ, Action.VERIFY, Action.CAPTURE, Action.CONDITION, Action.REPEAT, Action.WAIT),
        *(Action.NOTE, Action.KEEP, Action.ASSIGN, Action.STOP, Action.GO_TO, Action.HUMAN),
    }
)


def _step(run: Run, step: Step) -> Walk[None]:
    if step.action not in _AFTER_SENDING and not run.attending:
        yield from settle(run)
    if step.action is Action.CONDITION:
        yield from condition(run, step)
        return
    if step.action is Action.REPEAT:
        yield from repeat(run, step)
        return
    started = run.settings.clock.now()
    run.value_note, run.note = "", ""
    try:
        yield from _do(run, with_page_word(run, step))
    except StoppedError as stop:
        if stop.outcome == BEFORE_SUBMIT:
            run.note = "found and ready; not clicked, since this is a rehearsal"
            yield from _done(run, step, started)
        raise
    yield from _done(run, step, started)


def _done(run: Run, step: Step, started: datetime) -> Walk[None]:
    """The step's picture and its record."""
    shot = ""
    if step.action not in _WITHOUT_PICTURE:
        shot = yield from picture(run, f"{len(run.steps) + 1:03d}-{step.action}")
    took = run.settings.clock.now() - started
    record = StepRecord(
        index=len(run.steps),
        line=step.position.line,
        action=step.action,
        in_words=step.in_words,
        target=" > ".join(step.target) if isinstance(step.target, tuple) else step.target or "",
        value=run.value_note,
        started_at=started,
        milliseconds=round(took.total_seconds() * 1000),
        picture=shot,
        page_text_hash=hashlib.sha256(run.page.text.encode()).hexdigest(),
        note=run.note,
    )
    run.steps.append(record)
    yield from act(StepDone(record))


_WITHOUT_PICTURE = frozenset({Action.NOTE, Action.STOP, Action.CAPTURE, Action.KEEP, Action.ASSIGN})


def _do(run: Run, step: Step) -> Walk[None]:
    short_enough(run, step)
    match step.action:
        case Action.CLICK | Action.PRESS_KEY if step.once:
            yield from send(run, step)
        case Action.CLICK:
            yield from click(run, step)
            yield from password_accepted(run)
            yield from code_accepted(run)
        case Action.FILL if step.search:
            yield from search(run, step)
            yield from code_accepted(run)
        case Action.FILL | Action.SELECT:
            yield from fill(run, step)
        case Action.CHECK | Action.UNCHECK:
            yield from tick(run, step)
        case Action.UPLOAD:
            yield from upload(run, step)
        case Action.READ:
            yield from read(run, step)
            answer_read(run, step)
        case Action.VERIFY:
            yield from verify(run, step)
        case Action.CAPTURE:
            yield from capture(run, step)
        case Action.NAVIGATE:
            yield from navigate(run, step)
        case Action.SIGN_IN:
            yield from sign_in(run, step)
        case Action.ENTER_CODE:
            yield from enter_code(run, step)
        case Action.PRESS_KEY:
            yield from press(run, step)
            yield from password_accepted(run)
            yield from code_accepted(run)
        case Action.WAIT:
            yield from wait(run, step)
        case Action.DOWNLOAD:
            yield from download(run, step)
        case _:
            yield from _flow(run, step)


def _flow(run: Run, step: Step) -> Walk[None]:
    match step.action:
        case Action.NOTE:
            return
        case Action.KEEP:
            _keep(run, step)
        case Action.STOP:
            _found_out(run, step)
            raise StoppedError(step.outcome or "", len(run.using))
        case Action.ASSIGN:
            run.assigned_outcome = step.outcome or run.assigned_outcome
            run.assigned_queue = step.queue or run.assigned_queue
        case Action.GO_TO:
            yield from jump(run, step)
        case Action.USE:
            yield from use(run, step)
        case Action.SIGN_OUT:
            yield from sign_out(run, step)
        case Action.HUMAN:
            yield from ask_person(run, step)
        case _:
            raise halt(run, HaltReason.UNSUPPORTED, step.in_words, f"the runner can't {step.action} yet")


def _keep(run: Run, step: Step) -> None:
    if step.value is None or not step.save_as:
        raise halt(run, HaltReason.DATA_MISSING, step.in_words, "what to keep, or as what, isn't said")
    datum = one(run, step.value)
    run.kept[step.save_as] = run.read[step.save_as] = str(datum.value)
    run.value_note = label_of(step) or step.save_as


def _found_out(run: Run, step: Step) -> None:
    if run.role is SectionRole.IF_INTERRUPTED and step.outcome == NOT_SENT:
        run.lookup = finding(run)


def _last_picture(run: Run) -> Walk[str]:
    if not run.page.url:
        return ""
    return (yield from picture(run, "halt", note="where the run stopped"))


def _result(
    run: Run,
    stopped_at: Halt | None,
    stopped_with: str = "",
    *,
    interrupted: bool = False,
    shot: str = "",
) -> RunResult:
    outcome = RunOutcome.DONE
    if stopped_at is not None:
        down = stopped_at.reason is HaltReason.PORTAL_DOWN
        outcome = RunOutcome.FAILED if down else RunOutcome.HALTED
    lookup = run.lookup
    if run.settings.mode == "if-interrupted":
        lookup = lookup or _lookup_of(run, stopped_at)
    return RunResult(
        outcome=outcome,
        sent=run.sent,
        read=dict(run.read),
        halt=stopped_at,
        healed=tuple(run.healed),
        steps=tuple(run.steps),
        stopped_with=stopped_with,
        said=complaint(run) if stopped_with not in ("", BEFORE_SUBMIT) else "",
        lookup=lookup,
        kept=dict(run.kept),
        assigned_outcome=run.assigned_outcome,
        assigned_queue=run.assigned_queue,
        captchas=tuple(run.captchas),
        refused=run.refused,
        notices=tuple(run.notices),
        picture=shot,
        interrupted=interrupted,
    )


def _lookup_of(run: Run, stopped_at: Halt | None) -> LookupFinding:
    return (found(run) if stopped_at is None else None) or unclear(run)
