"""Names that the table of data doesn't hold: in the present element first, then in the case."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fakes import FakePortal, run, step, task
from handmade import control, page

from authwright.core.run import HaltReason, RunResult
from authwright.core.workflow import Action, Condition, ConditionKind, Purpose, Step, Workflow
from authwright.runner.case_file import lacking

COLOR = step(Action.FILL, "Color", ref="color", line=14)
PHONE = step(Action.FILL, "Phone", ref="rendering_provider.phone", line=15)


def each(*body: Step) -> Step:
    return step(Action.REPEAT, each="service_lines", body=body)


def lines(*colors: str, **case: Any) -> dict[str, Any]:
    return {"service_lines": [{"color": c} if c else {} for c in colors], **case}


def typed(case: dict[str, Any], *steps: Step, **more: Any) -> tuple[list[str], RunResult]:
    portal = FakePortal({"start": page([control("Color")])})
    result = run(portal, task(*(steps or (each(COLOR),))), case=case, **more)
    return [line.partition(" (")[0] for line in portal.log], result


@pytest.mark.parametrize(
    ("case", "log"),
    [
        (lines("red"), ["put red in Color"]),
        (lines("", color="blue"), ["put blue in Color"]),
        (lines("red", color="red"), ["put red in Color"]),
    ],
)
def test_the_present_line_is_looked_in_before_the_case(case: dict[str, Any], log: list[str]) -> None:
    assert typed(case)[0] == log


def test_a_line_and_the_case_that_differ_halt() -> None:
    log, result = typed(lines("red", color="blue"))
    assert not log and result.halt is not None
    assert result.halt.reason is HaltReason.DATA_AMBIGUOUS
    assert result.halt.found == "both have it: red; blue"


def test_a_line_without_it_is_named() -> None:
    _, result = typed(lines(""))
    assert result.halt is not None and result.halt.found == "the case has no color of line 1 (color)"


def test_whether_it_is_there_is_asked_of_the_line_as_well() -> None:
    there = Condition(ConditionKind.PRESENT, "", subject="color")
    asked = each(step(Action.CONDITION, condition=there, body=(COLOR,)))
    assert typed(lines("red"), asked)[0] == ["put red in Color"]
    assert typed(lines(""), asked)[0] == []


def test_today_is_the_day_of_the_run() -> None:
    log, _ = typed({}, step(Action.FILL, "Color", ref="today"), today=date(2026, 12, 7))
    assert log == ["put 12/07/2026 in Color"]


def findings(case: dict[str, Any], *steps: Step) -> list[str]:
    workflow = Workflow("test/own", "Own", Purpose.OTHER, "test", (task(*steps),))
    return [f"{d.message} / {d.hint}" for d in lacking(workflow, case, "c.json")]


def test_before_the_run_it_is_looked_for_in_every_line() -> None:
    assert findings(lines("red", "blue"), each(COLOR)) == []
    assert findings(lines("", "", color="red"), each(COLOR)) == []
    assert findings(lines("red", ""), each(COLOR)) == [
        "the case has no color in service line 2, which line 14 of the SOP needs / "
        "give it as color in each service line, or once in the case for all of them"
    ]
    assert findings(lines("", ""), each(COLOR)) == [
        "the case has no color, which line 14 of the SOP needs / "
        "give it as color in each service line, or once in the case for all of them"
    ]


def test_outside_of_a_loop_it_is_told_that_a_line_has_it() -> None:
    assert findings(lines("red"), COLOR) == [
        "the case has no color, which line 14 of the SOP needs / "
        'the service line has it: use it in a step under "For each service line:", or give it as color'
    ]


MISSING = Condition(ConditionKind.PRESENT, "", subject="rendering_provider.phone", negated=True)
ASK = step(Action.HUMAN, "ask for it")
URGENT = Condition(ConditionKind.EQUALS, "", subject="request.expedited")


@pytest.mark.parametrize(
    ("handling", "handled"),
    [
        (step(Action.CONDITION, condition=MISSING, body=(ASK,)), True),
        (step(Action.CONDITION, condition=replace(MISSING, negated=False), otherwise=(ASK,)), True),
        (step(Action.CONDITION, condition=replace(MISSING, negated=False), body=(ASK,)), False),
        (step(Action.CONDITION, condition=replace(MISSING, all_of=(URGENT,)), body=(ASK,)), False),
        (step(Action.CONDITION, condition=MISSING, body=(step(Action.CLICK, "Skip"),)), False),
    ],
)
def test_what_the_sop_itself_provides_for_is_not_lacking(handling: Step, handled: bool) -> None:
    assert bool(findings({}, handling, PHONE)) is not handled
