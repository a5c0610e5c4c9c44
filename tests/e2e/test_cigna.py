"""`authwright sop run` against the practice portal cigna: what the payer received is what counts."""

from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.desks import DESKS
from authwright_sandbox.process import Portal, Sandbox
from tests.e2e.practice import LIBRARY, Practice

pytestmark = pytest.mark.browser
SOPS = LIBRARY / "cigna-sandbox" / "sops"
LINE = {"description": "Knee arthroscopy", "from": "2026-12-07", "place_of_service": "24"}
CASE: dict[str, Any] = DESKS["cigna-sandbox"].case | {
    "service_lines": [
        LINE | {"code": "29881", "units": 1, "modifiers": ["RT"], "to": "2026-12-07"},
        LINE | {"code": "29827", "units": 2, "to": "2026-12-09"},
    ],
}
PAYLOAD = {
    "member_id": "U912345678",
    "last_name": "Garcia",
    "first_name": "Maria",
    "date_of_birth": "03/14/1961",
    "request_type": "Outpatient Procedure",
    "urgency": "Standard",
    "service_description": "Knee arthroscopy",
    "place_of_service": "24",
    "start_date": "12/07/2026",
    "end_date": "12/09/2026",
    "diagnosis_1": "M23.221",
    "diagnosis_2": "",
    "code_1": "29881",
    "modifier_1": "RT",
    "units_1": "1",
    "code_2": "29827",
    "modifier_2": "",
    "units_2": "2",
    "ordering_npi": "1234567893",
    "ordering_tin": "58-1234567",
    "servicing_npi": "1881234565",
    "servicing_tin": "58-2345678",
    "facility_npi": "1992345672",
    "contact_name": "Dana Whitfield",
    "contact_phone": "(404) 555-0142",
    "contact_fax": "",
    "notes": "Six weeks of physical therapy without relief.",
}


@pytest.fixture
def portal(sandbox: Sandbox) -> Portal:
    """Without pictures at the door."""
    portal = sandbox.portal("cigna")
    portal.post("reset")
    portal.post("captcha", after=None)
    return portal


@pytest.fixture
def practice(tmp_path: Path, portal: Portal) -> Practice:
    return Practice(tmp_path, portal, SOPS, CASE)


def submitted(practice: Practice, code: str, **more: Any) -> dict[str, Any]:
    """What of the case is another when the payer holds its request for this code."""
    changes = more | {"service_lines": [CASE["service_lines"][0] | {"code": code, "modifiers": []}]}
    done, result = practice.run("submit", **changes)
    assert done == 0, result
    practice.portal.post("clock", advance_seconds=5)
    return changes | {"submission": {"reference_number": result["read"]["reference_number"]}}


def test_a_request_is_sent_as_the_case_says(practice: Practice, portal: Portal) -> None:
    code, result = practice.run("submit")
    assert (code, result["outcome"], result["sent"], result["halt"]) == (0, "done", True, None)
    (received,) = portal.received()
    assert received["payload"] == PAYLOAD
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]
    assert result["read"] == {
        "reference_number": received["reference_number"],
        "status": "Approved",
        "certified_start_date": "12/07/2026",
        "certified_end_date": "02/05/2027",
    }


def test_what_follows_a_request(practice: Practice, portal: Portal) -> None:
    """Its status, its row, its letter, and in the end its withdrawal."""
    case = submitted(practice, "29881", request={"expedited": True, "setting": "inpatient"})
    sent = portal.received()[0]["payload"]
    assert (sent["request_type"], sent["urgency"]) == ("Inpatient Surgical", "Urgent")
    number = case["submission"]["reference_number"]
    code, result = practice.run("status", **case)
    assert (code, result["read"]["status"], result["read"]["reference_number"]) == (0, "Approved", number)
    code, result = practice.run("find", **case | {"submission": None})
    assert (code, result["read"]) == (0, {"reference_number": number, "status": "Approved"})
    code, result = practice.run("letter", **case)
    assert (code, result["outcome"], result["sent"]) == (0, "done", False)
    code, result = practice.run("cancel", **case)
    assert (code, result["sent"], result["read"]) == (0, True, {"status": "Withdrawn"})
    entry = portal.received()[-1]
    assert (entry["kind"], entry["reference_number"]) == ("withdraw", number)
    assert entry["payload"] == {"reason": "Service no longer needed"}


