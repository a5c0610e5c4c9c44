"""Who follows a hint is rid of the finding: each hint's words are read by the compiler."""

import pytest

from authwright.sop import check_sop

FORM = "Enter the member ID in Member ID and the procedure code in Procedure Code."
CHECK = "Check that the page shows the member ID and each procedure code."
ANSWER = "Read the reference number and the status."
INTERRUPTED = """
## If interrupted
1. Enter the member ID in Member ID and click Search.
2. If a row has the procedure code, read its reference number and stop.
3. If it says "No requests match", the request was not sent.
"""
NO_HIT = '3. If it says "No requests match", the request was not sent.\n'


def codes(sop, sentences, purpose, more=""):
    text = "## Steps\n" + "".join(f"{n}. {s}\n" for n, s in enumerate(sentences, 1)) + more
    workflow, wrong = sop.file(text, purpose)
    assert wrong == [], [d.message for d in wrong]
    found = check_sop(workflow, "x")
    return [d.code for d in found], [d.hint for d in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Enter the group number in Group.",
        "Enter the facility's NPI in NPI.",
        "Enter the rendering provider's fax in Fax.",
        "Enter the chart number in Record.",
        "Enter the laterality in Side.",
        "Select the patient's sex in Sex.",
        'Enter the tooth number in "Tooth No. (1 to 32)".',
        "Check that the page shows the group number.",
        "Click the group number.",
        "Select the secondary payer in Other Payer.",
        "Enter the expiration date of the document in Expires.",
    ],
)
def test_data_that_may_be_missing(sop, sentence):
    found, [hint] = codes(sop, [sentence], "other")
    assert found == ["SOP038"]
    first, _, second = hint.removeprefix("write: ").partition(
        " Or, if the portal insists on it, write before: "
    )
    assert codes(sop, [first], "other")[0] == []
    assert codes(sop, [second, sentence], "other")[0] == []


@pytest.mark.parametrize(
    ("ending", "codes_of_it"),
    [
        ('If it says "No requests match", the request was not sent.', []),
        ('If the page says "None" and no row has the procedure code, it was not sent.', []),
        ("Otherwise, the request was not sent.", ["SOP034"]),
        ("If no row has the procedure code, the request was not sent.", ["SOP034"]),
        ("If there are no rows, it was not sent.", ["SOP034"]),
        ('If the page doesn\'t say "Found", it was not sent.', ["SOP034"]),
        ("The request was not sent.", ["SOP034"]),
    ],
)
def test_only_the_pages_words_prove_that_nothing_was_sent(sop, ending, codes_of_it):
    sent = [FORM, CHECK, "Click Submit once.", ANSWER]
    found, hints = codes(sop, sent, "submit", INTERRUPTED.replace(NO_HIT, f"3. {ending}\n"))
    assert found == codes_of_it
    for hint in hints:
        words = hint.removeprefix("write the page's own words for it: ")
        assert codes(sop, sent, "submit", INTERRUPTED.replace(NO_HIT, f"3. {words}\n"))[0] == []


def test_in_a_loop(sop):
    body = ["For each service line:\n   1. Enter the modifier in Modifier 1."]
    found, [hint] = codes(sop, body, "other")
    assert found == ["SOP038"]
    sentence = hint.removeprefix("write: ").partition(" Or, ")[0]
    assert codes(sop, [f"For each service line:\n   1. {sentence}"], "other")[0] == []


@pytest.mark.parametrize(
    ("code", "sentences", "fixed"),
    [
        ("SOP030", [FORM, CHECK, "Click Submit.", ANSWER], [FORM, CHECK, "Click Submit once.", ANSWER]),
        ("SOP048", [FORM, "Click Submit once.", ANSWER], [FORM, CHECK, "Click Submit once.", ANSWER]),
        (
            "SOP047",
            [FORM, CHECK, "Click Submit once."],
            [
                FORM,
                CHECK,
                "Click Submit once.",
                'Read the number next to "Case" as the reference number, and the status.',
            ],
        ),
        (
            "SOP041",
            [FORM, CHECK, "Click Submit once.", ANSWER, "Read the confirmation number."],
            [FORM, CHECK, "Click Submit once.", "Read the confirmation number as the reference number."],
        ),
    ],
)
def test_hints_of_a_submit_sop(sop, code, sentences, fixed):
    assert codes(sop, sentences, "submit", INTERRUPTED)[0] == [code]
    assert codes(sop, fixed, "submit", INTERRUPTED)[0] == []


def test_hints_about_if_interrupted(sop):
    body = [FORM, CHECK, "Click Submit once.", ANSWER]
    assert codes(sop, body, "submit", INTERRUPTED.replace(NO_HIT, ""))[0] == ["SOP034"]
    searched = "\n## If interrupted\n1. Search for the member ID.\n" + NO_HIT.replace("3.", "2.")
    assert codes(sop, body, "submit", searched)[0] == []
