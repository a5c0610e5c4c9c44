"""Records, updates and cancellations as the hub takes them, and the look-up that begins nothing."""

from typing import Any

import pytest

DETAIL = "/hub/app/authorizations/A104301949"
SENDS = "/hub/app/api/authorizations/A104301949/"


def send(inside: Any, act: str, **payload: Any) -> Any:
    return inside.client.post(SENDS + act, json=payload)


def ask_for_records(inside: Any) -> None:
    held = inside.portal.any_request("A104301949")
    answer = inside.client.post(
        "/control/hub/decide", json={"reference_number": held.number, "answer": "needs-documents"}
    )
    assert answer.json() == {"status": "Pended - Records Requested"}


def attached(inside: Any) -> str:
    file = {"file": ("notes.pdf", b"%PDF-1.4 notes")}
    return str(inside.client.post("/hub/app/api/attachments", files=file).json()["id"])


def test_records_are_offered_and_taken_once(inside: Any) -> None:
    assert "Add Records" not in inside.client.get(DETAIL).text
    ask_for_records(inside)
    assert "Add Records" in inside.client.get(DETAIL).text
    assert "Message to the reviewer" in inside.client.get(DETAIL + "/records").text
    assert send(inside, "records", message="", attachments=[]).status_code == 422
    told = send(inside, "records", message="Notes", attachments=[attached(inside)])
    assert "Your records were sent" in told.text and "Pended" in told.text
    assert send(inside, "records", message="Notes", attachments=[attached(inside)]).status_code == 422
    (received,) = inside.portal.received
    assert (received["result"], received["payload"]) == ("records", {"message": "Notes"})
    assert [each["name"] for each in received["attachments"]] == ["notes.pdf"]


def test_an_update_is_decided_anew(inside: Any) -> None:
    assert "New From Date" in inside.client.get(DETAIL + "/update").text
    told = send(inside, "update", from_date="12/14/2026", to_date="12/18/2026", quantity="4")
    assert "Your update was received" in told.text and "<td>12/18/2026</td>" in told.text
    assert "Pended" in inside.client.get(DETAIL).text


def test_a_cancellation_wants_its_reason_and_closes_the_request(inside: Any) -> None:
    assert send(inside, "cancel", reason="").json() == {"error": "Reason is missing."}
    assert "The request was cancelled" in send(inside, "cancel", reason="Entered in error").text
    page = inside.client.get(DETAIL).text
    assert "Cancelled" in page and "Cancel Request" not in page
    assert inside.client.get(DETAIL + "/cancel").status_code == 404


def test_a_payer_that_wants_a_call_offers_no_button_and_takes_nothing(inside: Any) -> None:
    path = "authorizations/A104290662"
    page = inside.client.get(f"/hub/app/{path}").text
    assert "Call us at 555-0100 to cancel this request" in page and "Cancel Request" not in page
    assert inside.client.post(f"/hub/app/api/{path}/cancel", json={"reason": "x"}).status_code == 422
    assert inside.portal.received == []


LOOKUP = {
    "payer": "Humana",
    "member_id": "W700000001",
    "place_of_service": "22",
    "procedure_code": "97110",
    "date": "12/07/2026",
}


def test_a_lookup_answers_and_begins_nothing(inside: Any) -> None:
    held = len(inside.portal.requests)
    assert "This tool only looks up" in inside.client.get("/hub/app/required").text
    told = inside.client.post("/hub/app/required/answer", json=LOOKUP)
    assert "This is not a guarantee of payment" in told.text and "W700000001" in told.text
    received = inside.client.get("/control/hub/received").json()
    assert received["received"] == [] and received["lookups"][0]["payload"] == LOOKUP
    assert len(inside.portal.requests) == held


@pytest.mark.parametrize("missing", list(LOOKUP))
def test_a_lookup_that_isnt_complete_is_refused(inside: Any, missing: str) -> None:
    told = inside.client.post("/hub/app/required/answer", json=LOOKUP | {missing: ""})
    assert told.status_code == 422 and told.json()["error"]
