"""Rows of tables: which of them fit, how many there are, and which of several is meant."""

from collections.abc import Sequence
from itertools import groupby

from authwright.core.run import HaltReason
from authwright.core.workflow import Order, Prefer, Value
from authwright.runner.data import data_of
from authwright.runner.measures import moment
from authwright.runner.page import Page, Row, Table
from authwright.runner.pairs import cell_of, rows_with
from authwright.runner.state import Run, halt

Hit = tuple[Table, Row]


def fitting(run: Run, page: Page, values: tuple[Value, ...], without: tuple[Value, ...] = ()) -> list[Hit]:
    """The rows that hold every value and nothing of `without`; no values: those of the page's one list."""
    if values:
        hits = rows_with(page, [d.ways() for v in values for d in data_of(run, v)])
        unwanted = [hit for v in without for d in data_of(run, v) for hit in rows_with(page, [d.ways()])]
        return [hit for hit in hits if not any(hit[1] is row for _, row in unwanted)]
    filled = [list(hits) for _, hits in groupby(entries(page), key=lambda hit: id(hit[0]))]
    if len(filled) > 1:
        raise halt(run, HaltReason.AMBIGUOUS, "one list with rows on the page", f"{len(filled)} lists")
    return filled[0] if filled else []


def entries(page: Page) -> list[Hit]:
    """The rows of every list on the page."""
    return [
        (table, row) for table in page.tables if table.headers for row in table.rows if _is_entry(table, row)
    ]


def _is_entry(table: Table, row: Row) -> bool:
    """Not the one cell across the table that says that there are none."""
    return len(row.cells) > 1 or (len(table.headers) == 1 and bool(row.cells) and bool(row.cells[0].text))


def asked(values: tuple[Value, ...]) -> str:
    return ", ".join(v.words or v.literal or "" for v in values) or "the values"


def the_one(run: Run, hits: Sequence[Hit], prefer: Prefer | None, words: str) -> Hit | None:
    """The only row, or of several the preferred one. Halts when they can't be told apart."""
    if len(hits) < 2:
        return hits[0] if hits else None
    if prefer is None:
        raise halt(run, HaltReason.AMBIGUOUS, f"one row with {words}", f"{len(hits)} rows have them")
    best = preferred(hits, prefer)
    if best is None:
        column = f"by {prefer.by}" if prefer.by else "by the one column with dates"
        expected = f"the {prefer.order} of the rows with {words}, {column}"
        raise halt(run, HaltReason.AMBIGUOUS, expected, f"{len(hits)} rows that can't be told apart so")
    return best


def preferred(hits: Sequence[Hit], prefer: Prefer) -> Hit | None:
    """The latest or earliest row; None when a row has no such date, or two share the outermost one."""
    columns = [prefer.by] if prefer.by else _dated(hits)
    if len(columns) != 1:
        return None
    cells = [cell_of(table, row, columns[0]) for table, row in hits]
    moments = [moment(cell.text) if cell else None for cell in cells]
    known = [m for m in moments if m is not None]
    if len(known) < len(hits):
        return None
    outermost = max(known) if prefer.order is Order.LATEST else min(known)
    of_that_day = [m for m in known if m[0] == outermost[0]]
    if len(of_that_day) > 1 and any(m[1] < 0 for m in of_that_day):
        return None
    best = [hit for hit, m in zip(hits, known, strict=True) if m == outermost]
    return best[0] if len(best) == 1 else None


def _dated(hits: Sequence[Hit]) -> list[str]:
    """The columns of the rows' one table that hold a date in every row."""
    table = hits[0][0]
    if any(other.id != table.id or other.headers != table.headers for other, _ in hits):
        return []
    return [
        header
        for index, header in enumerate(table.headers)
        if all(index < len(row.cells) and moment(row.cells[index].text) for _, row in hits)
    ]
