"""A halt quotes what the page itself complains of."""

import pytest
from fakes import FakePortal, run, step, task
from handmade import control, page

from authwright.core.run import RunOutcome
from authwright.core.workflow import Action
from authwright.runner.page import Kind, Page

FORM = "Dental form\nFields with * must be filled in\nMember ID"
BUTTONS = [control("Continue", Kind.BUTTON)]


def found_after_continue(answer: Page) -> str:
    portal = FakePortal({"start": page(BUTTONS, words=FORM), "answer": answer}, {"Continue": "answer"})
    result = run(portal, task(step(Action.CLICK, "Continue"), step(Action.CLICK, "Send")))
    assert result.outcome is RunOutcome.HALTED and result.halt is not None
    return result.halt.found


NOT_THERE = "no control called Send"


def test_the_lines_that_came_with_the_click_are_quoted() -> None:
    words = FORM.replace(
        "\nMember", "\nPlease correct:\nMember ID: 9 to 11 letters\nPhone: ten digits\nMember"
    )
    said = "Please correct: Member ID: 9 to 11 letters Phone: ten digits"
    assert found_after_continue(page(BUTTONS, words=words)) == f'{NOT_THERE}; the page says "{said}"'


@pytest.mark.parametrize(
    "line",
    ["Phone is required", "Error 12: no such member", "Sorry, something went wrong", "It must be a date"],
)
def test_a_complaint_is_known_by_its_words(line: str) -> None:
    assert found_after_continue(page(BUTTONS, words=f"{FORM}\n{line}")).endswith(f'; the page says "{line}"')


@pytest.mark.parametrize("line", ["Draft saved", "Errata of the manual"])
def test_other_new_lines_and_old_ones_are_not(line: str) -> None:
    assert found_after_continue(page(BUTTONS, words=f"{FORM}\n{line}")) == NOT_THERE


def test_what_the_page_marks_as_an_error_comes_first_and_once() -> None:
    shown = Page("http://portal.test/", text=f"{FORM}\nSorry", alerts=("NPI unknown", "NPI unknown", "NPI"))
    assert found_after_continue(shown) == f'{NOT_THERE}; the page says "NPI unknown"'
