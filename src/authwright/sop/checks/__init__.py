"""What `check` finds in an SOP beyond the language, without running it. One subject a module.

Each module has `check(seen)`; `seen` has every step with what is known to hold there. Nothing here is
an error of the language: `explain` doesn't tell it.
"""

from authwright.core.diagnostics import Diagnostic, in_order
from authwright.core.workflow import Workflow
from authwright.sop.checks import (
    contradictions,
    documents,
    interrupted,
    jumps,
    mappings,
    missing,
    names,
    people,
    sending,
    unreached,
    whole,
)
from authwright.sop.checks.seen import Seen, Surroundings
from authwright.sop.checks.whole import uses_others

_CHECKS = (
    sending,
    interrupted,
    names,
    missing,
    unreached,
    jumps,
    contradictions,
    mappings,
    documents,
    people,
    whole,
)
# What may be found only because a sentence next to it couldn't be read.
_FOR_WANT_OF_A_SENTENCE = frozenset(
    {"SOP031", "SOP032", "SOP034", "SOP040", "SOP041", "SOP042", "SOP046", "SOP047", "SOP048", "SOP049"}
)


def check_sop(
    workflow: Workflow, file: str, around: Surroundings = Surroundings(), *, partly_read: bool = False
) -> list[Diagnostic]:
    """Codes SOP030 to SOP059, in order. `file` is the name used in the diagnostics.

    `partly_read`: the text has errors of the language. Then nothing is said of what seems to be
    missing: it may stand in the sentence that wasn't read.
    """
    seen = Seen(workflow, file, around)
    found = in_order(d for subject in _CHECKS for d in subject.check(seen))
    return [d for d in found if not (partly_read and d.code in _FOR_WANT_OF_A_SENTENCE)]


__all__ = ["Surroundings", "check_sop", "uses_others"]
