"""Names that the table of data doesn't hold: whose they are said to be, and what "it" then means."""

import pytest

from authwright.core.workflow import Action, ConditionKind
from authwright.sop import check_sop

LOOP = "## Steps\n1. For each service line:\n   1. {}\n"


def in_loop(sop, sentence):
    workflow, wrong = sop.file(LOOP.format(sentence))
    assert wrong == [], [d.message for d in wrong]
    return workflow.sections[0].steps[0].body, check_sop(workflow, "x")


@pytest.mark.parametrize(
    "words", ["the service line's shade", "the shade of the service line", "the line's shade"]
)
def test_the_lines_own(sop, words):
    (step,), _ = in_loop(sop, f"Enter {words} in Shade.")
    assert step.value.ref == "service_lines[].shade"


def test_two_words_of_the_lines_own(sop):
    (step,), _ = in_loop(sop, "Enter the shade number of the service line in Shade.")
    assert step.value.ref == "service_lines[].shade_number"


def test_of_something_else_stays_a_name(sop):
    (step,), _ = in_loop(sop, "Enter the number of visits in Visits.")
    assert step.value.ref == "number_of_visits"


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        ("the service line has a shade", "service_lines[].shade"),
        ("the case has the shade", "shade"),
        ("the case has the shade guide", "shade_guide"),
        ("the service line has a tooth number", "service_lines[].tooth_number"),
    ],
)
def test_only_if_it_is_there(sop, condition, path):
    (step,), _ = in_loop(sop, f'If {condition}, enter it in "Shade".')
    assert (step.condition.kind, step.condition.subject) == (ConditionKind.PRESENT, path)
    (entry,) = step.body
    assert (entry.action, entry.value.ref) == (Action.FILL, path)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Enter the shade in Shade.",
            '"shade" is no name of data known here; the service line or the case must hold "shade"',
        ),
        (
            "Enter the service line's shade in Shade.",
            '"service line\'s shade" is no name of data known here; '
            'each service line of the case must hold "shade"',
        ),
        (
            "If the service line has a shade, enter it in Shade.",
            '"shade" is no name of data known here; each service line of the case may hold "shade"',
        ),
    ],
)
def test_it_is_told_who_holds_it(sop, sentence, told):
    _, found = in_loop(sop, sentence)
    assert [(d.code, d.message) for d in found] == [("SOP035", told)]


def test_it_is_played_back_whose_it_is(sop):
    (step,), _ = in_loop(sop, "Enter the service line's shade in Shade.")
    assert step.in_words == 'Write what the service line calls "shade" into the field "Shade"'


@pytest.mark.parametrize(
    "sentence",
    ['Enter the answer to "Is it urgent?" in Notes.', 'Select the answer to "Is it urgent?" in Notes.'],
)
def test_the_answer_to_a_question_of_the_form(sop, sentence):
    (step,), found = in_loop(sop, sentence)
    assert (step.target, step.value.ref) == ("Notes", "clinical.answers[Is it urgent?]")
    assert found == [] and 'the answer to "Is it urgent?"' in step.in_words


def test_a_question_is_a_label_still(sop):
    (step,), _ = in_loop(sop, 'Answer "No" to "Is it urgent?".')
    assert (step.target, step.value.literal) == ("Is it urgent?", "No")
