"""Habits of portals that mislead: what is seen and what is kept aren't the same, or not yet."""

import pytest
from fakes import step, task
from sessions import Session, done, fill

from authwright.core.run import HaltReason, RunResult
from authwright.core.workflow import Action, Condition, ConditionKind, Step, TargetKind, Value

pytestmark = pytest.mark.browser


def click(label: str, **more: object) -> Step:
    return step(Action.CLICK, label, **more)


def halt(result: RunResult) -> tuple[HaltReason, str]:
    assert result.halt is not None, result
    return result.halt.reason, result.halt.found


SUBMITTED = click("Submit", once=True), step(Action.READ, "Number")


# --- names ---


def test_what_is_seen_comes_before_a_name_that_only_the_markup_has(session: Session) -> None:
    fields = fill("Member ID", "W1"), fill("Group Number", "7")
    done(session.run("naming.html", task(*fields, click("Save draft"), click("Close panel"))))
    assert (session.value("m"), session.value("g")) == ("W1", "7")
    assert session.held("window.held.clicks") == ["Save draft", "×"]


def test_a_button_is_not_found_by_a_name_that_says_something_else_than_it_shows(session: Session) -> None:
    assert halt(session.run("naming.html", task(click("Send to payer"))))[0] is HaltReason.NOT_FOUND
    assert session.held("window.held.clicks") == []


APPEARS = step(
    Action.WAIT, condition=Condition(ConditionKind.SHOWS, "until Review appears", subject="Review")
)


def test_waiting_after_a_click_is_for_what_did_not_stand_there_before(session: Session) -> None:
    done(session.run("naming.html", task(click("Next"), APPEARS)))
    assert session.held("window.held.shown") is True
    found = halt(session.run("naming.html?never", task(click("Next"), APPEARS)))
    assert found == (HaltReason.TIMED_OUT, "the page shows only what it showed before the click")


def test_icons_without_a_word_by_what_they_show(session: Session) -> None:
    shown = ("Search", "Edit", "Delete", "+", "Save")
    done(session.run("icons.html", task(*map(click, shown))))
    assert session.held("window.held.clicks") == ["search", "edit", "delete", "plus", "download"]


@pytest.mark.parametrize("label", ["Calendar", "Download"])
def test_an_icon_that_shows_two_things_or_stands_beside_words_is_in_doubt(
    session: Session, label: str
) -> None:
    assert halt(session.run("icons.html", task(click(label))))[0] is HaltReason.NOT_FOUND
    assert session.held("window.held.clicks") == []


# --- look-alikes ---


def test_of_look_alikes_the_one_with_all_the_words_and_no_more(session: Session) -> None:
    both = Value(literal="72148"), Value(literal="LT")
    row = Condition(ConditionKind.ROW, "a row has both", values=both)
    steps = (
        fill("Member ID", "W1"),
        step(Action.SELECT, "Type of Request", value="Outpatient"),
        fill("Units", "3"),
        step(Action.CONDITION, condition=row, body=(click("Edit"),)),
        click("Submit", once=True, section="Request"),
        SUBMITTED[1],
    )
    done(session.run("twins.html", task(*steps)))
    assert session.held() == {"clicks": ["72148 LT Edit"], "sent": ["W1", "", "", "Outpatient", "3"]}


@pytest.mark.parametrize("doubt", [click("Submit", once=True), click("Edit", value=Value(literal="72148"))])
def test_between_twins_nothing_is_clicked(session: Session, doubt: Step) -> None:
    assert halt(session.run("twins.html", task(doubt)))[0] is HaltReason.AMBIGUOUS
    assert session.held() == {"clicks": []}


# --- fields and buttons ---


def test_dates_in_the_form_that_stands_beside_them(session: Session) -> None:
    labels = ("Start Date", "End Date", "Date of Birth", "Request Date")
    fields = [step(Action.FILL, label, ref="service_lines[].start") for label in labels]
    done(session.run("dates.html", task(*fields, click("Next")), case=DATED))
    assert session.held("window.held.dates") == ["2026-12-17", "17-DEC-2026", "12172026", "12/17/2026"]


def test_what_a_mask_makes_of_it(session: Session) -> None:
    case = {"patient": {"phone": "555-010-1234"}}
    done(session.run("fickle.html", task(step(Action.FILL, "Phone", ref="patient.phone")), case=case))
    assert session.value("phone") == "(555) 010-1234"
    found = halt(session.run("fickle.html", task(fill("Member ID", "W12"), click("Next"))))
    assert found == (HaltReason.VALUE_DIFFERS, "it shows 12") and session.held() == {"clicks": 0}


