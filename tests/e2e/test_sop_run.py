"""`authwright sop run` against the practice hub: what the payer received is what counts."""

import json
from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.process import Portal, Sandbox
from tests.e2e.practice import LIBRARY, Practice

pytestmark = pytest.mark.browser
SOPS = LIBRARY / "hub" / "sops"
CASE: dict[str, Any] = {
    "credentials": {
        "username": "specialist",
        "password": "practice-Day1",
        "totp_secret": "JBSWY3DPEHPK3PXP",
        "organization": "Maple Street Orthopedics",
    },
    "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
    "coverage": {"payer": "UnitedHealthcare", "member_id": "W123456789"},
    "diagnoses": [{"code": "M54.16"}],
    "service_lines": [
        {"code": "72148", "units": 1, "from": "2026-12-07", "to": "2026-12-07", "place_of_service": "22"},
        {
            "code": "29881",
            "units": 2,
            "modifiers": ["RT"],
            "from": "2026-12-08",
            "to": "2026-12-09",
            "place_of_service": "22",
        },
    ],
    "requesting_provider": {"npi": "1234567893"},
    "rendering_provider": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
    "clinical": {"notes": "Six weeks of physical therapy without relief."},
    "documents": [{"path": "notes.pdf", "kind": "clinical notes"}],
}
PAYLOAD = {
    "payer": "UnitedHealthcare",
    "request_type": "Outpatient",
    "member_id": "W123456789",
    "last_name": "Garcia",
    "first_name": "Maria",
    "date_of_birth": "03/14/1961",
    "place_of_service": "22",
    "diagnosis_code": "M54.16",
    "requesting": {"npi": "1234567893"},
    "rendering": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact_name": "Dana Whitfield",
    "contact_phone": "404-555-0142",
    "contact_fax": "",
    "notes": "Six weeks of physical therapy without relief.",
    "lines": [
        {
            "procedure_code": "72148",
            "modifier_1": "",
            "modifier_2": "",
            "quantity": "1",
            "from_date": "12/07/2026",
            "to_date": "12/07/2026",
        },
        {
            "procedure_code": "29881",
            "modifier_1": "RT",
            "modifier_2": "",
            "quantity": "2",
            "from_date": "12/08/2026",
            "to_date": "12/09/2026",
        },
    ],
}


@pytest.fixture
def hub(sandbox: Sandbox) -> Portal:
    portal = sandbox.portal("hub")
    portal.post("reset")
    portal.post("faults", allow_code_reuse=True)
    return portal


@pytest.fixture
def practice(tmp_path: Path, hub: Portal) -> Practice:
    return Practice(tmp_path, hub, SOPS, CASE)


def test_a_request_is_sent_as_the_case_says(practice: Practice, hub: Portal) -> None:
    pictures = practice.folder / "pictures"
    code, result = practice.run("submit-outpatient", "--pictures", str(pictures))
    assert (code, result["outcome"], result["sent"], result["halt"]) == (0, "done", True, None)
    (received,) = hub.received()
    assert received["payload"] == PAYLOAD
    assert [a["name"] for a in received["attachments"]] == ["notes.pdf"]
    assert result["read"] == {
        "reference_number": received["reference_number"],
        "status": "Certified in Total",
        "certified_start_date": "12/07/2026",
        "certified_end_date": "03/07/2027",
    }
    assert len(list(pictures.glob("*.png"))) >= len(result["steps"])
    said = json.dumps(result["steps"])
    assert "W123456789" not in said and "practice-Day1" not in said and "Garcia" not in said


def test_a_refused_code_halts_while_signing_in(practice: Practice, hub: Portal) -> None:
    other = {**CASE["credentials"], "totp_secret": "GEZDGNBVGY3TQOJQ"}
    code, result = practice.run("submit-outpatient", credentials=other)
    assert (code, result["outcome"], result["sent"]) == (3, "halted", False)
    assert (result["halt"]["reason"], result["halt"]["line"]) == ("sign-in-refused", 11)
    assert result["halt"]["found"] == "The authentication code is not right."


def test_a_rehearsal_sends_nothing(practice: Practice, hub: Portal) -> None:
    code, result = practice.run("submit-outpatient", "--stop-before-submit")
    assert (code, result["outcome"], result["sent"]) == (0, "done", False)
    assert result["stopped_with"] == "before-submit" and hub.received() == []


def test_a_run_killed_after_the_payer_took_the_request_adopts_it(practice: Practice, hub: Portal) -> None:
    hub.post("faults", hold_next="after-accept")
    practice.killed_while_sending("submit-outpatient")
    hub.post("release", accept=True)
    code, result = practice.run("submit-outpatient")
    (received,) = hub.received()
    assert (code, result["outcome"], result["sent"]) == (0, "done", True)
    assert result["read"]["reference_number"] == received["reference_number"]


def test_a_run_killed_before_the_payer_took_the_request_sends_it_once(
    practice: Practice, hub: Portal
) -> None:
    hub.post("faults", hold_next="before-accept")
    practice.killed_while_sending("submit-outpatient")
    hub.post("release", accept=False)
    code, result = practice.run("submit-outpatient")
    (received,) = hub.received()
    assert (code, result["outcome"], result["sent"]) == (0, "done", True)
    assert received["payload"] == PAYLOAD
    assert result["read"]["reference_number"] == received["reference_number"]


def test_a_finished_case_is_not_sent_again(practice: Practice, hub: Portal) -> None:
    first = practice.run("submit-outpatient")[1]
    code, again = practice.run("submit-outpatient")
    assert (code, again["outcome"]) == (0, "done") and len(hub.received()) == 1
    assert again["read"]["reference_number"] == first["read"]["reference_number"]


