import pytest
from hypothesis import given
from hypothesis import strategies as st

from authwright_sandbox.hub.rules import (
    DEFAULT_RULES,
    TWO_DAYS,
    Answer,
    Rule,
    Turn,
    course_for,
    overall,
    turn_at,
)

A = Answer
RULES = [Rule.from_json(rule) for rule in DEFAULT_RULES]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ([A.CERTIFIED, A.CERTIFIED], A.CERTIFIED),
        ([A.CERTIFIED, A.NOT_REQUIRED], A.CERTIFIED),
        ([A.NOT_REQUIRED], A.NOT_REQUIRED),
        ([A.CERTIFIED, A.MODIFIED], A.MODIFIED),
        ([A.CERTIFIED, A.DENIED], A.PARTIAL),
        ([A.DENIED, A.NOT_REQUIRED], A.DENIED),
        ([A.CERTIFIED, A.DENIED, A.PENDED], A.PENDED),
        ([A.DENIED, A.CONTACT_PAYER], A.CONTACT_PAYER),
    ],
)
def test_the_whole_follows_from_the_lines(lines: list[Answer], whole: Answer) -> None:
    assert overall(lines) is whole


@given(st.lists(st.sampled_from(list(Answer)), min_size=1, max_size=6))
def test_the_order_of_lines_does_not_matter_and_one_answer_stands_for_itself(lines: list[Answer]) -> None:
    assert overall(lines) is overall(list(reversed(lines)))
    assert overall(lines[:1] * 3) is lines[0]


@pytest.mark.parametrize(
    ("code", "first", "after_two_days"),
    [
        ("72148", A.CERTIFIED, A.CERTIFIED),
        ("70553", A.PENDED, A.CERTIFIED),
        ("64483", A.DENIED, A.DENIED),
        ("97110", A.NOT_REQUIRED, A.NOT_REQUIRED),
        ("27447", A.CERTIFIED, A.CERTIFIED),
    ],
)
def test_the_payer_on_its_first_day(code: str, first: Answer, after_two_days: Answer) -> None:
    course = course_for(RULES, code, "W123456789", "Aetna")
    assert turn_at(course, TWO_DAYS - 1).answer is first
    assert turn_at(course, TWO_DAYS).answer is after_two_days


def test_every_condition_of_a_rule_must_hold_and_the_first_rule_wins() -> None:
    rules = [
        Rule.from_json({"codes": ["72148"], "payers": ["Humana"], "answer": "denied", "reason": "No"}),
        Rule.from_json({"member_ids": ["W1"], "answer": "pended"}),
    ]
    assert course_for(rules, "72148", "W1", "Humana")[0].answer is A.DENIED
    assert course_for(rules, "72148", "W1", "Aetna")[0].answer is A.PENDED
    assert course_for(rules, "72148", "W2", "Aetna") == (Turn(A.CERTIFIED),)


def test_later_turns_are_put_in_order() -> None:
    rule = Rule.from_json(
        {
            "answer": "pended",
            "then": [
                {"answer": "denied", "after_seconds": 20, "reason": "Records not received"},
                {"answer": "contact-payer", "after_seconds": 10},
            ],
        }
    )
    answers = [turn_at(rule.course, seconds).answer for seconds in (-1, 0, 10, 20)]
    assert answers == [A.PENDED, A.PENDED, A.CONTACT_PAYER, A.DENIED]


def test_a_word_that_is_no_answer_is_refused() -> None:
    with pytest.raises(ValueError):
        Rule.from_json({"answer": "approved"})
