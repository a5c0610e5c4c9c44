"""What the page has lost, before it is left: entered again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from authwright.runner.adding import note_taken_over
from authwright.runner.asks import Walk
from authwright.runner.blocks import number_in
from authwright.runner.boxes import shows_value
from authwright.runner.declined import nothing_declined_stands
from authwright.runner.filling import refill
from authwright.runner.looking import look
from authwright.runner.matcher import Ambiguous, Match, match
from authwright.runner.page import Control, Kind, Page
from authwright.runner.state import Run, Typed
from authwright.runner.uploading import attach_again


def form_kept(run: Run) -> Walk[None]:
    """Every value and document on the present form is still there, and nothing that the SOP declines; what
    an early redraw dropped is entered again."""
    if run.attending:
        return
    note_taken_over(run)
    while lost := lost_values(run.page, run.typed, _on_form(run)):
        for typed, control in lost:
            yield from refill(run, typed, control)  # halts at the second loss
        yield from look(run)
    if _on_form(run):
        yield from look(run)
    yield from attach_again(run)
    nothing_declined_stands(run)


def _on_form(run: Run) -> list[Typed]:
    return [t for t in run.typed if t.form == run.form]


def lost_values(page: Page, typed: Sequence[Typed], form: Iterable[Typed]) -> list[tuple[Typed, Control]]:
    """Values that their controls no longer show. `form` are those of the present form: their controls
    are looked for again even when the page has drawn them anew."""
    lost = [(t, page.by_id[t.control.id]) for t in typed if t.control.id in page.by_id]
    gone = [(t, _drawn_anew(page, t, typed)) for t in form if t.control.id not in page.by_id]
    drawn_anew = [(t, control) for t, control in gone if control is not None]
    return [(t, c) for t, c in (*lost, *drawn_anew) if not shows_value(t, c)]


def _drawn_anew(page: Page, typed: Typed, before: Iterable[Typed]) -> Control | None:
    """The control that stands for the gone one; of an element of a loop the one with the element's number,
    or the only one when no other element's value may belong there."""
    wanted = typed.wanted
    if typed.control.kind is Kind.RADIO:
        return _same_answer(page, typed.control)
    numbered = (f"{wanted.label} {typed.item}", f"{wanted.label} #{typed.item}") if typed.item else ()
    for label in numbered:
        if isinstance(own := match(replace(wanted, label=label, also=()), page.in_reach()), Match):
            return own.control
    found = match(wanted, page.in_reach())
    if not typed.item:
        return found.control if isinstance(found, Match) else None
    others = any(t.wanted == wanted and t.item != typed.item and not t.taken for t in before)
    if isinstance(found, Match) and not others:
        return found.control if number_in(found.control) in (None, typed.item) else None
    controls = found.controls if isinstance(found, Ambiguous) else ()
    controls = (found.control,) if isinstance(found, Match) else controls
    own_number = [c for c in controls if number_in(c) == typed.item]
    return own_number[0] if len(own_number) == 1 else None


def _same_answer(page: Page, radio: Control) -> Control | None:
    """The one radio button with the same words to the same question."""
    same = [
        c
        for c in page.in_reach()
        if c.kind is Kind.RADIO and c.visible
        if (set(c.labels), c.headings) == (set(radio.labels), radio.headings)
    ]  # fmt: skip
    return same[0] if len(same) == 1 else None
