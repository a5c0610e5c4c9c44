"""Records of a CSV text, and what of it a forgotten quote would swallow."""

import csv
import io
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from authwright.formats.places import Place

_DELIMITERS = ",;\t|"
NOT_CLOSED = "the quote that opens here is not closed on its line"
ABOUT_QUOTES = (
    "Close the quote, or take it away; only notes, descriptions and comments may have several lines."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a CSV file. `line` is where it begins.

    A row with a `fault` isn't to be used: at `fault_place` is a quote that isn't closed, or the row
    is what is left of such a cell.
    """

    line: int
    cells: tuple[str, ...]
    columns: tuple[int, ...]
    """Where each cell begins in the line, from 1; 1 for cells after a line break in quotes."""
    fault: str = ""
    fault_place: Place = (0, 0)


FreeText = Callable[[Sequence[str]], Collection[int]]
"""From the column names to the positions of the columns whose cells may have several lines."""


def none_free(names: Sequence[str]) -> Collection[int]:
    return ()


def read_rows(text: str, free_text: FreeText = none_free) -> list[Row]:
    """Records of a CSV text, blank ones left out. The delimiter is the likeliest in the first line.

    A quoted cell that spans lines where none may is a fault of its row alone: the lines that it
    would swallow are read again, each as the row that it looks like, or given with a fault.
    """
    lines = list(io.StringIO(text, newline=""))
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows: list[Row] = []
    free: Collection[int] = ()
    begin = opened = swallowed = 0
    while begin < len(lines):
        cells, end = _record(lines, begin, delimiter)
        columns = _columns(lines[begin], delimiter, len(cells))
        row = Row(begin + 1, tuple(cell.strip() for cell in cells), columns)
        at = _not_closed(cells, lines[begin:end], delimiter, free if rows else range(len(cells)))
        if at is not None:
            row = Row(row.line, row.cells, columns, NOT_CLOSED, (row.line, columns[at]))
            if end > swallowed:
                opened, swallowed = row.line, end
            end = begin + 1
        elif begin < swallowed and rows and not _stands_alone(row, len(rows[0].cells)):
            fault = f"this is left of the cell that opens on line {opened}"
            row = Row(row.line, row.cells, columns, fault, (row.line, 1))
        if any(row.cells):
            if not rows:
                free = free_text(row.cells)
            rows.append(row)
        begin = end
    return rows


def _record(lines: Sequence[str], begin: int, delimiter: str) -> tuple[list[str], int]:
    """The cells of the record that begins there, and the index of the line after it."""
    reader = csv.reader((lines[i] for i in range(begin, len(lines))), delimiter=delimiter)
    try:
        return next(reader), begin + reader.line_num
    except csv.Error:
        # A cell beyond the module's limit: nobody wrote that in one cell.
        return [lines[begin], "\n"], begin + max(reader.line_num, 1)


def _not_closed(
    cells: Sequence[str], lines: Sequence[str], delimiter: str, free: Collection[int]
) -> int | None:
    """Which cell's quote isn't closed where it should be."""
    if len(lines) > 1 or (cells and cells[-1].endswith("\n")):
        spans = (i for i, cell in enumerate(cells) if i not in free and ("\n" in cell or "\r" in cell))
        if (at := next(spans, None)) is not None:
            return at
    return len(cells) - 1 if _ends_open(lines, delimiter) else None


def _ends_open(lines: Sequence[str], delimiter: str) -> bool:
    if '"' not in lines[0]:
        return False
    try:
        next(csv.reader(lines, delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _stands_alone(row: Row, width: int) -> bool:
    return len(row.cells) == width and not any('"' in cell for cell in row.cells)


def _columns(line: str, delimiter: str, count: int) -> tuple[int, ...]:
    starts, quoted = [1], False
    for column, character in enumerate(line, 2):
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            starts.append(column)
    return tuple((starts + [1] * count)[:count])
