"""Steps that no run ever comes to."""

from collections.abc import Iterable, Iterator

from authwright.core.diagnostics import Diagnostic
from authwright.core.workflow import Action, Section, SectionRole, Step
from authwright.sop.checks.facts import always_holds, facts_of, impossible
from authwright.sop.checks.seen import WORK, Seen, goes_on

CODE = "SOP040"


def check(seen: Seen) -> Iterator[Diagnostic]:
    yield from _after_the_end(seen)
    yield from _under_what_cannot_be(seen)
    for section in seen.workflow.sections:
        if section.role is SectionRole.OTHERWISE:
            yield from _not_watched_for(seen, section)


def _after_the_end(seen: Seen) -> Iterator[Diagnostic]:
    """After a stop or a jump that no condition governs; only a jump leads on from there."""
    alive = True
    for section in seen.workflow.sections:
        if section.role is SectionRole.OTHERWISE:
            for step in section.steps:  # each by itself
                yield from _row(seen, (*step.body, *step.otherwise), alive=True)
            continue
        if section.role not in WORK:
            yield from _row(seen, section.steps, alive=True, section=section)
            continue
        alive = alive or section.title.casefold() in seen.targets
        yield from _row(seen, section.steps, alive=alive, section=section)
        if any(s.action is not Action.NOTE for s in section.steps):
            alive = _alive_at_end(seen, section, alive)


def _alive_at_end(seen: Seen, section: Section, alive: bool) -> bool:
    for number, step in enumerate(section.steps, 1):
        alive = (alive or f"step {number}" in seen.targets) and goes_on((step,))
    return alive


def _row(
    seen: Seen, steps: Iterable[Step], *, alive: bool, section: Section | None = None
) -> Iterator[Diagnostic]:
    """The first step of each stretch that isn't come to."""
    told = False
    for number, step in enumerate(steps, 1):
        if section and f"step {number}" in seen.targets:
            alive, told = True, False
        if not alive:
            if not told and step.action is not Action.NOTE:
                told = True
                message = "no run ever comes to this: the way ends before it"
                yield seen.at(step, CODE, message, "remove it, or say in which case the way ends before")
            continue
        yield from _row(seen, step.body, alive=True)
        yield from _row(seen, step.otherwise, alive=True)
        alive = goes_on((step,))


def _under_what_cannot_be(seen: Seen) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for visit in seen.visits:
        step = visit.step
        if step.action is not Action.CONDITION or step.condition is None:
            continue
        if any(id(b.step) in told for b in visit.branches):
            continue
        words = step.condition.words
        if impossible(facts_of(step.condition, True), visit.facts):
            told.add(id(step))
            message = f'"{words}" can never hold here: other conditions around it say otherwise'
            yield seen.at(step, CODE, message, "remove it, or change one of the conditions")
        elif step.otherwise and (
            always_holds(step.condition) or impossible(facts_of(step.condition, False), visit.facts)
        ):
            told.add(id(step))
            message = f'"{words}" always holds here: what is to be done otherwise never is'
            yield seen.at(step.otherwise[0], CODE, message, 'remove the "otherwise", or change the condition')


def _not_watched_for(seen: Seen, section: Section) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for step in section.steps:
        line = step.position.line
        if step.action not in (Action.CONDITION, Action.NOTE) and line not in told:
            told.add(line)
            message = (
                f'nothing says when this is to be done: under "{section.title}" each step begins with "if"'
            )
            hint = 'begin with what happens: If the page says "...", ...'
            yield seen.at(step, CODE, message, hint)
