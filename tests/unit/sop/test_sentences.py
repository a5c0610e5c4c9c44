"""What single sentences mean: action, label, value, condition."""

import pytest


def brief(step):
    value = step["value"]
    return (
        step["action"],
        step["target"],
        (value.get("ref") or value.get("literal")) if value else None,
        step["condition"],
    )


READ = [
    ("Click Next.", [("click", "Next", None, None)]),
    ('Press the "Save draft" button.', [("click", "Save draft", None, None)]),
    ("Hit save.", [("click", "save", None, None)]),
    ("Click New request in the left panel.", [("click", "New request", None, None)]),
    ("Click Menu, then My Profile.", [("click", "Menu", None, None), ("click", "My Profile", None, None)]),
    ("Enter the member ID in Member ID.", [("fill", "Member ID", "coverage.member_id", None)]),
    ("Key the units into the Quantity box.", [("fill", "Quantity", "service_lines[].units", None)]),
    ('Type "No" in "Second opinion".', [("fill", "Second opinion", "No", None)]),
    (
        "Enter the start date in From and the end date in Through, then click Next.",
        [
            ("fill", "From", "service_lines[].start", None),
            ("fill", "Through", "service_lines[].end", None),
            ("click", "Next", None, None),
        ],
    ),
    ("Fill Contact Name with the contact name.", [("fill", "Contact Name", "contact.name", None)]),
    ("Member ID: the member ID.", [("fill", "Member ID", "coverage.member_id", None)]),
    ("Contact Name: enter the contact name.", [("fill", "Contact Name", "contact.name", None)]),
    ("Select Outpatient in Request Type.", [("select", "Request Type", "Outpatient", None)]),
    ('Choose "Outpatient" for Request Type.', [("select", "Request Type", "Outpatient", None)]),
    ("Set Review Type to Concurrent Review.", [("select", "Review Type", "Concurrent Review", None)]),
    ("Select OK when done.", [("click", "OK", None, None)]),
    (
        "From the Tools menu choose Look Up, then People.",
        [("click", ["Tools", "Look Up", "People"], None, None)],
    ),
    ("Choose Look Up from the Tools menu.", [("click", ["Tools", "Look Up"], None, None)]),
    ("Go to Claims > Search.", [("click", ["Claims", "Search"], None, None)]),
    (
        "Go to the sign-in page and sign in.",
        [("navigate", "sign-in page", None, None), ("sign_in", None, None, None)],
    ),
    ("Open the Eligibility tab.", [("click", "Eligibility", None, None)]),
    ("Tick the Urgent checkbox.", [("check", "Urgent", None, None)]),
    ("Check the box next to Urgent.", [("check", "Urgent", None, None)]),
    ('Make sure "Save answers" is ticked.', [("check", "Save answers", None, None)]),
    ("Untick Remember me.", [("uncheck", "Remember me", None, None)]),
    ("Switch Alerts On.", [("check", "Alerts", None, None)]),
    ("Open the row with the reference number.", [("click", None, "submission.reference_number", None)]),
    ("Search for the member ID.", [("fill", None, "coverage.member_id", None)]),
    ("Read the status.", [("read", "Status", "submission.status", None)]),
    ('Note the number next to "Case".', [("read", "Case", "case", None)]),
    ("Take a screenshot.", [("capture", None, None, None)]),
    ("Use Browse to attach the file.", [("upload", "Browse", "documents", None)]),
    ("Click Export to download the report.", [("download", "Export", None, None)]),
    ("Press Enter.", [("press_key", "Enter", None, None)]),
    ("Wait until the page loads.", [("wait", None, None, "the page loads")]),
    ("Wait 30 seconds.", [("wait", None, None, "30 seconds")]),
    ("Call the help desk.", [("human", "call the help desk", None, None)]),
    ("Sign out.", [("sign_out", None, None, None)]),
    ('If the page says "Draft", click Resume.', [("click", "Resume", None, 'the page says "Draft"')]),
    ("Click Resume if there is a Draft button.", [("click", "Resume", None, "there is a Draft button")]),
    ("Click Add unless it is the last.", [("click", "Add", None, "unless it is the last")]),
    ("Optionally enter the clinical notes in Notes.", [("fill", "Notes", "clinical.notes", "optional")]),
    (
        "If the service line has a modifier, enter it in Modifier 1.",
        [("fill", "Modifier 1", "service_lines[].modifiers", "the service line has a modifier")],
    ),
    ("Matching members are listed below.", [("note", None, None, None)]),
    ("Do not click Back.", [("note", None, None, None)]),
    ("To see the details, click View.", [("click", "View", None, None)]),
    ("Click View to see the details.", [("click", "View", None, None)]),
]


@pytest.mark.parametrize(("sentence", "expected"), READ, ids=[s for s, _ in READ])
def test_a_sentence_is_read(sop, sentence, expected):
    assert [brief(s) for s in sop.flat(sentence)] == expected


