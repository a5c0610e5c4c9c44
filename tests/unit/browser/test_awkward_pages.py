"""The messy parts of portals, each on a page of its own, in Chromium."""

from typing import Any

import pytest
from fakes import step, task
from sessions import PAGES, Session, done, fill

from authwright.core.run import HaltReason, RunResult
from authwright.core.workflow import Action, Match, Step
from authwright.runner.asks import Look
from authwright.runner.page import Page

pytestmark = pytest.mark.browser


def click(label: str, **more: object) -> Step:
    return step(Action.CLICK, label, **more)


def halt(result: RunResult) -> tuple[HaltReason, str]:
    assert result.halt is not None, result
    return result.halt.reason, result.halt.found


SUBMIT = click("Submit", once=True)
READ = step(Action.READ, "Number", save_as="reference_number")


# --- labels bound to nothing ---


def test_a_field_is_the_next_control_after_its_words_in_one_box(session: Session) -> None:
    steps = [
        fill("Procedure", "far away"),
        fill("Reason", "far above"),
        step(Action.SELECT, "Code Type", value="CPT"),
        fill("Code", "1"),
        fill("CPT/HCPCS Code(s)", "2"),
        fill("Diagnosis Code", "3"),
        fill("Member ID", "4"),
    ]
    done(session.run("boxes.html", task(*steps)))
    ids = ("far", "reason", "type", "code", "codes", "dx", "member", "card")
    assert [session.value(i) for i in ids] == ["far away", "far above", "CPT", "1", "2", "3", "4", ""]


def test_a_star_beside_the_label_says_that_it_is_required(session: Session) -> None:
    page = session.look("boxes.html")
    assert {c.key for c in page.controls if c.required} == {"far", "type", "code"}


# --- drop-downs that are plain buttons ---


def test_buttons_named_by_their_value_are_told_apart_by_their_labels(session: Session) -> None:
    steps = [
        step(Action.SELECT, "Place of Service", value="Outpatient"),
        step(Action.SELECT, "Level of Care", value="Urgent"),
        step(Action.SELECT, "Plan", value="Gold Plus"),
        click("Next"),
    ]
    done(session.run("buttons.html", task(*steps)))
    assert session.held() == {"place": "Outpatient", "level": "Urgent", "plan": "Gold Plus", "next": True}


def test_two_that_say_the_same_are_ambiguous_by_what_they_say(session: Session) -> None:
    assert halt(session.run("buttons.html", task(click("Select One"))))[0] is HaltReason.AMBIGUOUS


def test_an_option_that_is_not_there_is_not_replaced_by_one_that_holds_its_name(session: Session) -> None:
    wrong = step(Action.SELECT, "Place of Service", value="Hosp")
    assert halt(session.run("buttons.html", task(wrong)))[0] is HaltReason.OPTION_MISSING
    assert session.held() == {}


# --- "Add" buttons that belong to a field ---

CODE, ADD = fill("Procedure Code", "72148"), click("Add", beside="Procedure Code")
SEND = (click("Next"), SUBMIT, READ)


def test_what_is_typed_and_added_is_sent(session: Session) -> None:
    more = (fill("Procedure Code", "72149"), ADD, fill("Diagnosis Code", "M54.16"))
    steps = (CODE, ADD, *more, click("Add", beside="Diagnosis Code"), *SEND)
    done(session.run("adding.html", task(*steps)))
    assert session.held("window.held.sent") == {"codes": ["72148", "72149"], "dx": ["M54.16"]}


@pytest.mark.parametrize(
    "steps",
    [(CODE,), (CODE, ADD, fill("Procedure Code", "72149")), (CODE, click("Add", beside="Diagnosis Code"))],
)
def test_what_is_typed_and_not_added_halts_before_sending(session: Session, steps: tuple[Step, ...]) -> None:
    result = session.run("adding.html", task(*steps, *SEND))
    assert halt(result) == (HaltReason.VALUE_DIFFERS, "it was typed, and Add not clicked")
    assert session.held("window.held.sent") is None and session.intents.open_intent() is None


def test_a_page_that_adds_by_itself_shows_it(session: Session) -> None:
    done(session.run("adding.html?typed", task(CODE, *SEND)))
    assert session.held("window.held.sent") == {"codes": ["72148"], "dx": []}


# --- Enter ---


def test_a_search_without_a_button_is_begun_by_enter_in_its_own_form(session: Session) -> None:
    search = step(Action.FILL, value="Garcia", search=True)
    done(session.run("enter.html", task(search, SUBMIT, READ)))
    assert session.held() == {"sent": 1, "found": "Garcia"}


# From the search field the tabulator leads into the form that sends.
INTO_THE_FORM = (fill("Quantity", "1"), fill("Search members", "Lee"), step(Action.PRESS_KEY, "Tab"))


def test_enter_that_would_send_is_cancelled(session: Session) -> None:
    steps = *INTO_THE_FORM, step(Action.PRESS_KEY, "Enter"), SUBMIT, READ
    result = session.run("enter.html", task(*steps))
    assert halt(result) == (HaltReason.GUARD, "the guard stopped: Submit")
    assert session.held("window.held.sent") == 0


