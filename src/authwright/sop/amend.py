"""Changing steps that were read before: a later sentence tells more about them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from authwright.core.workflow import Step
from authwright.sop.playback import told

Wanted = Callable[[Step], bool]
Change = Callable[[Step], Step]


def flat(steps: Iterable[Step]) -> Iterator[Step]:
    """Every step in the order of doing, those inside conditions and loops too."""
    for step in steps:
        yield step
        yield from flat(step.body)
        yield from flat(step.otherwise)


def amend_last(steps: list[Step], wanted: Wanted, change: Change) -> bool:
    """Change the last step that is wanted, wherever it stands; False when there is none."""
    changed = _amended(tuple(steps), wanted, change)
    if changed is None:
        return False
    steps[:] = changed
    return True


def _amended(steps: tuple[Step, ...], wanted: Wanted, change: Change) -> tuple[Step, ...] | None:
    for i in range(len(steps) - 1, -1, -1):
        step = steps[i]
        if (inner := _amended(step.otherwise, wanted, change)) is not None:
            return (*steps[:i], replace(step, otherwise=inner), *steps[i + 1 :])
        if (inner := _amended(step.body, wanted, change)) is not None:
            return (*steps[:i], replace(step, body=inner), *steps[i + 1 :])
        if wanted(step):
            return (*steps[:i], told(change(step)), *steps[i + 1 :])
    return None


def amend_all(steps: Iterable[Step], change: Change) -> tuple[Step, ...]:
    """Each step changed, from the inside out."""
    return tuple(change(_inside_amended(step, change)) for step in steps)


def _inside_amended(step: Step, change: Change) -> Step:
    if not step.body and not step.otherwise:
        return step
    body, otherwise = amend_all(step.body, change), amend_all(step.otherwise, change)
    unchanged = same(body, step.body) and same(otherwise, step.otherwise)
    return step if unchanged else replace(step, body=body, otherwise=otherwise)


def same(a: tuple[Step, ...], b: tuple[Step, ...]) -> bool:
    """Whether these are the very same steps."""
    return len(a) == len(b) and all(x is y for x, y in zip(a, b, strict=True))
