"""Dialogs over a page that shows the same labels: what is compared before sending, and what isn't."""

import pytest
from fakes import otherwise, step, task
from sessions import Session, done, fill

from authwright.core.run import HaltReason
from authwright.core.workflow import Action, Condition, ConditionKind, Step

pytestmark = pytest.mark.browser


def click(label: str, **more: object) -> Step:
    return step(Action.CLICK, label, **more)


READ = step(Action.READ, "Number")


def test_facts_behind_a_dialog_say_nothing_of_what_is_typed_in_it(session: Session) -> None:
    steps = click("Edit address"), fill("Street", "12 Orchard Road"), click("Save", once=True), READ
    done(session.run("layers.html", task(*steps)))
    assert session.held() == {"sent": 1, "street": "12 Orchard Road"}


CONFIRMED = click("Submit"), click("Yes", once=True), READ


def test_a_question_over_the_review_page_hides_nothing_of_it(session: Session) -> None:
    result = session.run("asking.html", task(fill("Street", "12 Orchard Road"), click("Review"), *CONFIRMED))
    assert result.halt is not None and result.halt.reason is HaltReason.REVIEW_DIFFERS
    assert result.halt.found.startswith("the page shows 1 Old Road") and session.held("window.held.sent") == 0


def test_what_a_search_window_was_asked_for_is_no_value_of_the_form(session: Session) -> None:
    search = (
        click("Find provider"),
        fill("NPI", "2222222222"),
        click("Search"),
        click("Select"),
    )
    done(session.run("layers.html", task(*search, *CONFIRMED)))
    assert session.held("window.held.provider") == "2222222222"


@pytest.mark.parametrize("page", ["veil.html", "veil.html?apart"])
def test_a_veil_over_the_page_makes_a_pop_up(session: Session, page: str) -> None:
    appears = Condition(ConditionKind.DIALOG, "it appears", subject="System notice")
    closing = otherwise(step(Action.CONDITION, condition=appears, body=(click("Got it"),)))
    done(session.run(page, task(fill("Member ID", "W1"), click("Next")), closing))
    assert session.held() == {"closed": 1, "member": "W1"}
