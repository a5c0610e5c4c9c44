"""What conditions say of the page, the rows and the case."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from fakes import FakePortal, otherwise, run, step, task
from handmade import control, page, text

from authwright.core.run import HaltReason, RunOutcome
from authwright.core.workflow import Action, Condition, ConditionKind, Order, Prefer, TargetKind, Value
from authwright.runner.asks import Acted
from authwright.runner.measures import measure, moment, seconds
from authwright.runner.page import Cell, Control, Kind, Page, Row, Table, Text

CASE = {
    "coverage": {"member_id": "W1", "payer": "Aetna"},
    "patient": {"date_of_birth": "2012-03-14"},
    "service_lines": [{"code": "J0585", "from": "2026-08-01"}],
}
TODAY = date(2026, 11, 24)


def asked(kind: ConditionKind, subject: str = "", *values: str, **more: object) -> Condition:
    literals = tuple(Value(literal=v) for v in values)
    return Condition(kind, "words", subject=subject, values=literals, **more)  # type: ignore[arg-type]


def answer(condition: Condition, shown: Page | None = None, **more: Any) -> bool:
    """Whether the branch was taken; a halt is an error of the test."""
    controls = (*(shown.controls if shown else ()), control("Yes!", Kind.BUTTON), control("No!", Kind.BUTTON))
    there = shown or page()
    portal = FakePortal(
        {"start": page(controls, there.text, tables=there.tables, texts=there.texts, dialogs=there.dialogs)}
    )
    branch = step(
        Action.CONDITION,
        condition=condition,
        body=(step(Action.CLICK, "Yes!"),),
        otherwise=(step(Action.CLICK, "No!"),),
    )
    result = run(portal, task(branch), **{"case": CASE, "today": TODAY, **more})
    assert result.outcome is RunOutcome.DONE, result.halt
    return portal.log == ["click Yes!"]


def halted(condition: Condition, shown: Page) -> tuple[HaltReason, str]:
    result = run(FakePortal({"start": shown}), task(step(Action.CONDITION, condition=condition)), case=CASE)
    assert result.halt is not None
    return result.halt.reason, result.halt.found


# --- either, and ---

IS_AETNA = asked(ConditionKind.EQUALS, "coverage.payer", "Aetna")
IS_HUMANA = asked(ConditionKind.EQUALS, "coverage.payer", "Humana")
SAID = asked(ConditionKind.SAID)


def either(first: Condition, *others: Condition, also: tuple[Condition, ...] = ()) -> Condition:
    return Condition(first.kind, "w", first.subject, first.values, first.negated, all_of=also, any_of=others)


def test_one_of_several_is_enough() -> None:
    assert answer(either(IS_HUMANA, IS_AETNA)) and answer(either(IS_AETNA, IS_HUMANA))
    assert not answer(either(IS_HUMANA, IS_HUMANA))


def test_and_stands_over_or() -> None:
    assert not answer(either(IS_HUMANA, IS_AETNA, also=(IS_HUMANA,)))
    assert answer(either(IS_HUMANA, IS_AETNA, also=(IS_AETNA,)))


def test_what_needn_t_be_known_is_not_asked() -> None:
    assert answer(either(IS_AETNA, SAID))


def test_not_goes_with_its_own_part_only() -> None:
    not_aetna = Condition(ConditionKind.EQUALS, "w", "coverage.payer", IS_AETNA.values, negated=True)
    assert answer(either(not_aetna, IS_AETNA)) and not answer(either(not_aetna, IS_HUMANA))


def test_or_is_about_the_page_when_one_of_its_parts_is() -> None:
    shows = asked(ConditionKind.SHOWS, "Done")
    assert answer(either(IS_HUMANA, shows), page(words="Done"))


# --- fields and boxes ---


@pytest.mark.parametrize(
    ("field", "value", "holds"),
    [
        (control("Fax"), "", True),
        (control("Fax", value="404"), "", False),
        (control("Fax", value="404"), "404", True),
        (control("Fax", value="4040"), "404", False),
        (control("Fax", Kind.SELECT, value="Select One"), "", True),
        (control("Fax", Kind.SELECT, value="22 - Hospital"), "", False),
        (control("Fax", Kind.SELECT, value="-- Choose a number --"), "", True),
        (control("Fax", value="Select One"), "", False),
    ],
)
def test_what_a_field_holds(field: Control, value: str, holds: bool) -> None:
    for negated in (False, True):
        condition = asked(ConditionKind.FIELD, "Fax", value, negated=negated)
        assert answer(condition, page([field])) is (holds is not negated)


def test_a_field_is_compared_by_the_type_of_the_value() -> None:
    born = Condition(
        ConditionKind.FIELD, "w", "Date of Birth", (Value(ref="patient.date_of_birth", words="it"),)
    )
    assert answer(born, page([control("Date of Birth", value="03/14/2012")]))
    assert not answer(born, page([control("Date of Birth", value="04/14/2012")]))


def test_radio_buttons_are_a_field_by_their_group() -> None:
    def group(chosen: int) -> Page:
        names = enumerate(("Yes", "No"))
        return page([control(n, Kind.RADIO, checked=i == chosen, section="Urgent?") for i, n in names])

    assert answer(asked(ConditionKind.FIELD, "Urgent?", "Yes"), group(0))
    assert not answer(asked(ConditionKind.FIELD, "Urgent?", "Yes"), group(1))
    assert answer(asked(ConditionKind.FIELD, "Urgent?", ""), group(2))


def test_a_field_that_the_page_hasn_t_got_is_neither_empty_nor_full() -> None:
    for negated in (False, True):
        condition = asked(ConditionKind.FIELD, "Fax", "", negated=negated)
        assert halted(condition, page([control("Phone")])) == (HaltReason.NOT_FOUND, "the page has none")


def test_in_a_handler_such_a_field_is_merely_not_there_yet() -> None:
    empty = asked(ConditionKind.FIELD, "Fax", "404", negated=True)
    handler = otherwise(step(Action.CONDITION, condition=empty, body=(step(Action.STOP, outcome="x"),)))
    portal = FakePortal({"start": page([control("Go", Kind.BUTTON)])})
    assert run(portal, task(step(Action.CLICK, "Go")), handler).stopped_with == ""


def test_a_box_is_ticked_or_not() -> None:
    for ticked in (False, True):
        shown = page([control("Urgent", Kind.CHECKBOX, checked=ticked)])
        assert answer(asked(ConditionKind.CHECKED, "Urgent"), shown) is ticked
    assert halted(asked(ConditionKind.CHECKED, "Urgent"), page())[0] is HaltReason.NOT_FOUND


# --- rows ---

HEADERS = ("Number", "Codes", "Decided")


def rows(*cells: tuple[str, ...], headers: tuple[str, ...] = HEADERS) -> Page:
    made = tuple(Row(f"r{n}", tuple(Cell(c) for c in row)) for n, row in enumerate(cells))
    return page(tables=(Table(headers, made, id=1),))


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ((), "none"),
        ((("No requests",),), "none"),
        ((("A1", "72148", ""),), "one"),
        ((("A1", "72148", ""), ("A2", "72148", "")), "several"),
    ],
)
def test_how_many_rows_the_list_has(cells: tuple[tuple[str, ...], ...], count: str) -> None:
    held = [c for c in ("none", "one", "several") if answer(asked(ConditionKind.ROWS, c), rows(*cells))]
    assert held == [count]


def test_a_row_without_a_word() -> None:
    shown = rows(("A1", "72148", "Draft"), ("A2", "72148", "Open"), ("A3", "29881", "Draft"))
    draft = (Value(literal="Draft"),)
    assert answer(asked(ConditionKind.ROW, "", "72148", without=draft), shown)
    assert not answer(asked(ConditionKind.ROW, "", "29881", without=draft), shown)


@pytest.mark.parametrize(
    ("kind", "number", "holds"),
    [
        (ConditionKind.MORE, "0", True),
        (ConditionKind.MORE, "1", False),
        (ConditionKind.LESS, "2", True),
        (ConditionKind.EQUALS, "1", True),
        (ConditionKind.EQUALS, "2", False),
    ],
)
def test_how_many_the_case_has(kind: ConditionKind, number: str, holds: bool) -> None:
    assert answer(asked(kind, "service_lines", number)) is holds


def test_how_many_rows_fit() -> None:
    shown = rows(("A1", "72148", ""), ("A2", "72148", ""), ("A3", "29881", ""))
    assert answer(asked(ConditionKind.ROWS, "several", "72148"), shown)
    assert answer(asked(ConditionKind.ROWS, "one", "29881"), shown)
    assert answer(asked(ConditionKind.ROWS, "none", "7214"), shown)


def test_two_lists_on_the_page_can_t_be_counted_as_one() -> None:
    one = rows(("A1", "72148", "")).tables[0]
    shown = page(tables=(one, Table(HEADERS, one.rows, id=2)))
    assert halted(asked(ConditionKind.ROWS, "one"), shown)[0] is HaltReason.AMBIGUOUS


def test_no_row_right_after_a_click_is_waited_for() -> None:
    found = rows(("A1", "72148", ""))
    portal = FakePortal(
        {"start": page([control("Search", Kind.BUTTON)]), "empty": page(), "found": found},
        {"Search": "empty"},
    )

    def come(fake: FakePortal) -> None:
        if fake.now == "empty" and fake.at > 0:
            fake.now = "found"

    portal.on_look = come
    none = step(
        Action.CONDITION,
        condition=asked(ConditionKind.ROWS, "none"),
        body=(step(Action.STOP, outcome="none"),),
    )
    assert run(portal, task(step(Action.CLICK, "Search"), none)).stopped_with == ""


def read_number(condition: Condition, shown: Page) -> tuple[str, HaltReason | None]:
    number = step(Action.READ, "Number", target_kind=TargetKind.TABLE_ROW, save_as="number")
    branch = step(Action.CONDITION, condition=condition, body=(number,))
    result = run(FakePortal({"start": shown}), task(branch), case=CASE)
    return result.read.get("number", ""), result.halt.reason if result.halt else None


LATEST = Prefer(Order.LATEST)


@pytest.mark.parametrize(
    ("prefer", "decided", "number"),
    [
        (LATEST, ("01/02/2026", "11/30/2025", "12/31/2025"), "A0"),
        (Prefer(Order.EARLIEST), ("01/02/2026", "11/30/2025", "12/31/2025"), "A1"),
        (Prefer(Order.LATEST, "Decided"), ("2026-01-02", "2026-01-03", "2026-01-01"), "A1"),
        (LATEST, ("01/02/2026 9:15 AM", "01/02/2026 1:05 PM", "01/01/2026 11:59 PM"), "A1"),
        (LATEST, ("01/02/2026", "01/02/2026", "01/01/2026"), None),
        (LATEST, ("01/02/2026 9:15 AM", "01/02/2026", "01/01/2026"), None),
        (LATEST, ("01/02/2026", "pending", "01/01/2026"), None),
        (Prefer(Order.LATEST, "Opened"), ("01/02/2026", "01/03/2026", "01/01/2026"), None),
        (Prefer(Order.LATEST, "Codes"), ("01/02/2026", "01/03/2026", "01/01/2026"), None),
    ],
)
def test_the_preferred_of_several_rows(prefer: Prefer, decided: tuple[str, ...], number: str | None) -> None:
    shown = rows(*((f"A{n}", "J0585", day) for n, day in enumerate(decided)))
    condition = asked(ConditionKind.ROW, "", "J0585", prefer=prefer)
    expected = (number, None) if number else ("", HaltReason.AMBIGUOUS)
    assert read_number(condition, shown) == expected


def test_two_columns_with_dates_prefer_nothing_unless_one_is_named() -> None:
    two = rows(("A1", "01/01/2026", "02/01/2026"), ("A2", "01/02/2026", "01/31/2026"), headers=HEADERS)
    for by, number in (("Codes", "A2"), ("Decided", "A1")):
        prefer = Prefer(Order.LATEST, by)
        assert read_number(asked(ConditionKind.ROW, "", "A", prefer=prefer), _with_a(two))[0] == number
    assert (
        read_number(asked(ConditionKind.ROW, "", "A", prefer=LATEST), _with_a(two))[1] is HaltReason.AMBIGUOUS
    )


def _with_a(shown: Page) -> Page:
    table = shown.tables[0]
    made = tuple(Row(r.id, (*r.cells, Cell("A"))) for r in table.rows)
    return page(tables=(Table((*table.headers, "Kind"), made, id=1),))


def test_the_latest_row_is_opened() -> None:
    links = [control(f"A{n}", Kind.LINK, id=f"l{n}") for n in (1, 2)]
    made = tuple(
        Row(f"r{n}", (Cell(f"A{n}", (f"l{n}",)), Cell("J0585"), Cell(f"01/0{n}/2026"))) for n in (1, 2)
    )
    portal = FakePortal({"start": page(links, tables=(Table(HEADERS, made, id=1),))})
    row = step(Action.CLICK, target_kind=TargetKind.TABLE_ROW, ref="service_lines[].code", prefer=LATEST)
    assert run(portal, task(row), case=CASE).halt is None and portal.log == ["click A2"]
    plain = step(Action.CLICK, target_kind=TargetKind.TABLE_ROW, ref="service_lines[].code")
    result = run(portal, task(plain), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.AMBIGUOUS


def test_a_click_in_the_row_that_was_found() -> None:
    views = [control("View", Kind.BUTTON, id=f"v{n}") for n in (1, 2)]
    made = tuple(Row(f"r{n}", (Cell(f"A{n}"), Cell("", (f"v{n}",)))) for n in (1, 2))
    shown = page(views, tables=(Table(("Number", ""), made, id=1),))
    for more in ({}, {"beside": "it"}):
        portal = Watched({"start": shown})
        branch = step(
            Action.CONDITION,
            condition=asked(ConditionKind.ROW, "", "A2"),
            body=(step(Action.CLICK, "View", **more),),
        )
        assert run(portal, task(branch), case=CASE).halt is None and portal.log == ["click v2"]


class Watched(FakePortal):
    """Its log has the ids of what is clicked."""

    def _click(self, id_: str) -> Acted:
        self.log.append(f"click {id_}")
        return Acted()


# --- the case ---


def test_a_code_starts_with_a_letter() -> None:
    assert answer(asked(ConditionKind.STARTS_WITH, "service_lines[].code", "J", "Q"))
    assert not answer(asked(ConditionKind.STARTS_WITH, "service_lines[].code", "0"))
    assert not answer(asked(ConditionKind.STARTS_WITH, "coverage.group_number", "J"))


@pytest.mark.parametrize("urgent", [True, "yes", "Y", "true"])
@pytest.mark.parametrize("calm", [False, "no", "N", "false"])
def test_yes_and_no_however_the_case_writes_them(urgent: object, calm: object) -> None:
    for said, holds in ((urgent, True), (calm, False)):
        asks = asked(ConditionKind.EQUALS, "request.expedited", "yes")
        assert answer(asks, case={"request": {"expedited": said}}) is holds
        assert answer(replace(asks, negated=True), case={"request": {"expedited": said}}) is not holds


@pytest.mark.parametrize(
    ("subject", "value"), [("service_lines[].start", "more than 90 days ago"), ("patient.age", "a minor")]
)
def test_what_can_t_be_a_value_of_that_kind_is_for_a_person(subject: str, value: str) -> None:
    result = run(
        FakePortal({"start": page()}),
        task(step(Action.CONDITION, condition=asked(ConditionKind.EQUALS, subject, value))),
        case=CASE,
        today=TODAY,
    )
    assert result.halt is not None and result.halt.reason is HaltReason.DATA_AMBIGUOUS


@pytest.mark.parametrize(
    ("kind", "subject", "limit", "holds"),
    [
        (ConditionKind.LESS, "service_lines[].start", "today", True),
        (ConditionKind.LESS, "service_lines[].start", "today-P90D", True),
        (ConditionKind.LESS, "service_lines[].start", "today-P116D", False),
        (ConditionKind.MORE, "service_lines[].start", "today-P115D", False),
        (ConditionKind.MORE, "service_lines[].start", "2026-07-31", True),
        (ConditionKind.MORE, "patient.date_of_birth", "today-P18Y", True),
        (ConditionKind.LESS, "patient.age", "18", True),
        (ConditionKind.MORE, "patient.age", "14", False),
    ],
)
def test_numbers_and_dates_are_compared(kind: ConditionKind, subject: str, limit: str, holds: bool) -> None:
    assert answer(asked(kind, subject, limit)) is holds


def test_a_date_is_not_compared_with_a_number() -> None:
    condition = asked(ConditionKind.LESS, "service_lines[].start", "18")
    assert halted(condition, page())[0] is HaltReason.DATA_AMBIGUOUS


def test_measures() -> None:
    assert measure("$1,200.50", TODAY) == Decimal("1200.50") and measure("soon", TODAY) is None
    assert measure("today+P1M1W", date(2026, 1, 31)) == date(2026, 3, 7)
    assert measure("today-P1Y", date(2024, 2, 29)) == date(2023, 2, 28)
    assert measure("today-90", TODAY) is None
    assert seconds("PT1M30S") == 90 and seconds("P1D") == 86_400 and seconds("P") is None
    assert moment("Jan 2, 2026 12:05 AM") == (date(2026, 1, 2), 300.0) and moment("at noon") is None


def test_a_time_that_can_t_be_read_is_no_time() -> None:
    waits = step(Action.WAIT, condition=asked(ConditionKind.PASSED, "a while"))
    result = run(FakePortal({"start": page(texts=(text("x", 0, 0),))}), task(waits))
    assert result.halt is not None and result.halt.reason is HaltReason.UNSUPPORTED


# --- what stood there before, what isn't drawn ---

REVIEW_APPEARS = step(Action.WAIT, condition=asked(ConditionKind.SHOWS, "Review"))
NEXT = step(Action.CLICK, "Next")


def waited(*now: Text) -> tuple[HaltReason, str] | None:
    """What came of waiting for "Review", which a menu has before the click, on a page with these texts."""
    button, menu = control("Next", Kind.BUTTON), text("Review", 0, 0, tag="a")
    screens = {
        "start": page([button], "Review", texts=(menu,)),
        "next": page([button], " ".join(t.text for t in now), texts=now),
    }
    result = run(FakePortal(screens, {"Next": "next"}), task(NEXT, REVIEW_APPEARS))
    return (result.halt.reason, result.halt.found) if result.halt else None


def test_waiting_right_after_a_click_is_for_what_is_new() -> None:
    drawn_anew = text("Review", 0, 0, tag="a")
    stale = (HaltReason.TIMED_OUT, "the page shows only what it showed before the click")
    assert waited(drawn_anew) == stale
    assert waited(drawn_anew, text("Review", 0, 90, tag="h2", heading=True)) is None
    assert waited(drawn_anew, text("Review", 0, 90, tag="a")) is None


def test_what_came_while_typing_after_the_click_is_no_less_new() -> None:
    controls = control("Next", Kind.BUTTON), control("Code", id="code")
    shown = page(controls, "Review", texts=(text("Review", 0, 0),))
    typed = step(Action.FILL, "Code", value="1")
    result = run(FakePortal({"start": shown}), task(NEXT, typed, REVIEW_APPEARS))
    assert result.outcome is RunOutcome.DONE


def test_a_list_that_draws_only_what_is_in_view_proves_no_absence() -> None:
    rows = (Row("r", (Cell("A1"), Cell("Pended"))),)
    whole, part = (Table(("Number", "Status"), rows, partial=p) for p in (False, True))
    assert not answer(asked(ConditionKind.ROW, "", "A2"), page(tables=(whole,)))
    assert answer(asked(ConditionKind.ROW, "", "A1"), page(tables=(part,)))
    found = (HaltReason.AMBIGUOUS, "none among the rows that the page has drawn")
    assert halted(asked(ConditionKind.ROW, "", "A2"), page(tables=(part,))) == found
    assert halted(asked(ConditionKind.ROWS, "none", "A2"), page(tables=(part,))) == found
