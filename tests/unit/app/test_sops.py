"""The SOPs of a library, and whether they may be run."""

from datetime import date

import pytest

from authwright.app.approvals import SopApproval
from authwright.app.library_folder import library_folder
from authwright.app.rehearsals import SopRehearsal
from authwright.app.sops import Cleared, compile_file, of_portal, runnable, used_by
from authwright.core.workflow import Purpose

SHIPPED = library_folder()
STATUS = SHIPPED / "hub/sops/status.md"


HUB = "https://hub.example/start"


def cleared(*compiled, rehearsed=None, at=HUB):
    """These are approved; and rehearsed, or only those that are named."""
    day = date(2026, 11, 24)
    approvals = [SopApproval(c.workflow.id, c.workflow.meaning_hash, "Dana", day) for c in compiled]
    walked = compiled if rehearsed is None else rehearsed
    rehearsals = [SopRehearsal(c.workflow.id, c.workflow.meaning_hash, day, at, "Dana") for c in walked]
    return Cleared(tuple(approvals), tuple(rehearsals), HUB)


@pytest.fixture
def overlay(tmp_path):
    (tmp_path / "hub/sops").mkdir(parents=True)

    def write(name, text):
        (tmp_path / "hub/sops" / name).write_text(text)
        return [SHIPPED, tmp_path]

    return write


def test_the_sops_of_a_portal_go_by_their_ids():
    found = of_portal([SHIPPED], "hub")
    assert {"hub/status", "hub/submit-outpatient"} <= set(found)
    assert found["hub/status"].path == STATUS
    assert of_portal([SHIPPED], "no-such-portal") == {}


def test_an_overlays_sop_takes_the_place_of_the_one_with_its_id(overlay):
    folders = overlay("own.md", STATUS.read_text().replace("Authorization Dashboard", "Dashboard"))
    found = of_portal(folders, "hub")
    assert found["hub/status"].path.name == "own.md"
    assert found["hub/status"].workflow.meaning_hash != compile_file(STATUS).workflow.meaning_hash


def test_a_byte_order_mark_changes_nothing(tmp_path):
    marked = tmp_path / "status.md"
    marked.write_bytes(b"\xef\xbb\xbf" + STATUS.read_bytes())
    assert compile_file(marked).workflow.meaning_hash == compile_file(STATUS).workflow.meaning_hash


def test_only_what_is_approved_as_it_stands_may_be_run():
    found = of_portal([SHIPPED], "hub")
    workflows, refused = runnable(found, {}, cleared(found["hub/status"]))
    assert list(workflows) == [Purpose.STATUS]
    assert workflows[Purpose.STATUS].id == "hub/status"
    assert "The SOP hub/submit-outpatient is not approved as it stands." in refused[Purpose.SUBMIT]
    assert "authwright sop explain" in refused[Purpose.SUBMIT]


@pytest.mark.parametrize("at", [None, "https://hub.example/other-page", "https://test.hub.example/"])
def test_only_what_was_rehearsed_in_that_portal_may_be_run(at):
    status = of_portal([SHIPPED], "hub")["hub/status"]
    known = cleared(status, rehearsed=[] if at is None else [status], at=at)
    workflows, refused = runnable({"hub/status": status}, {}, known)
    if at == "https://hub.example/other-page":
        assert Purpose.STATUS in workflows
    else:
        assert "The SOP hub/status was not rehearsed as it stands" in refused[Purpose.STATUS]
        command = f"authwright sop rehearse {STATUS} --case CASE.json --base-url {HUB} --practice FOLDER"
        assert command in refused[Purpose.STATUS]


def test_a_changed_sop_is_rehearsed_anew(overlay):
    before = of_portal([SHIPPED], "hub")["hub/status"]
    folders = overlay("own.md", STATUS.read_text().replace("Authorization Dashboard", "Dashboard"))
    now = of_portal(folders, "hub")["hub/status"]
    _, refused = runnable({"hub/status": now}, {}, cleared(now, rehearsed=[before]))
    assert "was not rehearsed as it stands" in refused[Purpose.STATUS]


def test_a_purpose_without_an_sop_is_refused():
    workflows, refused = runnable({}, {}, cleared())
    assert not workflows and set(refused) == set(Purpose)
    assert refused[Purpose.SUBMIT].startswith("There is no one SOP for submit (found: none)")


def test_of_two_sops_the_settings_choose(overlay):
    other = STATUS.read_text().replace("id: hub/status", "id: hub/own-status")
    found = of_portal(overlay("own.md", other), "hub")
    both = cleared(found["hub/status"], found["hub/own-status"])
    _, refused = runnable(found, {}, both)
    assert "(found: hub/own-status, hub/status): say which in the settings" in refused[Purpose.STATUS]
    workflows, _ = runnable(found, {"status": "hub/own-status"}, both)
    assert workflows[Purpose.STATUS].id == "hub/own-status"
    _, refused = runnable(found, {"status": "hub/none"}, both)
    assert Purpose.STATUS in refused


def test_an_sop_with_errors_is_refused_even_if_it_was_cleared(overlay):
    text = STATUS.read_text().replace("Enter the reference number in", "Frobnicate the number in")
    found = of_portal(overlay("own.md", text), "hub")
    broken = next(c for c in found.values() if c.path.name == "own.md")
    rest = {"status": broken}
    _, refused = runnable(rest, {}, cleared(broken) if broken.workflow else cleared())
    assert "own.md" in refused[Purpose.STATUS] and "has errors" in refused[Purpose.STATUS]


USES = "---\nid: hub/task\npurpose: other\nportal: hub\n---\n# T\n\n## Sign in\n1. Use SOP {id}.\n"


def test_an_sop_that_is_used_needs_an_approval_of_its_own(overlay):
    folders = overlay("task.md", USES.format(id="hub/sign-in"))
    found = of_portal(folders, "hub")
    library = used_by(found, folders)
    task, sign_in = found["hub/task"], library["hub/sign-in"]
    _, refused = runnable(found, {"other": "hub/task"}, cleared(task), library)
    assert "The SOP hub/sign-in is not approved" in refused[Purpose.OTHER]
    _, refused = runnable(found, {"other": "hub/task"}, cleared(task, sign_in, rehearsed=[task]), library)
    assert "The SOP hub/sign-in was not rehearsed" in refused[Purpose.OTHER]
    workflows, _ = runnable(found, {"other": "hub/task"}, cleared(task, sign_in), library)
    assert workflows[Purpose.OTHER].id == "hub/task"


def test_an_sop_that_uses_one_which_is_not_there_is_refused(overlay):
    folders = overlay("task.md", USES.format(id="hub/none"))
    found = of_portal(folders, "hub")
    _, refused = runnable(found, {"other": "hub/task"}, cleared(found["hub/task"]), used_by(found, folders))
    assert "the SOP hub/none: it isn't at hand" in refused[Purpose.OTHER]


def test_other_sops_are_only_read_when_one_is_used():
    assert used_by({"hub/status": compile_file(STATUS)}, [SHIPPED]) == {}


def test_a_draft_is_refused_even_if_it_was_cleared(overlay):
    text = STATUS.read_text().replace("purpose: status", "purpose: status\ndraft: true")
    found = of_portal(overlay("own.md", text), "hub")
    _, refused = runnable(found, {}, cleared(found["hub/status"]))
    assert "The SOP hub/status is a draft" in refused[Purpose.STATUS]
    assert "authwright sop rehearse" in refused[Purpose.STATUS]
