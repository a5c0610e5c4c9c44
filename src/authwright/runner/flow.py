"""From section to section: jumps, other SOPs, and what ends a pass."""

from authwright.core.run import HaltReason
from authwright.core.workflow import Action, Section, SectionRole, Step, Workflow
from authwright.runner.asks import ExpectCode, Goto, Walk, act
from authwright.runner.looking import look
from authwright.runner.program import flat, landing, planned, to_interrupted, used_sections
from authwright.runner.sending import settle
from authwright.runner.signin import code_gone
from authwright.runner.signing import asks_for_code, password_fields, user_fields
from authwright.runner.state import (
    InterruptedRunError,
    JumpError,
    Run,
    StartAgainError,
    StoppedError,
    halt,
    key_of,
    label_of,
    may_be_signed_in,
)

MOST_JUMPS = 2


def whole(run: Run) -> Walk[str]:
    """Every section that this mode walks; a lost session begins again once. Returns what it stopped with."""
    while True:
        try:
            yield from follow(run, run.workflow, planned(run.workflow, run.settings.mode))
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


def follow(run: Run, workflow: Workflow, sections: list[Section]) -> Walk[None]:
    """Walk the sections as one text. A jump that this SOP wrote leads on from where it points."""
    before, around = (run.using, run.place, run.role), run.place
    run.using = (*run.using, workflow)
    depth = len(run.using)
    at = (0, 0)
    try:
        while at[0] < len(sections):
            try:
                yield from _section(run, sections[at[0]], (*around, at[0]), at[1])
                at = (at[0] + 1, 0)
            except JumpError as jump:
                if jump.depth != depth:
                    raise
                at = _landed(run, sections, at[0], around, jump.target)
    finally:
        run.using, run.place, run.role = before


def _section(run: Run, section: Section, place: tuple[int, ...], first: int) -> Walk[None]:
    run.role = _role(run.role, section.role, used=len(run.using) > 1)
    if section.role is SectionRole.SIGN_IN and may_be_signed_in(run) and first == 0:
        opening = _opening(run, section.steps)
        yield from run.perform(run, opening)
        first = 1 if opening and opening == section.steps[:1] else 0
        page = yield from look(run)
        if not (password_fields(page) or user_fields(page) or asks_for_code(page)):
            run.note = "already signed in"
            return
    if any(step.action is Action.ENTER_CODE for step in flat(section.steps)):
        yield from act(ExpectCode())
    yield from run.perform(run, section.steps, place, first)
    if section.role is SectionRole.SIGN_IN:
        yield from code_gone(run)
        run.signed_in = True


def _opening(run: Run, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The step that goes to the sign-in page, when the section, or the SOP that it begins with, begins so:
    only there is to be seen whether a kept session still holds."""
    step = steps[0] if steps else None
    if step is not None and step.action is Action.USE:
        sections = used_sections(run.settings.library[label_of(step)], step.section)
        return _opening(run, sections[0].steps) if sections else ()
    return steps[:1] if step is not None and step.action is Action.NAVIGATE else ()


def _role(outer: SectionRole, own: SectionRole, *, used: bool) -> SectionRole:
    """What another SOP does is for what the section is that uses it."""
    keeps = used and outer in (SectionRole.SIGN_IN, SectionRole.IF_INTERRUPTED)
    return outer if keeps and own is not SectionRole.SIGN_IN else own


def jump(run: Run, step: Step) -> Walk[None]:
    """GO_TO. "If interrupted" ends this pass with its intent as it is: the look-up decides."""
    target = label_of(step)
    looking = run.settings.mode == "if-interrupted"
    if not looking and (to_interrupted(run.using[-1], target) or to_interrupted(run.workflow, target)):
        raise InterruptedRunError
    if not run.attending:
        yield from settle(run)
    key = key_of(run, step)
    run.jumps[key] = run.jumps.get(key, 0) + 1
    if run.jumps[key] > (step.limit or MOST_JUMPS):
        raise halt(run, HaltReason.JUMP_LIMIT, f"to get past {target}", "the jump's limit is reached")
    raise JumpError(target, len(run.using))


def _landed(
    run: Run, sections: list[Section], own: int, around: tuple[int, ...], target: str
) -> tuple[int, int]:
    """Where the jump leads. What was typed from there on will be typed anew."""
    found = landing(sections, own, target)
    if found is None:
        raise halt(run, HaltReason.UNSUPPORTED, f"to go on at {target}", "it is no part of what is done now")
    place = (*around, *found)
    if run.sent and place <= run.sent_at:
        raise halt(run, HaltReason.GUARD, "no way back past what was sent", f"a jump to {target}")
    run.typed = [t for t in run.typed if t.place < place]
    run.form += 1
    run.row = None
    return found


def use(run: Run, step: Step) -> Walk[None]:
    """USE: the other SOP's work, here. Its "stop" without an outcome ends only it."""
    other = run.settings.library[label_of(step)]
    here = len(run.using)
    try:
        yield from follow(run, other, used_sections(other, step.section))
    except StoppedError as stop:
        if stop.outcome or stop.depth <= here:
            raise
