"""What the checks find in an SOP beyond the language, and where they must be silent.

Each case is the smallest text that has the matter; the codes are all that may be found.
"""

import pytest

from authwright.core.workflow import Action, Purpose, from_json, to_json
from authwright.sop import Surroundings, check_sop, compile_sop
from tests.unit.sop.surroundings import LIBRARY, TODAY

FORM = "Enter the member ID in Member ID and the procedure code in Procedure Code."
CHECK = "Check that the page shows the member ID."
SEND = "Click Submit once."
ANSWER = "Read the reference number and the status."
INTERRUPTED = """
## If interrupted
1. Enter the member ID in Member ID and click Search.
2. If a row has the procedure code, read its reference number and stop.
3. If it says "No requests match", the request was not sent.
"""


def steps(*sentences):
    return "## Steps\n" + "".join(f"{n}. {s}\n" for n, s in enumerate(sentences, 1))


@pytest.fixture
def codes(sop):
    """The codes found in a text of a purpose, which must have no error of the language."""

    def found(body, purpose="other", around=Surroundings()):
        workflow, wrong = sop.file(body, purpose)
        assert wrong == [], [d.message for d in wrong]
        return [d.code for d in check_sop(workflow, "test.md", around)]

    return found


def test_a_whole_submit_sop_has_no_finding(codes):
    assert codes(steps(FORM, CHECK, SEND, ANSWER) + INTERRUPTED, "submit") == []


# Sending


@pytest.mark.parametrize("purpose", ["submit", "respond", "update", "extend", "cancel", "attest", "appeal"])
def test_the_once_rule_is_an_error_where_a_mark_is_left(sop, purpose):
    workflow, _ = sop.file(steps(FORM, CHECK, "Click Submit.", ANSWER) + INTERRUPTED, purpose)
    assert [(d.code, d.severity) for d in check_sop(workflow, "x")] == [("SOP030", "error")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Enter the member ID in Member ID once.",
        "Choose Look Up from the Tools menu once.",
        "Click Search once.",
        "Press Enter once.",
    ],
)
def test_once_at_what_sends_nothing(codes, sentence):
    assert codes(steps(sentence)) == ["SOP039"]


def test_the_submit_of_a_sign_in_form_sends_nothing(codes):
    form = "Enter the user name in Login and the password in Password, and click Submit."
    assert codes(steps(form)) == []
    assert codes(steps("Enter the verification code in Code.", "Click Submit.")) == []
    assert codes(steps(form, "Enter the member ID in Member.", "Click Submit.")) == ["SOP030"]


def test_a_link_that_opens_the_form_is_not_the_sending_step(codes):
    opened = "Click Submit a New Request."
    assert codes(steps(opened, FORM, CHECK, SEND, ANSWER) + INTERRUPTED, "submit") == []
    assert codes(steps(opened, FORM, ANSWER) + INTERRUPTED, "submit") == ["SOP030"]


def test_an_sop_that_only_looks_may_say_once(codes):
    assert codes(steps(SEND, ANSWER), "eligibility") == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("Go back to step 1.", ["SOP036"]),
        ('If the page says "Error", go back to step 3.', ["SOP036"]),
        ("Click Send once.", ["SOP036"]),
        ("Go back to step 5.", ["SOP049"]),
    ],
)
def test_nothing_is_sent_twice(codes, more, expected):
    assert codes(steps(FORM, CHECK, SEND, ANSWER, more, "Stop.") + INTERRUPTED, "submit")[:1] == expected


def test_a_jump_back_before_sending_is_no_matter(codes):
    again = 'If the page says "Try again", go back to step 1.'
    assert codes(steps(FORM, CHECK, again, SEND, ANSWER) + INTERRUPTED, "submit") == []


def test_two_sending_steps_of_which_one_is_done(codes):
    either = "If the request is urgent, click Submit Urgent once. Otherwise, click Submit once."
    assert codes(steps(FORM, CHECK, either, ANSWER) + INTERRUPTED, "submit") == []
    ended = "If the request is urgent, click Submit Urgent once, read the status, and stop."
    assert codes(steps(FORM, CHECK, ended, SEND, ANSWER) + INTERRUPTED, "submit") == []


