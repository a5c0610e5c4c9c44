from dataclasses import dataclass, replace

import pytest
from fakes import FakePortal, interrupted, otherwise, run, sign_in, step, task
from handmade import control, page, text

from authwright.core.run import HaltReason, Lookup, LookupFinding, RunOutcome
from authwright.core.workflow import Action, Condition, ConditionKind, Match, Step, TargetKind, Value
from authwright.runner.asks import Acted, Answer, Ask, Click, Look, StepDone, Tick
from authwright.runner.bindings import Binding, Repairs, binding_key
from authwright.runner.page import Box, Cell, Control, Dialog, Kind, Label, Page, Row, Table, Tie

CASE = {
    "coverage": {"member_id": "W123456789", "payer": "Aetna"},
    "patient": {"date_of_birth": "1961-03-14", "first_name": "Maria", "last_name": "Garcia"},
    "service_lines": [
        {"code": "72148", "units": 1, "from": "2026-12-07", "place_of_service": "22"},
        {"code": "29881", "units": 2, "modifiers": ["RT"], "from": "2026-12-08", "place_of_service": "22"},
    ],
    "credentials": {"username": "specialist", "password": "secret"},
    "documents": [{"path": "notes.pdf"}, {"path": "scan.pdf", "kind": "imaging"}],
}
ONE_DOCUMENT = {**CASE, "documents": [{"path": "notes.pdf"}]}
FILL_ID = step(Action.FILL, "Member ID", ref="coverage.member_id", line=10)
SUBMIT = step(Action.CLICK, "Submit", once=True, line=20)
READ = step(Action.READ, "Certification Number", save_as="reference_number", line=21)


def button(label: str, **more: object) -> Control:
    return control(label, Kind.BUTTON, **more)


def pair(label: str, value: str, top: float = 10) -> list:  # type: ignore[type-arg]
    return [text(label, 10, top, tag="dt"), text(value, 200, top, tag="dd")]


def halted(portal: FakePortal, *steps: Step, **more: object) -> tuple[HaltReason, str]:
    result = run(portal, task(*steps), case=CASE, **more)  # type: ignore[arg-type]
    assert result.outcome is RunOutcome.HALTED and result.halt is not None, result
    return result.halt.reason, result.halt.found


# --- filling ---


def test_a_value_goes_into_its_field_and_is_masked_in_the_record() -> None:
    portal = FakePortal({"start": page([control("Alternate member ID"), control("Member ID", id="m")])})
    result = run(portal, task(FILL_ID), case=CASE)
    assert result.outcome is RunOutcome.DONE and portal.values == {"m": "W123456789"}
    (record,) = result.steps
    assert record.value == "••••••••89" and record.picture and record.page_text_hash


def test_a_dropped_value_is_typed_once_more() -> None:
    portal = FakePortal({"start": page([control("Member ID", id="m")])}, drops={"Member ID": 1})
    assert run(portal, task(FILL_ID), case=CASE).outcome is RunOutcome.DONE
    assert portal.values == {"m": "W123456789"}


def test_a_value_that_does_not_stay_halts_with_what_was_expected() -> None:
    portal = FakePortal({"start": page([control("Member ID")])}, drops={"Member ID": 9})
    result = run(portal, task(FILL_ID), case=CASE)
    assert result.halt is not None and result.halt.line == 10
    assert result.halt.reason is HaltReason.VALUE_DIFFERS
    assert result.halt.expected == "Member ID to show W123456789"
    assert result.halt.found == "it shows nothing"


def test_a_value_lost_before_the_click_is_typed_again() -> None:
    portal = FakePortal(
        {"start": page([control("Member ID", id="m"), button("Next")]), "next": page(words="there")},
        {"Next": "next"},
    )

    def lose(fake: FakePortal) -> None:
        if fake.values and "lost" not in fake.log:
            fake.values.clear()
            fake.log.append("lost")

    portal.on_look = lose
    assert run(portal, task(FILL_ID, step(Action.CLICK, "Next")), case=CASE).outcome is RunOutcome.DONE
    puts = [entry for entry in portal.log if entry.startswith("put")]
    assert len(puts) == 2 and portal.values == {"m": "W123456789"} and portal.now == "next"


def _line(number: int, drawn: int) -> list[Control]:
    return [
        control(each, id=f"{each}{number}.{drawn}", section=f"Line {number}") for each in ("Code", "Units")
    ]


def test_a_lines_values_are_typed_again_when_the_page_has_drawn_itself_anew() -> None:
    blocks = [*_line(1, 0), *_line(2, 0), button("Next")], [*_line(1, 1), *_line(2, 1), button("Next")]
    portal = FakePortal(
        {"start": page(blocks[0]), "anew": page(blocks[1]), "next": page(words="there")}, {"Next": "next"}
    )

    def draw(fake: FakePortal) -> None:
        if fake.now == "start" and len(fake.values) == 3:
            fake.now = "anew"
            fake.values.clear()

    portal.on_look = draw
    body = (
        step(Action.FILL, "Code", ref="service_lines[].code"),
        step(Action.FILL, "Units", ref="service_lines[].units"),
    )
    each = step(Action.REPEAT, each="service_lines", body=body)
    assert run(portal, task(each, step(Action.CLICK, "Next")), case=CASE).outcome is RunOutcome.DONE
    assert portal.values == {"Code1.1": "72148", "Units1.1": "1", "Code2.1": "29881", "Units2.1": "2"}


class Redrawing(FakePortal):
    """Draws itself anew just before the first tick, or just after it, and then shows the box without one."""

    after = False

    def answer(self, ask: Ask) -> Answer:
        if not isinstance(ask, Tick) or self.now != "start":
            return super().answer(ask)
        ticked = super().answer(ask) if self.after else Acted(False, why="the box is gone")
        self.now = "anew"
        return ticked


def test_a_button_beside_a_field_is_found_though_another_field_has_come_between() -> None:
    fields = [
        control(each, box=Box(n * 100, 0, 90, 20), path=(1, n + 2))
        for n, each in enumerate(("Units", "Code"))
    ]
    add = button("Add", box=Box(210, 0, 40, 20), path=(1,))
    portal = FakePortal({"start": page([*fields, add])})
    assert run(portal, task(step(Action.CLICK, "Add", beside="Units"))).outcome is RunOutcome.DONE
    assert portal.log == ["click Add"]


def test_a_button_beside_a_field_that_was_reworded_is_found() -> None:
    code, add = control("Codes", path=(1, 2)), button("Add", box=Box(50, 0, 40, 16), path=(1,))
    repairs = Repairs({"field||code": ("Codes",)})
    fields = page([replace(code, box=Box(0, 0, 40, 16)), add])
    steps = step(Action.FILL, "Code", value="72148"), step(Action.CLICK, "Add", beside="Code")
    portal = FakePortal({"start": fields})
    result = run(portal, task(*steps), repairs=repairs)
    assert portal.log[-1:] == ["click Add"], result.halt


def test_a_list_that_shuts_because_the_page_draws_itself_anew_is_opened_again() -> None:
    lists = [control("Payer", Kind.DROPDOWN, id=f"payer{n}") for n in range(2)]
    chosen = replace(lists[1], value="Aetna")
    portal = FakePortal(
        {
            "start": page(lists[:1]),
            "anew": page(lists[1:]),
            "open": page([lists[1], control("Aetna", Kind.OPTION)]),
        }
        | {"chosen": page([chosen])},
        {"Aetna": "chosen"},
    )

    def redraw(fake: FakePortal) -> None:
        if fake.log == ["click Payer"]:
            fake.now = "anew"
        if fake.log == ["click Payer"] * 2:
            fake.now = "open"

    portal.on_look = redraw
    assert run(portal, task(step(Action.SELECT, "Payer", value="Aetna"))).outcome is RunOutcome.DONE


