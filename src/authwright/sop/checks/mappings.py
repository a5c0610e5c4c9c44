"""Mappings from our values to the page's words: values that are left out, or that have two words."""

from collections.abc import Iterator
from decimal import Decimal

from authwright.core.data_names import BY_PATH
from authwright.core.data_table import DataType
from authwright.core.diagnostics import Diagnostic, Severity
from authwright.core.workflow import Condition, ConditionKind, Option, Step
from authwright.sop.checks.facts import number
from authwright.sop.checks.seen import Seen, atoms

K = ConditionKind


def check(seen: Seen) -> Iterator[Diagnostic]:
    for visit in seen.visits:
        subjects = {c.subject for o in visit.step.options for c in atoms(o.condition)}
        known = all(_is_known(c) for o in visit.step.options for c in atoms(o.condition))
        if len(subjects) == 1 and known:
            yield from _mapping(seen, visit.step, subjects.pop() or "")


def _mapping(seen: Seen, step: Step, subject: str) -> Iterator[Diagnostic]:
    said, possible = _said(step.options), _possible(subject, step.options)
    words = BY_PATH[subject].words[0] if subject in BY_PATH else subject
    left: list[str] = []
    for value in possible or said:
        shown = list(dict.fromkeys(o.shown for o in step.options if _holds(o.condition, value)))
        if len(shown) > 1:
            both = " and ".join(f'"{s}"' for s in shown)
            message = f'when the {words} is "{value}", {both} would be chosen at once'
            yield seen.at(step, "SOP052", message, "say each value once", Severity.ERROR)
        elif not shown:
            left.append(value)
    name = BY_PATH.get(subject)
    never = [v for v in said if name and name.values and v not in name.values]
    if name and never:
        message = f"the {words} is never {_or(never)}: it is {_or(list(name.values))}"
        yield seen.at(step, "SOP052", message, "say it by those words, or by other data of the case")
    elif left:
        message = f"nothing is said for when the {words} is {_or(left)}: such a run stops for a person"
        yield seen.at(step, "SOP052", message, "add what to choose then")


def _or(values: list[str]) -> str:
    return " or ".join(f'"{value}"' for value in values)


def _said(options: tuple[Option, ...]) -> list[str]:
    """The values that the mapping names."""
    said = [v.literal or "" for o in options for c in atoms(o.condition) for v in c.values]
    return list(dict.fromkeys(s.casefold() for s in said))


def _possible(subject: str, options: tuple[Option, ...]) -> list[str]:
    """Values that stand for all that there are; none when they can't be listed."""
    name = BY_PATH.get(subject)
    if name and name.values:
        return list(name.values)
    bounds = [number(s) for s in _said(options)]
    if name and name.type is DataType.NUMBER:
        near = {b + step for b in bounds if b is not None for step in (Decimal(-1), Decimal(0), Decimal(1))}
        return [f"{b.normalize():f}" for b in sorted(near)]
    return []


def _is_known(condition: Condition) -> bool:
    if condition.kind in (K.LESS, K.MORE):
        return number(condition.values[0].literal or "") is not None
    literal = all(v.literal is not None for v in condition.values)
    return condition.kind in (K.EQUALS, K.STARTS_WITH) and literal


def _holds(condition: Condition, value: str) -> bool:
    one = _one(condition, value) or any(_holds(c, value) for c in condition.any_of)
    return one and all(_holds(c, value) for c in condition.all_of)


def _one(condition: Condition, value: str) -> bool:
    literals = [(v.literal or "").casefold() for v in condition.values]
    match condition.kind:
        case K.STARTS_WITH:
            held = any(value.startswith(x) for x in literals)
        case K.LESS | K.MORE:
            have, bound = number(value), number(literals[0])
            less = have is not None and bound is not None and have < bound
            more = have is not None and bound is not None and have > bound
            held = less if condition.kind is K.LESS else more
        case _:
            held = value in literals
    return held != condition.negated
