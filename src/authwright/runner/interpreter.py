"""Walking a workflow: `walk` yields asks, is sent answers, and returns what came of the run."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from authwright.core.run import Halt, HaltReason, Lookup, LookupFinding, RunOutcome, RunResult, StepRecord
from authwright.core.workflow import Action, Condition, ConditionKind, Section, SectionRole, Step, Workflow
from authwright.runner.asks import GoneError, Goto, KeepBindings, Picture, Sleep, Walk, act, keep
from authwright.runner.clicking import click
from authwright.runner.conditions import ON_PAGE, holds
from authwright.runner.data import items_of
from authwright.runner.filling import fill, press, tick
from authwright.runner.finding import locate
from authwright.runner.looking import look
from authwright.runner.lookup import finding
from authwright.runner.matcher import Match
from authwright.runner.navigating import download, navigate
from authwright.runner.reading import capture, read, verify
from authwright.runner.sending import answer_read, send, settle
from authwright.runner.signin import code_accepted, code_gone, enter_code, sign_in
from authwright.runner.signing import asks_for_code, password_fields, user_fields
from authwright.runner.state import (
    HaltedError,
    Item,
    JumpError,
    Run,
    Settings,
    StartAgainError,
    StoppedError,
    forms_wanted,
    halt,
    label_of,
    wanted_of,
)
from authwright.runner.uploading import upload

NOT_SENT = "not-sent"
MOST_JUMPS, MOST_ROUNDS = 2, 50


def walk(workflow: Workflow, case: Mapping[str, Any], settings: Settings) -> Walk[RunResult]:
    """Run the workflow with the case's data. Ends with a result, whatever happens on the page."""
    run = Run(workflow, case, settings, perform)
    try:
        stopped = yield from _sections(run)
    except HaltedError as error:
        yield from _last_picture(run)
        return _result(run, error.halt)
    except GoneError as error:
        line = run.step.position.line if run.step else 0
        return _result(run, Halt(line, HaltReason.PORTAL_DOWN, "the browser", str(error)))
    yield from act(KeepBindings(run.bound))
    return _result(run, None, stopped)


def _sections(run: Run) -> Walk[str]:
    """Every section that this mode walks, in order; a lost session begins again once."""
    while True:
        try:
            sections = _planned(run.workflow, run.settings)
            index = 0
            while index < len(sections):
                try:
                    yield from _section(run, sections[index])
                    index += 1
                except JumpError as jump:
                    index = _index_of(run, sections, jump.title)
            yield from settle(run)
            return ""
        except StoppedError as stop:
            yield from settle(run)
            return stop.outcome
        except StartAgainError:
            run.restarts += 1
            run.typed.clear()
            run.code_sent_on = None
            run.item = None
            run.earlier_items.clear()
            run.note = "the session had ended: signed in and begun again"
            yield from act(Goto(run.settings.base_url))


def _planned(workflow: Workflow, settings: Settings) -> list[Section]:
    walked = {SectionRole.BEFORE, SectionRole.SIGN_IN}
    walked.add(SectionRole.IF_INTERRUPTED if settings.mode == "if-interrupted" else SectionRole.TASK)
    if settings.mode == "if-interrupted":
        walked.discard(SectionRole.BEFORE)
    return [s for s in workflow.sections if s.role in walked]


def _index_of(run: Run, sections: list[Section], title: str) -> int:
    for index, section in enumerate(sections):
        if section.title.casefold() == title.casefold():
            return index
    raise halt(run, HaltReason.UNSUPPORTED, f"a section called {title}", "the SOP has none to go on with")


def _section(run: Run, section: Section) -> Walk[None]:
    run.role = section.role
    if section.role is SectionRole.SIGN_IN and run.settings.may_be_signed_in:
        opening = [s for s in section.steps[:1] if s.action is Action.NAVIGATE]
        yield from perform(run, tuple(opening))
        page = yield from look(run)
        if not (password_fields(page) or user_fields(page) or asks_for_code(page)):
            run.note = "already signed in"
            return
        yield from perform(run, section.steps[len(opening) :])
    else:
        yield from perform(run, section.steps)
    if section.role is SectionRole.SIGN_IN:
        yield from code_gone(run)


