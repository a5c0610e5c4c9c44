"""The shipped drafts for real portals: readable, sourced, and careful with what leaves a mark."""

import re
from pathlib import Path

import pytest

from authwright.core.workflow import LEAVES_A_MARK, Action, Purpose, SectionRole
from authwright.rules import Automation, load_library
from authwright.sop import check_sop, compile_sop

LIBRARY = Path(__file__).parents[3] / "library"
KINDS = {
    "availity": "sign-in submit status find lookup eligibility respond update appeal",
    "unitedhealthcare": "sign-in submit status find lookup eligibility respond update download",
    "aetna": "sign-in submit status find lookup eligibility respond",
    "cigna": "sign-in submit status find lookup eligibility appeal",
    "caqh": "sign-in status update attest",
}
DRAFTS = [path for portal in KINDS for path in sorted((LIBRARY / portal / "sops").glob("*.md"))]
EACH = pytest.mark.parametrize("path", DRAFTS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
SURE = re.compile(r"\b(High|Medium|Low)\b")
READ_ON = re.compile(r"\b20\d\d(-\d\d){0,2}\b")


def compiled(path):
    return compile_sop(path.read_text(encoding="utf-8"), str(path))


def walk(steps):
    for step in steps:
        yield step
        yield from walk(step.body)
        yield from walk(step.otherwise)


@EACH
def test_a_draft_is_read_without_a_finding(path):
    workflow, found = compiled(path)
    assert found == [] and check_sop(workflow, str(path)) == []


@EACH
def test_each_sentence_of_a_draft_is_carried_out(path):
    workflow, _ = compiled(path)
    told = [
        step.words for section in workflow.sections for step in walk(section.steps) if _is_told(section, step)
    ]
    assert told == (
        ["The list can lag behind the request's own page"] if workflow.id == "availity/status" else []
    )


def _is_told(section, step):
    return section.role is not SectionRole.BEFORE and step.action is Action.NOTE


@EACH
def test_a_draft_says_that_it_is_one(path):
    workflow, _ = compiled(path)
    portal = path.parts[-3]
    assert workflow.draft and workflow.approved is None
    assert (workflow.portal, workflow.id) == (portal, f"{portal}/{path.stem}")
    assert "Rehearse it before its first use" in path.read_text(encoding="utf-8")


@EACH
def test_its_notes_name_source_date_and_how_sure(path):
    notes = path.read_text(encoding="utf-8").split("## Notes\n")[1]
    sourced = [line for line in notes.splitlines() if "https://" in line or "http://" in line]
    assert sourced
    for line in sourced:
        assert SURE.search(line) and READ_ON.search(line), line


@EACH
def test_what_leaves_a_mark_is_checked_before_it_and_looked_for_after_an_interruption(path):
    workflow, _ = compiled(path)
    task = list(walk(workflow.steps_in(SectionRole.TASK)))
    sending = [number for number, step in enumerate(task) if step.once]
    if workflow.purpose not in LEAVES_A_MARK:
        assert sending == []
        return
    (send,) = sending
    assert any(step.action is Action.VERIFY for step in task[:send])
    assert any(step.action is Action.READ for step in task[send:])
    looking = workflow.steps_in(SectionRole.IF_INTERRUPTED)
    assert looking[-1].action is Action.HUMAN, "no guide gives the page's words for no result"


@pytest.mark.parametrize("portal", KINDS)
def test_each_portal_has_its_kinds(portal):
    purposes = {compiled(path)[0].purpose for path in (LIBRARY / portal / "sops").glob("*.md")}
    assert purposes == {Purpose(kind) for kind in KINDS[portal].split()}


@pytest.mark.parametrize("portal", KINDS)
def test_the_page_on_drafts_lists_them(portal):
    page = (LIBRARY.parent / "docs/reference/drafts.md").read_text(encoding="utf-8")
    (row,) = (line for line in page.splitlines() if line.startswith(f"| `{portal}` |"))
    words = re.findall(r"[a-z-]+", row.split("|")[3])
    assert set(KINDS[portal].split()) <= set(words)


@pytest.mark.parametrize("portal", KINDS)
def test_no_portal_is_driven_until_its_terms_were_read(portal):
    library, found = load_library([LIBRARY])
    assert found == []
    file = library.portals[portal]
    assert file.automation is Automation.ASK
    assert file.sign_in_url.startswith("https://") and file.settle_seconds >= 900 and file.notes
