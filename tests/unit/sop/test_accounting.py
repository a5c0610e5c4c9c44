"""What no step holds was passed over: better an error than a silent half."""

import pytest

READ_WHOLE = [
    "Click Next.",
    "In the Patient Information section, click Edit.",
    "After the PA has been completed, click Save to go back to the Request List.",
    "Click Extend (the icon next to the LOS).",
    "Fill out Document Type with the document kind; you can leave Attention blank.",
    'Attach every document of kind "clinical notes", at most 10 MB each.',
    "Use Browse under Upload Document to pick the file.",
    "Find your claim in the ADR Details table and follow its View Letter link.",
    "To see the ADR, click View; the ADR Viewer opens.",
    "If you have trouble connecting, call the Web Security Help Desk.",
]
PASSED_OVER = [
    ("In Insurance Listing, press Enter.", "Insurance Listing"),
    ("Click the claim that Aetna Better Health denied.", "Aetna Better Health"),
]


@pytest.mark.parametrize("text", READ_WHOLE)
def test_everything_has_gone_somewhere(sop, text):
    _, found = sop.file(f"## Steps\n1. {text}\n")
    assert [d.message for d in found] == []


@pytest.mark.parametrize(("text", "name"), PASSED_OVER)
def test_a_name_that_went_nowhere_is_named(sop, text, name):
    _, found = sop.file(f"## Steps\n1. {text}\n")
    assert [(d.code, f'"{name}"' in d.message) for d in found] == [("SOP006", True)]


def test_the_other_option_goes_into_the_same_field(sop):
    """Select Yes for Expedited if the request is expedited, otherwise select No."""
    workflow, found = sop.file(f"## Steps\n1. {test_the_other_option_goes_into_the_same_field.__doc__}\n")
    (step,) = workflow.sections[0].steps
    told = [(s.target, s.value.literal) for s in (*step.body, *step.otherwise)]
    assert found == [] and told == [("Expedited", "Yes"), ("Expedited", "No")]


def test_as_names_the_field(sop):
    """Choose Outpatient as the setting."""
    workflow, found = sop.file(f"## Steps\n1. {test_as_names_the_field.__doc__}\n")
    (step,) = workflow.sections[0].steps
    assert found == [] and (step.target, step.value.literal) == ("setting", "Outpatient")


@pytest.mark.parametrize(
    "text",
    [
        "To verify the account give your name and email address, then Submit.",
        "Log out and back in so that the setting takes effect.",
        "Can't see it? It is behind the ellipsis.",
        "Copy the Member ID from the card.",
        "Payer Type: Patient.",
        "Press Resub and do likewise on all the other lines.",
    ],
)
def test_nothing_is_passed_over_in_silence(sop, text):
    workflow, found = sop.file(f"## Steps\n1. {text}\n")
    acts = [s for s in workflow.sections[0].steps if s.action != "note"] if workflow.sections else []
    assert found or len(acts) > 1


IN_ROWS = [
    'In the row with the reference number, click "Letter".',
    'Click "Letter" next to the reference number.',
    'Click "Letter" in the row with the reference number to download the letter.',
    'Download the letter with "Letter" in the row with the reference number.',
]


@pytest.mark.parametrize("text", IN_ROWS)
def test_the_row_is_kept(sop, text):
    workflow, found = sop.file(f"## Steps\n1. {text}\n")
    (step,) = workflow.sections[0].steps
    assert found == [] and (step.target, step.value.ref) == ("Letter", "submission.reference_number")


EDGES_IN_DOUBT = [
    ("Select Check if a Prior Authorization is Required.", "SOP013"),
    ("Click View Patient ID card under the Coverage Details section.", "SOP013"),
    ("Choose the Place of Service and Address from the pull-down menus.", "SOP016"),
    ("Click the item to see the current status.", "SOP016"),
    ("Do not include the prefix of the member ID.", "SOP012"),
    ("Download the letter.", "SOP016"),
    ("For each service line, read the text next to the procedure code as the answer.", "SOP012"),
]


@pytest.mark.parametrize(("text", "code"), EDGES_IN_DOUBT)
def test_what_could_be_taken_for_something_else_is_refused(sop, text, code):
    _, found = sop.file(f"## Steps\n1. {text}\n")
    assert [d.code for d in found] == [code]


def test_either_of_the_pages_words(sop):
    """Wait until the page says "Approved" or "Denied"."""
    workflow, found = sop.file(f"## Steps\n1. {test_either_of_the_pages_words.__doc__}\n")
    condition = workflow.sections[0].steps[0].condition
    assert found == [] and [condition.subject, *(c.subject for c in condition.any_of)] == [
        "Approved",
        "Denied",
    ]


@pytest.mark.parametrize("label", ["First", "Too", "Again", "Once"])
def test_a_quoted_label_is_never_a_small_word(sop, label):
    workflow, found = sop.file(f'## Steps\n1. Enter the member ID in "ID" and the first name in "{label}".\n')
    assert found == [] and [s.target for s in workflow.sections[0].steps] == ["ID", label]


REMARKS = ["Careful: the list lags behind.", "Attention: the session ends after 15 minutes."]


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_is_a_note(sop, text):
    workflow, found = sop.file(f"## Steps\n1. {text}\n2. Click Next.\n")
    assert found == [] and [str(s.action) for s in workflow.sections[0].steps] == ["note", "click"]


def test_a_mapping_in_brackets(sop):
    pairs = "Outpatient Procedure for outpatient, Inpatient Surgical for inpatient"
    workflow, found = sop.file(f"## Steps\n1. Select the setting in Request Type ({pairs}).\n")
    (step,) = workflow.sections[0].steps
    assert found == [] and [o.shown for o in step.options] == ["Outpatient Procedure", "Inpatient Surgical"]


def test_any_pop_up(sop):
    """If a pop-up appears, close it."""
    workflow, found = sop.file(f"## Steps\n1. {test_any_pop_up.__doc__}\n")
    (step,) = workflow.sections[0].steps
    assert found == [] and (str(step.condition.kind), step.condition.subject) == ("page.dialog", "")
