"""The runner on pages with the habits of payer portals, in Chromium."""

from collections.abc import Callable

import pytest
from fakes import interrupted, otherwise, sign_in, step, task
from sessions import PAGES, Session, done, fill

from authwright.core.run import HaltReason, RunOutcome
from authwright.core.workflow import Action, Condition, ConditionKind, Match, TargetKind
from authwright.runner.asks import Acted, Click, Fill, Look, Press
from authwright.runner.page import Page

pytestmark = pytest.mark.browser


def test_labels_in_every_manner(session: Session) -> None:
    steps = [
        fill("Member ID", "W1"),
        fill("Alternate member ID", "W2"),
        fill("Group Number", "G1"),
        fill("Patient Last Name", "Garcia"),
        fill("Patient First Name", "Maria"),
        fill("Phone", "404"),
        fill("Fax", "405"),
        fill("Email", "a@b.test"),
        step(Action.FILL, "Date of Birth", ref="patient.date_of_birth"),
    ]
    done(session.run("form.html", task(*steps), case={"patient": {"date_of_birth": "1961-03-14"}}))
    held = {i: session.value(i) for i in ("a", "b", "group", "last", "first", "phone", "fax", "email", "dob")}
    assert held == {
        "a": "W1",
        "b": "W2",
        "group": "G1",
        "last": "Garcia",
        "first": "Maria",
        "phone": "404",
        "fax": "405",
        "email": "a@b.test",
        "dob": "03/14/1961",
    }


def test_sections_frames_and_shadow_roots(session: Session) -> None:
    steps = [
        fill("NPI", "3", section="Servicing Facility"),
        fill("NPI", "2", section="Rendering Provider"),
        fill("NPI", "1", section="Requesting Provider"),
        fill("Case Manager", "Ann"),
        fill("Contact Name", "Dana"),
    ]
    done(session.run("form.html", task(*steps)))
    assert [session.value(f"n{n}") for n in (1, 2, 3)] == ["1", "2", "3"]
    assert (
        session.held("document.querySelector('shadow-field').shadowRoot.querySelector('input').value")
        == "Ann"
    )
    assert session.drivers[-1].page.frames[1].evaluate("document.querySelector('input').value") == "Dana"


def test_the_same_label_without_its_section_halts(session: Session) -> None:
    result = session.run("form.html", task(fill("NPI", "1")))
    assert result.halt is not None and result.halt.reason is HaltReason.AMBIGUOUS
    assert result.halt.found == (
        "3 fields called NPI: under Requesting Provider, under Rendering Provider, under Servicing Facility"
    )
    assert [session.value(f"n{n}") for n in (1, 2, 3)] == ["", "", ""]


def test_boxes_buttons_dates_editors_and_files(session: Session) -> None:
    (session.folder / "notes.pdf").write_bytes(b"%PDF-1.4 notes")
    steps = [
        step(Action.SELECT, "Is this urgent?", value="Yes"),
        step(Action.CHECK, "I attest that this is true"),
        step(Action.FILL, "Start Date", ref="service_lines[].start"),
        step(Action.SELECT, "Place of Service", ref="service_lines[].place_of_service"),
        fill("Clinical Notes", "Six weeks of therapy."),
        step(Action.UPLOAD, ref="documents", every=True),
        step(Action.CLICK, "Continue later"),
    ]
    case = {
        "service_lines": [{"from": "2026-12-07", "place_of_service": "22"}],
        "documents": [{"path": "notes.pdf"}],
    }
    done(session.run("form.html", task(*steps), case=case))
    assert session.held("[uy.checked, un.checked, attest.checked, retro.checked]") == [
        True,
        False,
        True,
        False,
    ]
    assert session.value("start") == "2026-12-07" and session.value("place") == "22"
    assert session.held("notes.innerText.trim()") == "Six weeks of therapy."
    assert session.held("docs.files[0].name") == "notes.pdf" and session.held("document.title") == "clicked"


