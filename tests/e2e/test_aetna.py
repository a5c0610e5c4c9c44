"""The portal aetna, opened from the hub by the library's SOPs: what the payer got against the case."""

from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.desks import DESKS
from authwright_sandbox.process import Portal, Sandbox
from tests.e2e.practice import LIBRARY, Practice

pytestmark = pytest.mark.browser
SOPS = LIBRARY / "aetna-sandbox" / "sops"
LINE = {"start": "2026-12-07", "end": "2026-12-09", "place_of_service": "22"}
CASE: dict[str, Any] = DESKS["aetna-sandbox"].case | {
    "service_lines": [
        {"code": "27447", "units": 1, "modifiers": ["RT"], **LINE},
        {"code": "72148", "units": 2, **LINE},
    ],
}
PAYLOAD = {
    "member_id": "W812345678",
    "last_name": "Garcia",
    "first_name": "Maria",
    "date_of_birth": "1961-03-14",
    "relationship": "Self",
    "category": "Outpatient",
    "review": "Standard",
    "urgency": "",
    "place": "22",
    "start": "2026-12-07",
    "end": "2026-12-09",
    "diagnosis_1": "M17.11",
    "diagnosis_2": "",
    "diagnosis_3": "",
    "diagnosis_4": "",
    "procedure_1": "27447",
    "modifier_1": "RT",
    "units_1": "1",
    "procedure_2": "72148",
    "modifier_2": "",
    "units_2": "2",
    "requesting_npi": "1234567893",
    "requesting_tin": "58-1234567",
    "requesting_fax": "",
    "servicing_npi": "1881234565",
    "servicing_name": "Dr. Hazel",
    "servicing_tin": "58-2345678",
    "servicing_fax": "",
    "facility_npi": "1992345672",
    "facility_tin": "58-7654321",
    "facility_fax": "",
    "contact": "Dana Whitfield",
    "phone": "404-555-0142",
    "notes": "Six weeks of physical therapy without relief.",
    "email": "",
}


@pytest.fixture
def aetna(sandbox: Sandbox) -> Portal:
    portal = sandbox.portal("aetna")
    portal.post("reset")
    return portal


@pytest.fixture
def practice(tmp_path: Path, sandbox: Sandbox) -> Practice:
    hub = sandbox.portal("hub")
    hub.post("reset")
    hub.post("faults", allow_code_reuse=True)
    return Practice(tmp_path, hub, SOPS, CASE)


def about(held: dict[str, Any]) -> dict[str, Any]:
    """What of a case is about a request that the payer holds."""
    month, day, year = held["start_date"].split("/")
    line = {**LINE, "code": held["codes"][0], "units": 2, "start": f"{year}-{month}-{day}"}
    return {
        "coverage": {**CASE["coverage"], "member_id": held["member_id"]},
        "service_lines": [line],
        "submission": {"reference_number": held["reference_number"]},
    }


def test_a_request_is_sent_as_the_case_says(practice: Practice, aetna: Portal) -> None:
    code, result = practice.run("submit")
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = aetna.received()
    assert received["payload"] == PAYLOAD
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]
    assert result["read"]["reference_number"] == received["reference_number"]
    assert result["read"]["status"] == "Pended - records needed"
    assert "due_date" in result["kept"]


def test_a_lookup_begins_nothing(practice: Practice, aetna: Portal) -> None:
    lines = [{**LINE, "code": code, "units": 1} for code in ("97110", "20610")]
    code, result = practice.run("lookup", service_lines=lines)
    assert (code, result["stopped_with"], result["sent"]) == (0, "not required", False)
    searches = aetna.get("received")["searches"]
    assert [search["lines"] for search in searches] == [[["97110", False]], [["20610", False]]]
    assert result["read"]["search_number"] == searches[-1]["number"]
    assert aetna.received() == []


def test_the_status_is_read_with_the_number_of_the_approval(practice: Practice, aetna: Portal) -> None:
    held = aetna.held(status="Precertified")
    code, result = practice.run("status", **about(held))
    assert (code, result["halt"], result["sent"]) == (0, None, False)
    assert result["read"]["status"] == "Precertified"
    assert result["read"]["authorization_number"] == held["authorization_number"]


def test_a_request_made_elsewhere_is_found(practice: Practice, aetna: Portal) -> None:
    held = aetna.held(status="Not precertified")
    code, result = practice.run("find", **about(held))
    assert (code, result["halt"]) == (0, None)
    assert result["read"] == {"reference_number": held["reference_number"], "status": "Not precertified"}


def test_coverage_is_read(practice: Practice, aetna: Portal) -> None:
    code, result = practice.run("eligibility")
    assert (code, result["halt"]) == (0, None)
    assert result["read"]["coverage_status"] == "Active"


def test_records_that_were_asked_for_are_sent_once(practice: Practice, aetna: Portal) -> None:
    held = aetna.held(status="Pended")
    number = held["reference_number"]
    aetna.post("decide", reference_number=number, answer="needs-documents", reason="More notes")
    code, result = practice.run("respond", **about(held))
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = aetna.received()
    assert (received["kind"], received["reference_number"]) == ("documents", number)
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]


def test_an_update_moves_dates_and_place(practice: Practice, aetna: Portal) -> None:
    held = aetna.held(status="Precertified")
    case = about(held)
    case["service_lines"][0] |= {"start": "2026-12-14", "end": "2026-12-18", "place_of_service": "24"}
    code, result = practice.run("update", **case, clinical={"notes": "The member asked for a later date"})
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    assert aetna.received()[0]["payload"] == {
        "start": "2026-12-14",
        "end": "2026-12-18",
        "place": "24",
        "reason": "The member asked for a later date",
    }


def test_a_request_whose_answer_was_lost_is_adopted(practice: Practice, aetna: Portal) -> None:
    path = "/aetna/precertification/*/review"
    aetna.post("faults", fail_next={"path": path, "method": "POST", "how": "accept-then-drop"})
    code, result = practice.run("submit")
    assert (code, result["sent"]) == (3, True)
    code, result = practice.run("submit")
    (received,) = aetna.received()
    assert (code, result["lookup"]["finding"]) == (0, "found")
    assert result["read"]["reference_number"] == received["reference_number"]
