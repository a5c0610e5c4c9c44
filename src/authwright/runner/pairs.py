"""What a page shows beside a label: lists of properties, table cells, text to the right or below."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from authwright.runner.page import HAS_VALUE, TICKABLE, Cell, Control, Page, Row, Table, Text
from authwright.runner.wording import alike, contains, plain, squeezed

_SURE, FIELD, _BELOW, _COLUMN = 1.0, 0.95, 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that stands beside a label; `sure` ranks how firmly the two belong together."""

    label: str
    value: str
    sure: float
    headings: tuple[str, ...] = ()
    row: str = ""
    """The row of a table that it stands in: equal values of two lines are two values."""


def shown_beside(page: Page, label: str, section: str | None = None) -> list[Shown]:
    """Every value that the page shows for `label`, the firmest first."""
    found = [*_in_tables(page, label), *_in_texts(page, label), *_in_fields(page, label)]
    if section is not None:
        found = [s for s in found if any(alike(section, h) for h in s.headings)]
    unique = {(s.label, s.value, s.headings, s.sure, s.row): s for s in found if s.value}
    return sorted(unique.values(), key=lambda s: -s.sure)


def read_beside(page: Page, label: str, section: str | None = None) -> list[str]:
    """The distinct values of the firmest rank: one when it can be read, several when in doubt."""
    found = shown_beside(page, label, section)
    if not found:
        return []
    return list(dict.fromkeys(s.value for s in found if s.sure >= found[0].sure - 0.01))


def rows_with(page: Page, wanted: Iterable[tuple[str, ...]]) -> list[tuple[Table, Row]]:
    """Rows that hold every wanted value, each given in all the ways it may be written."""
    asked = [tuple(ways) for ways in wanted]
    hits = []
    for table in page.tables:
        for row in table.rows:
            cells = [cell.text for cell in row.cells]
            if all(any(contains(text, way) for text in cells for way in ways) for ways in asked):
                hits.append((table, row))
    return hits


def cell_of(table: Table, row: Row, label: str) -> Cell | None:
    """The row's cell in the column that `label` names; None when no or several columns do."""
    columns = [i for i, header in enumerate(table.headers) if alike(label, header)]
    if len(columns) != 1 or columns[0] >= len(row.cells):
        return None
    return row.cells[columns[0]]


def _in_tables(page: Page, label: str) -> Iterable[Shown]:
    for table in page.tables:
        for index, header in enumerate(table.headers):
            if alike(label, header):
                for row in table.rows:
                    if index < len(row.cells) and len(row.cells) == len(table.headers):
                        yield Shown(header, row.cells[index].text, _COLUMN, table.headings, row.id)
        if not table.headers:
            yield from _in_property_rows(table, label)


def _in_property_rows(table: Table, label: str) -> Iterable[Shown]:
    for row in table.rows:
        if len(row.cells) % 2 == 0:
            for name, value in zip(row.cells[::2], row.cells[1::2], strict=True):
                if alike(label, name.text) and not value.controls:
                    yield Shown(name.text, value.text, _SURE, table.headings)


def _in_texts(page: Page, label: str) -> Iterable[Shown]:
    in_headed_tables = {t.id for t in page.tables if t.headers}
    buttons = {c.id for c in page.controls if c.kind in ("button", "tab", "menu")}
    shown = [t for t in page.texts if t.table not in in_headed_tables and t.control not in buttons]
    fields = [c for c in page.controls if c.kind in HAS_VALUE and c.visible]
    for text in shown:
        if value := _after_colon(text.text, label):
            yield Shown(label, value, _SURE, text.headings)
        elif alike(label, text.text):
            others = [t for t in shown if t.frame == text.frame and t is not text]
            if text.pair and text.pair[0] == text.pair[1]:
                for value in _values_of_property(text, others):
                    yield Shown(text.text, value, _SURE, text.headings)
                continue
            beside = _value_of(text, others)
            if beside and not any(_is_field_of(text, f) for f in fields if f.frame == text.frame):
                yield Shown(text.text, beside[0], beside[1], text.headings)


def _values_of_property(name: Text, texts: list[Text]) -> Iterable[str]:
    """Of each value of the property its first line."""
    parts: dict[tuple[int, ...], list[Text]] = {}
    for text in texts:
        if text.pair[:1] == name.pair[:1] and text.pair != name.pair:
            parts.setdefault(text.pair, []).append(text)
    for own in parts.values():
        first = min(own, key=_reading)
        yield " ".join(t.text for t in sorted(own, key=_reading) if t.line == first.line)


def _after_colon(text: str, label: str) -> str:
    found = re.match(r"\s*([^:]{1,80}):\s*(\S.*)", text)
    return found[2].strip() if found and alike(label, found[1]) else ""


def _value_of(label: Text, texts: list[Text]) -> tuple[str, float] | None:
    """The texts right of the label on its line, else the nearest line below it."""
    box = label.box
    level = [
        t
        for t in texts
        if t.box.left >= box.right - 2
        and t.box.left - box.right < 400
        and min(t.box.bottom, box.bottom) - max(t.box.top, box.top) > 0.5 * min(t.box.height, box.height)
        and t.dialog == label.dialog
    ]
    if level:
        first = min(level, key=lambda t: t.box.left)
        if _is_value(first, label):
            run = sorted((t for t in level if t.line == first.line), key=lambda t: t.box.left)
            return " ".join(t.text for t in run), _SURE
        return None
    below = [
        t
        for t in texts
        if _starts_under(label, t) and -2 <= t.box.top - box.bottom < 28 and t.dialog == label.dialog
    ]
    if not below:
        return None
    first = min(below, key=lambda t: t.box.top)
    if not _is_value(first, label) or first.tag in ("label", "dt", "th"):
        return None
    run = sorted((t for t in texts if t.line == first.line and t.box.top >= box.bottom - 2), key=_reading)
    return " ".join(t.text for t in run), _BELOW


def _is_field_of(label: Text, field: Control) -> bool:
    """Whether the field follows the words on their line, or stands right below: then what it holds is
    the value, and a text behind it a hint."""
    box, at = label.box, field.box
    level = min(at.bottom, box.bottom) - max(at.top, box.top) > 0.5 * min(at.height, box.height)
    follows = level and -2 <= at.left - box.right < 160
    return follows or (abs(at.left - box.left) < 12 and -2 <= at.top - box.bottom < 28)


def _starts_under(label: Text, text: Text) -> bool:
    """Flush with the label; browsers indent the `dd` of a `dt`."""
    indent = text.box.left - label.box.left
    return abs(indent) < 12 or (label.tag == "dt" and text.tag == "dd" and 0 <= indent < 60)


def _reading(text: Text) -> tuple[float, float]:
    return text.box.top, text.box.left


def _is_value(text: Text, label: Text) -> bool:
    """Not the next label: another `dt` or `th`, a heading, or words that end in a colon."""
    if text.tag in ("dt", "th", "label", "legend") or text.heading or text.text.rstrip().endswith(":"):
        return False
    return bool(squeezed(text.text)) and plain(text.text) != plain(label.text)


def _in_fields(page: Page, label: str) -> Iterable[Shown]:
    for control in page.controls:
        shows = control.kind in HAS_VALUE - TICKABLE and control.visible and control.value
        if shows and any(alike(label, own.text) for own in control.labels):
            yield Shown(label, control.value, FIELD, control.headings)