def test_drop_downs_and_suggestions_that_the_portal_draws_itself(session: Session) -> None:
    steps = [
        step(Action.SELECT, "Payer", value="UnitedHealthcare"),
        step(Action.SELECT, "Plan", value="Gold"),
        fill("Procedure Code", "72148", suggest=True, match=Match.STARTS_WITH),
        fill("Diagnosis Code", "M54.16", suggest=True, match=Match.STARTS_WITH),
        step(Action.FILL, "From Date", ref="service_lines[].start"),
        fill("Quantity", "2"),
        step(Action.CLICK, "Next"),
    ]
    done(session.run("widgets.html", task(*steps), case={"service_lines": [{"from": "2026-12-07"}]}))
    assert session.held() == {
        "payer": "UnitedHealthcare",
        "plan": "Gold",
        "code": "72148 - code 72148",
        "dx": "M54.16 - Radiculopathy, lumbar region",
        "from": "12/07/2026",
        "qty": "2",
        "next": True,
    }


def test_a_payer_that_is_not_offered_is_not_replaced_by_its_namesake(session: Session) -> None:
    result = session.run("widgets.html", task(step(Action.SELECT, "Payer", value="United")))
    assert result.halt is not None and result.halt.reason is HaltReason.OPTION_MISSING
    assert session.held("window.held.payer || null") is None


APPEARS = Condition(ConditionKind.DIALOG, "it appears", subject="Important update")
CLOSES = otherwise(
    step(
        Action.CONDITION,
        condition=APPEARS,
        body=(step(Action.CLICK, "Close", target_kind=TargetKind.BUTTON, section="Important update"),),
    )
)


def test_a_page_that_is_drawn_anew_and_covered_by_a_pop_up(session: Session) -> None:
    steps = task(
        fill("Member ID", "W123"),
        fill("Group Number", "G7"),
        step(Action.CLICK, "Search"),
        step(Action.READ, "Status"),
    )
    result = done(session.run("glitches.html", steps, CLOSES))
    assert session.held() == {"closed": True, "member": "W123", "group": "G7"}
    assert result.read == {"status": "Certified in Total"}


SUBMIT = step(Action.CLICK, "Submit", once=True, line=20)
SEND = (
    step(Action.FILL, "Member ID", ref="coverage.member_id"),
    step(Action.CLICK, "Next"),
    SUBMIT,
    step(Action.READ, "Certification Number", save_as="reference_number"),
)
CASE = {"coverage": {"member_id": "W123456789"}}


def test_sending_once_with_intent_and_evidence(session: Session) -> None:
    result = done(session.run("sending.html", task(*SEND), case=CASE))
    assert result.sent and result.read == {"reference_number": "A1234"}
    assert session.held() == {"sent": 1, "member": "W123456789"}
    assert session.intents.outcomes() == ["sent"] and session.intents.open_intent() is None
    names = [name for _, name, _ in session.evidence.things]
    assert names.index("before-submit.png") < names.index("answer.png") < names.index("answer.txt")
    assert b"A1234" in next(data for _, name, data in session.evidence.things if name == "answer.txt")


def test_a_review_page_that_shows_another_member_is_not_sent(session: Session) -> None:
    result = session.run("sending.html?wrong=W123456780", task(*SEND), case=CASE)
    assert result.halt is not None and result.halt.reason is HaltReason.REVIEW_DIFFERS
    assert session.held("window.held.sent") == 0 and session.intents.open_intent() is None
    assert session.evidence.things[-1][1] == "halt.png"


