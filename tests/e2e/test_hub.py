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


# --- what the payer doesn't take ---


def refused(practice: Practice, hub: Portal, **changes: Any) -> dict[str, Any]:
    """The halt of a request of which nothing may have been sent; there is a picture of it."""
    pictures = practice.folder / "pictures"
    code, result = practice.run("submit-outpatient", "--pictures", str(pictures), **changes)
    assert (code, result["sent"], hub.received()) == (3, False, [])
    assert len(list(pictures.glob("*-halt.png"))) == 1
    halt: dict[str, Any] = result["halt"]
    return halt


def scanned(practice: Practice, name: str, content: bytes) -> list[dict[str, str]]:
    (practice.folder / name).write_bytes(content)
    return [{"path": name, "kind": "clinical notes"}]


def test_a_member_that_the_payer_does_not_know(practice: Practice, hub: Portal) -> None:
    halt = refused(practice, hub, coverage=CASE["coverage"] | {"member_id": "W700000000"})
    assert 'the page says "Member not found"' in halt["found"]


def test_a_code_that_the_payer_does_not_offer(practice: Practice, hub: Portal) -> None:
    halt = refused(practice, hub, service_lines=[CASE["service_lines"][0] | {"code": "7214"}])
    assert halt["reason"] == "option-missing" and "7214 in Procedure Code" in halt["expected"]


def test_a_document_of_a_kind_that_the_payer_does_not_take(practice: Practice, hub: Portal) -> None:
    halt = refused(practice, hub, documents=scanned(practice, "notes.zip", b"PK notes"))
    assert halt["reason"] == "document"
    assert "notes.zip: files of this kind are not accepted" in halt["found"]


def test_a_document_that_is_too_large_is_found_before_anything_is_typed(
    practice: Practice, hub: Portal
) -> None:
    documents = scanned(practice, "scan.pdf", b"%PDF" + bytes(10 * 1024 * 1024))
    code, result = practice.run("submit-outpatient", documents=documents)
    halt = result["halt"]
    assert (code, result["sent"], halt["reason"], result["steps"]) == (3, False, "document", [])
    assert "scan.pdf" in halt["expected"] and "10.5 MB" in halt["found"] and hub.received() == []
