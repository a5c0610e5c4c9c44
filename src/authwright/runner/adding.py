"""Fields with an "Add" button of their own: what is typed there and not added is lost without a word."""

from collections.abc import Iterable

from authwright.core.run import HaltReason
from authwright.runner.blocks import shared
from authwright.runner.boxes import shows_value
from authwright.runner.page import HAS_VALUE, WRITABLE, Control, Kind, Page
from authwright.runner.state import Run, Typed, halt
from authwright.runner.wording import contains, plain

_ADDS = frozenset({"add", "+", "add to list", "add code", "add item", "add this"})


def note_not_added(run: Run, clicking: Control | None) -> None:
    """Before each click, which may leave the page: what still stands in its field and nowhere else."""
    form = [t for t in run.typed if t.form == run.form]
    for typed in form:
        control = run.page.by_id.get(typed.control.id)
        if control is None or control.kind not in WRITABLE or not control.value:
            continue
        button = _add_button(run.page, control)
        if button is None or _is_shown(run.page, typed):
            run.not_added.pop(control.id, None)
        elif clicking is None or clicking.id != button.id:
            run.not_added[control.id] = (typed, button.name)
    if clicking is not None:
        for typed in form:
            button = _add_button(run.page, typed.control)
            if button is not None and button.id == clicking.id:
                run.not_added.pop(typed.control.id, None)


def note_taken_over(run: Run) -> None:
    """What a click has moved out of its field: the value has newly come to stand on the page. What was
    typed with it for the same element of a loop has gone the same way, also where the field shows it
    still: a default that is the same."""
    before = [(t, run.page.by_id.get(t.control.id)) for t in run.typed if not t.taken and t.form < run.form]
    # A form that is drawn anew for the next element has other controls.
    before = [(t, control) for t, control in before if control is not None or t.item]
    gone = [t for t, control in before if control is None or not shows_value(t, control)]
    moved = {(t.item, t.form) for t in gone if not t.stood and _is_shown(run.page, t)}
    for t, control in before:
        emptied = control is None or not shows_value(t, control)
        t.taken = (t.item, t.form) in moved and (t.item > 0 or emptied)


def all_added(run: Run) -> None:
    """Before what can't be taken back. What the page shows by now was added by the page itself."""
    note_not_added(run, None)
    for typed, button in run.not_added.values():
        if not _is_shown(run.page, typed):
            expected = f"{typed.value} to be added to {typed.wanted.label}"
            raise halt(run, HaltReason.VALUE_DIFFERS, expected, f"it was typed, and {button} not clicked")


def _is_shown(page: Page, typed: Typed) -> bool:
    """Whether the value stands somewhere else than in a field: as a chip, a row, a line of a review."""
    return contains(page.text, typed.shown) or contains(page.text, typed.value)


def _add_button(page: Page, field: Control) -> Control | None:
    """The one button that adds, in a box with this field alone."""
    names = {*_ADDS, *(f"add {plain(label.text)}" for label in field.labels)}
    adding = [
        c
        for c in page.in_reach()
        if c.kind in (Kind.BUTTON, Kind.LINK) and c.visible and c.frame == field.frame
        if any(plain(label.text) in names for label in c.labels)
    ]
    fields = [c for c in page.in_reach() if c.kind in HAS_VALUE and c.visible and c.id != field.id]
    own = [b for b in adding if _alone(b, field, fields)]
    return own[0] if len(own) == 1 else None


def _alone(button: Control, field: Control, others: Iterable[Control]) -> bool:
    """Whether the smallest box around both holds no other field."""
    depth = shared(button, field)
    return all(shared(other, field) < depth for other in others if other.frame == field.frame)
