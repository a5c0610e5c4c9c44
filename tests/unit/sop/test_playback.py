"""Every action and every condition is said back in words, with all that it holds."""

import re
from dataclasses import replace

import pytest

from authwright.core.data_names import BY_PATH
from authwright.core.workflow import (
    Action,
    Condition,
    ConditionKind,
    Match,
    Option,
    Order,
    Position,
    Prefer,
    Step,
    TargetKind,
    Value,
)
from authwright.sop.naming import Naming, data_name, said_duration
from authwright.sop.playback import say

K = ConditionKind
MEMBER = Value(ref="coverage.member_id", words="the subscriber number")


def step(action, **fields):
    return Step(action, Position(1, 1), "the author's own words", "", **fields)


def when(kind, subject=None, *values, **more):
    held = tuple(v if isinstance(v, Value) else Value(literal=v) for v in values)
    return Condition(kind, "as the author said it", subject, held, **more)


ACTIONS = {
    Action.CLICK: (
        {"target": "Next", "target_kind": TargetKind.BUTTON, "section": "Claims", "beside": "Open"},
        'Press the button "Next", in the part headed "Claims", next to "Open"',
    ),
    Action.FILL: (
        {
            "target": "From", "target_kind": TargetKind.FIELD, "format": "MM/DD/YYYY",
            "value": Value(ref="service_lines[].start", words="the DOS"),
        },
        'Write the service date of the service line into the field "From", written as MM/DD/YYYY',
    ),
    Action.SELECT: (
        {"target": "Type", "target_kind": TargetKind.DROPDOWN, "value": Value(literal="Outpatient")},
        'In the list "Type" choose "Outpatient"',
    ),
    Action.CHECK: ({"target": "Urgent", "target_kind": TargetKind.CHECKBOX}, 'Tick the box "Urgent"'),
    Action.UNCHECK: ({"target": "Urgent"}, 'Take the tick off "Urgent"'),
    Action.UPLOAD: (
        {"value": Value(ref="documents", every=True), "document_kind": "X-ray", "max_bytes": 2_500_000},
        'Hand in every document of the case of kind "X-ray", none above 2.5 MB',
    ),
    Action.DOWNLOAD: ({"target": "Export"}, 'Press "Export" and keep the file that comes'),
    Action.CAPTURE: ({"save_as": "receipt"}, "Keep a picture of the page as the receipt"),
    Action.READ: (
        {"target": "Case No.", "save_as": "reference_number"},
        'Note what stands on the page for "Case No.": it is the reference number',
    ),
    Action.VERIFY: (
        {"value": Value(ref="clinical.notes"), "max_length": 2000},
        "Make sure that there are at most 2,000 characters in the clinical notes of the case; "
        "if not, stop and ask a person",
    ),
    Action.WAIT: ({"condition": when(K.GONE, "Loading")}, 'Wait until "Loading" is no longer on the page'),
    Action.REPEAT: (
        {"condition": when(K.ENABLED, "Next"), "limit": 5},
        'Again and again until "Next" can be used (at most 5 times, then a person is asked)',
    ),
    Action.CONDITION: ({"condition": when(K.LAST, negated=True)}, "Only if this is not the last of the list"),
    Action.ENTER_CODE: (
        {"target": "Code"}, 'Write the one-time code of the portal account into "Code"',
    ),
    Action.SIGN_IN: ({}, "Log in with the user name and password of the portal account"),
    Action.SIGN_OUT: ({}, "Log out"),
    Action.PRESS_KEY: ({"target": "Enter"}, 'Press the key "Enter" on the keyboard'),
    Action.NAVIGATE: (
        {"target": "Claims", "target_kind": TargetKind.PAGE}, 'Open the page "Claims"',
    ),
    Action.HUMAN: (
        {"target": "call the payer", "queue": "Denials"},
        'The run stops here for a person (work of "Denials"), who is asked: call the payer',
    ),
    Action.NOTE: (
        {"target": "Submit", "condition": when(K.CHECKED, "I agree")},
        'Nothing is done; "Submit" is expected to be ready only when "I agree" is ticked',
    ),
    Action.STOP: ({"outcome": "duplicate"}, 'The run ends here with the result "duplicate"'),
    Action.GO_TO: (
        {"target": "Find the claim", "limit": 3},
        'Go on from the section "Find the claim", at most 3 times, then a person is asked',
    ),
    Action.USE: (
        {"target": "hub/sign-in", "section": "Sign in"},
        'Do the section "Sign in" of the SOP "hub/sign-in", then go on here',
    ),
    Action.KEEP: (
        {"value": Value(ref="expiration_date", read=True), "save_as": "expiration_date"},
        "Put the expiration date that was read before down on the case as its expiration date",
    ),
    Action.ASSIGN: (
        {"outcome": "denied", "queue": "Appeals"},
        'Mark the case as "denied" and put the case on the worklist of "Appeals"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("action", Action)
def test_every_action_is_said(action):
    fields, said = ACTIONS[action]
    assert say(step(action, **fields)) == said


CONDITIONS = {
    K.PRESENT: (when(K.PRESENT, "service_lines[].modifiers"), "the modifier of the service line is given"),
    K.EQUALS: (
        when(K.EQUALS, "service_lines[].place_of_service", "22", "24"),
        'the place of service of the service line is "22" or "24"',
    ),
    K.LESS: (when(K.LESS, "patient.age", "18"), 'the patient\'s age is below 18'),
    K.MORE: (
        when(K.MORE, "service_lines[].start", "today-P90D"),
        "the service date of the service line is after 90 days before today",
    ),
    K.STARTS_WITH: (
        when(K.STARTS_WITH, "service_lines[].code", "J", "Q"),
        'the procedure code of the service line begins with "J" or "Q"',
    ),
    K.FIRST: (when(K.FIRST), "this is the first of the list"),
    K.LAST: (when(K.LAST), "this is the last of the list"),
    K.SHOWS: (when(K.SHOWS, "No match"), 'the page shows "No match"'),
    K.DIALOG: (when(K.DIALOG, "News"), 'a pop-up headed "News" is open'),
    K.ASKS_FOR: (when(K.ASKS_FOR, "a code"), "the page asks for a code"),
    K.ROW: (
        when(K.ROW, None, MEMBER, "Open", prefer=Prefer(Order.LATEST, "Filed on")),
        "a row of the page's table holds the member ID of the case and \"Open\" "
        '(of several the latest by "Filed on")',
    ),
    K.ROWS: (when(K.ROWS, "several", MEMBER), "more than one row holds the member ID of the case"),
    K.FIELD: (when(K.FIELD, "Fax", ""), '"Fax" on the page is empty'),
    K.CHECKED: (when(K.CHECKED, "Urgent"), '"Urgent" is ticked'),
    K.STATUS: (when(K.STATUS, None, "Pended", "Open"), 'the status on the page is "Pended" or "Open"'),
    K.OFFERS: (when(K.OFFERS, "Continue"), 'the page offers "Continue"'),
    K.ENABLED: (when(K.ENABLED, "Next"), '"Next" can be used'),
    K.GONE: (when(K.GONE, "Loading"), '"Loading" is no longer on the page'),
    K.LOADED: (when(K.LOADED), "the page has finished loading"),
    K.READ_EQUALS: (
        when(K.READ_EQUALS, "reference_number", ""), "the reference number that was read is empty",
    ),
    K.PASSED: (when(K.PASSED, "PT1M30S"), "1 minute and 30 seconds have passed"),
    K.SAID: (when(K.SAID), 'a person, asked in each run, confirms "as the author said it"'),
}  # fmt: skip
WITHOUT_OPPOSITE = {K.PASSED}


@pytest.mark.parametrize("kind", ConditionKind)
def test_every_condition_is_said(kind):
    condition, said = CONDITIONS[kind]
    assert Naming().condition(condition) == said


@pytest.mark.parametrize("kind", sorted(set(ConditionKind) - WITHOUT_OPPOSITE))
def test_its_opposite_is_said_otherwise(kind):
    condition, said = CONDITIONS[kind]
    opposite = Naming().condition(replace(condition, negated=True))
    assert opposite != said and re.search(r"\b(not|no|missing|still|cannot|denies)\b", opposite), opposite


def test_and_and_or():
    a, b, c = (when(K.SHOWS, x) for x in "ABC")
    said = Naming().condition(replace(a, any_of=(b,), all_of=(c,)))
    assert said == 'the page shows "A" or the page shows "B", and the page shows "C"'


def test_a_mapping_names_each_word_of_the_page_and_what_happens_otherwise():
    options = (
        Option("Outpatient Procedure", when(K.EQUALS, "request.setting", "outpatient")),
        Option("Inpatient Surgical", when(K.EQUALS, "request.setting", "inpatient")),
    )
    said = say(step(Action.SELECT, target="Setting", options=options))
    assert said == (
        'In "Setting" choose "Outpatient Procedure" if the setting of the case is "outpatient"; '
        '"Inpatient Surgical" if the setting of the case is "inpatient"; '
        "if none or several of these hold, a person is asked"
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"suggest": True, "match": Match.STARTS_WITH}, "then take the one suggestion that starts with it"),
        ({"search": True}, "start the search"),
        ({"max_length": 2000}, "at most 2,000 characters long"),
        ({"once": True}, "this is sent to the payer, one time only"),
    ],
)
def test_an_addition_to_a_step_is_said(fields, words):
    assert words in say(step(Action.FILL, target="Member", value=MEMBER, **fields))


