"""The portal united, driven by the library's SOPs from the command line: what the payer got is compared
with the case."""

import json
from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.desks import DESKS
from authwright_sandbox.process import Portal, Sandbox
from tests.e2e.practice import LIBRARY, Practice

pytestmark = pytest.mark.browser
SOPS = LIBRARY / "united" / "sops"
CASE: dict[str, Any] = DESKS["united"].case | {"diagnoses": [{"code": "M54.16"}, {"code": "M51.26"}]}
PAYLOAD = {
    "member_id": "912345678",
    "date_of_birth": "03/14/1961",
    "last_name": "Garcia",
    "first_name": "Maria",
    "place_of_service": "22",
    "service_type": "Surgical",
    "priority": "Standard",
    "expedited_reason": "",
    "start_date": "12/07/2026",
    "end_date": "12/09/2026",
    "diagnoses": ["M54.16", "M51.26"],
    "procedures": [
        {"code": "29827", "modifier": "", "units": "1"},
        {"code": "29826", "modifier": "RT", "units": "2"},
    ],
    "requesting": {"npi": "1234567893"},
    "servicing": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact_name": "Dana Whitfield",
    "contact_phone": "404-555-0142",
    "contact_fax": "",
    "answers": {},
    "notes": "Six weeks of physical therapy without relief.",
}


@pytest.fixture
def united(sandbox: Sandbox) -> Portal:
    portal = sandbox.portal("united")
    portal.post("reset")
    portal.post("faults", allow_code_reuse=True)
    return portal


@pytest.fixture
def practice(tmp_path: Path, united: Portal) -> Practice:
    return Practice(tmp_path, united, SOPS, CASE)


def ours(united: Portal, status: str) -> dict[str, Any]:
    """The practice's newest request with this status; some are there from the start."""
    return united.held(status=status, organization=CASE["credentials"]["organization"])


def about(held: dict[str, Any]) -> dict[str, Any]:
    """What of a case is about a request that the payer holds."""
    line = {**CASE["service_lines"][0], "code": held["codes"][0]}
    return {
        "coverage": {"member_id": held["member_id"]},
        "service_lines": [line],
        "submission": {"reference_number": held["reference_number"]},
    }


ONE_DIAGNOSIS = {"diagnoses": CASE["diagnoses"][:1]}


def test_a_request_is_sent_as_the_case_says(practice: Practice, united: Portal) -> None:
    code, result = practice.run("submit")
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = united.received()
    assert received["payload"] == PAYLOAD
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]
    assert result["read"] == {"reference_number": received["reference_number"], "status": "Pending"}


def test_a_lookup_keeps_the_decision_id_and_begins_nothing(practice: Practice, united: Portal) -> None:
    codes = ["97110", "95810"]
    lines = [{**CASE["service_lines"][0], "code": code} for code in codes]
    code, result = practice.run("lookup", service_lines=lines)
    assert (code, result["halt"], result["stopped_with"]) == (0, None, "not required")
    (check,) = united.get("received")["checks"]
    assert result["read"]["decision_id"] == check["decision_id"]
    assert check["payload"]["procedures"] == codes
    assert united.received() == [] and not result["sent"]


def test_a_question_that_the_case_does_not_answer_stops_before_sending(
    practice: Practice, united: Portal
) -> None:
    line = {**CASE["service_lines"][0], "code": "72148"}
    code, result = practice.run("submit", service_lines=[line], **ONE_DIAGNOSIS)
    assert (code, result["halt"]["reason"], result["sent"]) == (3, "asked-person", False)
    assert "six weeks of conservative treatment" in json.dumps(result["halt"])
    assert united.received() == []


def test_the_status_is_read_with_the_number_that_became_the_approval(
    practice: Practice, united: Portal
) -> None:
    held = ours(united, "Approved")
    code, result = practice.run("status", **about(held))
    assert (code, result["halt"], result["sent"]) == (0, None, False)
    number = held["reference_number"]
    assert result["read"] == {
        "reference_number": number,
        "status": "Approved",
        "authorization_number": number,
    }


def test_a_request_made_elsewhere_is_found(practice: Practice, united: Portal) -> None:
    held = ours(united, "Denied")
    month, day, year = held["start"].split("/")
    case = about(held)
    case["service_lines"][0]["from"] = f"{year}-{month}-{day}"
    code, result = practice.run("find", **case)
    assert (code, result["halt"]) == (0, None)
    assert result["read"] == {"reference_number": held["reference_number"], "status": "Denied"}


def test_records_that_were_asked_for_are_sent_once(practice: Practice, united: Portal) -> None:
    held = ours(united, "Pending")
    united.post(
        "decide", reference_number=held["reference_number"], answer="needs-documents", reason="More notes"
    )
    code, result = practice.run("respond", **about(held))
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = united.received()
    assert (received["kind"], received["reference_number"]) == ("respond", held["reference_number"])
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]
    assert result["read"]["status"] == "Pending"


@pytest.mark.parametrize(("point", "accept"), [("after-accept", True), ("before-accept", False)])
def test_records_are_sent_once_though_the_run_was_killed(
    practice: Practice, united: Portal, point: str, accept: bool
) -> None:
    held = ours(united, "Pending")
    united.post(
        "decide", reference_number=held["reference_number"], answer="needs-documents", reason="More notes"
    )
    united.post("faults", hold_next=point)
    practice.killed_while_sending("respond", **about(held))
    united.post("release", accept=accept)
    code, result = practice.run("respond", **about(held))
    assert (code, result["outcome"], result["halt"]) == (0, "done", None), result
    assert [each["kind"] for each in united.received()] == ["respond"]
    assert result["read"]["status"] == "Pending"


def test_an_update_moves_date_and_place(practice: Practice, united: Portal) -> None:
    held = ours(united, "Approved")
    case = about(held)
    case["service_lines"][0] |= {"from": "2026-12-14", "to": "2026-12-18", "place_of_service": "11"}
    code, result = practice.run("update", **case, clinical={"notes": "The member asked for a later date"})
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    assert united.received()[0]["payload"] == {
        "start_date": "12/14/2026",
        "end_date": "12/18/2026",
        "place_of_service": "11",
        "reason": "The member asked for a later date",
    }


def test_a_request_is_cancelled_only_through_the_dialog(practice: Practice, united: Portal) -> None:
    held = ours(united, "Approved")
    code, result = practice.run("cancel", **about(held), clinical={"notes": "Submitted in error"})
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = united.received()
    assert (received["kind"], received["payload"]) == ("cancel", {"reason": "Submitted in error"})
    assert result["read"]["status"] == "Cancelled"


def test_the_letter_of_the_request_is_downloaded(practice: Practice, united: Portal) -> None:
    code, result = practice.run("letter", **about(ours(united, "Denied")))
    assert (code, result["halt"]) == (0, None)
