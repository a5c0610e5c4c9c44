"""Before what can't be taken back: does the review page show what was asked for?"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from authwright.core.data_table import DataType
from authwright.core.workflow import Action
from authwright.runner.boxes import is_empty
from authwright.runner.page import HAS_VALUE, Control, Kind, Page, Tie
from authwright.runner.pairs import FIELD, Shown, shown_beside
from authwright.runner.state import Typed
from authwright.runner.values import same, same_chosen, starts_with
from authwright.runner.wording import alike


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    expected: str
    found: str


def differences(page: Page, typed: Iterable[Typed]) -> list[Difference]:
    """Where the review page shows another value than was typed under the same label.

    Labels that it doesn't show say nothing. A label that it shows several times (one for each service
    line, or under several headings) must show exactly the values that were typed under it.
    """
    compared = [t for t in typed if not t.secret and t.step.action in (Action.FILL, Action.SELECT)]
    top = page.on_top()
    if top is page:
        return _differences(page, compared)
    # What lies behind a dialog says nothing of what was typed in it. A mere question over the review
    # page hides nothing of it.
    inside = [t for t in compared if t.control.dialog]
    return _differences(top, inside) + _differences(page, [t for t in compared if not t.control.dialog])


def _differences(page: Page, typed: list[Typed]) -> list[Difference]:
    groups: dict[tuple[str, str | None], list[Typed]] = {}
    for t in typed:
        groups.setdefault((t.wanted.label, t.wanted.section), []).append(t)
    out: list[Difference] = []
    for (label, section), entries in groups.items():
        shown = _displayed(page, label, section, several=_sections(groups, label))
        if shown:
            out += _compared(page, label, entries, [v for s in shown for v in _listed(entries, s.value)])
    return out


def _sections(groups: dict[tuple[str, str | None], list[Typed]], label: str) -> bool:
    return sum(1 for other, _ in groups if other == label) > 1


def _displayed(page: Page, label: str, section: str | None, *, several: bool) -> list[Shown]:
    """The values displayed for the label; with a section, those under it when the page has it."""
    shown = [s for s in shown_beside(page, label) if s.sure != FIELD]
    if section is not None:
        inside = [s for s in shown if any(alike(section, h) for h in s.headings)]
        return inside if inside or several else shown
    return shown


def _listed(entries: list[Typed], shown: str) -> list[str]:
    """The parts of "M54.16, M51.26", where several values were typed and each part is one of them."""
    parts = [part for part in re.split(r"\s*[,;]\s*", shown) if part]
    listed = 1 < len(entries) >= len(parts) and all(any(agrees(t, part) for t in entries) for part in parts)
    return parts if listed else [shown]


def _compared(page: Page, label: str, entries: list[Typed], displayed: list[str]) -> list[Difference]:
    """Typed and displayed values paired off; what is left over differs."""
    left = Counter(displayed)
    unmatched: list[Typed] = []
    for t in entries:
        hit = next((v for v in left if left[v] > 0 and agrees(t, v)), None)
        if hit is not None:
            left[hit] -= 1
        elif not _of_search(t, page):
            unmatched.append(t)
    if all(_of_search(t, page) for t in entries):
        return []
    if not unmatched:
        # A value may be repeated on the page (in a summary); another value may not be there at all.
        extra = [v for v in left if left[v] > 0 and not any(agrees(t, v) for t in entries)]
        return [Difference(label, ", ".join(t.value for t in entries), v) for v in extra]
    rest = [v for v in left if left[v] > 0]
    found = ", ".join(rest or displayed)
    return [Difference(label, t.value, found) for t in unmatched]


def _of_search(typed: Typed, page: Page) -> bool:
    """Whether it was what a search was to look for, in a window that isn't open any more."""
    dialog = typed.control.dialog
    closed = bool(dialog) and all(d.number != dialog for d in page.dialogs)
    return typed.sought and (closed or typed.window != page.window)


def agrees(typed: Typed, shown: str) -> bool:
    """Whether a displayed text is the value that was typed or chosen."""
    ways = {typed.value, typed.shown}
    if any(same(way, shown, typed.type) or same(way, shown) for way in ways):
        return True
    if typed.type in (DataType.CODE, DataType.STATE):
        chosen = any(same_chosen(way, shown, DataType.CODE) for way in ways)
        return chosen or starts_with(typed.value, shown)
    if shown.rstrip().endswith(("…", "...")):
        return typed.shown.startswith(shown.rstrip(" .…")) and len(shown) > 8
    return False


def unanswered(page: Page) -> list[Control]:
    """Required fields that are still empty, boxes not ticked, questions of which nothing is chosen."""
    reach = [c for c in page.in_reach() if c.visible and c.enabled]
    answered = {c.group for c in reach if c.kind is Kind.RADIO and c.checked}
    return [
        c
        for c in reach
        if c.required and c.kind in HAS_VALUE
        if (c.group and c.group not in answered if c.kind is Kind.RADIO else is_empty(c))
    ]


def question(control: Control) -> str:
    """What to call it: of a radio button what is asked, not the answer that it stands for."""
    asked = [label.text for label in control.labels if label.tie is Tie.LEGEND]
    return (asked or list(control.headings[-1:]) or [control.name])[0] if control.group else control.name
