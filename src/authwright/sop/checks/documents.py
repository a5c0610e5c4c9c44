"""Documents that are attached without saying of which kind."""

from collections.abc import Iterator

from authwright.core.diagnostics import Diagnostic
from authwright.core.workflow import Action
from authwright.sop.checks.seen import Seen, Visit


def check(seen: Seen) -> Iterator[Diagnostic]:
    uploads = [v for v in seen.visits if v.step.action is Action.UPLOAD and "documents" not in _lists(v)]
    for visit in uploads:
        step, value = visit.step, visit.step.value
        if step.document_kind or value is None or value.ref != "documents":
            continue
        others = [u for u in uploads if u is not visit and not u.excludes(visit)]
        hint = 'write: attach every document of kind "clinical notes"'
        several = value.every or (value.words or "").endswith("s")
        if not several:
            message = "which document? A case may hold several kinds, and all of them would be attached"
            yield seen.at(step, "SOP050", message, f"{hint}, or: attach every document")
        elif any(o.section is visit.section for o in others):
            message = "every document of the case is attached here, whatever its kind, and others elsewhere"
            yield seen.at(step, "SOP050", message, hint)


def _lists(visit: Visit) -> set[str | None]:
    return {loop.each for loop in visit.loops}
