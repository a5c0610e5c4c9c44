"""A whole form at once: every wanted label gets a control of its own, or none gets a doubtful one.

A control may read as two labels (one to its left, one above it). Taken alone each label would match
it; taken together it is seen that they compete, and a control is given away only when no other
label of the form has an equal or better claim to it.
"""

from collections.abc import Sequence

from authwright.runner.matcher import MARGIN, Ambiguous, Found, Match, Wanted, match, score
from authwright.runner.page import Control


def assign(wanted: Sequence[Wanted], candidates: Sequence[Control]) -> list[Found]:
    """For each wanted, in order, its control: no control is given to two different labels."""
    return [claim(w, wanted, candidates) for w in wanted]


def claim(wanted: Wanted, form: Sequence[Wanted], candidates: Sequence[Control]) -> Found:
    """The control of one wanted label, unless another label of the form may mean it as well."""
    result = match(wanted, candidates)
    if not isinstance(result, Match):
        return result
    rivals = [o for o in form if o.label != wanted.label and o.section == wanted.section]
    best = max((score(r, result.control) for r in rivals), default=0.0)
    return Ambiguous((result.control,)) if best > result.score - MARGIN else result
