"""Where an act is done: in a row by its label, next to something, in the row that a condition found."""

import pytest

EVERY = 'every document of kind "clinical notes", at most 10 MB each'


def only(sop, text):
    workflow, found = sop.file(f"## Steps\n1. {text}\n")
    assert found == []
    (step,) = workflow.sections[0].steps
    return step


@pytest.mark.parametrize(
    "text",
    [
        f'Use Attach in the row "Clinical notes" to attach {EVERY}.',
        f'Click Attach in the row "Clinical notes" to attach {EVERY}.',
        f'In the row "Clinical notes", use Attach to attach {EVERY}.',
    ],
)
def test_a_file_is_attached_in_its_row(sop, text):
    step = only(sop, text)
    assert (step.action, step.target, step.beside) == ("upload", "Attach", "Clinical notes")
    assert (step.document_kind, step.max_bytes, step.section) == ("clinical notes", 10_000_000, None)


@pytest.mark.parametrize("where", ['next to "Clinical notes"', 'in the row "Clinical notes"'])
def test_a_place_without_a_control(sop, where):
    step = only(sop, f'Attach every document of kind "clinical notes" {where}, at most 10 MB each.')
    assert (step.target, step.beside, step.max_bytes) == (None, "Clinical notes", 10_000_000)


@pytest.mark.parametrize(
    ("text", "action"),
    [("enter the units in Units", "fill"), ("select Yes in Kept", "select"), ("tick Select", "check")],
)
def test_a_field_in_a_row(sop, text, action):
    step = only(sop, f'In the row "Smith", {text}.')
    assert (step.action, step.beside, step.section) == (action, "Smith", None)


@pytest.mark.parametrize("where", ["in that row", "in the row", "next to it"])
def test_the_row_that_a_condition_found(sop, where):
    (step,) = only(sop, f"If a row has the reference number, click Discard {where}.").body
    assert (step.target, step.beside) == ("Discard", "that row")


def test_two_written_steps_stay_two_acts(sop):
    workflow, found = sop.file(f"## Steps\n1. Click Add Documents.\n2. Attach {EVERY}.\n")
    assert found == []
    assert [(s.action, s.target) for s in workflow.sections[0].steps] == [
        ("click", "Add Documents"),
        ("upload", None),
    ]


@pytest.mark.parametrize(
    ("said", "held", "lacks"),
    [
        ('and its status is not "Draft"', ["submission.reference_number"], ["Draft"]),
        ('without "Draft"', ["submission.reference_number"], ["Draft"]),
        ('whose status is not "Draft" or "Void"', ["submission.reference_number"], ["Draft", "Void"]),
        ('and does not show "Draft"', ["submission.reference_number"], ["Draft"]),
        ('and its status is "Open"', ["submission.reference_number", "Open"], []),
    ],
)
def test_what_a_row_must_not_hold(sop, said, held, lacks):
    condition = only(sop, f"If a row has the reference number {said}, open it.").condition
    assert condition.kind == "page.row" and not condition.negated and not condition.all_of
    assert [v.ref or v.literal for v in condition.values] == held
    assert [v.literal for v in condition.without] == lacks


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("the member ID without dashes", "without dashes"),
        ("the phone number (no dashes or spaces)", "without dashes and spaces"),
        ("the date of birth without slashes", "MMDDYYYY"),
    ],
)
def test_a_form_without_marks(sop, said, form):
    assert only(sop, f"Enter {said} in X1.").format == form


def test_a_person_is_told_what_to_answer(sop):
    (step,) = only(sop, "If the page asks for a reason, ask a person to answer it.").body
    assert step.target == "ask a person to answer it (the page asks for a reason)"


@pytest.mark.parametrize(
    "text",
    ["Read the status", "Upload the file", "Search for the member ID", "Set Urgency to High", "Tick Urgent"],
)
def test_a_section_behind_the_act_is_its_own(sop, text):
    """The next act of the sentence is not done there."""
    workflow, found = sop.file(f"## Steps\n1. {text} in the Details section and click Next.\n")
    assert found == []
    assert [s.section for s in workflow.sections[0].steps] == ["Details", None]
