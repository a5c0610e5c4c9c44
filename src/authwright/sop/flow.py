"""The acts that are about the flow and the case rather than about a control, tried before the page's."""

from authwright.core.workflow import Action, Step
from authwright.sop.case_acts import case_act
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.jumps import jump
from authwright.sop.other_sops import clause_of_other

_ACTS = (clause_of_other, jump, case_act)


def flow_steps(clause: Clause, ctx: Context) -> list[Step] | None:
    """None when the clause is about the page. Raises ReadingError."""
    return next((steps for act in _ACTS if (steps := act(clause, ctx)) is not None), None)


def remember_reads(steps: list[Step], ctx: Context) -> None:
    """What "keep it on the case" refers to."""
    read = tuple(s.save_as for s in steps if s.action is Action.READ and s.save_as)
    ctx.last_reads = read or ctx.last_reads
