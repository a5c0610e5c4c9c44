"""What "If interrupted" found out: a request that isn't there must be proved not to be there."""

from authwright.core.data_table import DataType
from authwright.core.run import Lookup, LookupFinding
from authwright.core.workflow import Action, SectionRole
from authwright.runner.data import Datum
from authwright.runner.page import CHOOSABLE, Page
from authwright.runner.program import planned
from authwright.runner.rows import entries
from authwright.runner.state import Run, Typed
from authwright.runner.wording import alike, contains

MOST_ROWS = 5

# What portals write beside work that was begun and never sent.
_NOT_SENT_YET = (
    *("draft", "saved", "incomplete", "not submitted", "not yet submitted", "unsubmitted", "not sent"),
    *("not yet sent", "unsent", "entry in progress", "ready to submit", "ready to send"),
)


def finding(run: Run) -> LookupFinding:
    """NOT_SENT only when the page's own words for "no result" were read and the result page repeats
    every value that was searched for; else UNCLEAR."""
    searched = _searched(run)
    echoed = [t for t in searched if _repeated(run.page, t)]
    words = run.words_read if contains(run.page.text, run.words_read) else ""
    values = tuple(t.value for t in echoed)
    if words and searched and len(echoed) == len(searched):
        return LookupFinding(Lookup.NOT_SENT, words, values)
    lacking = [t.wanted.label for t in searched if t not in echoed]
    return LookupFinding(Lookup.UNCLEAR, words, values, _saw(run.page, words, lacking))


def _searched(run: Run) -> list[Typed]:
    """What was typed right before the last click. Where that was nothing (a patient was opened first, then
    a list of theirs), the IDs and numbers that were typed on the way to this page."""
    typed = [t for t in run.typed if not t.secret and t.step.action in (Action.FILL, Action.SELECT)]
    last = [t for t in typed if t.form == run.form - 1]
    sections = planned(run.workflow, run.settings.mode)
    return last or [
        t for t in typed if sections[t.place[0]].role is SectionRole.IF_INTERRUPTED and _identifies(t)
    ]


def _identifies(typed: Typed) -> bool:
    """A member ID, a reference number: not a name or a date, which many share."""
    return typed.type is not DataType.DATE and any(c.isdigit() for c in typed.value)


def found(run: Run) -> LookupFinding | None:
    """The look read a reference number: FOUND, unless what it belongs to was never sent. None without."""
    number = run.read.get("reference_number", "")
    if not number:
        return None
    if not any(c.isdigit() for c in number):
        saw = f'"{number}" where the reference number should be: it holds no digit'
        return LookupFinding(Lookup.UNCLEAR, saw=saw)
    if mark := _not_sent_yet(run):
        saw = f'{number} in the payer\'s list, marked "{mark}": it may not have been sent'
        return LookupFinding(Lookup.UNCLEAR, saw=saw)
    return LookupFinding(Lookup.FOUND)


def _not_sent_yet(run: Run) -> str:
    """The status that was read, or a cell of the row, that says so; "" if none does."""
    status = run.read.get("status", "")
    if any(contains(status, words) for words in _NOT_SENT_YET):
        return status
    cells = [cell.text for cell in run.row[1].cells] if run.row else []
    return next((text for text in cells if any(alike(words, text) for words in _NOT_SENT_YET)), "")


def unclear(run: Run) -> LookupFinding:
    """The look came to its end without an answer."""
    return LookupFinding(Lookup.UNCLEAR, run.words_read, saw=_saw(run.page, "", []))


def _repeated(page: Page, typed: Typed) -> bool:
    texts = [page.text]
    if typed.step.action is Action.SELECT:  # of a choice nothing else on the page need speak
        texts += [c.shown for c in page.controls if c.kind in CHOOSABLE]
    return any(contains(text, way) for way in Datum(typed.value, typed.type).ways() for text in texts)


def _saw(page: Page, words: str, lacking: list[str]) -> str:
    """In plain words, for the person who has to decide."""
    if words:
        why = f"doesn't repeat {' and '.join(lacking)}" if lacking else "doesn't repeat what was searched for"
        return f'the page says "{words}", but it {why}: it may not have searched at all'
    rows = [" · ".join(cell.text for cell in row.cells if cell.text) for _, row in entries(page)]
    if not rows:
        return "neither a row nor words that there is none"
    more = f", and {len(rows) - MOST_ROWS} more" if len(rows) > MOST_ROWS else ""
    quoted = "; ".join(f'"{row}"' for row in rows[:MOST_ROWS])
    count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    return f"{count} in the payer's list, none taken for the request: {quoted}{more}"