def test_the_guard_cancels_clicks_on_what_sends_and_forms_sent_by_enter(session: Session) -> None:
    driver = session.driver("Submit")
    driver.page.goto((PAGES / "sending.html").as_uri())
    page = driver.answer(Look())
    assert isinstance(page, Page)
    member = next(c for c in page.controls if c.name == "Member ID")
    driver.answer(Fill(member, "W1", stay=True))
    driver.answer(Press("Enter"))
    page = driver.answer(Look())
    assert isinstance(page, Page) and page.guarded == ("a form sent by Enter",)
    driver.answer(Click(next(c.id for c in page.controls if c.name == "Next")))
    page = driver.answer(Look())
    assert isinstance(page, Page)
    driver.answer(Click(next(c.id for c in page.controls if c.name == "Submit")))
    page = driver.answer(Look())
    assert isinstance(page, Page) and page.guarded == ("Submit",)
    assert driver.page.evaluate("window.held.sent") == 0


def test_a_click_on_what_the_page_has_taken_away_says_that_nothing_was_done(session: Session) -> None:
    driver = session.driver()
    driver.page.goto((PAGES / "sending.html").as_uri())
    page = driver.answer(Look())
    assert isinstance(page, Page)
    driver.page.evaluate("form()")  # the same once more
    acted = driver.answer(Click(next(c.id for c in page.controls if c.name == "Next")))
    assert isinstance(acted, Acted) and not acted.ok and acted.gone
    assert "Review" not in driver.page.inner_text("body")


def test_a_rehearsal_lets_no_writes_out(session: Session) -> None:
    done(session.run("sending.html", task(*SEND), case=CASE, stop_before_submit=True))
    page = session.drivers[-1].page
    assert page.evaluate("window.held.sent") == 0
    refused = "() => fetch('http://127.0.0.1:9/', {method: 'POST'}).then(() => 'out', () => 'refused')"
    assert page.evaluate(refused) == "refused"
    assert session.intents.open_intent() is None


def test_sending_is_never_part_of_looking_after_an_interruption(session: Session) -> None:
    sections = (
        sign_in(step(Action.NOTE)),
        task(*SEND),
        interrupted(step(Action.FILL, "Member ID", value="W1")),
    )
    result = session.run("sending.html", *sections, case=CASE, mode="if-interrupted")
    assert result.outcome is RunOutcome.DONE and not result.sent and result.lookup is not None
    assert result.lookup.finding == "unclear" and session.held("window.held.sent") == 0


def test_ids_of_an_element_hold_while_it_is_on_the_page(session: Session) -> None:
    first = session.look("form.html")
    again = session.drivers[-1].answer(Look())
    assert isinstance(again, Page) and [c.id for c in first.controls] == [c.id for c in again.controls]
    assert len({c.id for c in first.controls}) == len(first.controls)


@pytest.mark.parametrize("name", ["form.html", "widgets.html", "glitches.html", "sending.html"])
def test_looking_changes_nothing(session: Session, name: str) -> None:
    session.look(name)
    html: Callable[[], str] = lambda: session.held("document.documentElement.outerHTML")  # noqa: E731
    driver = session.drivers[-1]
    driver.page.wait_for_load_state("load")
    if name == "glitches.html":
        driver.page.locator("#m1").wait_for()  # drawn late
    driver.answer(Look(after="x", within=0.5))
    before = html()
    driver.answer(Look())
    assert html() == before


CHOICES = """data:text/html,<p>Approved</p><table><tr><td>Status</td><td><select><option>Approved</option>
<option selected>Pended</option></select></td></tr></table>
<p>Kind <select><option>Denied</option></select> of it</p>
<div contenteditable role=textbox aria-label=Notes>typed<p>notes</p></div>
<select disabled><option>Voided</option><option selected>Closed</option></select>
<select size=2><option>First row</option><option>Second row</option></select>"""


def test_what_a_drop_down_offers_or_an_editor_holds_is_not_said_by_the_page(session: Session) -> None:
    driver = session.driver()
    driver.page.goto(CHOICES)
    page = driver.answer(Look())
    assert isinstance(page, Page)
    words = page.text.split()
    said = "Approved Status Kind of it Closed First row Second row"
    assert words == said.split()
