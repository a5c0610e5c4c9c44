import pytest
from rules_helpers import library

from authwright.rules import check_library

RULE = """
- rule: {name}
  codes: [{codes}]
  when: {{{when}}}
  {what}
  from: {start}
  source: SOURCE
"""
NEEDED, FREE = "requires: prior-authorization", "outcome: not-required"


def rule(name, what, when="", codes="73721", start="2026-01-01"):
    return RULE.format(name=name, what=what, when=when, codes=codes, start=start)


APART = [
    ("diagnoses: [M54]", "diagnoses: {not: [M54]}"),
    ("diagnoses: [M54.5]", "diagnoses: [M17]"),
    ("places: [22]", "places: [11]"),
    ("places: [22]", "places: {not: [22]}"),
    ("ages: {under: 18}", "ages: {from: 18}"),
    ("units: {over: 12}", "units: {to: 12}"),
    ("plans: [gold-ppo]", "plans: [ma-ppo]"),
]
TOGETHER = [
    ("diagnoses: [M54]", "diagnoses: [M54.5]"),
    ("places: [22, 11]", "places: [11, 24]"),
    ("places: {not: [22]}", "places: {not: [11]}"),
    ("ages: {under: 19}", "ages: {from: 18}"),
    ("states: [GA]", "states: [GA]"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_rules_that_never_meet_do_not_contradict(one, other):
    assert check_library(library(rule("a", NEEDED, one) + rule("b", FREE, other))) == []


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_rules_that_can_meet_and_disagree_contradict(one, other):
    found = check_library(library(rule("a", NEEDED, one) + rule("b", FREE, other)))
    assert [d.code for d in found] == ["RUL030"]


def test_rules_that_agree_or_of_which_one_is_more_specific_do_not_contradict():
    assert check_library(library(rule("a", NEEDED) + rule("b", NEEDED))) == []
    assert check_library(library(rule("a", NEEDED) + rule("b", FREE, "states: [GA]"))) == []
    assert check_library(library(rule("a", NEEDED, codes="73700-73799") + rule("b", FREE))) == []
    assert check_library(library(rule("a", NEEDED), rule("b", FREE))) == []


def test_two_ranges_that_cross_contradict():
    found = check_library(
        library(rule("a", NEEDED, codes="73700-73750") + rule("b", FREE, codes="73740-73799"))
    )
    assert [d.code for d in found] == ["RUL030"]
    assert "73740" in found[0].message


def test_rules_that_follow_each_other_do_not_contradict():
    ended = rule("a", NEEDED).replace("source", "until: 2026-02-28\n  source", 1)
    assert check_library(library(ended + rule("b", FREE, start="2026-03-01"))) == []
    assert len(check_library(library(ended + rule("b", FREE, start="2026-02-28")))) == 1


def test_an_entry_ends_where_the_next_of_its_rule_begins():
    followed = rule("a", NEEDED) + rule("a", NEEDED, codes="73722", start="2026-03-01")
    assert check_library(library(followed + rule("b", FREE, start="2026-03-01"))) == []
