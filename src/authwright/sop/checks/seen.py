"""An SOP as the checks see it: every step with what is known to hold there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from authwright.core.diagnostics import Diagnostic, Severity
from authwright.core.workflow import (
    Action,
    Condition,
    Section,
    SectionRole,
    Step,
    Value,
    Workflow,
)
from authwright.sop.checks.facts import Fact, facts_of

WORK = frozenset({SectionRole.SIGN_IN, SectionRole.TASK})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around an SOP. What isn't known (None) isn't checked.

    `sops` are those of the library by id, `portals` the ids that have a portal file or settings,
    `compiled` is the .workflow.json beside the SOP, `names` the paths that the practice added to the
    names of data.
    """

    sops: Mapping[str, Workflow] | None = None
    portals: Collection[str] | None = None
    today: date | None = None
    compiled: bytes | None = None
    names: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through a CONDITION step: its body, or its otherwise. `ended`: what stands here comes
    after the step, whose other way ended the run or went elsewhere."""

    step: Step
    holds: bool
    ended: bool = False

    @property
    def other(self) -> "Branch":
        return Branch(self.step, holds=not self.holds)

    @property
    def ends_other(self) -> bool:
        """Whether the run ended on the other way, rather than going elsewhere from there."""
        other = self.step.otherwise if self.holds else self.step.body
        return self.ended and all(s.action is not Action.GO_TO for s in walk(other))

    @property
    def facts(self) -> tuple[Fact, ...]:
        return facts_of(self.step.condition, self.holds) if self.step.condition else ()


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """A step where it stands: in a section's Nth step (from 1), on these branches, in these loops.

    `facts` are what holds whenever the step is come to.
    """

    step: Step
    section: Section
    number: int
    facts: tuple[Fact, ...] = ()
    branches: tuple[Branch, ...] = ()
    loops: tuple[Step, ...] = ()

    def excludes(self, other: "Visit") -> bool:
        """Whether a run comes to one of them at most: they stand on two ways through one condition."""
        ways = {id(b.step): b.holds for b in self.branches}
        return any(ways.get(id(b.step), b.holds) != b.holds for b in other.branches)


@dataclass(frozen=True)
class Seen:
    """One SOP, walked once for all checks."""

    workflow: Workflow
    file: str
    around: Surroundings = Surroundings()

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """Every step of every section but the notes before the work, in order."""
        sections = (s for s in self.workflow.sections if s.role is not SectionRole.BEFORE)
        return tuple(v for section in sections for v in _visits(section, self.targets))

    @cached_property
    def targets(self) -> frozenset[str]:
        """What jumps name: `step N`, or a section's title in small letters."""
        steps = (s for section in self.workflow.sections for s in walk(section.steps))
        return frozenset(label(s).casefold() for s in steps if s.action is Action.GO_TO)

    def of(self, *roles: SectionRole) -> list[Visit]:
        return [v for v in self.visits if v.section.role in roles]

    @cached_property
    def work(self) -> list[Visit]:
        """Signing in and the task: one text, walked from the top."""
        return self.of(*WORK)

    @cached_property
    def place(self) -> dict[Visit, int]:
        """Where each visit of the work stands in it."""
        return {visit: index for index, visit in enumerate(self.work)}

    @cached_property
    def starts(self) -> dict[str | tuple[int, int], int]:
        """Where in the work a section begins, by its title in small letters (of two the first), and
        where each of its steps does, by (id of the section, number)."""
        found: dict[str | tuple[int, int], int] = {}
        for index, visit in enumerate(self.work):
            found.setdefault(visit.section.title.casefold(), index)
            found.setdefault((id(visit.section), visit.number), index)
        return found

    def at(
        self,
        step: Step,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.WARNING,
        suggestions: tuple[str, ...] = (),
    ) -> Diagnostic:
        at = step.position
        return Diagnostic(self.file, at.line, at.column, code, message, hint, suggestions, severity)

    def whole(
        self,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.WARNING,
        suggestions: tuple[str, ...] = (),
    ) -> Diagnostic:
        """A finding about the whole file."""
        return Diagnostic(self.file, 0, 0, code, message, hint, suggestions, severity)