def test_an_answer_that_is_lost_halts_and_leaves_the_intent_open(practice: Practice, hub: Portal) -> None:
    hub.post(
        "faults",
        fail_next={"path": "/hub/app/api/requests", "method": "POST", "how": "accept-then-drop", "times": 1},
    )
    one_line = CASE["service_lines"][:1]
    code, result = practice.run("submit-outpatient", service_lines=one_line)
    assert (code, result["outcome"], result["sent"]) == (3, "halted", True)
    assert result["halt"]["reason"] == "not-read" and len(hub.received()) == 1
    code, result = practice.run("submit-outpatient", service_lines=one_line)
    assert (code, result["outcome"]) == (0, "done") and len(hub.received()) == 1
    assert result["read"]["reference_number"] == hub.received()[0]["reference_number"]


def test_a_wrong_password_is_tried_once(practice: Practice, hub: Portal) -> None:
    code, result = practice.run("submit-outpatient", credentials={**CASE["credentials"], "password": "wrong"})
    assert (code, result["halt"]["reason"]) == (3, "sign-in-refused")
    assert hub.count("sign-in-refused") == 1 and "wrong" not in json.dumps(result)
    code, again = practice.run("submit-outpatient", credentials={**CASE["credentials"], "password": "wrong"})
    assert (code, again["halt"]["reason"]) == (3, "credential-refused")
    assert hub.count("sign-in-refused") == 1 and "credentials.password" in again["halt"]["expected"]


def test_where_no_authorization_is_required_the_decision_is_kept(practice: Practice, hub: Portal) -> None:
    line = {**CASE["service_lines"][0], "code": "97110"}
    code, result = practice.run("submit-outpatient", service_lines=[line])
    assert (code, result["outcome"], result["stopped_with"]) == (0, "done", "not required")
    assert result["read"]["decision_id"] and result["sent"]


def test_a_duplicate_names_the_request_that_is_there(practice: Practice, tmp_path: Path, hub: Portal) -> None:
    first = practice.run("submit-outpatient")[1]
    (tmp_path / "other").mkdir()
    other = Practice(tmp_path / "other", hub, SOPS, CASE)
    code, result = other.run("submit-outpatient")
    assert (code, result["stopped_with"]) == (0, "duplicate")
    assert result["read"]["reference_number"] == first["read"]["reference_number"]


def test_the_status_of_a_request_is_read(practice: Practice, hub: Portal) -> None:
    number = practice.run("submit-outpatient")[1]["read"]["reference_number"]
    hub.post("clock", advance_seconds=5)
    code, result = practice.run("status", submission={"reference_number": number})
    assert code == 0 and result["read"]["status"] == "Certified in Total"
    assert result["read"]["reference_number"] == number and not result["sent"]


def test_a_session_that_expires_on_the_way_is_begun_again(practice: Practice, hub: Portal) -> None:
    code, result = practice.run("sign-in", "--storage-state", str(practice.folder / "session.json"))
    assert code == 0
    hub.post("faults", expire_sessions=True)
    code, result = practice.run("submit-outpatient", "--storage-state", str(practice.folder / "session.json"))
    assert (code, result["outcome"]) == (0, "done") and len(hub.received()) == 1


def test_data_that_is_missing_is_listed_before_anything_is_opened(practice: Practice, hub: Portal) -> None:
    code, result = practice.run("submit-outpatient", coverage={"payer": "UnitedHealthcare"}, contact={})
    assert (code, result["halt"]["reason"]) == (3, "data-missing")
    for words in ("member ID", "contact name", "contact phone"):
        assert words in result["halt"]["found"]
    assert hub.get("events")["events"] == []


def test_a_request_that_was_made_elsewhere_is_found(practice: Practice, hub: Portal) -> None:
    code, result = practice.run("find")
    assert (code, result["stopped_with"], result["read"]) == (0, "not found", {})
    number = practice.run("submit-outpatient")[1]["read"]["reference_number"]
    hub.post("clock", advance_seconds=5)
    code, result = practice.run("find")
    assert (code, result["outcome"], result["sent"]) == (0, "done", False)
    assert result["read"] == {"reference_number": number, "status": "Certified in Total"}


COVERAGE = [
    ({"active": True}, "active", "Active coverage"),
    ({"active": False}, "not active", "Coverage not active on this date"),
    ({"found": False}, "member not found", ""),
]


@pytest.mark.parametrize(("member", "outcome", "status"), COVERAGE)
def test_coverage_is_read_and_nothing_is_sent(
    practice: Practice, hub: Portal, member: dict[str, bool], outcome: str, status: str
) -> None:
    hub.post("members", members=[{"member_id": "W123456789", **member}])
    code, result = practice.run("eligibility")
    assert (code, result["stopped_with"], result["sent"]) == (0, outcome, False)
    assert result["read"].get("status", "").startswith(status) and ("status" in result["read"]) == bool(
        status
    )
    assert hub.received() == []


SHARED = """---
id: own/status
purpose: status
portal: hub
---
# Look twice

## Sign in
1. Use SOP hub/sign-in.

## Look up
1. From the Patient Registration menu choose Authorizations & Referrals, then Authorization Dashboard.
2. Enter the member ID in Member ID and click Search.
3. If it says "No requests match", begin again at Look up.

## When something else happens
- If a pop-up titled "Important update" appears, close it.
"""


def test_an_sop_of_ones_own_signs_in_as_the_library_says_and_jumps_twice(practice: Practice) -> None:
    own = practice.folder / "own.md"
    own.write_text(SHARED)
    code, result = practice.run(own)
    assert (code, result["halt"]["reason"]) == (3, "jump-limit"), result["halt"]
    assert [s["target"] for s in result["steps"]].count("Search") == 3
