"""Labels by where they stand: payer portals often bind none, and a person reads the text beside.

A text labels a control when it is the nearest thing to its left on the same line, or the nearest
thing above it, with no other control between. Check boxes and radio buttons have their text to the
right. A text that the page itself binds to another control labels only that one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from authwright.runner.page import HAS_VALUE, TICKABLE, Box, Control, Kind, Label, Text, Tie
from authwright.runner.wording import contains, plain, squeezed

# How far away a label may stand, in CSS pixels.
MOST_LEFT, MOST_ABOVE, MOST_RIGHT = 320.0, 48.0, 40.0
_TAKES_BACK = re.compile(r"^[×✕✖✗⨯]|[×✕✖✗⨯]$|\b(remove|delete|clear)\b", re.IGNORECASE)
_DATE_FORM = re.compile(r"\b[MDY]{1,4}[/.\- ]?(?:[MDY]{1,4}|MON)[/.\- ]?[MDY]{2,4}\b", re.IGNORECASE)


def with_layout_labels(controls: Sequence[Control], texts: Sequence[Text]) -> tuple[Control, ...]:
    """The controls with the labels and format hints that only their place gives them."""
    by_frame: dict[int, list[Text]] = {}
    for text in texts:
        if not text.control and (squeezed(text.text) or _DATE_FORM.search(text.text)):
            by_frame.setdefault(text.frame, []).append(text)
    bound = {plain(label.text) for c in controls for label in c.labels if label.tie is Tie.LABEL}
    fields = [c for c in controls if _takes_layout_label(c) and c.visible]
    out = []
    for control in controls:
        if not (control.visible and _takes_layout_label(control)):
            out.append(control)
            continue
        near = by_frame.get(control.frame, [])
        others = [f for f in fields if f.frame == control.frame and f is not control]
        out.append(_labelled(control, near, others, bound))
    return tuple(out)


def _takes_layout_label(control: Control) -> bool:
    """Fields, and buttons, which may be drop-downs; but for those that take back what was chosen."""
    if control.kind is Kind.BUTTON:
        return not any(_TAKES_BACK.search(label.text) for label in control.labels)
    return control.kind in HAS_VALUE


def _labelled(control: Control, texts: Iterable[Text], others: Sequence[Control], bound: set[str]) -> Control:
    has_bound = any(label.tie is Tie.LABEL for label in control.labels)
    found: list[Label] = []
    hint = control.hint
    candidates = [t for t in texts if t.dialog == control.dialog]
    if not has_bound:
        worded = [t for t in candidates if squeezed(t.text)]
        free = [t for t in worded if plain(t.text) not in bound and not _in_a_box(t, others)]
        if control.kind in TICKABLE:
            sides = [(Tie.RIGHT, _right_of(control.box, free, others))]
        else:
            sides = [
                (Tie.LEFT, _left_of(control.box, free, others)),
                (Tie.ABOVE, _above(control.box, free, others)),
            ]
        in_box = [label.text for label in control.labels if label.tie is Tie.BOX]
        found = [
            Label(t.text, tie)
            for tie, t in sides
            if t is not None
            and not _DATE_FORM.fullmatch(t.text)
            and not any(contains(box, t.text) for box in in_box)  # a piece of the label in the box
        ]
    if control.kind is Kind.TEXT:
        hint = " ".join(filter(None, [hint, *_formats_beside(control, candidates)]))
    seen = {plain(label.text) for label in control.labels}
    extra = tuple(label for label in found if plain(label.text) not in seen)
    placed = tuple(sorted((*control.labels, *extra), key=_bound_first))
    return replace(control, labels=placed, hint=hint) if extra or hint != control.hint else control


def _in_a_box(text: Text, others: Iterable[Control]) -> bool:
    """Whether the text is that of another control, in whose own box it stands over or before it."""
    return any(
        label.tie is Tie.BOX
        and contains(label.text, text.text)
        and (_left_by(text.box, other.box) or _above_by(text.box, other.box))
        for other in others
        for label in other.labels
    )


def _left_by(text: Box, box: Box) -> bool:
    return same_line(text, box) and -4 <= box.left - text.right <= MOST_LEFT


def _above_by(text: Box, box: Box) -> bool:
    return overlaps(text, box) and -4 <= box.top - text.bottom <= MOST_ABOVE


def _bound_first(label: Label) -> bool:
    return label.tie in (Tie.PLACEHOLDER, Tie.TITLE)


def same_line(a: Box, b: Box) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.5 * min(a.height, b.height)


def _left_of(box: Box, texts: Iterable[Text], others: Sequence[Control]) -> Text | None:
    nearest = max(
        (t for t in texts if _left_by(t.box, box)),
        key=lambda t: t.box.right,
        default=None,
    )
    if nearest is None:
        return None
    between = (
        o for o in others if same_line(o.box, box) and nearest.box.right - 4 <= o.box.left < box.left - 1
    )
    return None if any(between) else nearest


def _right_of(box: Box, texts: Iterable[Text], others: Sequence[Control]) -> Text | None:
    nearest = min(
        (t for t in texts if same_line(t.box, box) and -4 <= t.box.left - box.right <= MOST_RIGHT),
        key=lambda t: t.box.left,
        default=None,
    )
    if nearest is None:
        return None
    between = (o for o in others if same_line(o.box, box) and box.right <= o.box.left < nearest.box.left)
    return None if any(between) else nearest


def overlaps(a: Box, b: Box) -> bool:
    return min(a.right, b.right) - max(a.left, b.left) > 2


def _above(box: Box, texts: Iterable[Text], others: Sequence[Control]) -> Text | None:
    nearest = max(
        (t for t in texts if _above_by(t.box, box)),
        key=lambda t: t.box.bottom,
        default=None,
    )
    if nearest is None:
        return None
    between = (o for o in others if overlaps(o.box, box) and nearest.box.top < o.box.bottom - 2 <= box.top)
    return None if any(between) else nearest


def _formats_beside(control: Control, texts: Iterable[Text]) -> list[str]:
    """Texts such as "MM/DD/YYYY" to the right of a field, under it, or in its label."""
    box = control.box
    beside = [
        t.text
        for t in texts
        if len(t.text) < 40
        and (
            (same_line(t.box, box) and 0 <= t.box.left - box.right <= 160)
            or (overlaps(t.box, box) and -2 <= t.box.top - box.bottom <= 24)
        )
        and _DATE_FORM.search(t.text)
    ]
    in_label = [label.text for label in control.labels if _DATE_FORM.search(label.text)]
    return beside + in_label
