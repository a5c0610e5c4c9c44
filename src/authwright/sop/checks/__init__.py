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
    missing,
    names,
    people,
    sending,
    unreached,
    whole,
)
from authwright.sop.checks.seen import Seen, Surroundings

_CHECKS = (sending, interrupted, names, missing, unreached, jumps, contradictions, documents, people, whole)


def check_sop(workflow: Workflow, file: str, around: Surroundings = Surroundings()) -> list[Diagnostic]:
    """Codes SOP030 to SOP059, in order. `file` is the name used in the diagnostics."""
    seen = Seen(workflow, file, around)
    return in_order(d for subject in _CHECKS for d in subject.check(seen))


__all__ = ["Surroundings", "check_sop"]