def test_the_answer_of_a_request_is_a_number_or_a_status(codes):
    assert codes(steps(FORM, CHECK, SEND, "Read the status.") + INTERRUPTED, "submit") == []
    assert codes(steps(FORM, CHECK, SEND, "Read the reason.") + INTERRUPTED, "submit") == ["SOP047"]
    assert codes(steps(FORM, CHECK, SEND, "Read the fee.") + INTERRUPTED, "submit") == ["SOP047", "SOP041"]
    watched = '\n## When something else happens\n- If the page says "Twice", read the status and stop.\n'
    assert codes(steps(FORM, CHECK, SEND) + INTERRUPTED + watched, "submit") == ["SOP047"]


def test_an_answer_that_is_only_checked(codes):
    confirmed = 'Check that the page says "Cancelled".'
    assert codes(steps(FORM, CHECK, SEND, confirmed) + INTERRUPTED, "cancel") == []


# If interrupted


def test_a_person_who_looks_it_up_needs_no_words_for_no_hit(codes):
    asked = "\n## If interrupted\n1. Call the payer.\n"
    assert codes(steps(FORM, CHECK, SEND, ANSWER) + asked, "submit") == []


def test_a_number_that_existed_before_may_be_looked_for(codes):
    """An answer to a records request is found by the number of the request that it answers."""
    search = "Enter the reference number in Reference Number and click Search."
    body = steps(search, CHECK, SEND, "Read the status.")
    looked = f'\n## If interrupted\n1. {search}\n2. If it says "Nothing", the request was not sent.\n'
    assert codes(body + looked, "respond") == []


def test_if_interrupted_that_uses_a_sending_sop(codes):
    body = steps(FORM, CHECK, SEND, ANSWER) + INTERRUPTED + "4. Use SOP hub/sends.\n"
    assert "SOP033" in codes(body, "submit", Surroundings(LIBRARY))
    assert "SOP033" not in codes(body, "submit")


def test_a_request_is_known_by_its_member_however_it_was_found(codes):
    by_name = "Enter the patient's last name in Name and the procedure code in Code."
    assert codes(steps(by_name, CHECK, SEND, ANSWER) + INTERRUPTED, "submit") == []
    other = INTERRUPTED.replace("the procedure code", "the claim number")
    assert codes(steps(FORM, CHECK, SEND, ANSWER) + other, "submit") == ["SOP046"]


def test_nothing_is_called_missing_while_a_sentence_is_not_read(sop):
    workflow, wrong = sop.file(steps(FORM, "Frobnicate it once.", "Click Send."), "submit")
    assert wrong
    assert [d.code for d in check_sop(workflow, "x", partly_read=True)] == ["SOP030"]


# Data


@pytest.mark.parametrize(
    "sentence",
    [
        "If the case has a group number, enter the group number in Group.",
        "Unless the group number is missing, enter the group number in Group.",
        "If the portal asks for the group number, enter the group number in Group.",
        "If the place of service is 22, enter the facility's NPI in NPI.",
        "If the case has a facility, enter the facility's phone number in Phone.",
        "If the request is urgent, enter the urgency reason in Reason.",
        "If the group number is missing, stop. Enter the group number in Group.",
        "If the group number is missing, ask a person for it. Enter the group number in Group.",
        "Enter the contact name in Name and the clinical notes in Notes.",
    ],
)
def test_data_that_is_asked_for_first_is_no_finding(codes, sentence):
    assert codes(steps(sentence)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Enter the group number in Group.",
        "If the group number is missing, click None. Enter the group number in Group.",
        "If the patient is under 18, enter the facility's NPI in NPI.",
        "If the facility's NPI is missing, enter the facility's NPI in NPI.",
    ],
)
def test_data_that_may_be_missing(codes, sentence):
    assert codes(steps(sentence)) == ["SOP038"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Enter the diagnosis in Diagnosis.",
        "Select the rendering provider in Provider.",
        "If the patient is male, click Next.",
        "Search for the patient.",
    ],
)
def test_a_record_is_no_value(codes, sentence):
    assert codes(steps(sentence)) == ["SOP035"]


def test_whether_a_record_is_there_may_be_asked(codes):
    assert codes(steps("If the case has a facility, click Next.", "Attach every document.")) == []


