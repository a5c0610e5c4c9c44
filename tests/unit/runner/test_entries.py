"""How values are put in: forms of dates, the page's words for ours, limits, searches, neighbours."""

from dataclasses import replace
from typing import Any

import pytest
from fakes import QUICK, FakePortal, run, step, task
from handmade import control, field_at, page, text
from test_conditions import Watched

from authwright.core.run import HaltReason, RunOutcome, RunResult
from authwright.core.workflow import Action, Condition, ConditionKind, Option, Step, TargetKind, Value
from authwright.runner.page import Box, Cell, Control, Kind, Label, Row, Table, Tie
from authwright.runner.values import contradicts, is_date_form

CASE: dict[str, Any] = {
    "coverage": {"member_id": "W123456789"},
    "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-04"},
    "service_lines": [{"code": "72148", "from": "2026-12-07", "place_of_service": "22"}],
    "clinical": {"notes": "Six weeks of physical therapy."},
}


def button(label: str, **more: object) -> Control:
    return control(label, Kind.BUTTON, **more)


def halted(result: RunResult) -> tuple[HaltReason, str]:
    assert result.halt is not None, result
    return result.halt.reason, result.halt.found


# --- forms of dates ---


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ("MM/DD/YYYY", "03/04/1961"),
        ("M/D/YY", "3/4/61"),
        ("YYYY-MM-DD", "1961-03-04"),
        ("DDMMYYYY", "04031961"),
        ("dd.mm.yyyy", "04.03.1961"),
        ("DD-MMM-YYYY", "04-MAR-1961"),
    ],
)
def test_a_date_in_the_form_that_the_step_says(form: str, typed: str) -> None:
    portal = FakePortal({"start": page([control("Born", id="b")])})
    born = step(Action.FILL, "Born", ref="patient.date_of_birth", format=form)
    assert run(portal, task(born), case=CASE).outcome is RunOutcome.DONE
    assert portal.values == {"b": typed}


def test_the_page_may_not_ask_for_another_form() -> None:
    shown = page([control("Born", id="b", hint="DD/MM/YYYY")])
    born = step(Action.FILL, "Born", ref="patient.date_of_birth", format="MM/DD/YYYY")
    portal = FakePortal({"start": shown})
    assert halted(run(portal, task(born), case=CASE)) == (
        HaltReason.VALUE_DIFFERS,
        "the page asks for DD/MM/YYYY",
    )
    assert portal.values == {}


def test_a_form_contradicts_another_but_not_its_own_zeros() -> None:
    assert not contradicts("M/D/YYYY", "Enter as mm/dd/yyyy") and not contradicts("MM/DD/YYYY", "no hint")
    assert contradicts("DD/MM/YYYY", "MM/DD/YYYY") and contradicts("MM/DD/YY", "MM/DD/YYYY")
    assert not contradicts("DD-MON-YYYY", "DD-MMM-YYYY")


@pytest.mark.parametrize("form", ["MM/YYYY", "HH:MM", "MM/DD/YYYY/DD", "as usual", ""])
def test_what_is_no_form_of_a_date_is_found_before_the_run(form: str) -> None:
    assert not is_date_form(form)
    portal = FakePortal({"start": page([control("Born")])})
    born = step(Action.FILL, "Born", ref="patient.date_of_birth", format=form)
    assert halted(run(portal, task(born), case=CASE))[0] is HaltReason.UNSUPPORTED


def test_only_a_date_has_a_form() -> None:
    portal = FakePortal({"start": page([control("Born")])})
    born = step(Action.FILL, "Born", ref="coverage.member_id", format="MM/DD/YYYY")
    assert halted(run(portal, task(born), case=CASE))[0] is HaltReason.DATA_AMBIGUOUS