def perform(run: Run, steps: tuple[Step, ...]) -> Walk[None]:
    """Do the steps in order."""
    for index, step in enumerate(steps):
        run.step, run.rest = step, steps[index + 1 :]
        if step.action in (Action.FILL, Action.SELECT):
            run.companions = forms_wanted(steps[index:]) + tuple(
                t.wanted for t in run.typed if t.form == run.form
            )
        else:
            run.companions = ()
        yield from _step(run, step)


_AFTER_SENDING = frozenset(
    {Action.READ, Action.VERIFY, Action.CAPTURE, Action.CONDITION, Action.WAIT, Action.NOTE, Action.STOP}
)


def _step(run: Run, step: Step) -> Walk[None]:
    if step.action not in _AFTER_SENDING and not run.attending:
        yield from settle(run)
    if step.action is Action.CONDITION:
        yield from _condition(run, step)
        return
    if step.action is Action.REPEAT:
        yield from _repeat(run, step)
        return
    started = run.settings.clock.now()
    run.value_note, run.note = "", ""
    yield from _do(run, step)
    picture = ""
    if step.action not in (Action.NOTE, Action.STOP, Action.CAPTURE):
        picture = yield from keep(Picture(f"{len(run.steps) + 1:03d}-{step.action}"))
    took = run.settings.clock.now() - started
    run.steps.append(
        StepRecord(
            index=len(run.steps),
            line=step.position.line,
            action=step.action,
            in_words=step.in_words,
            target=" > ".join(step.target) if isinstance(step.target, tuple) else step.target or "",
            value=run.value_note,
            started_at=started,
            milliseconds=round(took.total_seconds() * 1000),
            picture=picture,
            page_text_hash=hashlib.sha256(run.page.text.encode()).hexdigest(),
            note=run.note,
        )
    )


def _do(run: Run, step: Step) -> Walk[None]:
    match step.action:
        case Action.CLICK if step.once:
            yield from send(run, step)
        case Action.CLICK:
            yield from click(run, step)
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
            yield from code_accepted(run)
        case Action.WAIT:
            yield from _wait(run, step)
        case Action.DOWNLOAD:
            yield from download(run, step)
        case _:
            yield from _flow(run, step)


def _flow(run: Run, step: Step) -> Walk[None]:
    match step.action:
        case Action.NOTE | Action.KEEP:
            return
        case Action.STOP:
            _found_out(run, step)
            raise StoppedError(step.outcome or "")
        case Action.ASSIGN:
            run.read["outcome"] = step.outcome or label_of(step)
        case Action.GO_TO:
            _jump(run, step)
        case Action.USE:
            yield from _use(run, step)
        case Action.SIGN_OUT:
            yield from click(run, step)
        case Action.HUMAN:
            raise halt(run, HaltReason.ASKED_PERSON, step.in_words or step.words, "the SOP asks for a person")
        case _:
            raise halt(run, HaltReason.UNSUPPORTED, step.in_words, f"the runner can't {step.action} yet")


def _found_out(run: Run, step: Step) -> None:
    if run.role is SectionRole.IF_INTERRUPTED and step.outcome == NOT_SENT:
        run.lookup = finding(run)


def _jump(run: Run, step: Step) -> None:
    line = step.position.line
    run.jumps[line] = run.jumps.get(line, 0) + 1
    if run.jumps[line] > (step.limit or MOST_JUMPS):
        raise halt(run, HaltReason.JUMP_LIMIT, f"to get past {label_of(step)}", "the jump's limit is reached")
    if run.sent:
        raise halt(run, HaltReason.GUARD, "no way back past what was sent", f"a jump to {label_of(step)}")
    raise JumpError(label_of(step))


def _use(run: Run, step: Step) -> Walk[None]:
    other = run.settings.library.get(label_of(step))
    if other is None:
        raise halt(run, HaltReason.UNSUPPORTED, f"the SOP {label_of(step)}", "it isn't at hand")
    for section in other.sections:
        if section.role in (SectionRole.SIGN_IN, SectionRole.TASK):
            yield from perform(run, section.steps)
            yield from code_gone(run)