def test_enter_that_is_said_to_send_is_written_down_first(session: Session) -> None:
    steps = *INTO_THE_FORM, step(Action.PRESS_KEY, "Enter", once=True), READ
    assert done(session.run("enter.html", task(*steps))).sent
    assert session.held("window.held.sent") == 1 and session.intents.outcomes() == ["sent"]


# --- overlays ---


def test_an_overlay_without_a_role_is_what_is_filled_in(session: Session) -> None:
    steps = [
        fill("Last Name", "Garcia"),
        click("Find provider"),
        fill("Last Name", "Lee"),
        click("Continue"),
        fill("First Name", "Maria"),
        click("Continue"),
    ]
    done(session.run("overlay.html", task(*steps)))
    assert [session.value(i) for i in ("p1", "p2", "o1", "o2")] == ["Garcia", "Maria", "Lee", ""]
    assert session.held() == {"provider": "Lee", "continued": True}


# --- what comes after a choice, icons, questions ---


def test_a_section_that_appears_after_a_choice(session: Session) -> None:
    case = {"admission": {"date": "12/07/2026"}}
    dated = step(
        Action.FILL, "Admission Date", ref="admission.date", section="Admission", format="MM/DD/YYYY"
    )
    steps = step(Action.SELECT, "Request Type", value="Inpatient"), dated, SUBMIT, READ
    done(session.run("questions.html", task(*steps), case=case))
    assert session.value("admitted") == "12/07/2026" and session.held("window.held.sent") == 1


def test_icons_by_their_title(session: Session) -> None:
    done(session.run("questions.html", task(click("Search codes"), click("Edit"))))
    assert session.held("window.held.clicks") == ["icon", "pen"]


def sent_with(session: Session, *steps: Step) -> RunResult:
    chosen = step(Action.SELECT, "Request Type", value="Outpatient")
    seen = step(Action.VERIFY, value="Clinical questions")
    return session.run("questions.html", task(chosen, seen, *steps, SUBMIT, READ))


def test_a_required_question_that_the_sop_leaves_out_is_named(session: Session) -> None:
    question = "Has the patient tried physical therapy? *"
    assert halt(sent_with(session)) == (HaltReason.REQUIRED_UNANSWERED, f"empty: {question}")
    assert session.held("window.held.sent") == 0


def test_answered_it_is_sent(session: Session) -> None:
    done(sent_with(session, step(Action.SELECT, "Has the patient tried physical therapy?", value="Yes")))
    assert session.held("window.held.sent") == 1


def test_a_required_choice_that_was_never_made_is_named(session: Session) -> None:
    found = halt(session.run("questions.html", task(SUBMIT, READ)))
    assert found == (HaltReason.REQUIRED_UNANSWERED, "empty: Request Type *")


@pytest.mark.parametrize(
    "name",
    [
        "boxes.html",
        "buttons.html",
        "adding.html",
        "enter.html",
        "overlay.html",
        "questions.html",
        "chips.html",
    ],
)
def test_looking_leaves_the_page_as_it_is(session: Session, name: str) -> None:
    driver = session.driver()
    driver.page.goto((PAGES / name).as_uri())
    before: Any = driver.page.evaluate("document.documentElement.outerHTML")
    assert isinstance(driver.answer(Look()), Page)
    assert driver.page.evaluate("document.documentElement.outerHTML") == before


# --- chips ---


def test_a_field_that_turns_what_is_picked_into_chips(session: Session) -> None:
    code = step(Action.FILL, "Diagnosis Codes", ref="diagnoses[].code", suggest=True, match=Match.STARTS_WITH)
    each = step(Action.REPEAT, each="diagnoses", body=(code,))
    case = {"diagnoses": [{"code": "M54.16"}, {"code": "M54.5"}]}
    done(session.run("chips.html", task(each, SUBMIT, READ), case=case))
    assert session.held("window.held.sent") == ["M54.16", "M54.5"]


# --- dates in three boxes, one form for all lines ---

LINES = {
    "service_lines": [
        {"code": "97110", "units": 1, "from": "2026-12-07", "to": "2026-12-11"},
        {"code": "95810", "units": 2, "from": "2026-12-07", "to": "2026-12-11"},
        {"code": "97110", "units": 1, "from": "2026-12-07", "to": "2026-12-11"},
    ]
}
LINE = step(
    Action.REPEAT,
    each="service_lines",
    body=(
        step(Action.FILL, "Code", ref="service_lines[].code"),
        step(Action.FILL, "Units", ref="service_lines[].units"),
        click("Add"),
    ),
)
DATES = (
    step(Action.FILL, "Start Date", ref="service_lines[].start"),
    step(Action.FILL, "End Date", ref="service_lines[].end"),
)


def test_dates_in_three_boxes_and_one_form_for_all_lines(session: Session) -> None:
    done(session.run("lines.html", task(*DATES, LINE, SUBMIT, READ), case=LINES))
    lines = [["97110", "1"], ["95810", "2"], ["97110", "1"]]
    assert session.held("window.held.sent") == ["12/07/2026", "12/11/2026", lines]


def test_three_boxes_that_are_required_and_empty_are_one_field(session: Session) -> None:
    found = halt(session.run("lines.html", task(DATES[1], LINE, SUBMIT, READ), case=LINES))
    assert found == (HaltReason.REQUIRED_UNANSWERED, "empty: Start Date * :")