def reviewed(shown: str) -> RunResult:
    """A date typed as day, month and year, and the page that is reviewed before it is sent."""
    texts = (text("Born", 10, 10, tag="dt"), text(shown, 200, 10, tag="dd"))
    portal = FakePortal(
        {
            "start": page([control("Born", id="b"), button("Next")]),
            "review": page([button("Submit")], words="review", texts=texts),
            "answer": page(words="answer"),
        },
        {"Next": "review", "Submit": "answer"},
    )
    steps = (
        step(Action.FILL, "Born", ref="patient.date_of_birth", format="DD/MM/YYYY"),
        step(Action.CLICK, "Next"),
        step(Action.CLICK, "Submit", once=True),
        step(Action.CAPTURE),
    )
    return run(portal, task(*steps), case=CASE)


def test_a_reviewed_date_is_not_misread_by_the_order_of_day_and_month() -> None:
    assert reviewed("04/03/1961").sent and reviewed("1961-03-04").sent
    assert halted(reviewed("4 April 1961"))[0] is HaltReason.REVIEW_DIFFERS
    assert halted(reviewed("03/05/1961"))[0] is HaltReason.REVIEW_DIFFERS


# --- the page's words for ours ---


def place(code: str) -> Condition:
    literal = Value(literal=code)
    return Condition(ConditionKind.EQUALS, f"place {code}", "service_lines[].place_of_service", (literal,))


def chosen(*options: Option) -> tuple[dict[str, str], RunResult]:
    names = ("Outpatient Procedure", "Inpatient Surgical")
    portal = FakePortal({"start": page([control("Type", Kind.SELECT, id="t", options=names)])})
    result = run(portal, task(step(Action.SELECT, "Type", options=options)), case=CASE)
    return portal.values, result


def test_the_word_whose_condition_holds_is_chosen() -> None:
    values, _ = chosen(Option("Inpatient Surgical", place("21")), Option("Outpatient Procedure", place("22")))
    assert values == {"t": "Outpatient Procedure"}


def test_none_or_several_that_hold_are_a_halt_in_their_words() -> None:
    assert halted(chosen(Option("Inpatient Surgical", place("21")))[1]) == (
        HaltReason.DATA_MISSING,
        "none holds of: Inpatient Surgical (place 21)",
    )
    both = Option("Inpatient Surgical", place("22")), Option("Outpatient Procedure", place("22"))
    assert halted(chosen(*both)[1])[0] is HaltReason.DATA_AMBIGUOUS


# --- limits ---

NOTES = step(Action.FILL, "Notes", ref="clinical.notes", max_length=20, line=3)


def test_a_text_that_is_too_long_is_not_typed() -> None:
    portal = FakePortal({"start": page([control("Notes", id="n")])})
    assert halted(run(portal, task(NOTES), case=CASE)) == (HaltReason.CHECK_FAILED, "it has 30")
    assert portal.values == {}


@pytest.mark.parametrize(
    "late",
    [
        step(Action.VERIFY, ref="clinical.notes", max_length=20, line=3),
        step(Action.VERIFY, "Notes", max_length=20, line=3),
        step(
            Action.CONDITION,
            condition=place("22"),
            body=(step(Action.VERIFY, ref="clinical.notes", max_length=20, line=3),),
        ),
    ],
)
def test_a_limit_that_is_written_after_the_sending_step_holds_before_it(late: Step) -> None:
    portal = FakePortal({"start": page([control("Notes", id="n"), button("Submit")])})
    steps = step(Action.FILL, "Notes", ref="clinical.notes"), step(Action.CLICK, "Submit", once=True), late
    result = run(portal, task(*steps), case=CASE)
    assert halted(result)[0] is HaltReason.CHECK_FAILED and not result.sent
    assert result.halt is not None and result.halt.line == 3


def test_a_limit_for_other_cases_is_none_for_this_one() -> None:
    limit = step(Action.VERIFY, ref="clinical.notes", max_length=20)
    elsewhere = step(Action.CONDITION, condition=place("21"), body=(limit,))
    portal = FakePortal({"start": page([button("Submit")])})
    assert run(portal, task(step(Action.CLICK, "Submit", once=True), elsewhere), case=CASE).sent


