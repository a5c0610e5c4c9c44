"""A table to write in: the next line goes into the next free row, or nowhere."""

from handmade import control

from authwright.runner.grid import next_row
from authwright.runner.page import Cell, Control, Page, Row, Table

HEADERS = ("", "Code", "Qty")


def grid(*values: tuple[str, str]) -> Page:
    """A row for each (code, quantity)."""
    controls: list[Control] = []
    rows = []
    for number, (code, quantity) in enumerate(values, 1):
        held = [
            control("Code", value=code, id=f"code{number}"),
            control("Qty", value=quantity, id=f"qty{number}"),
        ]
        controls += held
        rows.append(Row(f"row{number}", (Cell(str(number)), *(Cell("", (c.id,)) for c in held))))
    return Page("", controls=tuple(controls), tables=(Table(HEADERS, tuple(rows)),))


def named(page: Page, label: str) -> list[Control]:
    return [c for c in page.controls if c.id.startswith(label)]


def test_the_first_line_goes_into_the_first_row() -> None:
    page = grid(("", ""), ("", ""), ("", ""))
    assert next_row(page, named(page, "code"), [], set()).id == "code1"


def test_the_rest_of_a_line_stays_in_its_row() -> None:
    page = grid(("72148", ""), ("", ""))
    assert next_row(page, named(page, "qty"), [page.by_id["code1"]], set()).id == "qty1"


def test_the_next_line_goes_into_the_row_below() -> None:
    page = grid(("72148", "1"), ("", ""), ("", ""))
    assert next_row(page, named(page, "code"), [], {"code1", "qty1"}).id == "code2"


def test_a_row_that_somebody_else_has_begun_is_in_doubt() -> None:
    page = grid(("72148", "1"), ("", "3"), ("", ""))
    assert next_row(page, named(page, "code"), [], {"code1", "qty1"}) is None


def test_when_no_row_is_left() -> None:
    page = grid(("72148", "1"), ("29881", "2"))
    assert next_row(page, named(page, "code"), [], {"code1", "qty1", "code2", "qty2"}) is None


def test_fields_that_stand_in_no_table_together() -> None:
    page = grid(("", ""), ("", ""))
    assert next_row(page, [*named(page, "code"), control("Code", id="other")], [], set()) is None
