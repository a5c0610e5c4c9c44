"""What the SOP would choose only under a condition that doesn't hold: it must not stand there all the same.

A list that a portal begins to preset ("Urgent") says the opposite of the case, and the SOP, which leaves it
alone then, would send it so.
"""

from collections.abc import Sequence

from authwright.core.data_table import DataType
from authwright.core.run import HaltReason
from authwright.core.workflow import Action, Condition, Step
from authwright.runner.conditions import parts
from authwright.runner.filling import radios
from authwright.runner.finding import locate
from authwright.runner.matcher import Match
from authwright.runner.page import Control
from authwright.runner.state import Run, halt, label_of, wanted_of
from authwright.runner.values import same_chosen


def note_declined(run: Run, condition: Condition, steps: Sequence[Step]) -> None:
    """The steps of the branch that isn't done. Lines of a list may share a form: theirs aren't kept."""
    if run.item is None and all(part.kind.startswith("case.") for part in parts(condition)):
        run.declined += [step for step in steps if _chosen(step) and step not in run.declined]


def nothing_declined_stands(run: Run) -> None:
    """Halts when a choice of theirs stands in a field that this run hasn't entered anything in."""
    entered = {(t.wanted.label, t.wanted.section) for t in run.typed}
    for step in run.declined:
        choice = _chosen(step)
        if (wanted_of(step).label, step.section) in entered or not _stands(run, step, choice):
            continue
        under = f"line {step.position.line} says so under a condition that doesn't hold"
        raise halt(
            run, HaltReason.VALUE_DIFFERS, f"{label_of(step)} not to be {choice}", f"it is preset; {under}"
        )


def _chosen(step: Step) -> str:
    """What the step would choose, in the SOP's own words; "" when that isn't fixed."""
    if step.action is Action.CHECK:
        return "ticked" if label_of(step) and step.value is None else ""
    return (step.value.literal or "") if step.action is Action.SELECT and step.target and step.value else ""


def _stands(run: Run, step: Step, choice: str) -> bool:
    if group := radios(step, run.page):
        return any(c.checked and _reads(c, choice) for c in group)
    found = locate(run, wanted_of(step), run.page)
    if not isinstance(found, Match):
        return False
    control = found.control
    return control.checked if step.action is Action.CHECK else same_chosen(choice, control.shown, _TYPE)


def _reads(control: Control, choice: str) -> bool:
    return any(same_chosen(choice, label.text, _TYPE) for label in control.labels)


_TYPE = DataType.CODE  # "22" is "22 - On Campus" as well
