"""What is known to hold where a step stands, and which of that can't be together.

Only what the case holds and the place in a loop stay as they are during a run; a page changes, so
that two conditions on it are never called a contradiction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from authwright.core.workflow import Condition, ConditionKind

K = ConditionKind
LASTING = frozenset({K.PRESENT, K.EQUALS, K.LESS, K.MORE, K.STARTS_WITH, K.FIRST, K.LAST})
_ALWAYS = frozenset({K.LOADED, K.PASSED})
_OF_A_VALUE = frozenset({K.EQUALS, K.LESS, K.MORE, K.STARTS_WITH})


@dataclass(frozen=True, slots=True)
class Fact:
    """One condition by itself, and whether it holds. `values` are literals, or references as `=path`."""

    kind: ConditionKind
    subject: str
    values: tuple[str, ...]
    holds: bool

    @property
    def lasting(self) -> bool:
        return self.kind in LASTING


def facts_of(condition: Condition, holds: bool) -> tuple[Fact, ...]:
    """What is known when the whole condition holds, or when it doesn't."""
    head = _fact(condition, holds != condition.negated)
    if holds:
        either = () if condition.any_of else (head,)
        return (*either, *(f for further in condition.all_of for f in facts_of(further, True)))
    if condition.all_of:
        return ()
    return (head, *(f for other in condition.any_of for f in facts_of(other, False)))


def _fact(condition: Condition, holds: bool) -> Fact:
    values = tuple(v.literal.casefold() if v.literal is not None else f"={v.ref}" for v in condition.values)
    values += tuple(f"not {v.literal or v.ref}" for v in condition.without)
    return Fact(condition.kind, condition.subject or "", values, holds)


def lasting(condition: Condition) -> bool:
    """Whether its answer is the same for the whole run."""
    return condition.kind in LASTING and all(map(lasting, (*condition.all_of, *condition.any_of)))


def always_holds(condition: Condition) -> bool:
    plain = not (condition.negated or condition.all_of)
    return plain and condition.kind in _ALWAYS


def impossible(added: Iterable[Fact], known: Iterable[Fact]) -> bool:
    """Whether the added facts can't be together with each other and with what is known."""
    seen = [f for f in added if f.lasting]
    subjects = {f.subject for f in seen}
    beside = [f for f in known if f.subject in subjects and f.lasting]
    for number, fact in enumerate(seen):
        if any(contradict(fact, other) for other in (*seen[:number], *beside)):
            return True
    return any(_nothing_left(subject, (*seen, *beside)) for subject in subjects)


def _nothing_left(subject: str, facts: Iterable[Fact]) -> bool:
    """Whether each value that one fact leaves is ruled out by the others: A or B, not A, not B."""
    equals = [f for f in facts if f.subject == subject and f.kind is K.EQUALS]
    ruled_out = {value for f in equals if not f.holds for value in f.values}
    return any(f.holds and set(f.values) <= ruled_out for f in equals)


def contradict(one: Fact, other: Fact) -> bool:
    if one.subject != other.subject:
        return False
    if one.kind is other.kind and one.values == other.values:
        return one.holds != other.holds
    return _against(one, other) or _against(other, one)


def _against(one: Fact, other: Fact) -> bool:
    """Whether `one`, which holds, leaves no room for `other`."""
    if not one.holds:
        return False
    match (one.kind, other.kind, other.holds):
        case (kind, K.PRESENT, False) if kind in _OF_A_VALUE:
            return True
        case (K.EQUALS, K.EQUALS, True):
            return "[]" not in one.subject and _nothing_in_common(one.values, other.values)
        case (K.EQUALS, K.EQUALS, False):
            return set(one.values) <= set(other.values)
        case (K.LESS, K.MORE, True) | (K.LESS, K.LESS, False):
            return _at_least(other, one)
        case (K.MORE, K.MORE, False):
            return _at_least(one, other)
    return False


def _nothing_in_common(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Of words against words or codes against codes: "office" and "11" may be the same place."""
    every = {*one, *other}
    alike = all(v.isdigit() for v in every) or not any(v.isdigit() or v.startswith("=") for v in every)
    return alike and not set(one) & set(other)


def _at_least(one: Fact, other: Fact) -> bool:
    left, right = number(one.values[0]), number(other.values[0])
    return left is not None and right is not None and left >= right


def number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
