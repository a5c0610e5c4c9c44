"""What a field or a box of the page holds, for conditions that ask about it."""

from authwright.core.workflow import Action, Value
from authwright.runner.data import data_of
from authwright.runner.matcher import Match, Wanted, match
from authwright.runner.page import CHOOSABLE, TICKABLE, Control, Kind, Page
from authwright.runner.state import Run, Typed
from authwright.runner.values import same, same_chosen
from authwright.runner.wording import alike, words

_NOT_CHOSEN = frozenset({"select", "choose", "pick", "please"})


def find_field(page: Page, label: str) -> Control | None:
    """The one field with the label; of radio buttons the chosen one, which then is the answer."""
    for action in (Action.FILL, Action.SELECT):
        found = match(Wanted(label, action), page.in_reach())
        if isinstance(found, Match):
            return found.control
    group = [
        c
        for c in page.in_reach()
        if c.kind is Kind.RADIO and any(alike(label, text) for text in (*_texts(c), *c.headings[-1:]))
    ]
    return next((c for c in group if c.checked), group[0] if group else None)


def find_box(page: Page, label: str) -> Control | None:
    found = match(Wanted(label, Action.CHECK), page.in_reach())
    return found.control if isinstance(found, Match) else None


def is_empty(control: Control) -> bool:
    if control.kind in TICKABLE:
        return not control.checked
    shown = control.shown.strip()
    chosen = control.kind in CHOOSABLE or control.kind is Kind.BUTTON
    said = words(shown)
    return not said or (chosen and said[0] in _NOT_CHOSEN)


def field_shows(control: Control, run: Run, value: Value) -> bool:
    """Whether the field holds the value; "" stands for nothing."""
    if value.literal == "":
        return is_empty(control)
    if control.kind in TICKABLE:
        shown = [*_texts(control), control.value] if control.checked else []
    else:
        shown = [control.shown]
    return any(
        same(way, text, d.type) or same_chosen(way, text, d.type)
        for d in data_of(run, value)
        for way in d.ways()
        for text in shown
    )


def _texts(control: Control) -> list[str]:
    return [label.text for label in control.labels]


def shows_value(typed: Typed, control: Control) -> bool:
    """Whether the control still shows what was typed. What the page has
    taken over is shown elsewhere."""
    if typed.taken:
        return True
    if control.kind in TICKABLE:
        return control.checked == (typed.shown == "on")
    if control.kind in CHOOSABLE or control.kind is Kind.BUTTON:
        return same(typed.shown, control.shown)
    return same(typed.shown, control.value, typed.type)
