"""One field that gets two values, one box ticked and unticked, a check that denies what was chosen."""

from collections.abc import Iterator

from authwright.core.diagnostics import Diagnostic
from authwright.core.workflow import Action, Step, Value
from authwright.sop.checks.seen import Seen, Visit

_WRITES = frozenset({Action.FILL, Action.SELECT, Action.CHECK, Action.UNCHECK})
# What leaves the page as it is; anything else may bring another one.
_STAYS = _WRITES | {Action.NOTE, Action.VERIFY, Action.READ, Action.CAPTURE, Action.CONDITION, Action.KEEP}

Field = tuple[str | None, ...]


def check(seen: Seen) -> Iterator[Diagnostic]:
    on_page: dict[Field, Visit] = {}
    chosen: dict[str, Visit] = {}
    before: Visit | None = None
    for visit in seen.visits:
        step = visit.step
        another_loop = before is not None and before.loops != visit.loops
        if step.action not in _STAYS or another_loop or (before and before.section is not visit.section):
            on_page.clear()
        if step.action in _WRITES and not (step.search or step.suggest):
            yield from _twice(seen, visit, on_page)
            if isinstance(step.target, str) and step.value:
                chosen[step.target.casefold()] = visit
        elif step.action is Action.VERIFY:
            yield from _denied(seen, visit, chosen)
        before = visit


def _field(step: Step) -> Field:
    target = step.target.casefold() if isinstance(step.target, str) else None
    kind = "box" if step.action in (Action.CHECK, Action.UNCHECK) else "field"
    return (kind, step.section, step.beside, target)


def _twice(seen: Seen, visit: Visit, on_page: dict[Field, Visit]) -> Iterator[Diagnostic]:
    key = _field(visit.step)
    earlier = on_page.get(key)
    if earlier and key[-1] and _same_way(earlier, visit):
        one, other = earlier.step, visit.step
        line, name = one.position.line, other.target
        if key[0] == "box" and one.action is not other.action and one.value == other.value:
            message = f'"{name}" is ticked and unticked on one page (the other is at line {line})'
            yield seen.at(other, "SOP043", message, "keep one of the two, or say when each is meant")
        elif key[0] == "field" and _differ(one.value, other.value):
            message = f'"{name}" gets {_told(one.value)} at line {line}, and {_told(other.value)} here'
            hint = 'keep one of the two, or say which field is meant: under "...", ...'
            yield seen.at(other, "SOP043", message, hint)
    if not earlier or _same_way(earlier, visit):
        on_page[key] = visit


def _same_way(earlier: Visit, later: Visit) -> bool:
    """Whether both are always done together; a condition of the later one's own makes it an exception."""
    ways = {(id(b.step), b.holds) for b in earlier.branches}
    now = {(id(b.step), b.holds) for b in later.branches}
    return ways <= now and all(b.ended for b in later.branches if (id(b.step), b.holds) not in ways)


def _denied(seen: Seen, visit: Visit, chosen: dict[str, Visit]) -> Iterator[Diagnostic]:
    step = visit.step
    earlier = chosen.get(step.target.casefold()) if isinstance(step.target, str) else None
    if earlier is None or not _same_way(earlier, visit) or earlier.loops != visit.loops:
        return
    mine, theirs = step.value, earlier.step.value
    if mine and theirs and _differ(mine, theirs) and (mine.literal is None) == (theirs.literal is None):
        line = earlier.step.position.line
        message = f'"{step.target}" was given {_told(theirs)} at line {line}; {_told(mine)} can\'t be there'
        yield seen.at(step, "SOP044", message, "change the one or the other")


def _differ(one: Value | None, other: Value | None) -> bool:
    if one is None or other is None:
        return False
    return (one.ref, (one.literal or "").casefold()) != (other.ref, (other.literal or "").casefold())


def _told(value: Value | None) -> str:
    if value is None:
        return "nothing"
    return f'"{value.literal}"' if value.literal is not None else (value.words or value.ref or "")
