"""What stands next to something: in its row of a table, or on its line with no other field between."""

from collections.abc import Sequence

from authwright.runner.blocks import shared
from authwright.runner.layout import overlaps, same_line
from authwright.runner.page import HAS_VALUE, Box, Control, Page, Row, Text
from authwright.runner.pairs import rows_with
from authwright.runner.wording import alike, plain

THE_ROW = frozenset({"it", "row", "the row", "that row", "this row", "its row"})
_NEAR = 60.0


def next_to(page: Page, candidates: Sequence[Control], ways: Sequence[str]) -> list[Control]:
    """Those of the candidates that stand next to the text or control that reads one of the `ways`."""
    in_rows = [c for _, row in rows_with(page, [tuple(ways)]) for c in in_row(candidates, row)]
    return in_rows or _on_line(page, candidates, ways)


def with_held(page: Page, candidates: Sequence[Control], held: Sequence[tuple[str, ...]]) -> list[Control]:
    """Those in a row that holds every value; of a single value also those next to its text."""
    inside = [c for _, row in rows_with(page, held) for c in in_row(candidates, row)]
    return inside or (_on_line(page, candidates, held[0]) if len(held) == 1 else [])


def in_row(candidates: Sequence[Control], row: Row) -> list[Control]:
    inside = {i for cell in row.cells for i in cell.controls}
    return [c for c in candidates if c.id in inside]


def means_row(words: str) -> bool:
    return plain(words) in THE_ROW


def _on_line(page: Page, candidates: Sequence[Control], ways: Sequence[str]) -> list[Control]:
    fields = [c for c in page.in_reach() if c.kind in HAS_VALUE and c.visible]
    named = [c for c in page.in_reach() if any(alike(w, label.text) for w in ways for label in c.labels)]
    named = [c for c in named if c.visible]
    texts = [t for t in page.texts if any(alike(w, t.text) for w in ways)]
    anchors: list[Control | Text] = [*named, *texts]

    def by_field(c: Control) -> bool:
        return any(a.frame == c.frame and _nearest_field(a, c, fields) for a in named)

    def by_text(c: Control) -> bool:
        return any(t.frame == c.frame and same_line(t.box, c.box) for t in texts)

    def above_or_below(c: Control) -> bool:
        return any(a.frame == c.frame and _one_above_other(a.box, c.box) for a in anchors)

    ways_to_stand = (by_field, by_text, above_or_below)
    return next(filter(None, ([c for c in candidates if stands(c)] for stands in ways_to_stand)), [])


def on_its_line(page: Page, candidates: Sequence[Control], ways: Sequence[str]) -> list[Control]:
    """Those on one line with the field, whatever fields stand between, in no smaller box with another one:
    a button at the end of a line of fields is that of each of them."""
    fields = [c for c in page.in_reach() if c.kind in HAS_VALUE and c.visible]
    named = [f for f in fields if any(alike(way, each.text) for way in ways for each in f.labels)]
    return [c for c in candidates if any(a.frame == c.frame and _no_others(a, c, fields) for a in named)]


def _nearest_field(anchor: Control, control: Control, fields: Sequence[Control]) -> bool:
    """Whether no other field on the line is nearer to the control than the one that is meant."""
    on_line = [f for f in fields if f.id not in (anchor.id, control.id) and same_line(f.box, control.box)]
    gap = _gap(anchor.box, control.box)
    return same_line(anchor.box, control.box) and all(_gap(f.box, control.box) >= gap for f in on_line)


def _no_others(anchor: Control, control: Control, fields: Sequence[Control]) -> bool:
    depth = shared(anchor, control)
    others = [f for f in fields if f.frame == control.frame and f.id != control.id]
    return same_line(anchor.box, control.box) and all(shared(f, control) <= depth for f in others)


def _gap(a: Box, b: Box) -> float:
    return max(a.left - b.right, b.left - a.right, 0.0)


def _one_above_other(a: Box, b: Box) -> bool:
    upper, lower = sorted((a, b), key=lambda box: box.top)
    return overlaps(a, b) and 0 <= lower.top - upper.bottom <= _NEAR
