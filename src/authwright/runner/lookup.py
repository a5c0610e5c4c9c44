"""What "If interrupted" found out: a request that isn't there must be proved not to be there."""

from authwright.core.run import Lookup, LookupFinding
from authwright.core.workflow import Action
from authwright.runner.data import Datum
from authwright.runner.state import Run
from authwright.runner.wording import contains


def finding(run: Run) -> LookupFinding:
    """NOT_SENT only when the page's own words for "no result" were read and the result page repeats
    every value that was searched for; else UNCLEAR."""
    searched = [
        t
        for t in run.typed
        if not t.secret and t.step.action in (Action.FILL, Action.SELECT) and t.form == run.form - 1
    ]
    echoed = tuple(
        t.value
        for t in searched
        if any(contains(run.page.text, way) for way in Datum(t.value, t.type).ways())
    )
    words = run.words_read if contains(run.page.text, run.words_read) else ""
    proved = bool(words) and bool(searched) and len(echoed) == len(searched)
    return LookupFinding(Lookup.NOT_SENT if proved else Lookup.UNCLEAR, words, echoed)