def _visits(section: Section, targets: frozenset[str]) -> Iterator[Visit]:
    here = Visit(section.steps[0], section, 0) if section.steps else None
    for number, step in enumerate(section.steps, 1):
        # Whoever jumps here comes by another way; what is watched for has no order at all.
        if here is None or f"step {number}" in targets or section.role is SectionRole.OTHERWISE:
            here = Visit(step, section, number)
        here = replace(here, step=step, number=number)
        yield from _below(here)
        here = _after(here)


def _below(at: Visit) -> Iterator[Visit]:
    yield at
    step = at.step
    if step.action is Action.CONDITION and step.condition:
        for holds, steps in ((True, step.body), (False, step.otherwise)):
            yield from _row(_on(at, Branch(step, holds)), steps)
    elif step.body:
        outside = tuple(f for f in at.facts if not (step.each and f.subject.startswith(f"{step.each}[]")))
        yield from _row(replace(at, facts=outside, loops=(*at.loops, step)), step.body)


def _row(at: Visit, steps: Iterable[Step]) -> Iterator[Visit]:
    for step in steps:
        at = replace(at, step=step)
        yield from _below(at)
        at = _after(at)


def _on(at: Visit, branch: Branch) -> Visit:
    return replace(at, facts=(*at.facts, *branch.facts), branches=(*at.branches, branch))


_LEAVES = frozenset({Action.STOP, Action.GO_TO})


def _after(at: Visit) -> Visit:
    """After the step: a way through it that doesn't go on leaves only the other one."""
    step = at.step
    if step.action is not Action.CONDITION or step.condition is None:
        return at
    leaves = _LEAVES | {Action.HUMAN}
    if not goes_on(step.body, leaves, known=(*at.facts, *Branch(step, holds=True).facts)):
        return _on(at, Branch(step, holds=False, ended=True))
    elsewise = (*at.facts, *Branch(step, holds=False).facts)
    if step.otherwise and not goes_on(step.otherwise, leaves, known=elsewise):
        return _on(at, Branch(step, holds=True, ended=True))
    return at


def goes_on(steps: Iterable[Step], leaves: frozenset[Action] = _LEAVES, known: tuple[Fact, ...] = ()) -> bool:
    """Whether a run may come to the end of the steps. `known` holds before them."""
    for step in steps:
        if step.action in leaves:
            return False
        if step.action is not Action.CONDITION:
            continue
        yes, no = (Branch(step, holds=holds).facts for holds in (True, False))
        always = bool(yes) and set(yes) <= set(known)
        if not goes_on(step.body, leaves, (*known, *yes)) and (
            always or (step.otherwise and not goes_on(step.otherwise, leaves, (*known, *no)))
        ):
            return False
    return True


def walk(steps: Iterable[Step]) -> Iterator[Step]:
    """Every step, nested ones after the step that holds them."""
    for step in steps:
        yield step
        yield from walk(step.body)
        yield from walk(step.otherwise)


def atoms(condition: Condition | None) -> Iterator[Condition]:
    """The condition, and each that is joined to it."""
    if condition is None:
        return
    yield condition
    for further in (*condition.all_of, *condition.any_of):
        yield from atoms(further)


def conditions_of(step: Step) -> Iterator[Condition]:
    yield from atoms(step.condition)
    for option in step.options:
        yield from atoms(option.condition)


def values_of(step: Step) -> list[Value]:
    """What the step and its conditions take from the case or from what was read."""
    held = [v for c in conditions_of(step) for v in (*c.values, *c.without)]
    return [*held, step.value] if step.value else held


def label(step: Step) -> str:
    """The step's label; of a menu path its last part."""
    if isinstance(step.target, tuple):
        return step.target[-1] if step.target else ""
    return step.target or ""
