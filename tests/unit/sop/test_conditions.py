import pytest

from authwright.core.workflow import ConditionKind as K
from authwright.sop.conditions import duration, read_condition
from authwright.sop.tokens import tokenise

CASES = [
    ("the service line has a modifier", K.PRESENT, "service_lines[].modifiers", [], False),
    ("the case has no diagnosis code", K.PRESENT, "diagnoses[].code", [], True),
    ("the group number is missing", K.PRESENT, "coverage.group_number", [], True),
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
