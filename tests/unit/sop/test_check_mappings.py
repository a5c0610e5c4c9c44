"""Mappings to the page's words: each value of ours has one word, and only one."""

from dataclasses import replace

import pytest

from authwright.core.workflow import Action, Condition, ConditionKind, Option, Position, Step, Value
from authwright.sop import check_sop

K = ConditionKind


def when(kind, subject, *values, negated=False):
    return Condition(
        kind, "", subject=subject, values=tuple(Value(literal=v) for v in values), negated=negated
    )


@pytest.fixture
def found(sop):
    """(severity, message) of what is found in a SELECT step with these options."""

    def check(*options):
        workflow, _ = sop.file("## Steps\n1. Click Next.\n")
        chosen = Step(Action.SELECT, Position(1, 1), "", "", target="Type", options=options)
        section = replace(workflow.sections[0], steps=(chosen,))
        findings = check_sop(replace(workflow, sections=(section,)), "x")
        assert {d.code for d in findings} <= {"SOP052"}
        return [(d.severity.value, d.message) for d in findings]

    return check


SETTING = "request.setting"
OUT, IN = when(K.EQUALS, SETTING, "outpatient"), when(K.EQUALS, SETTING, "Inpatient")


def test_a_mapping_that_has_every_value(found):
    assert found(Option("O", OUT), Option("I", IN)) == []
    assert found(Option("O", OUT), Option("I", when(K.EQUALS, SETTING, "outpatient", negated=True))) == []


def test_a_value_that_is_left_out(found):
    says = 'nothing is said for when the setting is "inpatient": such a run stops for a person'
    assert found(Option("O", OUT)) == [("warning", says)]


def test_a_value_with_two_words(found):
    says = 'when the setting is "outpatient", "O" and "P" would be chosen at once'
    assert found(Option("O", OUT), Option("P", OUT), Option("I", IN)) == [("error", says)]
    assert found(Option("O", OUT), Option("O", OUT), Option("I", IN)) == []


def test_a_value_that_there_is_not(found):
    [(severity, says)] = found(
        Option("O", OUT), Option("I", IN), Option("S", when(K.EQUALS, SETTING, "surgical"))
    )
    assert severity == "warning" and 'is never "surgical": it is "inpatient" or "outpatient"' in says


def test_the_bounds_of_numbers(found):
    child = Option("Child", when(K.LESS, "patient.age", "18"))
    assert found(child, Option("Adult", when(K.LESS, "patient.age", "18", negated=True))) == []
    [(_, left)] = found(child, Option("Adult", when(K.MORE, "patient.age", "18")))
    assert '"18"' in left and '"17"' not in left
    [(severity, _)] = found(child, Option("Adult", when(K.MORE, "patient.age", "16")))
    assert severity == "error"


def test_values_that_cant_be_listed(found):
    first, other = when(K.EQUALS, "request.type", "a"), when(K.EQUALS, "request.type", "b")
    assert found(Option("A", first), Option("B", other)) == []
    assert [s for s, _ in found(Option("A", first), Option("B", first))] == ["error"]
    assert found(Option("A", when(K.PRESENT, "request.type")), Option("B", first)) == []
