import pytest

from authwright.core.workflow import ConditionKind as K
from authwright.sop.conditions import duration, read_condition
from authwright.sop.tokens import tokenise

CASES = [
    ("the service line has a modifier", K.PRESENT, "service_lines[].modifiers", [], False),
    ("the case has no diagnosis code", K.PRESENT, "diagnoses[].code", [], True),
    ("the group number is missing", K.PRESENT, "coverage.group_number", [], True),
    *(
        (words, K.PRESENT, "coverage.group_number", [], True)
        for words in (
            "there is no group number",
            "there's no group number",
            "there isn't a group number",
            "the case doesn't have a group number",
            "we do not have the group number",
            "the case lacks the group number",
            "no group number is given",
            "the group number isn't known",
            "the group number is not on file",
        )
    ),
    ("the group number isn't missing", K.PRESENT, "coverage.group_number", [], False),
    ("the patient has no secondary insurance", K.PRESENT, "secondary_coverage", [], True),
    ("the patient has a phone number", K.PRESENT, "patient.phone", [], False),
    ("the rendering provider has no fax number", K.PRESENT, "rendering_provider.fax", [], True),
    ("the service line has a tooth number", K.PRESENT, "service_lines[].tooth_number", [], False),
    ("the service line has a favourite color", K.PRESENT, "service_lines[].favourite_color", [], False),
    ("the service line has no shade", K.PRESENT, "service_lines[].shade", [], True),
    ("the service line's shade is missing", K.PRESENT, "service_lines[].shade", [], True),
    ("the case has the tooth chart", K.PRESENT, "tooth_chart", [], False),
    ("the case has been approved", K.SAID, None, [], False),
    ("the claim is denied", K.SAID, None, [], False),
    ("the claim is rejected or denied", K.SAID, None, [], False),
    ("the plan is active", K.SAID, None, [], False),
    ("Next is active", K.ENABLED, "Next", [], False),
    ("the case has a new status", K.SAID, None, [], False),
    ("the service line has more than 5 units", K.SAID, None, [], False),
    ("the patient has an allergy", K.SAID, None, [], False),
    ("the request isn't urgent", K.EQUALS, "request.expedited", ["yes"], True),
    ('the page does not say "No match"', K.SHOWS, "No match", [], True),
    ('there is no "Add documents" button', K.OFFERS, "Add documents", [], True),
    ('the "Add documents" button is missing', K.OFFERS, "Add documents", [], True),
    ("the Continue button is not there", K.OFFERS, "Continue", [], True),
    ("the Continue button isn't shown", K.OFFERS, "Continue", [], True),
    ("there are more than 5 service lines", K.MORE, "service_lines", ["5"], False),
    ("there are several documents", K.MORE, "documents", ["1"], False),
    ("the order has only one procedure code", K.EQUALS, "service_lines", ["1"], False),
    ("there are at least 2 diagnosis codes", K.MORE, "diagnoses", ["1"], False),
    ("we have two or more documents", K.MORE, "documents", ["1"], False),
    ("there are no more than 3 service lines", K.LESS, "service_lines", ["4"], False),
    ("the portal doesn't ask for a code", K.ASKS_FOR, "a code", [], True),
    ('the page says "It isn\'t there"', K.SHOWS, "It isn't there", [], False),
    ("the place of service is 22", K.EQUALS, "service_lines[].place_of_service", ["22"], False),
    (
        'the place of service is not "11" or "12"',
        K.EQUALS,
        "service_lines[].place_of_service",
        ["11", "12"],
        True,
    ),
    ("the patient is under 18", K.LESS, "patient.age", ["18"], False),
    ("the units are more than 10", K.MORE, "service_lines[].units", ["10"], False),
    ("the request is urgent", K.EQUALS, "request.expedited", ["yes"], False),
    ("it is the first", K.FIRST, None, [], False),
    ("it is the last one", K.LAST, None, [], False),
    ('the page says "No match"', K.SHOWS, "No match", [], False),
    ('"No match" appears', K.SHOWS, "No match", [], False),
    ('a pop-up titled "News" appears', K.DIALOG, "News", [], False),
    ("the portal asks for a code", K.ASKS_FOR, "a code", [], False),
    (
        "a row has the member ID and the start date",
        K.ROW,
        None,
        ["coverage.member_id", "service_lines[].start"],
        False,
    ),
    ("the status is Pended or Open", K.STATUS, None, ["Pended", "Open"], False),
    ("there is a Continue button", K.OFFERS, "Continue", [], False),
    ("Next is enabled", K.ENABLED, "Next", [], False),
    ("the spinner disappears", K.GONE, "spinner", [], False),
    ("the page has loaded", K.LOADED, None, [], False),
    ("the moon is full and the doctor agrees", K.SAID, None, [], False),
]


@pytest.mark.parametrize(("words", "kind", "subject", "values", "negated"), CASES, ids=[c[0] for c in CASES])
def test_a_condition_is_read(words, kind, subject, values, negated):
    found = read_condition(tokenise(words))
    assert (found.kind, found.subject, found.negated) == (kind, subject, negated)
    assert [v.ref or v.literal for v in found.values] == values
    assert found.words == words


def test_unless_turns_it_round_and_keeps_its_word():
    found = read_condition(tokenise("it is the last"), negated=True, prefix="unless")
    assert (found.negated, found.words) == (True, "unless it is the last")


def test_both_conditions_must_be_readable():
    found = read_condition(tokenise("the patient is under 18 and the group number is missing"))
    assert (found.kind, found.all_of[0].kind) == (K.LESS, K.PRESENT)


@pytest.mark.parametrize(
    ("words", "iso"), [("a minute", "PT1M"), ("30 seconds", "PT30S"), ("two days", "P2D")]
)
def test_durations(words, iso):
    assert duration(words).subject == iso


def test_no_duration():
    assert duration("a while") is None
