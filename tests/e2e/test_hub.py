"""What the hub lets one do besides submitting, by the library's SOPs: what the payer got against the case."""

from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.desks import DESKS
from authwright_sandbox.process import Portal, Sandbox
from tests.e2e.practice import LIBRARY, Practice

pytestmark = pytest.mark.browser
CASE = DESKS["hub"].case
ORGANIZATION = "Maple Street Orthopedics"


@pytest.fixture
def hub(sandbox: Sandbox) -> Portal:
    portal = sandbox.portal("hub")
    portal.post("reset")
    portal.post("faults", allow_code_reuse=True)
    return portal


@pytest.fixture
def practice(tmp_path: Path, hub: Portal) -> Practice:
    return Practice(tmp_path, hub, LIBRARY / "hub" / "sops", CASE)


def about(held: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What of a case is about a request that the payer holds."""
    return {
        "coverage": {"payer": held["payer"], "member_id": held["member_id"]},
        "service_lines": [{**CASE["service_lines"][0], "code": code, **more} for code in held["codes"]],
        "submission": {"reference_number": held["reference_number"]},
    }


def ours(hub: Portal, payer: str, status: str) -> dict[str, Any]:
    return hub.held(payer=payer, status=status, organization=ORGANIZATION)


def test_a_lookup_answers_and_begins_nothing(practice: Practice, hub: Portal) -> None:
    line = CASE["service_lines"][0]
    code, result = practice.run("lookup", service_lines=[line | {"code": c} for c in ("97110", "81528")])
    assert (code, result["halt"], result["stopped_with"], result["sent"]) == (0, None, "excluded", False)
    told = hub.get("received")
    assert told["received"] == [] and [each["payload"] for each in told["lookups"]] == [
        {
            "payer": "UnitedHealthcare",
            "member_id": "W700000001",
            "place_of_service": "22",
            "procedure_code": procedure,
            "date": "12/07/2026",
        }
        for procedure in ("97110", "81528")
    ]


def test_records_that_were_asked_for_are_sent_once(practice: Practice, hub: Portal) -> None:
    held = ours(hub, "UnitedHealthcare", "Modified")
    hub.post("decide", reference_number=held["reference_number"], answer="needs-documents")
    code, result = practice.run("respond", **about(held))
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = hub.received()
    assert (received["result"], received["reference_number"]) == ("records", held["reference_number"])
    assert received["payload"] == {"message": CASE["clinical"]["notes"]}
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]
    assert result["read"]["status"] == "Pended"


def test_an_update_moves_dates_and_units(practice: Practice, hub: Portal) -> None:
    held = ours(hub, "UnitedHealthcare", "Modified")
    case = about(held, **{"from": "2026-12-14", "to": "2026-12-18", "units": 4})
    code, result = practice.run("update", **case)
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = hub.received()
    assert (received["result"], received["payload"]) == (
        "update",
        {"from_date": "12/14/2026", "to_date": "12/18/2026", "quantity": "4"},
    )
    assert result["read"]["status"] == "Pended"


def test_a_request_is_cancelled_online_where_the_payer_lets_one(practice: Practice, hub: Portal) -> None:
    held = ours(hub, "UnitedHealthcare", "Modified")
    code, result = practice.run("cancel", **about(held))
    assert (code, result["halt"], result["sent"]) == (0, None, True)
    (received,) = hub.received()
    assert (received["result"], received["payload"]) == ("cancel", {"reason": "Service no longer needed"})
    assert hub.held(reference_number=held["reference_number"])["status"] == "Cancelled"


@pytest.mark.parametrize("sop", ["update", "cancel"])
def test_where_the_payer_wants_a_call_it_ends_with_a_person(
    practice: Practice, hub: Portal, sop: str
) -> None:
    code, result = practice.run(sop, **about(ours(hub, "Cigna Healthcare", "Pended")))
    assert (code, result["sent"], result["halt"]["reason"]) == (3, False, "asked-person")
    assert hub.received() == []