START = step(Action.FILL, "Start Date", ref="service_lines[].start"), click("Next")
DATED = {"service_lines": [{"from": "2026-12-17"}]}


def test_a_date_that_an_unseen_field_beside_it_keeps(session: Session) -> None:
    done(session.run("fickle.html", task(*START), case=DATED))
    assert session.held("window.held.date") == "2026-12-17"


def test_a_date_that_it_does_not_keep(session: Session) -> None:
    result = session.run("fickle.html?dayfirst", task(*START), case=DATED)
    assert halt(result)[0] is HaltReason.VALUE_DIFFERS and session.held() == {"clicks": 0}


def test_a_button_that_attaches_and_at_the_second_click_takes_away(session: Session) -> None:
    (session.folder / "letter.pdf").write_bytes(b"%PDF-1.4")
    attach = step(Action.UPLOAD, "Attach", ref="documents", target_kind=TargetKind.FILE)
    done(session.run("fickle.html", task(attach), case={"documents": [{"path": "letter.pdf"}]}))
    assert session.held("window.held.letter") == "letter.pdf"


def test_a_button_that_stays_disabled_without_a_word(session: Session) -> None:
    found = halt(session.run("fickle.html", task(click("Continue"))))
    assert found == (HaltReason.NOT_FOUND, "it stays greyed out")


# --- elsewhere ---


def test_a_new_tab_a_download_an_editor_and_a_page_without_a_load(session: Session) -> None:
    steps = (
        step(Action.FILL, "Clinical Notes", value="Six weeks of therapy."),
        step(Action.DOWNLOAD, "Download letter", save_as="letter"),
        click("Details in a new tab"),
        step(Action.READ, "Plan"),
        click("Close window"),
        click("Open request"),
        step(Action.READ, "Number"),
    )
    result = done(session.run("moving.html", task(*steps)))
    assert (result.read["plan"], result.read["number"]) == ("Gold", "A7")
    assert ("download", "letter.txt", b"letter") in session.evidence.things
    assert session.held("document.getElementById('notes').contentDocument.body.innerText.trim()") == (
        "Six weeks of therapy."
    )


def test_a_search_in_a_window_of_its_own_whose_pick_fills_the_page_behind(session: Session) -> None:
    shows = Condition(
        ConditionKind.FIELD, "the NPI shows it", subject="NPI", values=(Value(literal="1992345672"),)
    )
    steps = (
        click("Find provider"),
        fill("Last Name", "Garcia"),
        click("Search"),
        click("Select", value=Value(literal="1992345672")),
        fill("Phone", "555-0100"),
        step(Action.CONDITION, condition=shows, otherwise=(step(Action.STOP, outcome="another"),)),
        *SUBMITTED,
    )
    assert done(session.run("opener.html", task(*steps))).read == {"number": "A1"}
    assert session.held() == {"sent": 1, "npi": "1992345672"}


def row_with(reference: str) -> Step:
    held = Condition(ConditionKind.ROW, "a row has it", values=(Value(literal=reference),))
    return step(
        Action.CONDITION,
        condition=held,
        body=(step(Action.READ, "Status", beside="row"),),
        otherwise=(step(Action.STOP, outcome="none"),),
    )


def test_a_row_that_is_only_drawn_while_it_is_in_view(session: Session) -> None:
    assert done(session.run("moving.html", task(row_with("A2")))).read == {"status": "Pended"}
    found = halt(session.run("moving.html", task(row_with("A150"))))
    assert found == (HaltReason.AMBIGUOUS, "none among the rows that the page has drawn")


# --- answers ---

SENT = (
    click("Submit", once=True),
    step(Action.VERIFY, value="Your request has been processed"),
    step(Action.READ, "Number"),
)


def test_words_of_success_that_a_failure_has_too_prove_nothing(session: Session) -> None:
    assert done(session.run("thanks.html", task(*SENT))).read == {"number": "A1"}
    reason, found = halt(session.run("thanks.html?failed", task(*SENT)))
    assert reason is HaltReason.NOT_READ and "Sorry, the request could not be saved." in found
    assert session.intents.open_intent() is not None


def test_words_alone_without_anything_read_are_no_answer(session: Session) -> None:
    reason, found = halt(session.run("thanks.html", task(*SENT[:2])))
    assert (reason, found) == (HaltReason.NOT_READ, "nothing was read after sending")
