"""The SOP as one text: its sections in order, where its jumps lead, what it takes from other SOPs.

All of this is known before anything is done, so what can't be followed is found before the run starts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from authwright.core.marks import is_without_marks
from authwright.core.workflow import Action, Section, SectionRole, Step, Workflow
from authwright.runner.page import Label
from authwright.runner.values import is_date_form
from authwright.runner.wording import alike

MOST_NESTED = 5
_ORDER = (SectionRole.BEFORE, SectionRole.SIGN_IN, SectionRole.TASK, SectionRole.IF_INTERRUPTED)
_FROM_TOP = frozenset({SectionRole.BEFORE, SectionRole.SIGN_IN, SectionRole.TASK})
_LOOKING = frozenset({SectionRole.SIGN_IN, SectionRole.IF_INTERRUPTED})
_OF_ANOTHER = frozenset({SectionRole.SIGN_IN, SectionRole.TASK})
_STEP = re.compile(r"step (\d+)", re.IGNORECASE)
_SENDS = frozenset({Action.CLICK, Action.PRESS_KEY})


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an SOP can't be followed: at which line, what it asks for, and what is there."""

    line: int
    expected: str
    found: str


def planned(workflow: Workflow, mode: Literal["from-top", "if-interrupted"]) -> list[Section]:
    """The sections that a pass walks, those of one role after the other."""
    roles = _LOOKING if mode == "if-interrupted" else _FROM_TOP
    return _in_order(workflow, roles)


def used_sections(other: Workflow, only: str | None) -> list[Section]:
    """What another SOP contributes: all of its work, or the one section that was named."""
    if only is None:
        return _in_order(other, _OF_ANOTHER)
    return [s for s in other.sections if _named(s, only)]


def _in_order(workflow: Workflow, roles: frozenset[SectionRole]) -> list[Section]:
    return [s for role in _ORDER for s in workflow.sections if s.role is role and role in roles]


def landing(sections: Sequence[Section], own: int, target: str) -> tuple[int, int] | None:
    """Section and step, counted from 0, to which a jump in section `own` leads; None for nowhere."""
    if found := _STEP.fullmatch(target.strip()):
        number = int(found[1])
        return (own, number - 1) if 1 <= number <= len(sections[own].steps) else None
    hits = [i for i, section in enumerate(sections) if _named(section, target)]
    return (hits[0], 0) if len(hits) == 1 else None


def to_interrupted(workflow: Workflow, target: str) -> bool:
    """Whether a jump leads to "If interrupted"."""
    return any(s.role is SectionRole.IF_INTERRUPTED and _named(s, target) for s in workflow.sections)


def _named(section: Section, title: str) -> bool:
    return " ".join(section.title.split()).casefold() == " ".join(title.split()).casefold()


def flat(steps: Sequence[Step]) -> Iterator[Step]:
    """Every step, nested ones after the step that holds them."""
    for step in steps:
        yield step
        yield from flat(step.body)
        yield from flat(step.otherwise)


def all_workflows(workflow: Workflow, library: Mapping[str, Workflow]) -> list[Workflow]:
    """The SOP and every other that it uses, directly or not, each once."""
    found = [workflow]
    for one in found:
        for step in (s for section in one.sections for s in flat(section.steps)):
            other = library.get(str(step.target)) if step.action is Action.USE else None
            if other is not None and all(other.id != known.id for known in found):
                found.append(other)
    return found


def sends(workflow: Workflow) -> bool:
    """Whether one of its own steps leaves a mark at the payer."""
    return any(step.once for section in workflow.sections for step in flat(section.steps))


def expectation(using: Sequence[Workflow], labels: Sequence[Label]) -> Step | None:
    """What an SOP says of when a control can be used ("the button stays grey until ...")."""
    return next(
        (
            step
            for workflow in using
            for section in workflow.sections
            for step in flat(section.steps)
            if step.action is Action.NOTE and step.condition is not None and isinstance(step.target, str)
            if any(alike(step.target, label.text) for label in labels)
        ),
        None,
    )


def problems(workflow: Workflow, library: Mapping[str, Workflow]) -> list[Problem]:
    """Everything for which a run needn't begin."""
    found = list(_of_sections(workflow, workflow, list(workflow.sections)))
    found += _of_used(workflow, workflow, list(workflow.sections), library, (workflow.id,))
    return list(dict.fromkeys(found))


def _of_sections(workflow: Workflow, main: Workflow, sections: list[Section]) -> Iterator[Problem]:
    for section in sections:
        for step in flat(section.steps):
            if step.action is Action.GO_TO and not _leads(workflow, main, sections, section, step):
                yield Problem(step.position.line, f"to go on at {step.target}", "the jump leads nowhere")
            if step.once and step.action not in _SENDS:
                yield Problem(step.position.line, step.in_words, "only a click or a key can send")
            if step.format is not None and not (is_date_form(step.format) or is_without_marks(step.format)):
                yield Problem(step.position.line, f"a value written as {step.format}", "no such form")


def _leads(workflow: Workflow, main: Workflow, sections: list[Section], section: Section, step: Step) -> bool:
    target = str(step.target)
    if section.role is not SectionRole.IF_INTERRUPTED and (
        to_interrupted(workflow, target) or to_interrupted(main, target)
    ):
        return True
    roles = _LOOKING if section.role is SectionRole.IF_INTERRUPTED else _FROM_TOP
    walked = [s for s in sections if s.role in roles]
    if section not in walked:  # "When something else happens" has no place of its own to count from
        return not _STEP.fullmatch(target.strip()) and landing(walked, 0, target) is not None
    return landing(walked, walked.index(section), target) is not None


def _of_used(
    workflow: Workflow,
    main: Workflow,
    sections: list[Section],
    library: Mapping[str, Workflow],
    chain: tuple[str, ...],
) -> Iterator[Problem]:
    for step in (s for section in sections for s in flat(section.steps) if s.action is Action.USE):
        name, line = str(step.target), step.position.line
        other = library.get(name)
        if other is None:
            yield Problem(line, f"the SOP {name}", "it isn't at hand")
        elif other.id in chain:
            yield Problem(line, f"the SOP {name}", f"it uses itself: {' > '.join((*chain, other.id))}")
        elif len(chain) > MOST_NESTED:
            yield Problem(line, f"the SOP {name}", f"SOPs that use one another more than {MOST_NESTED} deep")
        else:
            taken = used_sections(other, step.section)
            if not taken:
                what = f"a section called {step.section}" if step.section else "a section with work to do"
                yield Problem(line, f"{what} in the SOP {name}", "there is none")
            yield from (
                Problem(line, p.expected, f"in the SOP {name}, line {p.line}: {p.found}")
                for p in _of_sections(other, main, taken)
            )
            yield from _of_used(other, main, taken, library, (*chain, other.id))
