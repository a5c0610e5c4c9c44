"""`authwright sop run` against the practice portal delegate: two frames deep, question after question."""

from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.desks import DESKS
from authwright_sandbox.process import Portal, Sandbox
from tests.e2e.practice import LIBRARY, Practice

pytestmark = pytest.mark.browser
SOPS = LIBRARY / "delegate" / "sops"
LINE = {"units": 1, "from": "2026-12-07", "to": "2026-12-07", "place_of_service": "22"}
CASE: dict[str, Any] = DESKS["delegate"].case | {
    "service_lines": [LINE | {"code": "72148"}, LINE | {"code": "72158", "units": 2}],
}
PAYLOAD = {
    "plan": "Cigna",
    "member_id": "U912345678",
    "last_name": "Garcia",
    "date_of_birth": "03/14/1961",
    "date_of_service": "12/07/2026",
    "diagnosis": "M54.16",
    "site_npi": "1992345672",
    "ordering_npi": "1234567893",
    "tax_id": "581234567",
    "contact_name": "Dana Whitfield",
    "callback": "404-555-0142",
    "urgent": "No",
    "urgent_confirmed": "",
    "notes": "Six weeks of physical therapy without relief.",
    "attested": "yes",
    "codes": [{"code": "72148", "quantity": "1"}, {"code": "72158", "quantity": "2"}],
    "answers": {
        "Has the patient had conservative treatment?": "Yes",
        "For how many weeks was the patient treated?": "8",
        "Has there been imaging of this region in the last 12 months?": "No",
    },
}


@pytest.fixture
def portal(sandbox: Sandbox) -> Portal:
    portal = sandbox.portal("delegate")
    assert not portal.url.startswith(sandbox.url)
    portal.post("reset")
    return portal


@pytest.fixture
def practice(tmp_path: Path, portal: Portal) -> Practice:
    return Practice(tmp_path, portal, SOPS, CASE)


def test_a_case_is_submitted_and_becomes_an_approval_with_a_number_of_its_own(
    practice: Practice, portal: Portal
) -> None:
    code, result = practice.run("submit")
    assert (code, result["outcome"], result["sent"], result["halt"]) == (0, "done", True, None)
    (received,) = portal.received()
    assert received["payload"] == PAYLOAD
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]
    number = received["reference_number"]
    assert result["read"] == {"reference_number": number, "status": "Pending Clinical Review"}

    portal.post("clock", advance_seconds=3700)
    code, result = practice.run("status", submission={"reference_number": number})
    held = portal.get("requests")["requests"][-1]
    assert (code, result["read"]) == (
        0,
        {
            "reference_number": number,
            "status": "Approved",
            "authorization_number": held["authorization_number"],
            "certified_start_date": "12/07/2026",
            "certified_end_date": "01/21/2027",
        },
    )
    assert held["authorization_number"] != number


def test_an_urgent_case_is_confirmed_to_be_urgent(practice: Practice, portal: Portal) -> None:
    code, result = practice.run("submit", request={"expedited": True})
    assert (code, result["sent"]) == (0, True)
    (received,) = portal.received()
    assert (received["payload"]["urgent"], received["payload"]["urgent_confirmed"]) == ("Yes", "yes")


def test_a_question_that_the_case_does_not_answer_halts_and_leaves_a_draft(
    practice: Practice, portal: Portal
) -> None:
    code, result = practice.run("submit", recent_imaging=None)
    assert (code, result["outcome"], result["sent"]) == (3, "halted", False)
    assert "recent imaging" in result["halt"]["found"]
    assert portal.received() == []


def test_records_that_were_asked_for_are_sent(practice: Practice, portal: Portal) -> None:
    changes = {"service_lines": [LINE | {"code": "78452"}], "repeat_study": "No"}
    number = practice.run("submit", **changes)[1]["read"]["reference_number"]
    portal.post("clock", advance_seconds=5)
    code, result = practice.run("respond", **changes, submission={"reference_number": number})
    assert (code, result["sent"], result["read"]) == (0, True, {"status": "Pending Clinical Review"})
    entry = portal.received()[-1]
    assert (entry["kind"], [each["name"] for each in entry["attachments"]]) == ("records", ["notes.pdf"])


def test_a_case_whose_sender_died_is_sent_once(practice: Practice, portal: Portal) -> None:
    """Its connection was cut before the delegate had it; the draft in the list is no case."""
    portal.post("faults", fail_next={"path": "/delegate/desk/drafts/*/submit", "how": "drop"})
    assert practice.run("submit")[0] == 3
    code, result = practice.run("submit")
    assert (code, result["outcome"], len(portal.received())) == (0, "done", 1)


def test_a_count_down_over_the_frames_is_answered(practice: Practice, portal: Portal) -> None:
    portal.post("session", ends_soon=True)
    code, result = practice.run("find")
    assert (code, result["stopped_with"]) == (0, "not found")
    assert any(step["target"] == "Stay signed in" for step in result["steps"])