def test_nobody_is_asked_for_a_note():
    said = say(step(Action.NOTE, target="Next", condition=when(K.SAID)))
    assert said == 'Nothing is done; "Next" is expected to be ready only when as the author said it'


def test_what_a_person_is_asked_to_do_is_said_once():
    said = say(step(Action.HUMAN, target="ask a person to begin a request"))
    assert said == "The run stops here for a person, who is asked to begin a request"


def test_a_row_of_several_is_said():
    click = step(Action.CLICK, target_kind=TargetKind.TABLE_ROW, value=MEMBER, prefer=Prefer(Order.EARLIEST))
    assert say(click).endswith("(of several the earliest by its date)")


def test_an_example_stands_beside_the_value():
    shown = say(step(Action.FILL, target="ID", value=MEMBER), lambda v: f"here: {v.ref}")
    assert shown == 'Write the member ID of the case (here: coverage.member_id) into "ID"'


@pytest.mark.parametrize("path", BY_PATH)
def test_every_datum_has_a_name_of_its_own(path):
    others = {data_name(p) for p in BY_PATH if p != path}
    assert data_name(path) not in others


def test_a_name_that_the_table_does_not_hold_is_quoted():
    assert data_name("previous_vendor") == 'what the case calls "previous vendor"'


@pytest.mark.parametrize(
    ("iso", "said"), [("P1D", "1 day"), ("PT2H", "2 hours"), ("PT90S", "90 seconds"), ("soon", "soon")]
)
def test_durations(iso, said):
    assert said_duration(iso) == said