def test_what_is_short_enough_passes() -> None:
    portal = FakePortal({"start": page()})
    verify = step(Action.VERIFY, ref="clinical.notes", max_length=30)
    assert run(portal, task(verify), case=CASE).outcome is RunOutcome.DONE


# --- checks ---


def test_what_stands_beside_the_label_is_checked_and_not_the_whole_page() -> None:
    texts = (text("Status", 10, 10, tag="dt"), text("Pended", 200, 10, tag="dd"), text("Open", 10, 50))
    portal = FakePortal({"start": page(words="Status Pended Open", texts=texts)})
    check = step(Action.VERIFY, "Status", value="Open")
    assert halted(run(portal, task(check))) == (HaltReason.CHECK_FAILED, "it shows Pended")
    assert run(portal, task(step(Action.VERIFY, "Status", value="Pended"))).outcome is RunOutcome.DONE
    review = step(Action.VERIFY, "review page", target_kind=TargetKind.PAGE, value="Open")
    assert run(portal, task(review)).outcome is RunOutcome.DONE


def test_a_field_is_checked_by_what_it_holds() -> None:
    portal = FakePortal({"start": page([control("Born", value="03/04/1961")])})
    good = step(Action.VERIFY, "Born", ref="patient.date_of_birth")
    assert run(portal, task(good), case=CASE).outcome is RunOutcome.DONE
    assert halted(run(portal, task(step(Action.VERIFY, "Born", value="1961"))))[0] is HaltReason.CHECK_FAILED
    nowhere = step(Action.VERIFY, "Died", value="1961")
    assert halted(run(portal, task(nowhere))) == (HaltReason.CHECK_FAILED, "it shows nothing")


# --- what the SOP expects ---


def test_a_button_that_the_sop_says_is_grey_for_a_while_is_waited_for() -> None:
    shown = {"start": page([button("Submit", enabled=False)]), "ready": page([button("Submit")])}
    note = step(Action.NOTE, "Submit", condition=Condition(ConditionKind.ENABLED, "w", "Submit"), line=4)

    def ready(fake: FakePortal) -> None:
        if fake.at >= 0.5:
            fake.now = "ready"

    steps = step(Action.CLICK, "Submit")
    portal = FakePortal(shown, on_look=ready)
    assert halted(run(portal, task(steps)))[1] == "it stays greyed out"
    patience = replace(QUICK, wait=2.0)
    portal = FakePortal(shown, on_look=ready)
    assert run(portal, task(note, steps), patience=patience).outcome is RunOutcome.DONE
    portal = FakePortal({"start": shown["start"]})
    assert halted(run(portal, task(note, steps)))[1] == 'it stays greyed out; the SOP says "words"'


# --- searching ---

SEARCH = step(Action.FILL, ref="coverage.member_id", search=True)


def searching(*controls: Control) -> tuple[RunResult, list[str]]:
    portal = FakePortal(
        {"start": page(controls), "found": page(words="found")}, {"Search": "found", "Enter": "found"}
    )
    return run(portal, task(SEARCH), case=CASE), portal.log


def test_a_search_is_begun_by_the_button_of_its_own_form() -> None:
    controls = (
        control("Search members", id="s", form=1),
        control("Notes", form=2),
        button("Search", form=1),
        button("Search", form=2),
    )
    result, log = searching(*controls)
    assert result.outcome is RunOutcome.DONE
    assert log == ["put W123456789 in Search members (s)", "click Search"]


def test_without_a_button_by_enter() -> None:
    result, log = searching(control("Find a member", id="s"), control("Notes"))
    assert result.outcome is RunOutcome.DONE and log[-1] == "press Enter"


def test_where_nothing_says_that_it_searches_only_the_one_field_is_taken() -> None:
    assert searching(control("Member ID"))[0].outcome is RunOutcome.DONE
    assert halted(searching(control("Member ID"), control("Claim ID"))[0])[0] is HaltReason.AMBIGUOUS


# --- next to ---


def at(label: str, left: float, top: float, kind: Kind = Kind.BUTTON, **more: object) -> Control:
    return field_at(left, top, 60, kind=kind, labels=(Label(label, Tie.TEXT),), **more)


