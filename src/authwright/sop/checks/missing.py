"""Data that some orders rightly don't have, used as if each had it: such a run stops for a person."""

from collections.abc import Iterator

from authwright.core.data_table import may_be_missing, told_by
from authwright.core.diagnostics import Diagnostic
from authwright.core.workflow import Action, ConditionKind, Step
from authwright.sop.checks.facts import Fact
from authwright.sop.checks.seen import Seen, Visit, label
from authwright.sop.data_words import path_of
from authwright.sop.naming import quote

_TAKES = frozenset({Action.FILL, Action.SELECT, Action.VERIFY, Action.CLICK, Action.CHECK})
_OF_ITS_VALUE = frozenset(
    {ConditionKind.EQUALS, ConditionKind.STARTS_WITH, ConditionKind.LESS, ConditionKind.MORE}
)


def check(seen: Seen) -> Iterator[Diagnostic]:
    told: set[str] = set()
    for visit in seen.visits:
        value = visit.step.value
        if value is None or value.ref is None or value.read or value.ref in told:
            continue
        if visit.step.action not in _TAKES or not may_be_missing(value.ref) or _is_asked(visit, value.ref):
            continue
        told.add(value.ref)
        words = (value.words or value.ref).removeprefix("each ").removeprefix("the ")
        whose = "the service line" if value.ref.startswith("service_lines[]") else "the case"
        message = f"not every order has {_a(words)}; without it the run stops for a person"
        yield seen.at(visit.step, "SOP038", message, _hint(visit.step, whose, words))


def _is_asked(visit: Visit, path: str) -> bool:
    return any(_tells(fact, path) for fact in visit.facts)


def _tells(fact: Fact, path: str) -> bool:
    """Whether the author has thought of its absence: the fact says that it is there, or a person or
    other data of the case decides."""
    if fact.kind is ConditionKind.SAID or fact.subject in told_by(path):
        return True
    if fact.kind is ConditionKind.ASKS_FOR:
        return path_of(fact.subject.removeprefix("the ")) == path
    if not fact.holds:
        return False
    if fact.kind is ConditionKind.PRESENT:
        return path == fact.subject or path.startswith(f"{fact.subject}.")
    return fact.kind in _OF_ITS_VALUE and fact.subject == path


_DO = {
    Action.FILL: "enter it in {}",
    Action.SELECT: "select it in {}",
    Action.VERIFY: "check that the page shows it",
    Action.CLICK: "click it",
    Action.CHECK: "tick it",
}


def _hint(step: Step, whose: str, words: str) -> str:
    """Two sentences, each of which can be written as it stands."""
    do = _DO[step.action].format(quote(label(step)))
    insists = f"if the portal insists on it, write before: If the {words} is missing, ask a person for it."
    return f"write: If {whose} has {_a(words)}, {do}. Or, {insists}"


def _a(words: str) -> str:
    if "'s " in words or words.endswith("s"):
        return f"the {words}"
    return f"{'an' if words[0].lower() in 'aeio' else 'a'} {words}"