@pytest.mark.parametrize("after", [False, True])
def test_a_box_is_ticked_though_the_page_draws_itself_anew(after: bool) -> None:
    ticked = [False, not after]
    boxes = [page([control("I agree", Kind.CHECKBOX, checked=each), button("Next")]) for each in ticked]
    portal = Redrawing({"start": boxes[0], "anew": boxes[1], "next": page(words="there")}, {"Next": "next"})
    portal.after = after
    tick = step(Action.CHECK, "I agree")
    assert run(portal, task(tick, step(Action.CLICK, "Next")), case=CASE).outcome is RunOutcome.DONE
    assert portal.log == ["tick I agree True"] * (1 + after) + ["click Next"]


class LateRedrawing(FakePortal):
    """What is ticked makes the button usable; a few looks later the page draws itself anew."""

    looks = 0

    def answer(self, ask: Ask) -> Answer:
        if isinstance(ask, Tick):
            self.now = {"start": "ticked", "anew": "again"}[self.now]
        if isinstance(ask, Look) and self.now == "ticked":
            self.looks += 1
            self.now = "anew" if self.looks == 3 else "ticked"
        return super().answer(ask)


def test_a_tick_lost_while_the_sending_button_is_waited_for_is_made_again() -> None:
    def form(number: int, on: bool) -> Page:
        return page(
            [control("I agree", Kind.CHECKBOX, id=f"b{number}", checked=on), button("Submit", enabled=on)]
        )

    screens = {
        "start": form(1, False),
        "ticked": form(1, True),
        "anew": form(2, False),
        "again": form(2, True),
    }
    done = page(texts=pair("Certification Number", "A1"), words="Certification Number A1")
    portal = LateRedrawing({**screens, "done": done}, {"Submit": "done"})
    result = run(portal, task(step(Action.CHECK, "I agree"), SUBMIT, READ), case=CASE)
    assert result.outcome is RunOutcome.DONE, result.halt
    assert portal.looks == 3 and portal.log.count("click Submit") == 1


def test_what_sends_is_of_the_kind_that_it_was_in_the_last_good_run() -> None:
    """A link of the same name is left when the button has been renamed."""
    portal = FakePortal({"start": page([control("Submit", Kind.LINK), button("Send")])})
    bound = {binding_key(SUBMIT): Binding("Submit", Kind.BUTTON)}
    result = run(portal, task(SUBMIT, READ), case=CASE, bindings=bound)
    assert result.halt is not None and result.halt.reason is HaltReason.NOT_FOUND
    assert not result.sent and "click Submit" not in portal.log