def _condition(run: Run, step: Step) -> Walk[None]:
    if step.condition is None:
        raise halt(run, HaltReason.UNSUPPORTED, step.words, "a condition without its words")
    page = run.page
    if _about_page(step.condition):
        page = yield from look(run)
    answer = holds(run, step.condition, page)
    if not answer and run.clicked and _about_page(step.condition):
        answer = yield from _soon(run, step)
    if _about_page(step.condition):
        run.clicked = False if answer or not _next_about_page(run) else run.clicked
    if answer and step.condition.kind is ConditionKind.SHOWS:
        run.words_read = step.condition.subject or ""
    yield from perform(run, step.body if answer else step.otherwise)


def _about_page(condition: Condition) -> bool:
    return condition.kind in ON_PAGE or any(map(_about_page, condition.all_of))


def _next_about_page(run: Run) -> bool:
    following = run.rest[0] if run.rest else None
    return bool(following and following.condition and _about_page(following.condition))


def _soon(run: Run, step: Step) -> Walk[bool]:
    """After a click a page may still be coming: wait until this condition or one of the next holds."""
    patience = run.settings.patience
    limit = patience.lookup if run.role is SectionRole.IF_INTERRUPTED else patience.condition
    siblings = [step]
    for following in run.rest:
        if following.condition is None or not _about_page(following.condition):
            break
        siblings.append(following)
    page, started = run.page, run.page.at
    while not any(holds(run, s.condition, page) for s in siblings if s.condition):
        left = started + limit - page.at
        if left <= 0 or _next_is_there(run, siblings):
            return False
        page = yield from look(run, after=page.version, within=min(left, limit))
    run.clicked = False
    return bool(step.condition and holds(run, step.condition, page))


def _next_is_there(run: Run, siblings: list[Step]) -> bool:
    """Whether the page already offers what the step after the conditions needs."""
    after = run.rest[len(siblings) - 1 :]
    if not after or not after[0].target or isinstance(after[0].target, tuple):
        return False
    return isinstance(locate(run, wanted_of(after[0]), run.page), Match)


def _repeat(run: Run, step: Step) -> Walk[None]:
    if step.each is None:
        yield from _until(run, step)
        return
    items = items_of(run, step.each)
    if not items:
        raise halt(run, HaltReason.DATA_MISSING, step.each.replace("_", " "), "the case has none")
    outer = run.item, run.earlier_items
    run.earlier_items = set()
    try:
        for number, data in enumerate(items, start=1):
            run.item = Item(data, number, len(items))
            yield from perform(run, step.body)
            run.earlier_items |= {c.id for c in run.item.filled}
    finally:
        run.item, run.earlier_items = outer


def _until(run: Run, step: Step) -> Walk[None]:
    for _ in range(step.limit or MOST_ROUNDS):
        page = yield from look(run)
        if step.condition and holds(run, step.condition, page):
            return
        yield from perform(run, step.body)
    words = step.condition.words if step.condition else step.words
    raise halt(run, HaltReason.JUMP_LIMIT, words, f"not after {step.limit or MOST_ROUNDS} rounds")


_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")


def _wait(run: Run, step: Step) -> Walk[None]:
    condition = step.condition
    if condition is None or condition.kind is ConditionKind.LOADED:
        yield from look(run)
        return
    if condition.kind is ConditionKind.PASSED:
        found = _DURATION.fullmatch(condition.subject or "")
        hours, minutes, seconds = (int(n or 0) for n in found.groups()) if found else (0, 0, 0)
        yield from act(Sleep(hours * 3600.0 + minutes * 60.0 + seconds))
        return
    page = yield from look(run)
    started = page.at
    while not holds(run, condition, page):
        left = started + run.settings.patience.wait - page.at
        if left <= 0:
            raise halt(run, HaltReason.TIMED_OUT, condition.words, "it didn't happen in time")
        page = yield from look(run, after=page.version, within=left)


def _last_picture(run: Run) -> Walk[None]:
    if run.page.url:
        yield from keep(Picture("halt", note="where the run stopped"))


def _result(run: Run, stopped_at: Halt | None, stopped_with: str = "") -> RunResult:
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
        lookup=lookup,
    )


def _lookup_of(run: Run, stopped_at: Halt | None) -> LookupFinding:
    if stopped_at is None and run.read.get("reference_number"):
        return LookupFinding(Lookup.FOUND)
    return LookupFinding(Lookup.UNCLEAR, words=run.words_read)
