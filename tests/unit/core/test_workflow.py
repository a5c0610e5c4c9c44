"""The compiled form and its hashes."""

import msgspec
import pytest

from authwright.core.workflow import (
    Action,
    Position,
    Purpose,
    Section,
    SectionRole,
    Step,
    Value,
    Workflow,
    from_json,
    json_schema,
    meaning_hash,
    to_json,
)


def workflow(*steps, title="T", role=SectionRole.TASK):
    section = Section(title, role, Position(1, 1), steps)
    return Workflow("a/b", "A", Purpose.OTHER, "a", (section,))


def click(target, line=1, words="w"):
    return Step(Action.CLICK, Position(line, 1), words, words, target)


def test_json_round_trip_keeps_everything_and_leaves_out_what_is_absent():
    fill = Step(Action.FILL, Position(3, 1), "w", "w", "Name", value=Value(literal=""))
    one = workflow(click(("A", "B")), fill)
    assert from_json(to_json(one)) == one
    assert b"null" not in to_json(one)


def test_wording_and_position_are_not_meaning():
    assert meaning_hash(workflow(click("Next"))) == meaning_hash(workflow(click("Next", 9, "v"), title="U"))


def test_notes_are_not_meaning():
    note = Step(Action.NOTE, Position(1, 1), "By the way.", "By the way.")
    assert meaning_hash(workflow(click("Next"), note)) == meaning_hash(workflow(click("Next")))


def test_target_order_and_section_role_are_meaning():
    base = meaning_hash(workflow(click("Next"), click("Back")))
    assert base != meaning_hash(workflow(click("Back"), click("Next")))
    assert base != meaning_hash(workflow(click("Next"), click("Back"), role=SectionRole.OTHERWISE))


def test_what_is_no_workflow_is_refused_with_its_path():
    with pytest.raises(msgspec.ValidationError, match=r"\$\.purpose"):
        from_json(to_json(workflow()).replace(b'"other"', b'"lunch"'))


def test_the_schema_describes_the_steps():
    assert "Step" in json_schema()["$defs"]
