""" "If interrupted": it is there, only looks, says how "not sent" shows, and looks for what was sent."""

from collections.abc import Iterator

from authwright.core.diagnostics import Diagnostic, Severity
from authwright.core.workflow import (
    LEAVES_A_MARK,
    Action,
    Condition,
    ConditionKind,
    Purpose,
    SectionRole,
    Step,
)
from authwright.sop.checks.seen import Seen, conditions_of, label, values_of, walk
from authwright.sop.checks.sending import ONLY_LOOKS, looks_like_sending, sends, severity

_SEARCHES = frozenset({Action.FILL, Action.SELECT})


def check(seen: Seen) -> Iterator[Diagnostic]:
    steps = [v.step for v in seen.of(SectionRole.IF_INTERRUPTED)]
    for step in steps:
        if step.once or looks_like_sending(step) or _uses_what_sends(seen, step):
            message = '"If interrupted" only looks; it must not send'
            yield seen.at(step, "SOP033", message, "remove this step", Severity.ERROR)
    task = [v.step for v in seen.of(SectionRole.TASK, SectionRole.OTHERWISE)]
    purpose = seen.workflow.purpose
    if purpose in ONLY_LOOKS or not (any(map(sends, task)) or purpose in LEAVES_A_MARK):
        return
    if not steps:
        yield seen.whole(
            "SOP032",
            'the section "If interrupted" is missing',
            "say where to look for the request, what a hit looks like, and the page's words for no hit",
            severity(seen),
        )
        return
    own = seen.workflow.steps_in(SectionRole.IF_INTERRUPTED)
    if any(s.action is Action.HUMAN for s in own):
        return  # a person looks it up
    if not any(s.action is Action.STOP and s.outcome == "not-sent" for s in steps):
        message = '"If interrupted" does not say how "not sent" shows; a person must decide each time'
        yield seen.at(steps[0], "SOP034", message, 'add: If it says "...", the request was not sent.')
    yield from _unproved(seen)
    yield from _searched_for(seen, steps)


def _unproved(seen: Seen) -> Iterator[Diagnostic]:
    """A request that isn't seen may be on another page, or not be listed yet: only the page's own words
    for "no result" prove that it isn't there."""
    for visit in seen.of(SectionRole.IF_INTERRUPTED):
        if visit.step.action is not Action.STOP or visit.step.outcome != "not-sent":
            continue
        inner = visit.branches[-1] if visit.branches else None
        if inner is None or inner.ended or not (inner.holds and _reads_words(inner.step.condition)):
            message = "that nothing was sent is not proved here; a person must decide each time"
            hint = (
                'write the page\'s own words for it: If the page says "No results", the request was not sent.'
            )
            yield seen.at(visit.step, "SOP034", message, hint)


def _reads_words(condition: Condition | None) -> bool:
    if condition is None:
        return False
    shown = condition.kind is ConditionKind.SHOWS and bool(condition.subject) and not condition.negated
    either = shown and all(map(_reads_words, condition.any_of))
    return either or any(map(_reads_words, condition.all_of))


def _uses_what_sends(seen: Seen, step: Step) -> bool:
    other = (seen.around.sops or {}).get(label(step)) if step.action is Action.USE else None
    return other is not None and any(
        sends(s) for section in other.sections for s in walk(section.steps) if section.role in _WALKED
    )


_WALKED = frozenset({SectionRole.SIGN_IN, SectionRole.TASK})


def _searched_for(seen: Seen, steps: list[Step]) -> Iterator[Diagnostic]:
    """What is looked for must be in the case, and must have been sent."""
    if any(s.action is Action.USE for s in steps):
        return
    if not any(s.action in _SEARCHES and s.value and s.value.ref for s in steps):
        message = "nothing of the case is searched for: another patient's request can't be told from this one"
        yield seen.at(steps[0], "SOP046", message, "add: Search for the member ID")
    sent = {v.ref for x in seen.work for v in values_of(x.step) if v.ref}
    read = {s.save_as for s in steps if s.action is Action.READ}
    told: set[str] = set()
    for step in steps:
        for ref in _looked_for(step):
            if ref in told or ref in read:
                continue
            told.add(ref)
            yield from _one(seen, step, ref, sent)


# Whose request it is, a portal knows however the member was found.
_WHO = ("patient", "coverage.member_id")


def _looked_for(step: Step) -> list[str]:
    values = [step.value] if step.value and step.action in (*_SEARCHES, Action.CLICK) else []
    for condition in conditions_of(step):
        if condition.kind in (ConditionKind.ROW, ConditionKind.ROWS):
            values += condition.values
    return [v.ref for v in values if v.ref and not v.ref.startswith("credentials.")]


def _one(seen: Seen, step: Step, ref: str, sent: set[str]) -> Iterator[Diagnostic]:
    words = ref.rpartition(".")[2].replace("_", " ")
    made_later = ref.startswith(("submission.", "certification."))
    was_read = any(v.step.save_as == ref for v in seen.work if v.step.action is Action.READ)
    if was_read or (made_later and seen.workflow.purpose is Purpose.SUBMIT):
        message = f"the {words} isn't known when a run was interrupted: the payer gives it with its answer"
        yield seen.at(
            step, "SOP046", message, "look by what the case has: the member ID, the procedure codes"
        )
    elif seen.workflow.purpose is Purpose.SUBMIT and not (
        ref.startswith(_WHO) or any(_same_thing(ref, other) for other in sent)
    ):
        message = f"this looks for {ref}, which this SOP never sends"
        yield seen.at(step, "SOP046", message, "look by what was entered in the request")


def _same_thing(one: str, other: str) -> bool:
    """A name is the same as its parts: `patient.name`, `patient.first_name`, `patient`."""
    if one == other:
        return True
    first, second = one.partition("."), other.partition(".")
    names = ("", "name", "first_name", "last_name", "organization")
    return first[0] == second[0] and first[2] in names and second[2] in names
