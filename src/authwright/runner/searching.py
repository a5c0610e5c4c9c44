"""FILL with `search`: the value into the search field, and the search begun."""

from authwright.core.run import HaltReason
from authwright.core.workflow import Step
from authwright.runner.asks import Click, Press, Walk, act
from authwright.runner.blocks import shared
from authwright.runner.data import one
from authwright.runner.filling import put, usable
from authwright.runner.finding import find, find_where
from authwright.runner.looking import look
from authwright.runner.matcher import under
from authwright.runner.page import CLICKABLE, WRITABLE, Control, Kind, Page
from authwright.runner.pressing import clicked
from authwright.runner.state import Run, halt, label_of
from authwright.runner.wording import squeezed, words

_BEGINS = frozenset({"search", "find", "go", "lookup", "searchnow"})
_SEARCHES = frozenset({"search", "find", "lookup"})


def search(run: Run, step: Step) -> Walk[None]:
    """Begins it by the field's own button; without one by Enter, or the page has begun while typing."""
    if step.value is None:
        raise halt(run, HaltReason.DATA_MISSING, "what to search for", "the step names nothing")
    datum = one(run, step.value)
    if label_of(step):
        field = yield from find(run, step)
    else:
        place = f" under {step.section}" if step.section else ""
        field = yield from find_where(
            run, lambda page: _search_fields(page, step.section), f"one search field{place}"
        )
    yield from usable(run, step, field)
    before = run.page
    yield from put(run, step, field, datum)
    page = yield from look(run)
    field = page.by_id.get(field.id, field)
    buttons = _buttons(page, field)
    if len(buttons) > 1:
        names = ", ".join(b.name for b in buttons)
        raise halt(run, HaltReason.AMBIGUOUS, "one button that begins the search", names)
    if buttons:
        acted = yield from act(Click(buttons[0].id))
    elif _begun(before, page):
        acted = None
    else:
        acted = yield from act(Press("Enter", on=field.id, meant=True))
    if acted is not None and not acted.ok:
        raise halt(run, HaltReason.NOT_FOUND, "to begin the search", acted.why)
    note_sought(run, None)
    clicked(run)


def note_sought(run: Run, clicking: Control | None) -> None:
    """Before the click that begins a search, which a search step makes without a name."""
    if clicking is None or _begins(clicking):
        for typed in run.typed:
            typed.sought = typed.sought or typed.form == run.form


def _search_fields(page: Page, section: str | None) -> list[Control]:
    """Fields that say that they search; else the page's only text field."""
    fields = [
        c
        for c in page.in_reach()
        if c.kind in WRITABLE - {Kind.PASSWORD, Kind.EDITOR} and c.visible and c.editable
        if section is None or under(c, section)
    ]
    named = [c for c in fields if any(set(words(label.text)) & _SEARCHES for label in c.labels)]
    return named or fields


def _buttons(page: Page, field: Control) -> list[Control]:
    begin = [
        c
        for c in page.in_reach()
        if c.kind in CLICKABLE and c.visible and c.frame == field.frame and _begins(c)
    ]
    own = [c for c in begin if c.form == field.form]
    deepest = max((shared(c, field) for c in own), default=0)
    return [c for c in own if shared(c, field) == deepest] or begin


def _begins(control: Control) -> bool:
    return any(squeezed(label.text) in _BEGINS for label in control.labels)


def _begun(before: Page, after: Page) -> bool:
    """Whether rows or choices have come while typing."""
    return len(after.tables) > len(before.tables) or any(
        c.kind is Kind.OPTION and c.id not in before.by_id for c in after.controls
    )
