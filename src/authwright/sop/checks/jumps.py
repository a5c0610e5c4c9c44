"""Jumps and loops that never end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from authwright.core.diagnostics import Diagnostic
from authwright.core.workflow import Action
from authwright.sop.checks.facts import lasting
from authwright.sop.checks.seen import Branch, Seen, Visit, label


@dataclass(frozen=True, slots=True)
class Route:
    """A jump back: from where it leads to, everything that is done again, the jump being the last."""

    jump: Visit
    between: list[Visit]


def check(seen: Seen) -> Iterator[Diagnostic]:
    for visit in seen.work:
        step = visit.step
        if step.action is Action.GO_TO and (route := route_of(seen, visit)) and _never_ends(seen, route):
            message = "the same way is gone again and again: nothing on it can end it but the jump's limit"
            hint = 'say when to stop before it, or jump only if the page shows something: "If ..., go back"'
            yield seen.at(step, "SOP049", message, hint)
        if step.action is Action.REPEAT and step.condition and lasting(step.condition):
            message = f'"{step.condition.words}" never changes during a run: the loop ends only by its limit'
            yield seen.at(step, "SOP049", message, "repeat until the page shows something")


def route_of(seen: Seen, jump: Visit) -> Route | None:
    """The way that a jump makes a run go again; None for a jump forward, or to what isn't there."""
    start = _target(seen, jump)
    at = seen.place[jump]
    if start is None or start > at:
        return None
    return Route(jump, seen.work[start : at + 1])


def _target(seen: Seen, jump: Visit) -> int | None:
    name = label(jump.step).casefold()
    step = re.fullmatch(r"step (\d+)", name)
    return seen.starts.get((id(jump.section), int(step[1])) if step else name)


def _never_ends(seen: Seen, route: Route) -> bool:
    if any(v.step.once for v in route.between):
        return False  # another finding: it would send again
    inside = {id(v.step) for v in route.between}
    around = [b for b in route.jump.branches if id(b.step) in inside]
    if any(_may_change(b) for b in around):
        return False
    return not any(_leaves(seen, v, route) for v in route.between[:-1])


def _may_change(branch: Branch) -> bool:
    return branch.step.condition is None or not lasting(branch.step.condition)


def _leaves(seen: Seen, visit: Visit, route: Route) -> bool:
    """Whether a run may leave the way here: it stops, asks a person, or jumps out of it."""
    if visit.step.action in (Action.STOP, Action.HUMAN):
        return True
    if visit.step.action is not Action.GO_TO:
        return False
    target = _target(seen, visit)
    return target is None or seen.work[target] not in route.between
