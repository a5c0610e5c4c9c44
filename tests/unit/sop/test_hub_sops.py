"""The shipped SOPs of the hub mean what the runner and the sandbox rely on."""

from pathlib import Path

import pytest

from authwright.core.workflow import Action, ConditionKind, Match, SectionRole, TargetKind, from_json, to_json
from authwright.sop import check_sop, compile_sop

HUB = Path(__file__).parents[3] / "library/hub/sops"


def compiled(name):
    path = HUB / f"{name}.md"
    workflow, found = compile_sop(path.read_text(), str(path))
    assert found == []
    return workflow


@pytest.mark.parametrize("path", sorted(HUB.glob("*.md")), ids=lambda p: p.stem)
def test_compiles_and_checks_without_a_finding(path):
    workflow, found = compile_sop(path.read_text(), str(path))
    assert found == [] and check_sop(workflow, str(path)) == []
    assert from_json(to_json(workflow)) == workflow


def test_signing_in():
    steps = compiled("sign-in").steps_in(SectionRole.SIGN_IN)
    assert [s.action for s in steps] == [
        Action.NAVIGATE, Action.FILL, Action.FILL, Action.CLICK, Action.CONDITION, Action.CONDITION,
    ]  # fmt: skip
    assert [s.value.ref for s in steps[1:3]] == ["credentials.username", "credentials.password"]
    assert [s.action for s in steps[4].body] == [Action.ENTER_CODE, Action.CLICK]


def test_submitting():
    steps = compiled("submit-outpatient").steps_in(SectionRole.TASK)
    assert steps[0].target == (
        "Patient Registration", "Authorizations & Referrals", "Authorization Request",
    )  # fmt: skip
    assert steps[0].target_kind is TargetKind.MENU
    (loop,) = (s for s in steps if s.action is Action.REPEAT)
    assert loop.each == "service_lines"
    code = loop.body[0]
    assert (code.target, code.suggest, code.match) == ("Procedure Code", True, Match.STARTS_WITH)
    last = loop.body[-1]
    assert (last.condition.kind, last.condition.negated) == (ConditionKind.LAST, True)
    checks = [s.value.ref for s in steps if s.action is Action.VERIFY]
    assert checks == [
        "coverage.member_id", "service_lines[].code", "service_lines[].start", "service_lines[].end",
    ]  # fmt: skip
    assert [s.target for s in steps if s.once] == ["Submit"]
    reads = {s.save_as: s.target for s in steps if s.action is Action.READ}
    assert reads == {"reference_number": "Certification Number", "status": "Status"}


def test_looking_after_an_interruption():
    steps = compiled("submit-outpatient").steps_in(SectionRole.IF_INTERRUPTED)
    row, none = steps[-2:]
    assert [(v.ref, v.every) for v in row.condition.values] == [
        ("service_lines[].code", True), ("service_lines[].start", False),
    ]  # fmt: skip
    assert [s.action for s in row.body] == [Action.READ, Action.READ, Action.STOP]
    assert row.body[0].target_kind is TargetKind.TABLE_ROW
    assert (none.condition.subject, none.body[0].outcome) == ("No requests match", "not-sent")


def test_what_else_may_happen():
    steps = compiled("submit-outpatient").steps_in(SectionRole.OTHERWISE)
    assert [s.condition.kind for s in steps] == [
        ConditionKind.DIALOG,
        ConditionKind.SHOWS,
        ConditionKind.SHOWS,
    ]
    assert (steps[0].body[0].target, steps[0].body[0].section) == ("Close", "Important update")
    assert [s.body[-1].outcome for s in steps[1:]] == ["not required", "duplicate"]
