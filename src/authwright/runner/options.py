"""The page's words for values of ours: "Outpatient Procedure for outpatient services, ..."."""

from dataclasses import replace

from authwright.core.run import HaltReason
from authwright.core.workflow import Option, Step, Value
from authwright.runner.conditions import holds
from authwright.runner.state import Run, halt


def with_page_word(run: Run, step: Step) -> Step:
    """The step with the one word whose condition holds in place of its options."""
    if not step.options:
        return step
    holding = [option for option in step.options if holds(run, option.condition, run.page)]
    shown = list(dict.fromkeys(option.shown for option in holding))
    if len(shown) == 1:
        return replace(step, value=Value(literal=shown[0]), options=())
    reason = HaltReason.DATA_AMBIGUOUS if shown else HaltReason.DATA_MISSING
    found = f"several hold: {_said(holding)}" if shown else f"none holds of: {_said(step.options)}"
    raise halt(run, reason, f"one of {', '.join(o.shown for o in step.options)}", found)


def _said(options: list[Option] | tuple[Option, ...]) -> str:
    return "; ".join(f"{o.shown} ({o.condition.words})" for o in options)