LOOKUPS = [("97110", "not required"), ("72148", "delegated")]


@pytest.mark.parametrize(("procedure", "outcome"), LOOKUPS)
def test_the_check_begins_no_request(
    practice: Practice, portal: Portal, procedure: str, outcome: str
) -> None:
    lines = [CASE["service_lines"][0] | {"code": procedure, "modifiers": []}]
    code, result = practice.run("lookup", service_lines=lines)
    assert (code, result["stopped_with"], result["sent"]) == (0, outcome, False)
    told = portal.get("received")
    assert told["received"] == [] and told["checks"][-1]["lines"][0][0] == procedure
    if outcome == "not required":
        assert result["read"] == {"decision_id": told["checks"][-1]["number"]}


def test_coverage_is_read(practice: Practice, portal: Portal) -> None:
    portal.post("members", members=[{"member_id": "U912345678", "active": False}])
    code, result = practice.run("eligibility")
    assert (code, result["stopped_with"], result["read"]) == (0, "not active", {"status": "Not active"})
    assert portal.received() == []


def test_documents_that_were_asked_for_are_sent(practice: Practice, portal: Portal) -> None:
    case = submitted(practice, "27447")
    code, result = practice.run("respond", **case)
    assert (code, result["sent"], result["read"]) == (0, True, {"status": "In process"})
    entry = portal.received()[-1]
    assert (entry["kind"], [each["name"] for each in entry["attachments"]]) == ("respond", ["notes.pdf"])


def test_a_denied_request_is_appealed(practice: Practice, portal: Portal) -> None:
    case = submitted(practice, "64483")
    code, result = practice.run("appeal", **case)
    assert (code, result["sent"], result["read"]) == (0, True, {"status": "In process"})
    entry = portal.received()[-1]
    assert entry["kind"] == "appeal" and entry["payload"] == {
        "reason": "Additional information available",
        "explanation": CASE["clinical"]["notes"],
        "authorized": "yes",
    }


def test_a_page_that_says_received_though_no_request_began_is_not_believed(
    practice: Practice, portal: Portal
) -> None:
    portal.post("refuse", reason="System unavailable.")
    code, result = practice.run("submit")
    assert (code, result["halt"]["reason"], result["sent"], result["read"]) == (3, "asked-person", True, {})
    assert "System unavailable." in result["halt"]["found"]
    assert [entry["result"] for entry in portal.received()] == ["refused"]


SUBMIT = {"path": "/cigna/requests", "method": "POST", "times": 1}


def test_a_request_whose_answer_was_lost_is_adopted(practice: Practice, portal: Portal) -> None:
    portal.post("faults", fail_next=SUBMIT | {"how": "accept-then-drop"})
    assert practice.run("submit")[0] == 3
    code, result = practice.run("submit")
    (received,) = portal.received()
    assert (code, result["read"]["reference_number"]) == (0, received["reference_number"])


def test_a_request_that_never_arrived_is_sent_again(practice: Practice, portal: Portal) -> None:
    portal.post("faults", fail_next=SUBMIT | {"how": "drop"})
    assert practice.run("submit")[0] == 3
    code, _ = practice.run("submit")
    assert (code, len(portal.received())) == (0, 1)


def test_pictures_at_the_door_are_left_to_a_person(practice: Practice, portal: Portal) -> None:
    portal.post("captcha", after=0)
    code, result = practice.run("sign-in")
    assert (code, result["halt"]["reason"]) == (3, "captcha")
