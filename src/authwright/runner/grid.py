"""Tables to write in, a line for each thing: which row is the present item's.

A person writes the next line into the next free row. That holds as long as the rows above are taken
by the items before, one each, and the row is wholly empty; anything else stays in doubt.
"""

from collections.abc import Collection, Sequence

from authwright.runner.page import CHOOSABLE, HAS_VALUE, Control, Page, Row


def next_row(
    page: Page, controls: Sequence[Control], filled: Sequence[Control], earlier: Collection[str]
) -> Control | None:
    """Of the same field in several rows of one table, the one in the item's row; None when in doubt.

    `filled` are the item's fields so far, `earlier` the ids of those of the items before.
    """
    rows = _rows_of(page, controls)
    if rows is None:
        return None
    mine = {c.id for c in filled}
    begun = [c for row, c in rows if mine & _ids(row)]
    if begun:
        return begun[0] if len(begun) == 1 else None
    for row, control in rows:
        if _ids(row) & set(earlier):
            continue
        return control if _is_free(page, row) else None
    return None


def _rows_of(page: Page, controls: Sequence[Control]) -> list[tuple[Row, Control]] | None:
    """Each row of the one table that holds all the controls, with its control, from top to bottom."""
    wanted = {c.id: c for c in controls}
    for table in page.tables:
        held = [(row, sorted(_ids(row) & wanted.keys())) for row in table.rows]
        found = [(row, wanted[ids[0]]) for row, ids in held if len(ids) == 1]
        if len(found) == len(wanted) > 1 and table.headers:
            return found
    return None


def _ids(row: Row) -> set[str]:
    return {i for cell in row.cells for i in cell.controls}


def _is_free(page: Page, row: Row) -> bool:
    fields = [page.by_id[i] for i in _ids(row) if i in page.by_id]
    fields = [c for c in fields if c.kind in HAS_VALUE]
    return bool(fields) and all(not c.value or c.kind in CHOOSABLE for c in fields)
