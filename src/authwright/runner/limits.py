"""How long a text may be: found out where the SOP says it, and for the whole SOP before anything is sent."""

from collections.abc import Iterator
from dataclasses import replace

from authwright.core.run import HaltReason
from authwright.core.workflow import SectionRole, Step
from authwright.runner.conditions import about_page, holds
from authwright.runner.data import data_of
from authwright.runner.state import HaltedError, Run, halt, label_of
from authwright.runner.values import write
from authwright.runner.wording import alike


def short_enough(run: Run, step: Step) -> None:
    """Halts when the step's value is longer than the step allows."""
    if step.max_length is None:
        return
    for text, name in _texts(run, step):
        if len(text) > step.max_length:
            expected = f"{name} to be at most {step.max_length:,} characters long"
            raise halt(run, HaltReason.CHECK_FAILED, expected, f"it has {len(text):,}")


def all_short_enough(run: Run) -> None:
    """The same for every step of the task that the case leads to, wherever it stands."""
    present = run.step
    for workflow in run.using or (run.workflow,):
        for section in workflow.sections:
            if section.role is SectionRole.TASK:
                for step in _led_to(run, section.steps):
                    run.step = step
                    short_enough(run, step)
    run.step = present


def _led_to(run: Run, steps: tuple[Step, ...]) -> Iterator[Step]:
    """Steps that aren't behind a condition on the page, or one on the case that doesn't hold."""
    for step in steps:
        if step.max_length is not None:
            yield step
        if step.condition is None or step.each is not None:
            yield from _led_to(run, step.body)
        elif step.body and not about_page(step.condition):
            yield from _led_to(run, step.body if _holds(run, step) else step.otherwise)


def _holds(run: Run, step: Step) -> bool:
    try:
        return step.condition is not None and holds(run, step.condition, run.page)
    except HaltedError:  # it asks about the element of a loop: decided where it stands
        return False


def _texts(run: Run, step: Step) -> list[tuple[str, str]]:
    """Each text that the limit is for, and what to call it: the value's, else what was typed there."""
    if step.value is None:
        label = label_of(step)
        return [(t.value, label) for t in run.typed if alike(label, t.wanted.label)]
    try:
        data = data_of(run, replace(step.value, every=step.value.ref is not None))
    except HaltedError:
        return []  # it is missing: the step that needs it says so
    return [(write(d.value, d.type), d.words or label_of(step)) for d in data]
