"""Each broken case or workflow file says what is wrong with it, word for word."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import sign_in, step, task

from authwright.core.diagnostics import Diagnostic, render
from authwright.core.workflow import Action, Purpose, Workflow
from authwright.runner.case_file import document_paths, documents_lacking, lacking, read_case, read_workflow

ROOT = Path(__file__).parents[3]
BAD = sorted((ROOT / "tests" / "bad").glob("RUN*.json"))

NEEDS = Workflow(
    "test/needs",
    "Needs",
    Purpose.SUBMIT,
    "test",
    (
        task(
            step(Action.FILL, "Member ID", ref="coverage.member_id", line=12),
            step(
                Action.REPEAT,
                each="service_lines",
                body=(step(Action.FILL, "Procedure Code", ref="service_lines[].code", line=14),),
            ),
        ),
    ),
)


def findings(path: Path) -> list[Diagnostic]:
    name = path.relative_to(ROOT).as_posix()
    if path.name.startswith("RUN005"):
        return read_workflow(path.read_bytes(), name)[1]
    case, found = read_case(path.read_text(encoding="utf-8"), name)
    if case is None or found:
        return found
    there = [p for p in document_paths(case) if (path.parent / p).is_file()]
    return [*lacking(NEEDS, case, name), *documents_lacking(case, name, there)]


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_the_diagnostics_of_a_broken_file(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    printed = "\n".join(render(d, lines) for d in findings(path)) + "\n"
    assert printed == path.with_suffix(".expected").read_text(encoding="utf-8")
    assert path.name[:6] in printed


def test_there_is_a_broken_file_for_every_code() -> None:
    assert [p.name[:6] for p in BAD] == [f"RUN00{n}" for n in range(1, 7)]


def test_a_sound_case_has_no_findings() -> None:
    case, found = read_case(
        '{"coverage": {"member_id": "W1"}, "service_lines": [{"cpt": "72148"}]}', "c.json"
    )
    assert case is not None and not found and lacking(NEEDS, case, "c.json") == []


def test_what_a_used_sop_surely_needs_counts_and_only_that() -> None:
    uses = replace(NEEDS, sections=(task(step(Action.USE, "test/other", section="Task", line=3)),))
    group = step(Action.FILL, "Group", ref="coverage.group_number", line=5)
    other = replace(NEEDS, id="test/other", sections=(task(group), sign_in(step(Action.SIGN_IN))))
    (found,) = lacking(uses, {}, "c.json", {"test/other": other})
    assert found.message == "the case has no coverage.group_number, which line 5 of test/other needs"


def test_what_is_read_on_the_way_and_what_only_has_a_limit_is_not_missing() -> None:
    steps = (
        step(Action.READ, "Group", save_as="coverage.group_number"),
        step(Action.FILL, "Group", ref="coverage.group_number"),
        step(Action.VERIFY, ref="clinical.notes", max_length=20),
    )
    assert lacking(replace(NEEDS, sections=(task(*steps),)), {}, "c.json") == []