def test_a_jump_into_the_steps_brings_no_conditions_along(codes):
    body = steps(
        "If the group number is missing, go back to step 3.",
        "Click Next.",
        "Enter the group number in Group.",
    )
    assert codes(body) == ["SOP038"]


@pytest.mark.parametrize("purpose", ["status", "lookup", "eligibility", "find", "download", "other"])
def test_an_sop_that_looks_may_read_anything(codes, purpose):
    assert codes(steps("Read the copay."), purpose) == []


def test_what_is_read_is_used_or_kept(codes):
    def found(more):
        return codes(steps(FORM, CHECK, SEND, ANSWER, "Read the fee.", more) + INTERRUPTED, "submit")

    assert found("Click Next.") == ["SOP041"]
    assert found("Enter the fee in Fee.") == []
    assert found("Keep the fee as the portal fee.") == []


def test_read_in_both_branches_is_read(codes):
    either = 'If the page says "Open", read the fee. Otherwise, read the charge as the fee.'
    use = "Enter the fee in Fee."
    assert codes(steps(either, use)) == []
    assert codes(steps('If the page says "Open", read the fee.', use)) == ["SOP042"]
    assert codes(steps('If the page says "Open", read the fee. Otherwise, stop.', use)) == []
    assert codes(steps('If the page says "Open", read the fee and enter the fee in Fee.')) == []


def test_a_condition_on_what_nothing_reads(codes):
    asked = "If the fee read is empty, click Next."
    assert codes(steps("Read the fee.", asked)) == []
    assert codes(steps("Read the charge.", asked)) == ["SOP042"]


def test_a_name_read_in_an_earlier_section_is_known(codes):
    body = "## Find\n1. Read the fee.\n\n## Fill in\n1. Enter the fee in Fee.\n"
    assert codes(body) == []
    assert codes("## Fill in\n1. Enter the fee in Fee.\n\n## Find\n1. Read the fee.\n") == ["SOP042"]


# Ways


@pytest.mark.parametrize(
    "sentences",
    [
        ("Stop.", "Click Next."),
        ("If the request is urgent, stop. Otherwise, stop.", "Click Next."),
        ("If the patient is under 18, stop.", "If the patient is under 18, click Minor."),
        ('If the request type is "A", stop.', 'If the request type is "A", click B.'),
        ("If the group number is missing, stop.", "If the group number is missing, click None."),
    ],
)
def test_a_step_that_no_run_comes_to(codes, sentences):
    assert codes(steps(*sentences)) == ["SOP040"]


@pytest.mark.parametrize(
    "sentences",
    [
        ("If the request is urgent, stop.", "Click Next."),
        ('If the page says "A", click B.', 'If the page says "A", click C.'),
        ("If the request is urgent, click A. Otherwise, click B.", "If the request is urgent, click C."),
        ("If the patient is under 18, click A.", "If the patient is over 65, click B."),
        ("If the place of service is office, stop.", 'If the place of service is "11", click B.'),
    ],
)
def test_a_step_that_some_run_comes_to(codes, sentences):
    assert codes(steps(*sentences)) == []


@pytest.mark.parametrize(
    "sentence", ["Stop and ask the office manager.", 'If the page says "Closed", stop and ask a person.']
)
def test_who_stops_and_asks_is_heard(sop, codes, sentence):
    """The person is asked before the run ends, not after it."""
    [step] = [s for s in sop.steps(sentence) if s.action is not Action.NOTE][:1]
    first = step.body[0] if step.body else step
    assert first.action is Action.HUMAN
    assert codes(steps(sentence)) == []


def test_nested_conditions_that_contradict_each_other(codes):
    body = "## Steps\n1. If the patient is under 18:\n   1. If the patient is over 65, click Senior.\n"
    assert codes(body) == ["SOP040"]
    assert codes(body.replace("over 65", "over 12")) == []


def test_a_section_after_a_stop_is_come_to_by_a_jump_only(codes):
    assert codes("## One\n1. Stop.\n\n## Two\n1. Click Next.\n") == ["SOP040"]


def test_what_nothing_calls_for_is_never_done(codes):
    body = steps("Click Next.") + "\n## When something else happens\n"
    assert codes(body + "- Click Close.\n") == ["SOP040"]
    assert codes(body + '- If the page says "Busy", click Close.\n') == []