def clicked(step_: Step, **shown: Any) -> tuple[list[str], RunResult]:
    portal = Watched({"start": page(**shown)})
    result = run(portal, task(step_), case=CASE)
    return portal.log, result


def test_the_button_in_the_row_of_a_text() -> None:
    edits = [button("Edit", id="e1"), button("Edit", id="e2")]
    made = tuple(Row(f"r{n}", (Cell(name), Cell("", (f"e{n}",)))) for n, name in ((1, "Jones"), (2, "Smith")))
    step_ = step(Action.CLICK, "Edit", beside="Smith")
    log, _ = clicked(step_, controls=edits, tables=(Table(("Name", ""), made),))
    assert log == ["click e2"]


def test_the_button_in_the_row_of_a_value() -> None:
    edits = [button("Edit", id="e1"), button("Edit", id="e2")]
    made = tuple(
        Row(f"r{n}", (Cell(born), Cell("", (f"e{n}",)))) for n, born in ((1, "03/05/1961"), (2, "03/04/1961"))
    )
    shown = {"controls": edits, "tables": (Table(("Born", ""), made),)}
    assert clicked(step(Action.CLICK, "Edit", ref="patient.date_of_birth"), **shown)[0] == ["click e2"]
    _, result = clicked(step(Action.CLICK, "Edit", ref="coverage.member_id"), **shown)
    assert result.halt is not None and result.halt.expected == "one control called Edit with W123456789"


def test_the_row_that_reads_so() -> None:
    made = tuple(Row(f"r{n}", (Cell(f"Tracking number {n}"), Cell("x"))) for n in (1, 2))
    row = step(Action.CLICK, "Tracking number 2", target_kind=TargetKind.TABLE_ROW)
    assert clicked(row, tables=(Table(("A", "B"), made),))[0] == ["click r2"]


def test_the_only_button_is_not_taken_when_it_stands_next_to_something_else() -> None:
    controls = [at("Edit", 200, 10, id="e1")]
    texts = (text("Jones", 10, 12), text("Smith", 10, 200))
    log, result = clicked(step(Action.CLICK, "Edit", beside="Smith"), controls=controls, texts=texts)
    assert log == [] and halted(result)[0] is HaltReason.NOT_FOUND
    log, _ = clicked(step(Action.CLICK, "Edit", beside="Jones"), controls=controls, texts=texts)
    assert log == ["click e1"]


def test_the_icon_beside_a_field_and_not_the_one_behind_the_next_field() -> None:
    def dated(label: str, left: float) -> Control:
        return field_at(left, 10, 100, id=label, labels=(Label(label, Tie.LABEL),))

    controls = [
        *(dated("Start Date", 0), at("calendar", 110, 10, id="c1")),
        *(dated("End Date", 200), at("calendar", 310, 10, id="c2")),
    ]
    for label, id_ in (("Start Date", "c1"), ("End Date", "c2")):
        log, _ = clicked(step(Action.CLICK, "calendar", beside=label), controls=controls)
        assert log == [f"click {id_}"]


def test_the_radio_button_of_a_row() -> None:
    boxes = [control("", Kind.RADIO, id=f"b{n}", box=Box(0, n * 30, 10, 10)) for n in (1, 2)]
    made = tuple(
        Row(f"r{n}", (Cell("", (f"b{n}",)), Cell(n_))) for n, n_ in ((1, "Ann Garcia"), (2, "Maria Garcia"))
    )
    portal = FakePortal({"start": page(boxes, tables=(Table(("", "Name"), made),))})
    pick = step(Action.CHECK, target_kind=TargetKind.RADIO, ref="patient.name")
    result = run(portal, task(pick), case=CASE)
    assert result.outcome is RunOutcome.DONE and len(portal.log) == 1
    nobody = run(portal, task(step(Action.CHECK, target_kind=TargetKind.RADIO, value="Jane Doe")))
    assert halted(nobody)[0] is HaltReason.NOT_FOUND