REFUSED = [
    ("Click Save and Close.", "SOP013"),
    ("Enter the member ID and the group number in Search.", "SOP013"),
    ("Enter Smith in Last Name.", "SOP013"),
    ('Type "yes".', "SOP013"),
    ("Click Save and click Next if it is ready.", "SOP013"),
    ("Click Email or Text.", "SOP015"),
    ("Enter it in Notes.", "SOP014"),
    ("Click the button.", "SOP016"),
    ("The form must be signed.", "SOP011"),
    ("Frobnicate the widget.", "SOP011"),
    ("Provider reviews you click Save.", "SOP011"),
    ("For each colour, click Next.", "SOP017"),
    ('If it says "None", the request was not sent.', "SOP018"),
    ("Click Edit of the second entry.", "SOP012"),
    ("Click Next and then Submit once.", "SOP013"),
    ("Click Next 3 times.", "SOP012"),
    ("Select the first result.", "SOP012"),
    ("Enter the units, unless they are missing, in Quantity.", "SOP012"),
    ('Enter "1" in Units for each service line.', "SOP012"),
    ("Enter the member ID without the suffix in Member ID.", "SOP012"),
    ('Read "Status" in the row with the member ID.', "SOP012"),
    ("Make sure that no row has the member ID.", "SOP012"),
    ("Click Submit (but only if the total is correct).", "SOP012"),
    ("Log in as the practice administrator.", "SOP012"),
    ("Fill out the form.", "SOP016"),
    ("Submit is clicked.", "SOP011"),
    ("The requested number is clicked.", "SOP011"),
]


@pytest.mark.parametrize(("sentence", "code"), REFUSED, ids=[s for s, _ in REFUSED])
def test_what_has_no_single_reading_is_an_error(sop, sentence, code):
    assert sop.errors(sentence) == [code]


def test_a_caret_points_at_the_word_in_doubt(sop):
    body = "## Steps\n1. Enter the member ID in Member ID.\n2. Enter Smith in Last Name.\n"
    _, found = sop.file(body)
    line = sop.text(body).split("\n")[found[0].line - 1]
    assert line[found[0].column - 1 :].startswith("Smith")


def test_once_marks_the_step_and_only_that(sop):
    steps = sop.steps("Tick Agree and click Submit once.")
    assert [s.once for s in steps] == [False, True]
    assert [s.once for s in sop.steps("Once everything is entered, click Next.")] == [False]


def test_otherwise_in_the_same_sentence(sop):
    for joint in (", otherwise", "; otherwise"):
        (step,) = sop.steps(f"If the status is Approved, click Done{joint} click Back.")
        assert [s.target for s in step.body] == ["Done"]
        assert [s.target for s in step.otherwise] == ["Back"]


def test_otherwise_after_a_condition_behind_the_act(sop):
    (step,) = sop.steps("Select the payer in Payer if it is listed, otherwise click Add Payer.")
    assert [s.target for s in step.body] == ["Payer"]
    assert [s.target for s in step.otherwise] == ["Add Payer"]


def test_a_suggestion_is_part_of_typing(sop):
    (step,) = sop.steps("Type the diagnosis code in Diagnosis and pick the suggestion that starts with it.")
    assert step.suggest and step.match == "starts-with" and step.target == "Diagnosis"
    (step,) = sop.steps("Type the diagnosis code in Diagnosis.", "Pick the suggestion that contains it.")
    assert step.suggest and step.match == "contains"


def test_documents_are_filtered_by_kind_and_size(sop):
    (step,) = sop.steps('Attach every document of kind "letter", at most 2.5 MB each.')
    assert (step.document_kind, step.max_bytes, step.value.every) == ("letter", 2_500_000, True)


def test_under_a_heading(sop):
    (step,) = sop.steps("Under Rendering Provider, enter the rendering provider's NPI in NPI.")
    assert (step.section, step.target, step.value.ref) == (
        "Rendering Provider",
        "NPI",
        "rendering_provider.npi",
    )


def test_sub_steps_go_under_a_for_each_and_an_if(sop):
    workflow, found = sop.file(
        "## Steps\n1. For each service line:\n   1. Click Add.\n"
        '2. If the page says "More":\n   - Click Continue.\n3. Otherwise, click Finish.\n'
    )
    assert found == []
    repeat, condition = workflow.sections[0].steps
    assert repeat.each == "service_lines" and [s.target for s in repeat.body] == ["Add"]
    assert [s.target for s in condition.body] == ["Continue"]
    assert [s.target for s in condition.otherwise] == ["Finish"]


def test_a_jump_counts_the_steps_of_the_section(sop):
    steps = sop.steps("Click A and click B.", "Click C.", "Go back to step 2, at most 5 times.")
    assert (steps[-1].target, steps[-1].limit) == ("step 3", 5)
    assert steps[2].target == "C"


def test_what_was_read_can_be_used(sop):
    steps = sop.steps(
        'Read the number next to "Case" as the case number.', "Enter the case number in Search."
    )
    assert steps[1].value.read and steps[1].value.ref == "case_number"


def test_unknown_names_of_data_are_kept_in_the_authors_words(sop):
    (step,) = sop.steps("Enter the pharmacy's fax code in Fax.")
    assert (step.value.ref, step.value.words) == ("pharmacy_fax_code", "the pharmacy's fax code")
