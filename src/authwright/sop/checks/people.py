"""Conditions that no program can decide stop each run for a person: worth knowing."""

from collections.abc import Iterator

from authwright.core.diagnostics import Diagnostic
from authwright.core.workflow import Action, ConditionKind
from authwright.sop.checks.seen import Seen, conditions_of


def check(seen: Seen) -> Iterator[Diagnostic]:
    for visit in seen.visits:
        if visit.step.action is Action.NOTE:
            continue  # what is only expected asks nobody
        for condition in conditions_of(visit.step):
            if condition.kind is ConditionKind.SAID:
                message = f'a person will be asked whether "{condition.words}"'
                hint = (
                    'say what the page shows or what the case holds, such as: if the page says "...", '
                    'if there is a "..." button, if the case has a group number'
                )
                yield seen.at(visit.step, "SOP037", message, hint)