@pytest.mark.parametrize("headings", [("Is it urgent?",), ("Is it urgent?", "In an emergency")])
def test_an_answer_is_chosen_again_when_the_page_has_drawn_itself_anew(headings: tuple[str, ...]) -> None:
    """To the same question only."""
    first, second = (
        page(
            [control(each, Kind.RADIO, group="g", headings=asked) for each in ("Yes", "No")]
            + [button("Next")]
        )
        for asked in (("Is it urgent?",), headings)
    )
    portal = Redrawing({"start": first, "anew": second, "next": page(words="there")}, {"Next": "next"})
    portal.after = True
    answer = step(Action.SELECT, "Is it urgent?", value="No")
    run(portal, task(answer, step(Action.CLICK, "Next")), case=CASE)
    assert portal.log == ["tick No True"] * (2 - len(headings) // 2) + ["click Next"]


def test_a_lines_values_go_into_no_block_that_may_be_anothers() -> None:
    """Two blocks were filled, one has come back."""
    last = Condition(ConditionKind.LAST, "unless it is the last", negated=True)
    body = (
        step(Action.FILL, "Code", ref="service_lines[].code"),
        step(Action.CONDITION, condition=last, body=(step(Action.CLICK, "Add"),)),
    )
    more = [control("Code", id="a"), button("Add"), button("Next")]
    portal = FakePortal(
        {
            "start": page(more),
            "both": page([*more, control("Code", id="b")]),
            "anew": page([control("Code", id="c"), button("Next")]),
            "next": page(words="there"),
        },
        {"Add": "both", "Next": "next"},
    )

    def draw(fake: FakePortal) -> None:
        if len(fake.values) == 2:
            fake.now = "anew"
            fake.values.clear()

    portal.on_look = draw
    each = step(Action.REPEAT, each="service_lines", body=body)
    run(portal, task(each, step(Action.CLICK, "Next")), case=CASE)
    assert portal.values == {}


def test_two_fields_with_the_label_halt_in_plain_words() -> None:
    fields = [control("NPI", section="Requesting Provider"), control("NPI", section="Rendering Provider")]
    for n, field in enumerate(fields):
        fields[n] = replace(field, box=Box(0, n * 50, 10, 10))
    reason, found = halted(FakePortal({"start": page(fields)}), step(Action.FILL, "NPI", value="1234567893"))
    assert reason is HaltReason.AMBIGUOUS
    assert found == "2 fields called NPI: under Requesting Provider, under Rendering Provider"


def test_a_missing_field_names_similar_ones() -> None:
    portal = FakePortal({"start": page([control("Alternate member ID")])})
    reason, found = halted(portal, FILL_ID)
    assert reason is HaltReason.NOT_FOUND
    assert found == "no field called Member ID; similar: Alternate member ID"
    assert not portal.values


def test_missing_data_halts_before_anything_is_typed() -> None:
    portal = FakePortal({"start": page([control("Group")])})
    assert (
        halted(portal, step(Action.FILL, "Group", ref="coverage.group_number"))[0] is HaltReason.DATA_MISSING
    )


def test_data_that_differs_between_lines_is_in_doubt_outside_of_a_loop() -> None:
    portal = FakePortal({"start": page([control("Code")])})
    reason, found = halted(portal, step(Action.FILL, "Code", ref="service_lines[].code"))
    assert reason is HaltReason.DATA_AMBIGUOUS and "72148, 29881" in found


@pytest.mark.parametrize("ref", ["patient", "service_lines"])
def test_a_record_is_no_value_to_type(ref: str) -> None:
    portal = FakePortal({"start": page([control("Name")])})
    assert halted(portal, step(Action.FILL, "Name", ref=ref))[0] is HaltReason.DATA_AMBIGUOUS
    assert not portal.values


def test_the_start_date_outside_of_a_loop_is_the_earliest() -> None:
    portal = FakePortal({"start": page([control("From Date", id="d")])})
    run(portal, task(step(Action.FILL, "From Date", ref="service_lines[].start")), case=CASE)
    assert portal.values == {"d": "12/07/2026"}


def test_an_option_is_chosen_by_its_code_and_never_by_likeness() -> None:
    options = ("11 - Office", "22 - On Campus-Outpatient Hospital", "122 - Other")
    portal = FakePortal({"start": page([control("Place", Kind.SELECT, options=options, id="p")])})
    run(portal, task(step(Action.SELECT, "Place", ref="service_lines[].place_of_service")), case=CASE)
    assert portal.values == {"p": "22 - On Campus-Outpatient Hospital"}


def test_a_payer_whose_name_is_only_part_of_an_option_is_missing() -> None:
    options = ("Aetna Better Health", "Humana")
    portal = FakePortal({"start": page([control("Payer", Kind.SELECT, options=options)])})
    reason, found = halted(portal, step(Action.SELECT, "Payer", ref="coverage.payer"))
    assert reason is HaltReason.OPTION_MISSING and found == "offered: Aetna Better Health, Humana"


def test_each_service_line_goes_into_its_own_block() -> None:
    blocks = [
        control(label, section=f"Procedure {n}", path=(1, n), id=f"{label}{n}")
        for n in (2, 1)
        for label in ("Code", "Units")
    ]
    body = (
        step(Action.FILL, "Code", ref="service_lines[].code"),
        step(Action.FILL, "Units", ref="service_lines[].units"),
    )
    portal = FakePortal({"start": page(blocks)})
    result = run(portal, task(step(Action.REPEAT, each="service_lines", body=body)), case=CASE)
    assert result.outcome is RunOutcome.DONE
    assert portal.values == {"Code1": "72148", "Units1": "1", "Code2": "29881", "Units2": "2"}


def test_an_earlier_lines_block_is_never_written_over() -> None:
    body = (step(Action.FILL, "Code", ref="service_lines[].code"),)
    portal = FakePortal({"start": page([control("Code", section="Procedure 1", id="c1")])})
    reason, _ = halted(portal, step(Action.REPEAT, each="service_lines", body=body))
    assert reason is HaltReason.NOT_FOUND and portal.values == {"c1": "72148"}


def test_a_value_chosen_for_an_earlier_line_is_chosen_again_on_the_next_lines_own_page() -> None:
    """Where the portal draws the list itself, the field is found once more when it shows the choice."""
    portal = FakePortal(
        {
            f"{state} {n}": page([control("Payer", Kind.DROPDOWN, id=f"p{n}", value=value), *more])
            for n in (1, 2)
            for state, value, more in (
                ("closed", "", []),
                ("open", "", [control("Humana", Kind.OPTION)]),
                ("chosen", "Humana", [button("Next line")]),
            )
        },
        now="closed 1",
    )

    def turn(fake: FakePortal) -> None:
        n = fake.now[-1]
        fake.links = {"Payer": f"open {n}", "Humana": f"chosen {n}", "Next line": "closed 2"}

    portal.on_look = turn
    last = Condition(ConditionKind.LAST, "unless it is the last", negated=True)
    body = (
        step(Action.SELECT, "Payer", value="Humana"),
        step(Action.CONDITION, condition=last, body=(step(Action.CLICK, "Next line"),)),
    )
    result = run(portal, task(step(Action.REPEAT, each="service_lines", body=body)), case=CASE)
    assert (result.halt, portal.now) == (None, "chosen 2")


def test_conditions_on_the_case_and_the_loop() -> None:
    has = Condition(ConditionKind.PRESENT, "it has a modifier", subject="service_lines[].modifiers")
    last = Condition(ConditionKind.LAST, "unless it is the last", negated=True)
    body = (
        step(Action.CONDITION, condition=has, body=(step(Action.CLICK, "Modifier"),)),
        step(Action.CONDITION, condition=last, body=(step(Action.CLICK, "Add"),)),
    )
    portal = FakePortal({"start": page([button("Modifier"), button("Add")])})
    run(portal, task(step(Action.REPEAT, each="service_lines", body=body)), case=CASE)
    assert portal.log == ["click Add", "click Modifier"]


def test_a_value_that_is_lost_again_stops_the_click_right_after_it() -> None:
    class Forgetful(FakePortal):
        def _put(self, control: Control, text: str) -> Acted:
            return Acted(value=text)  # shows it only until it is looked at again

    portal = Forgetful({"start": page([control("Member ID", id="m"), button("Next")])})
    reason, found = halted(portal, FILL_ID, step(Action.CLICK, "Next"))
    assert (reason, found) == (HaltReason.VALUE_DIFFERS, "it shows nothing") and portal.log == []


URGENT = Condition(ConditionKind.EQUALS, "it is urgent", "request.expedited", (Value(literal="yes"),))


@pytest.mark.parametrize(
    ("field", "declined", "halts"),
    [
        (control("Urgency", Kind.SELECT, value="Urgent", options=("Standard", "Urgent")), "Urgent", True),
        (control("Urgency", Kind.SELECT, value="Standard", options=("Standard", "Urgent")), "Urgent", False),
        (control("Urgent", Kind.RADIO, checked=True, group="u", section="Urgency"), "Urgent", True),
        (control("Urgent", Kind.RADIO, group="u", section="Urgency"), "Urgent", False),
    ],
)
def test_what_the_sop_chooses_only_under_a_condition_must_not_be_preset_without_it(
    field: Control, declined: str, halts: bool
) -> None:
    portal = FakePortal({"start": page([field, button("Next")])})
    choose = step(Action.SELECT, "Urgency", value=declined)
    steps = step(Action.CONDITION, condition=URGENT, body=(choose,)), step(Action.CLICK, "Next")
    result = run(portal, task(*steps), case={"request": {"expedited": False}})
    assert (result.outcome is RunOutcome.HALTED) is halts
    assert not halts or (result.halt is not None and result.halt.expected == "Urgency not to be Urgent")


def test_what_one_condition_declines_and_another_enters_may_stand() -> None:
    field = control("Urgency", Kind.SELECT, value="Urgent", options=("Standard", "Urgent"), id="u")
    portal = FakePortal({"start": page([field, button("Next")])})
    choose = step(Action.SELECT, "Urgency", value="Urgent")
    decide = step(Action.CONDITION, condition=URGENT, body=(choose,), otherwise=(choose,))
    assert run(portal, task(decide, step(Action.CLICK, "Next")), case=CASE).outcome is RunOutcome.DONE


def test_a_box_that_the_sop_ticks_only_under_a_condition_must_not_be_ticked_without_it() -> None:
    portal = FakePortal({"start": page([control("Urgent", Kind.CHECKBOX, checked=True), button("Next")])})
    decide = step(Action.CONDITION, condition=URGENT, body=(step(Action.CHECK, "Urgent"),))
    result = run(portal, task(decide, step(Action.CLICK, "Next")), case={"request": {"expedited": False}})
    assert result.halt is not None and result.halt.reason is HaltReason.VALUE_DIFFERS


def _by_icon() -> Control:
    return control("", Kind.BUTTON, labels=(Label("Search", Tie.ICON),))


@pytest.mark.parametrize("late", [[], [button("Search")]])
def test_an_icon_is_clicked_when_no_control_with_the_word_itself_comes(late: list[Control]) -> None:
    icon = _by_icon()
    portal = FakePortal({"start": page([icon]), "late": page([icon, *late])})
    portal.on_look = lambda fake: setattr(fake, "now", "late" if fake.at > 0 else "start")
    clicked: list[str] = []
    portal.gone_when = lambda ask: clicked.append(ask.id) if isinstance(ask, Click) else False  # type: ignore[func-returns-value]
    assert run(portal, task(step(Action.CLICK, "Search")), case=CASE).outcome is RunOutcome.DONE
    assert clicked == [c.id for c in late or [icon]]


def test_what_sends_is_never_found_by_its_icon() -> None:
    portal = FakePortal({"start": page([_by_icon()])})
    reason, _ = halted(portal, step(Action.CLICK, "Search", once=True), step(Action.READ, "Number"))
    assert reason is HaltReason.NOT_FOUND and portal.log == []


# --- something else happens ---


def test_a_pop_up_is_closed_whenever_it_comes() -> None:
    dialog = Dialog(7, "Important update")
    close = button("Close", dialog=7, headings=("Important update",))
    portal = FakePortal(
        {
            "start": page([control("Member ID", id="m"), close], dialogs=(dialog,)),
            "clear": page([control("Member ID", id="m")]),
        },
        {"Close": "clear"},
    )
    appears = Condition(ConditionKind.DIALOG, "a pop-up appears", subject="Important update")
    handler = step(
        Action.CONDITION, condition=appears, body=(step(Action.CLICK, "Close", section="Important update"),)
    )
    result = run(portal, task(FILL_ID), otherwise(handler), case=CASE)
    assert result.outcome is RunOutcome.DONE and portal.values == {"m": "W123456789"}


def test_what_lies_under_an_unknown_dialog_is_not_touched() -> None:
    portal = FakePortal(
        {"start": page([control("Member ID"), button("OK", dialog=7)], dialogs=(Dialog(7, "?"),))}
    )
    assert halted(portal, FILL_ID)[0] is HaltReason.NOT_FOUND and not portal.values


def test_a_handler_may_read_and_stop() -> None:
    shown = page(words="Authorization not required", texts=tuple(pair("Decision ID", "D77")))
    portal = FakePortal({"start": shown})
    says = Condition(ConditionKind.SHOWS, "the page says so", subject="Authorization not required")
    body = (
        step(Action.READ, "Decision ID", save_as="decision_id"),
        step(Action.STOP, outcome="not required"),
    )
    result = run(
        portal, task(FILL_ID), otherwise(step(Action.CONDITION, condition=says, body=body)), case=CASE
    )
    assert result.outcome is RunOutcome.DONE and result.stopped_with == "not required"
    assert result.read == {"decision_id": "D77"}


# --- sending ---


def sending(answer_texts: list | None = None, **review: object) -> FakePortal:  # type: ignore[type-arg]
    texts = pair("Member ID", "W123456789")
    form = page([control("Member ID", id="m"), button("Next")])
    shown = page([button("Submit")], words="review", texts=tuple(review.get("texts", texts)))  # type: ignore[arg-type]
    answer = page(
        words="answer",
        texts=tuple(answer_texts if answer_texts is not None else pair("Certification Number", "A1")),
    )
    return FakePortal(
        {"start": form, "review": shown, "answer": answer}, {"Next": "review", "Submit": "answer"}
    )


STEPS = (FILL_ID, step(Action.CLICK, "Next"), SUBMIT, READ)


def test_the_intent_comes_before_the_click_and_the_answer_is_kept_before_it_is_resolved() -> None:
    portal = sending()
    result = run(portal, task(*STEPS), case=CASE)
    assert result.outcome is RunOutcome.DONE and result.sent and result.read == {"reference_number": "A1"}
    done = [e for e in portal.log if not e.startswith("put")]
    assert done == [
        "click Next",
        "kept before-submit",
        "intent 20",
        "click Submit",
        "kept answer",
        "resolve sent",
    ]


def test_an_answer_that_cannot_be_read_leaves_the_intent_open() -> None:
    portal = sending(answer_texts=[])
    result = run(portal, task(*STEPS), case=CASE)
    assert result.outcome is RunOutcome.HALTED and result.sent
    assert result.halt is not None and result.halt.reason is HaltReason.NOT_READ
    assert "resolve sent" not in portal.log


def test_nothing_else_is_done_while_the_answer_is_not_read() -> None:
    portal = sending()
    result = run(
        portal, task(FILL_ID, step(Action.CLICK, "Next"), SUBMIT, step(Action.CLICK, "Home")), case=CASE
    )
    assert result.halt is not None and result.halt.reason is HaltReason.NOT_READ
    assert "click Home" not in portal.log and "resolve sent" not in portal.log


@pytest.mark.parametrize("shown", ["W123456780", "W12345678", ""])
def test_a_review_page_that_differs_halts_before_the_intent(shown: str) -> None:
    portal = sending(texts=pair("Member ID", shown or "-"))
    result = run(portal, task(*STEPS), case=CASE)
    if shown:
        assert result.halt is not None and result.halt.reason is HaltReason.REVIEW_DIFFERS
        assert result.halt.expected == "Member ID: W123456789" and shown in result.halt.found
        assert not result.sent and not [e for e in portal.log if e.startswith(("intent", "click Submit"))]


@pytest.mark.parametrize(
    ("shown", "sent"),
    [
        ("72148, 29881", True),
        ("72148; 29881", True),
        ("72148, 29882", False),
        ("72148", False),
        ("72148, 29881, 72148", False),
    ],
)
def test_several_values_may_be_reviewed_in_one_line(shown: str, sent: bool) -> None:
    portal = sending(texts=pair("Code", shown))
    portal.screens["start"] = page([control("Code", id="c"), button("Add"), button("Next")])
    body = (step(Action.FILL, "Code", ref="service_lines[].code"), step(Action.CLICK, "Add"))

    def emptied(fake: FakePortal) -> None:
        if fake.values and fake.log[-1] == "click Add":
            start = fake.screens["start"]
            fake.screens["start"] = replace(start, text=f"{start.text} {fake.values['c']}")
            fake.values.clear()

    portal.on_look = emptied
    each = step(Action.REPEAT, each="service_lines", body=body)
    result = run(portal, task(each, step(Action.CLICK, "Next"), SUBMIT, READ), case=CASE)
    assert result.sent is sent, result.halt
    assert sent or (result.halt is not None and result.halt.reason is HaltReason.REVIEW_DIFFERS)


@dataclass
class DrawnAnew(FakePortal):
    """The button is taken away as it is first to be clicked; `then` is the screen with the new one, and the
    lease may pass on meanwhile."""

    then: str = "review"
    passes_on: bool = False

    def answer(self, ask: Ask) -> Answer:
        if isinstance(ask, Click) and not ask.trial and self.now == "review" and "lost" not in self.log:
            self.log.append("lost")
            self.now, self.lease_lost = self.then, self.passes_on
            return Acted(False, why="it is no longer on the page", gone=True)
        return super().answer(ask)


def test_what_sends_is_clicked_again_when_it_was_taken_away_unclicked() -> None:
    usual = sending()
    portal = DrawnAnew(usual.screens, usual.links)
    result = run(portal, task(*STEPS), case=CASE)
    assert result.outcome is RunOutcome.DONE and result.read == {"reference_number": "A1"}
    assert portal.log.count("click Submit") == 1 and portal.log.count("intent 20") == 1


@pytest.mark.parametrize("words", ["review W123456780", "an error"])
def test_what_sends_is_not_clicked_again_when_the_page_reads_otherwise(words: str) -> None:
    usual = sending()
    other = replace(usual.screens["review"], text=words)
    portal = DrawnAnew({**usual.screens, "other": other}, usual.links, then="other")
    result = run(portal, task(*STEPS), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.REVIEW_DIFFERS and result.sent
    assert "click Submit" not in portal.log and "resolve sent" not in portal.log


def test_what_sends_is_not_clicked_again_when_the_lease_has_passed_on_meanwhile() -> None:
    usual = sending()
    portal = DrawnAnew(usual.screens, usual.links, passes_on=True)
    result = run(portal, task(*STEPS), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.LEASE_LOST and result.sent
    assert "click Submit" not in portal.log and "resolve sent" not in portal.log


def test_a_lost_lease_stops_before_the_click() -> None:
    portal = sending()
    portal.lease_lost = True
    result = run(portal, task(*STEPS), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.LEASE_LOST
    assert not result.sent and "click Submit" not in portal.log


def test_a_rehearsal_finds_the_button_and_does_not_click_it() -> None:
    portal = sending()
    result = run(portal, task(*STEPS), case=CASE, stop_before_submit=True)
    assert result.outcome is RunOutcome.DONE and not result.sent and result.stopped_with == "before-submit"
    assert "click Submit" not in portal.log and not [e for e in portal.log if e.startswith("intent")]


def test_a_second_sending_in_one_run_is_refused() -> None:
    portal = sending()
    portal.screens["answer"] = page(
        [button("Submit")], words="answer", texts=tuple(pair("Certification Number", "A1"))
    )
    result = run(portal, task(*STEPS, replace(SUBMIT)), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.GUARD
    assert portal.log.count("click Submit") == 1


def test_a_required_field_left_empty_halts_before_sending() -> None:
    portal = sending()
    portal.screens["review"] = page([control("Urgent reason", required=True), button("Submit")], words="r")
    result = run(portal, task(*STEPS), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.REQUIRED_UNANSWERED
    assert result.halt.step
    assert result.picture
    assert result.halt.found == "empty: Urgent reason"


def test_a_browser_that_is_gone_while_it_sends_is_a_failure_with_sent_true() -> None:
    portal = sending()
    portal.gone_when = lambda ask: isinstance(ask, Click) and not ask.trial and portal.now == "review"
    result = run(portal, task(*STEPS), case=CASE)
    assert result.outcome is RunOutcome.FAILED and result.sent
    assert portal.log[-1] == "intent 20"


# --- if interrupted ---

ROW = Condition(
    ConditionKind.ROW, "a row has the code", values=(Value(ref="service_lines[].code", every=True),)
)
NONE = Condition(ConditionKind.SHOWS, "it says so", subject="No requests match")
LOOKUP = (
    FILL_ID,
    step(Action.CLICK, "Search"),
    step(
        Action.CONDITION,
        condition=ROW,
        body=(
            step(
                Action.READ, "Reference Number", target_kind=TargetKind.TABLE_ROW, save_as="reference_number"
            ),
            step(Action.STOP),
        ),
    ),
    step(Action.CONDITION, condition=NONE, body=(step(Action.STOP, outcome="not-sent"),)),
)


def results(words: str, *rows: tuple[str, ...]) -> FakePortal:
    table = Table(
        ("Reference Number", "Service Codes"),
        tuple(Row(f"r{n}", tuple(Cell(c) for c in cells)) for n, cells in enumerate(rows)),
    )
    search = [control("Member ID"), button("Search")]
    return FakePortal(
        {"start": page(search), "found": page(search, words=words, tables=(table,))}, {"Search": "found"}
    )


def looked_up(portal: FakePortal) -> tuple[Lookup, dict[str, str]]:
    result = run(portal, task(SUBMIT), interrupted(*LOOKUP), case=CASE, mode="if-interrupted")
    assert result.lookup is not None and not result.sent
    assert not [e for e in portal.log if e.startswith(("intent", "click Submit"))]
    return result.lookup.finding, result.read


def test_a_row_with_every_code_is_the_request() -> None:
    portal = results("Results for W123456789", ("A1", "72148"), ("A2", "72148, 29881"))
    assert looked_up(portal) == (Lookup.FOUND, {"reference_number": "A2"})


def test_two_such_rows_are_unclear() -> None:
    assert looked_up(results("", ("A1", "72148 29881"), ("A2", "29881 72148")))[0] is Lookup.UNCLEAR


def test_not_sent_needs_the_words_and_the_echo() -> None:
    assert looked_up(results("Results for Member ID W123456789: No requests match"))[0] is Lookup.NOT_SENT


def test_the_words_without_the_echo_prove_nothing() -> None:
    assert looked_up(results("No requests match"))[0] is Lookup.UNCLEAR
    assert looked_up(results("Results for W12345678: No requests match"))[0] is Lookup.UNCLEAR


def test_words_read_for_something_else_prove_nothing() -> None:
    """ "If the page says "Results", click Search. Otherwise nothing was sent": the words are not of that."""
    titled = Condition(ConditionKind.SHOWS, "", subject="Results for")
    stop = step(Action.STOP, outcome="not-sent")
    for ending in (
        (step(Action.CONDITION, condition=titled, body=(step(Action.CAPTURE),)), stop),
        (
            step(
                Action.CONDITION,
                condition=titled,
                body=(step(Action.CONDITION, condition=ROW, otherwise=(stop,)),),
            ),
        ),
    ):
        sections = (task(SUBMIT), interrupted(*LOOKUP[:2], *ending))
        result = run(results("Results for W123456789"), *sections, case=CASE, mode="if-interrupted")
        assert result.lookup is not None and result.lookup.finding is Lookup.UNCLEAR


def test_a_number_typed_pages_before_counts_as_searched_for() -> None:
    """A patient is looked for and opened, then their list: its words have to name the patient."""
    born = step(Action.FILL, "Date of Birth", ref="patient.date_of_birth")
    steps = (FILL_ID, born, step(Action.CLICK, "Search"), step(Action.CLICK, "Open"), LOOKUP[-1])
    case = {**CASE, "patient": {"date_of_birth": "1961-03-14"}}
    for words, finding in (
        ("No requests match for Patient ID W123456789", Lookup.NOT_SENT),
        ("No requests match for 03/14/1961", Lookup.UNCLEAR),
    ):
        search = [control("Member ID"), control("Date of Birth"), button("Search"), button("Open")]
        portal = FakePortal({"start": page(search), "list": page(search, words=words)}, {"Open": "list"})
        result = run(portal, interrupted(*steps), case=case, mode="if-interrupted")
        assert result.lookup is not None and result.lookup.finding is finding


def test_a_name_typed_pages_before_proves_nothing() -> None:
    typed = step(Action.FILL, "Last Name", value="Garcia")
    steps = (typed, step(Action.CLICK, "Search"), step(Action.CLICK, "Open"), LOOKUP[-1])
    form = [control("Last Name"), button("Search"), button("Open")]
    portal = FakePortal({"start": page(form, words="Garcia: No requests match")})
    result = run(portal, interrupted(*steps), mode="if-interrupted")
    assert result.lookup is not None and result.lookup.finding is Lookup.UNCLEAR


@pytest.mark.parametrize(
    ("number", "codes", "finding"),
    [
        ("Draft", "72148 29881", Lookup.UNCLEAR),
        ("A2", "72148 29881", Lookup.FOUND),
    ],
)
def test_a_number_without_a_digit_is_not_adopted(number: str, codes: str, finding: Lookup) -> None:
    assert looked_up(results("", (number, codes)))[0] is finding


UNSENT = ["Draft", "Saved", "Not submitted"]


@pytest.mark.parametrize(
    ("status", "is_read"),
    [*((s, True) for s in UNSENT), *((s, False) for s in UNSENT), ("Incomplete - not sent", True)],
)
def test_what_its_own_row_calls_unsent_is_not_adopted(status: str, is_read: bool) -> None:
    """A draft of the run that died stands in the list with its codes, and often with a number."""
    headers = ("Reference Number", "Service Codes", "Status")
    row = Row("r0", tuple(map(Cell, ("A2", "72148 29881", status))))
    form = [control("Member ID"), button("Search")]
    portal = FakePortal({"start": page(form, tables=(Table(headers, (row,)),))})
    in_row = {"target_kind": TargetKind.TABLE_ROW}
    reads = [step(Action.READ, "Reference Number", save_as="reference_number", **in_row)]
    reads += [step(Action.READ, "Status", save_as="status", **in_row)] if is_read else []
    looks = step(Action.CONDITION, condition=ROW, body=(*reads, step(Action.STOP)))
    result = run(portal, interrupted(FILL_ID, looks), case=CASE, mode="if-interrupted")
    assert result.lookup is not None and result.lookup.finding is Lookup.UNCLEAR
    assert f'marked "{status}"' in result.lookup.saw


def test_an_sop_without_a_look_up_leaves_it_unclear() -> None:
    portal = FakePortal({"start": page(words="No requests match for W123456789")})
    result = run(portal, task(SUBMIT), case=CASE, mode="if-interrupted")
    assert result.lookup is not None and result.lookup.finding is Lookup.UNCLEAR and portal.log == []


def test_neither_row_nor_words_is_unclear() -> None:
    assert looked_up(results("Results for Member ID W123456789"))[0] is Lookup.UNCLEAR


# --- signing in ---


def sign_in_page(words: str = "") -> FakePortal:
    form = [
        control("User ID", id="u", form=1),
        control("Password", Kind.PASSWORD, id="p", form=1),
        button("Sign In", form=1),
    ]
    refused = page(form, words=words, alerts=(words,) if words else (), version="again")
    return FakePortal(
        {"start": page(form), "home": page(words="home"), "again": refused},
        {"Sign In": "again" if words else "home"},
    )


def test_signing_in_on_one_page() -> None:
    portal = sign_in_page()
    assert run(portal, sign_in(step(Action.SIGN_IN)), case=CASE).outcome is RunOutcome.DONE
    assert portal.values == {"u": "specialist", "p": "secret"}


def test_beside_a_password_the_button_of_its_form_is_clicked() -> None:
    portal = sign_in_page()
    start = page([control("Sign In", Kind.LINK, id="menu"), *portal.screens["start"].controls])
    portal.screens["start"] = start
    steps = [
        step(Action.FILL, "User ID", ref="credentials.username"),
        step(Action.FILL, "Password", ref="credentials.password"),
        step(Action.CLICK, "Sign In"),
    ]
    assert run(portal, sign_in(*steps), case=CASE).outcome is RunOutcome.DONE
    reason, _ = halted(FakePortal({"start": start}), steps[2])
    assert reason is HaltReason.AMBIGUOUS, "nothing was typed there"


def test_signing_in_on_two_pages() -> None:
    first = page([control("Email or user name", id="u"), button("Continue")])
    second = page([control("Password", Kind.PASSWORD, id="p"), button("Log in")])
    portal = FakePortal(
        {"start": first, "two": second, "home": page()}, {"Continue": "two", "Log in": "home"}
    )
    assert run(portal, sign_in(step(Action.SIGN_IN)), case=CASE).outcome is RunOutcome.DONE
    assert portal.values == {"u": "specialist", "p": "secret"} and portal.now == "home"


def test_a_refused_password_halts_at_once() -> None:
    portal = sign_in_page("The user ID or password is incorrect. 4 tries left.")
    result = run(portal, sign_in(step(Action.SIGN_IN)), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.SIGN_IN_REFUSED
    assert "4 tries left" in result.halt.found and portal.log.count("click Sign In") == 1


def test_a_refused_code_halts_at_once() -> None:
    form = [control("Authentication Code", id="c"), button("Verify")]
    portal = FakePortal(
        {"start": page(form), "again": page(form, alerts=("That code is invalid.",))}, {"Verify": "again"}
    )
    result = run(portal, sign_in(step(Action.ENTER_CODE), step(Action.CLICK, "Verify")), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.SIGN_IN_REFUSED
    assert portal.values == {"c": "123456"} and result.steps[0].value == "••••••"


USED = "This code was used already. Wait for a new code."


@pytest.mark.parametrize("as_alert", [True, False])
def test_a_code_that_was_used_already_halts_in_the_sign_in_section(as_alert: bool) -> None:
    form = [control("One-time code", id="c"), button("Verify")]
    help_ = text("Open your app. A new code comes in 12 s", 10, 10)
    again = page(
        form,
        texts=(replace(help_, text="Open your app. A new code comes in 11 s"),)
        if as_alert
        else (help_, text(USED, 10, 40)),
        alerts=(USED,) if as_alert else (),
    )
    portal = FakePortal(
        {"start": page(form, texts=(help_,)), "again": again}, {"Verify": "again"}, codes=["111111", "222222"]
    )
    asks = step(
        Action.CONDITION,
        condition=Condition(ConditionKind.ASKS_FOR, "if it asks for a code", "a code"),
        body=(step(Action.ENTER_CODE), step(Action.CLICK, "Verify")),
    )
    result = run(portal, sign_in(asks, asks), task(step(Action.CLICK, "Patient Registration")), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.SIGN_IN_REFUSED
    assert result.halt.found == USED and portal.log.count("click Verify") == 1
    assert portal.codes == ["222222"]


def test_a_code_page_that_stays_without_a_word_halts_before_the_task() -> None:
    form = [control("One-time code", id="c"), button("Verify"), button("Remember this device")]
    portal = FakePortal({"start": page(form)})
    steps = [
        step(Action.ENTER_CODE),
        step(Action.CLICK, "Remember this device"),
        step(Action.CLICK, "Verify"),
    ]
    result = run(portal, sign_in(*steps), task(step(Action.CLICK, "Patient Registration")), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.SIGN_IN_REFUSED
    assert result.halt.found == "the page still asks for a code"


def test_an_accepted_code_costs_no_waiting() -> None:
    form = [control("One-time code", id="c"), button("Verify")]
    portal = FakePortal({"start": page(form), "home": page(words="home")}, {"Verify": "home"})
    result = run(portal, sign_in(step(Action.ENTER_CODE), step(Action.CLICK, "Verify")), case=CASE)
    assert result.outcome is RunOutcome.DONE and portal.at == 0


def test_a_session_that_ended_is_begun_again_once() -> None:
    signed_out = [
        control("User ID", form=1),
        control("Password", Kind.PASSWORD, form=1),
        button("Sign In", form=1),
    ]
    screens = {
        "start": page(signed_out),
        "work": page([button("Request")]),
        "form": page([control("Member ID", id="m")]),
    }
    portal = FakePortal(screens, {"Sign In": "work", "Request": "form"})
    lapses = iter([True])

    def lapse(fake: FakePortal) -> None:
        if fake.now == "form" and next(lapses, False):
            fake.now = "start"

    portal.on_look = lapse
    steps = task(step(Action.CLICK, "Request"), FILL_ID)
    result = run(portal, sign_in(step(Action.SIGN_IN)), steps, case=CASE)
    assert result.outcome is RunOutcome.DONE and portal.values["m"] == "W123456789"
    assert portal.log.count("click Sign In") == 2


# --- reading, checking, attaching, flow ---


def test_two_values_beside_one_label_are_not_read() -> None:
    texts = [*pair("Status", "Approved", 10), *pair("Status", "Pended", 60)]
    reason, found = halted(FakePortal({"start": page(texts=tuple(texts))}), step(Action.READ, "Status"))
    assert reason is HaltReason.NOT_READ and found == "2 values: Approved, Pended"


def test_a_check_names_what_is_lacking() -> None:
    portal = FakePortal({"start": page(words="Codes: 72148")})
    reason, _ = halted(portal, step(Action.VERIFY, ref="service_lines[].code", every=True))
    assert reason is HaltReason.CHECK_FAILED


def test_documents_of_a_kind_are_attached_and_named_by_the_page() -> None:
    portal = FakePortal(
        {"start": page([control(kind=Kind.FILE, visible=False)])}, sizes={"notes.pdf": 9, "scan.pdf": 9}
    )
    attach = step(Action.UPLOAD, ref="documents", every=True, document_kind="clinical notes", max_bytes=10)
    assert run(portal, task(attach), case=CASE).outcome is RunOutcome.DONE
    assert portal.log == ["upload notes.pdf"]


def test_a_document_goes_where_it_is_said() -> None:
    """Of several file fields in a table, the one in the row that is named."""
    fields = [control(kind=Kind.FILE, id=i) for i in ("f1", "f2")]
    cells = (("Referral", "f1"), ("Clinical notes", "f2"))
    made = tuple(Row(f"r{i}", (Cell(name), Cell("", controls=(i,)))) for name, i in cells)
    shown = page(fields, tables=(Table(("Kind", "File"), made, id=1),))
    attach = step(Action.UPLOAD, ref="documents", every=True, document_kind="clinical notes")
    portal = FakePortal({"start": shown}, sizes={"notes.pdf": 9, "scan.pdf": 9})
    assert halted(portal, attach)[0] is HaltReason.AMBIGUOUS
    portal = FakePortal({"start": shown}, sizes={"notes.pdf": 9, "scan.pdf": 9})
    run(portal, task(replace(attach, beside="Clinical notes")), case=CASE)
    assert portal.log == ["upload notes.pdf"]
    assert portal.given == ["f2"]


def test_marks_that_the_page_does_not_want_are_left_out() -> None:
    portal = FakePortal({"start": page([control("Phone", id="p")])})
    typed = step(Action.FILL, "Phone", value="(555) 010-0199", format="without dashes and parentheses")
    assert run(portal, task(typed), case=CASE).outcome is RunOutcome.DONE
    assert portal.values == {"p": "555 0100199"}


def test_a_document_that_is_too_large_halts() -> None:
    portal = FakePortal({"start": page([control(kind=Kind.FILE)])}, sizes={"notes.pdf": 12_000_000})
    attach = step(Action.UPLOAD, ref="documents", document_kind="clinical notes", max_bytes=10_000_000)
    assert halted(portal, attach) == (HaltReason.DOCUMENT, "it has 12.0 MB")


def test_a_document_that_is_too_large_halts_before_anything_is_typed() -> None:
    portal = FakePortal(
        {"start": page([control("Name"), control(kind=Kind.FILE)])}, sizes={"notes.pdf": 12_000_000}
    )
    typed = step(Action.FILL, "Name", value="Garcia")
    attach = step(Action.UPLOAD, ref="documents", document_kind="clinical notes", max_bytes=10_000_000)
    result = run(portal, task(typed, attach), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.DOCUMENT
    assert (portal.log, portal.values) == ([], {})


def test_a_file_that_the_page_names_and_refuses_is_not_attached() -> None:
    said = "notes.pdf: this type of file is not accepted"
    field = control(kind=Kind.FILE)
    portal = FakePortal({"start": page([field]), "after": page([field], said)}, sizes={"notes.pdf": 9})

    def refuse(fake: FakePortal) -> None:
        fake.now = "after" if fake.given else "start"

    portal.on_look = refuse
    attach = step(Action.UPLOAD, ref="documents", document_kind="clinical notes")
    assert halted(portal, attach) == (HaltReason.DOCUMENT, f'the page says "{said}"')


def test_a_page_that_tells_in_an_alert_that_a_file_was_taken_is_believed() -> None:
    field = control(kind=Kind.FILE)
    taken = page([field], "notes.pdf was uploaded", alerts=("notes.pdf was uploaded",))
    portal = FakePortal({"start": page([field]), "after": taken}, sizes={"notes.pdf": 9})

    def take(fake: FakePortal) -> None:
        fake.now = "after" if fake.given else "start"

    portal.on_look = take
    attach = step(Action.UPLOAD, ref="documents", document_kind="clinical notes")
    assert run(portal, task(attach), case=CASE).outcome is RunOutcome.DONE


@pytest.mark.parametrize(("kinds", "given"), [(("Imaging", "Clinical notes"), ["f1"]), (("A", "B"), [])])
def test_of_several_file_fields_the_one_in_the_row_with_the_label(
    kinds: tuple[str, str], given: list[str]
) -> None:
    fields = [control(kind=Kind.FILE, id=f"f{n}", visible=False) for n in range(2)]
    rows = tuple(Row(f"r{n}", (Cell(kinds[n]), Cell("", (f"f{n}",)))) for n in range(2))
    portal = FakePortal({"start": page(fields, tables=(Table((), rows),))}, sizes={"notes.pdf": 9})
    run(portal, task(step(Action.UPLOAD, "Clinical notes", ref="documents", every=True)), case=ONE_DOCUMENT)
    assert portal.given == given


@pytest.mark.parametrize(("words", "given"), [("", ["f0", "f1"]), ("Documents: notes.pdf", ["f0"])])
def test_a_file_is_attached_again_when_the_page_has_drawn_itself_anew_and_forgot_it(
    words: str, given: list[str]
) -> None:
    """Not when it names the file still: then it has it."""
    forms = [page([control(kind=Kind.FILE, id=f"f{n}"), button("Next")], words * n) for n in range(2)]
    portal = FakePortal(
        {"start": forms[0], "anew": forms[1], "next": page(words="there")},
        {"Next": "next"},
        sizes={"notes.pdf": 9},
    )

    def redraw(fake: FakePortal) -> None:
        fake.now = "anew" if fake.given and fake.now == "start" else fake.now

    portal.on_look = redraw
    attach = step(Action.UPLOAD, ref="documents", every=True)
    result = run(portal, task(attach, step(Action.CLICK, "Next")), case=ONE_DOCUMENT)
    assert result.outcome is RunOutcome.DONE and portal.given == given and portal.now == "next"


def test_a_suggestion_must_start_with_the_value() -> None:
    portal = FakePortal(
        {
            "start": page([control("Code", Kind.TYPEAHEAD, id="c")]),
            "open": page([control("Code", Kind.TYPEAHEAD, id="c"), control("721480 - other", Kind.OPTION)]),
        }
    )

    def suggest(fake: FakePortal) -> None:
        fake.now = "open" if fake.values else "start"

    portal.on_look = suggest
    typed = step(Action.FILL, "Code", value="72148", suggest=True, match=Match.STARTS_WITH)
    assert halted(portal, typed)[0] is HaltReason.OPTION_MISSING


def test_a_jump_has_a_bound() -> None:
    portal = FakePortal({"start": page()})
    assert halted(portal, step(Action.GO_TO, "Task"))[0] is HaltReason.JUMP_LIMIT


def test_a_person_who_is_asked_after_sending_is_told_what_the_page_says() -> None:
    """What was sent and not answered stays open."""
    refused = page(words="Your request has been received.\nIt could not be processed.\nSystem unavailable.")
    portal = FakePortal({"start": page([button("Submit")]), "no": refused}, {"Submit": "no"})
    asked = Condition(ConditionKind.SHOWS, "", subject="could not be processed")
    steps = (SUBMIT, step(Action.CONDITION, condition=asked, body=(step(Action.HUMAN),)))
    result = run(portal, task(*steps), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.ASKED_PERSON and result.sent
    assert 'the page says "It could not be processed. System unavailable."' in result.halt.found
    assert "resolve sent" not in portal.log


CONFIRM = step(Action.HUMAN)


@pytest.mark.parametrize(
    ("says", "found"),
    [
        ("", "the SOP asks for a person: nobody is there"),
        ("no", 'the SOP asks for a person: a person answered "no"'),
    ],
)
def test_without_a_yes_the_run_ends_at_the_question(says: str, found: str) -> None:
    portal = FakePortal({"start": page([button("Submit")])}, person=says)
    assert halted(portal, CONFIRM, SUBMIT) == (HaltReason.ASKED_PERSON, found)
    assert not [entry for entry in portal.log if entry.startswith("click")]


def test_after_a_yes_the_run_goes_on_and_notes_it() -> None:
    portal = FakePortal({"start": page([button("Next")])}, person="Yes")
    result = run(portal, task(CONFIRM, step(Action.CLICK, "Next")))
    assert result.outcome is RunOutcome.DONE and portal.log == ["asked in words", "click Next"]
    assert result.steps[0].note == 'a person answered "Yes"'


def test_a_yes_is_no_answer_where_something_is_missing_or_was_sent() -> None:
    """Nor in "If interrupted": nobody is asked there, the run ends."""
    shows = Condition(ConditionKind.SHOWS, "", subject="Which knee?")
    screen = page([button("Submit")], words="Which knee?")
    for sections, mode in (
        (task(step(Action.CONDITION, condition=shows, body=(CONFIRM,))), "from-top"),
        (task(SUBMIT, CONFIRM), "from-top"),
        (interrupted(CONFIRM), "if-interrupted"),
    ):
        portal = FakePortal({"start": screen}, person="yes")
        result = run(portal, sections, mode=mode)
        assert result.halt is not None and result.halt.reason is HaltReason.ASKED_PERSON
        assert "asked in words" not in portal.log


def test_a_person_is_asked_for() -> None:
    assert halted(FakePortal({"start": page()}), step(Action.HUMAN))[0] is HaltReason.ASKED_PERSON


def test_a_portal_that_answers_500_is_a_failure() -> None:
    portal = FakePortal({"start": page(status=503)})
    result = run(portal, task(FILL_ID), case=CASE)
    assert result.outcome is RunOutcome.FAILED and result.halt is not None
    assert result.halt.reason is HaltReason.PORTAL_DOWN


# --- where it begins ---

OPENED = {"blank": replace(page(), url="about:blank"), "start": page([button("Find a form")])}


def test_the_first_page_is_opened_when_the_sop_just_begins() -> None:
    for mode, section in (("from-top", task), ("if-interrupted", interrupted)):
        portal = FakePortal(OPENED, {"http://portal.test/": "start"}, now="blank")
        result = run(portal, section(step(Action.CLICK, "Find a form")), mode=mode)
        assert result.outcome is RunOutcome.DONE, result.halt
        assert portal.log == ["goto http://portal.test/", "click Find a form"]


def test_a_window_that_is_still_empty_later_is_left_alone() -> None:
    portal = FakePortal(
        {**OPENED, "blank": replace(OPENED["blank"], controls=(button("Next"),))}, now="start"
    )
    portal.links = {"Find a form": "blank"}
    run(portal, task(step(Action.CLICK, "Find a form"), step(Action.CLICK, "Next")))
    assert portal.log == ["click Find a form", "click Next"]


# --- what a check counts ---


@pytest.mark.parametrize(
    ("more", "target", "outcome"),
    [
        ({}, "page", RunOutcome.HALTED),
        ({}, "form", RunOutcome.DONE),
        ({"editable": False}, "page", RunOutcome.DONE),
        ({"enabled": False}, "page", RunOutcome.DONE),
    ],
)
def test_what_was_only_typed_is_not_shown_by_the_page(
    more: dict[str, object], target: str, outcome: RunOutcome
) -> None:
    portal = FakePortal({"start": page([control("Member ID", value="W123456789", **more)], words="Refused")})
    check = step(Action.VERIFY, target, ref="coverage.member_id", target_kind=TargetKind.PAGE)
    result = run(portal, task(check), case=CASE)
    assert result.outcome is outcome
    if result.halt:
        assert result.halt.found == "only fields that can still be changed hold it"


# --- what an unclear look saw ---


def listed(*rows: tuple[str, ...]) -> Table:
    return Table(("Number", "Status"), tuple(Row(f"r{n}", tuple(map(Cell, r))) for n, r in enumerate(rows)))


def looked(screen: Page, *steps: Step) -> LookupFinding:
    steps = steps or (step(Action.CAPTURE),)
    result = run(FakePortal({"start": screen}), interrupted(*steps), mode="if-interrupted", case=CASE)
    assert result.lookup is not None and result.lookup.finding is Lookup.UNCLEAR
    return result.lookup


def test_rows_that_were_there_are_quoted() -> None:
    rows = [(f"A{n}", "Denied") for n in range(7)]
    assert looked(page(tables=(listed(rows[0]),))).saw == (
        '1 row in the payer\'s list, none taken for the request: "A0 · Denied"'
    )
    saw = looked(page(tables=(listed(*rows),))).saw
    assert saw.startswith("7 rows in") and saw.endswith('"A4 · Denied", and 2 more')
    assert looked(page()).saw == "neither a row nor words that there is none"


def test_words_without_the_question_repeated_prove_nothing() -> None:
    shows = Condition(ConditionKind.SHOWS, "it says so", subject="No forms")
    stop = step(Action.STOP, outcome="not-sent")
    screen = page([control("Member ID"), button("Search")], words="No forms on file")
    steps = (FILL_ID, step(Action.CLICK, "Search"), step(Action.CONDITION, condition=shows, body=(stop,)))
    assert looked(screen, *steps).saw == (
        'the page says "No forms", but it doesn\'t repeat Member ID: it may not have searched at all'
    )


def test_steps_are_told_as_they_are_done() -> None:
    portal, told = FakePortal({"start": page([button("Next")])}), []

    def watch(ask: object) -> bool:
        if isinstance(ask, StepDone):
            told.append((ask.record.line, list(portal.log)))
        return False

    portal.gone_when = watch
    run(portal, task(step(Action.CLICK, "Next", line=3), step(Action.CLICK, "Next", line=4)))
    assert told == [(3, ["click Next"]), (4, ["click Next", "click Next"])]


def test_a_stop_tells_what_the_page_complained_of() -> None:
    screens = {"start": page([button("Next")], words="Form"), "no": page(words="Form\nPlease correct: NPI")}
    refused = Condition(ConditionKind.SHOWS, "it says so", subject="Please correct")
    handler = step(
        Action.CONDITION, condition=refused, body=(step(Action.STOP, outcome="form refused"),), line=901
    )
    steps = task(step(Action.CLICK, "Next"), step(Action.CLICK, "Send"))
    result = run(FakePortal(screens, {"Next": "no"}), steps, otherwise(handler))
    assert (result.stopped_with, result.said) == ("form refused", "Please correct: NPI")


def test_no_code_is_a_halt_of_its_own() -> None:
    code = page([control("Verification code")], words="We sent you an email with a code.")
    portal = FakePortal({"start": code}, codes=[])
    result = run(portal, sign_in(step(Action.ENTER_CODE)))
    assert result.halt and result.halt.reason is HaltReason.NO_CODE


@pytest.mark.parametrize(
    ("there", "clicked"), [("Reports", ["Reports", "Letters"]), ("Letters", ["Letters"])]
)
def test_a_menu_is_opened_unless_its_entry_is_shown(there: str, clicked: list[str]) -> None:
    shut = page([control("Reports", Kind.MENU)])
    opened = page([control("Reports", Kind.MENU), control("Letters", Kind.MENU)])
    portal = FakePortal(
        {"start": opened if there == "Letters" else shut, "open": opened}, {"Reports": "open"}
    )
    entry = step(Action.CLICK, "Letters", target_kind=TargetKind.MENU, section="Reports")
    assert run(portal, task(entry), case=CASE).outcome is RunOutcome.DONE
    assert portal.log == [f"click {label}" for label in clicked]