def test_round_and_round(codes):
    assert codes(steps("Click Refresh.", "Go back to step 1.")) == ["SOP049"]
    assert codes(steps("Click Refresh.", "If the request is urgent, go back to step 1.")) == ["SOP049"]
    assert codes(steps("Click Refresh.", 'If the page says "Busy", go back to step 1.')) == []
    assert codes(steps('If the page says "Done", stop.', "Click Refresh.", "Go back to step 1.")) == []


# Fields


@pytest.mark.parametrize(
    "sentences",
    [
        ('Select "A" in Type.', 'Select "B" in Type.'),
        ("Enter the start date in Date and the end date in Date.",),
        ("Tick Urgent.", "Untick Urgent."),
    ],
)
def test_one_field_with_two_values(codes, sentences):
    assert codes(steps(*sentences)) == ["SOP043"]


@pytest.mark.parametrize(
    "sentences",
    [
        ('Select "A" in Type.', "Click Next.", 'Select "B" in Type.'),
        ('Select "A" in Type.', 'If the request is urgent, select "B" in Type.'),
        ('If the request is urgent, select "A" in Type. Otherwise, select "B" in Type.',),
        ("Under Buyer, enter the start date in Date.", "Under Seller, enter the end date in Date."),
        ('Select "A" in Type.', 'Select "A" in Type.'),
    ],
)
def test_fields_that_are_not_the_same(codes, sentences):
    assert codes(steps(*sentences)) == []


def test_a_check_that_denies_what_was_chosen(codes):
    def found(value):
        chosen = 'Select "Outpatient" in Request Type and click Next.'
        return codes(steps(chosen, f'Check that Request Type is "{value}".'))

    assert found("Inpatient") == ["SOP044"]
    assert found("outpatient") == []


def test_documents_without_a_kind(codes):
    assert codes(steps("Attach every document.")) == []
    assert codes(steps("Attach the supporting documents.")) == []
    assert codes(steps("Attach the document.")) == ["SOP050"]
    assert codes("## Steps\n1. For each document:\n   1. Attach the document.\n") == []
    of_kind = 'Attach every document of kind "orders".'
    assert codes(steps(of_kind, "Click Next.", "Attach every document.")) == ["SOP050"]


# Among others


def test_an_sop_that_is_used(codes):
    body = steps("Use SOP hub/sign-in.", "Use SOP hub/nowhere.")
    assert codes(body, around=Surroundings(LIBRARY)) == ["SOP053"]
    assert codes(body) == []


def test_a_longer_circle(sop):
    def uses(name, other):
        text = sop.text(f"## Steps\n1. Use SOP {other}.\n").replace("test/sop", name)
        return compile_sop(text, f"{name}.md")[0]

    library = {n: uses(n, o) for n, o in (("a/one", "a/two"), ("a/two", "a/three"), ("a/three", "a/one"))}
    library["a/four"] = uses("a/four", "a/one")
    found = check_sop(library["a/one"], "x", Surroundings(library))
    assert [(d.code, d.message) for d in found] == [
        ("SOP054", "this never ends: a/one uses a/two uses a/three uses a/one")
    ]
    assert check_sop(library["a/four"], "x", Surroundings(library)) == []


def test_what_is_not_known_is_not_checked(codes):
    assert codes(steps("Click Next."), around=Surroundings()) == []
    assert codes(steps("Click Next."), around=Surroundings(portals={"test"}, today=TODAY)) == []
    assert codes(steps("Click Next."), around=Surroundings(portals={"hub"})) == ["SOP055"]


def test_a_compiled_file(sop):
    def found(text, compiled):
        return [
            (d.code, d.severity.value)
            for d in check_sop(sop.file(text)[0], "x", Surroundings(compiled=compiled))
        ]

    first = to_json(sop.file(steps("Click Next."))[0])
    assert from_json(first).purpose is Purpose.OTHER
    assert found(steps("Click Next."), first) == []
    assert found(steps("Please click Next."), first) == [("SOP058", "warning")]
    assert found(steps("Click Back."), first) == [("SOP058", "error")]
    assert found(steps("Click Next."), b"{}") == [("SOP058", "error")]
