"""In a loop "its code" is the element's own."""

import pytest

from authwright.core.workflow import ConditionKind


@pytest.mark.parametrize(
    "sentence, ref",
    [
        ("For each diagnosis, enter its code in ICD-10.", "diagnoses[].code"),
        ("For every diagnosis, type the code into ICD-10.", "diagnoses[].code"),
        ("For each diagnosis, enter its description in Text.", "diagnoses[].description"),
        ("For each service line, enter its code in CPT.", "service_lines[].code"),
        ("For each document, choose its kind in Type.", "documents[].kind"),
        ("For each diagnosis, enter the procedure code in CPT.", "service_lines[].code"),
        ("For each diagnosis, enter the member ID in ID.", "coverage.member_id"),
        ("Enter the code in Code.", "service_lines[].code"),
    ],
)
def test_a_bare_name_in_a_loop_is_the_elements(sop, sentence, ref):
    assert [s["value"]["ref"] for s in sop.flat(sentence) if s["value"]] == [ref]


def test_it_holds_in_sub_steps_and_inside_conditions(sop):
    body = '## Work\n1. For each diagnosis:\n   1. If the page says "More", type its code into ICD-10.\n'
    workflow, found = sop.file(body)
    assert found == []
    inner = workflow.sections[0].steps[0].body[0].body[0]
    assert inner.value.ref == "diagnoses[].code"
    assert "diagnosis code" in inner.in_words
    assert workflow.data_used == ("diagnoses[].code",)


def test_what_somebody_is_is_not_compared_with_the_case(sop):
    """A minor is no value of the patient's name: a person tells."""
    step = sop.steps("If the patient is a minor, take a screenshot.")[0]
    assert step.condition.kind is ConditionKind.SAID


def test_where_something_is_done_is_no_value_of_the_case(sop):
    step = sop.steps("Select the facility in Facility unless the service is at home.")[0]
    assert step.condition.kind is ConditionKind.SAID
