"""What can be done to a request that is there: documents, update, extension, cancellation; its papers."""

from typing import Any

import pytest


def test_documents_that_were_asked_for_are_taken_and_lead_to_an_answer(united: Any) -> None:
    number = united.number("64483")
    page = united.page(number)
    assert page["due"] == "11/29/2026" and len(page["needed"]) == 2
    assert page["actions"] == ["respond", "update", "cancel"]
    answer = united.post(f"requests/{number}/respond", attachments=[united.upload()], note="Here")
    assert answer.json()["status"] == "Pending" and answer.json()["documents"] == ["notes.pdf"]
    united.later(days=10)
    assert united.status(number) == "Approved"
    entry = united.portal.received[-1]
    assert (entry["kind"], entry["payload"], entry["attachments"][0]["name"]) == (
        "respond",
        {"note": "Here"},
        "notes.pdf",
    )


def test_documents_after_the_due_date_are_not_taken(united: Any) -> None:
    number = united.number("64483")
    united.later(days=6)
    assert united.page(number)["reason"] == "Information not received by the due date"
    answer = united.post(f"requests/{number}/respond", attachments=[united.upload()])
    assert answer.status_code == 422 and len(united.portal.received) == 1


def test_a_response_needs_a_document(united: Any) -> None:
    number = united.number("64483")
    assert united.post(f"requests/{number}/respond", attachments=[]).status_code == 422
    assert united.status(number) == "Pending - Information Requested"


@pytest.mark.parametrize(
    ("name", "data"), [("notes.exe", b"x"), ("notes.pdf", b""), ("big.pdf", b"x" * 10_485_761)]
)
def test_files_that_the_payer_does_not_take(united: Any, name: str, data: bytes) -> None:
    answer = united.client.post("/united/api/attachments", files={"file": (name, data)})
    assert answer.status_code == 422 and name in answer.json()["error"]


def test_an_update_of_what_is_open_takes_effect_at_once(united: Any) -> None:
    number = united.number("70553")
    page = united.post(f"requests/{number}/update", start_date="12/14/2026", place_of_service="11").json()
    assert (page["start"], page["end"], page["place"]) == ("12/14/2026", "12/14/2026", "11 - Office")
    assert page["changes"][0]["status"] == "Accepted"


def test_the_old_approval_holds_until_the_change_is_approved(united: Any) -> None:
    number = united.number("72148")
    page = united.post(f"requests/{number}/update", start_date="12/14/2026").json()
    assert (page["status"], page["start"], page["lines"][0]["from"]) == (
        "Approved",
        "12/07/2026",
        "12/07/2026",
    )
    assert page["changes"] == [
        {"kind": "Update", "at": "11/24/2026", "asked": "Start Date 12/14/2026", "status": "In review"}
    ]
    united.later(hours=1)
    page = united.page(number)
    assert (page["start"], page["lines"][0]["from"], page["changes"][0]["status"]) == (
        "12/14/2026",
        "12/14/2026",
        "Accepted",
    )


def test_a_declined_change_leaves_everything_as_it_was(united: Any) -> None:
    united.control("changes", answers=[{"answer": "denied"}])
    number = united.number("72148")
    before = united.page(number)
    page = united.post(f"requests/{number}/extend", until="03/31/2027", units="2").json()
    assert page["changes"][0]["status"] == "Declined"
    assert page["lines"] == before["lines"]


def test_an_extension_moves_the_last_day_and_adds_units(united: Any) -> None:
    number = united.number("72148")
    united.post(f"requests/{number}/extend", until="03/31/2027", units="2", reason="More visits")
    united.later(hours=2)
    line = united.page(number)["lines"][0]
    assert (line["through"], line["approved"]) == ("03/31/2027", 5)
    held = united.client.get("/control/united/requests").json()["requests"][-1]
    assert (held["reference_number"], held["until"]) == (number, "03/31/2027")


@pytest.mark.parametrize(
    ("act", "data", "words"),
    [
        ("update", {}, "Nothing was changed"),
        ("update", {"start_date": "soon"}, "is not a date"),
        ("extend", {"until": "12/31/2026", "units": "some"}, "Additional Units"),
        ("cancel", {"reason": "No reason"}, "Select a reason"),
        ("respond", {}, "No information is requested"),
        ("appeal", {}, "was not found"),
    ],
)
def test_changes_that_are_refused_change_nothing(united: Any, act: str, data: Any, words: str) -> None:
    number = united.number("72148")
    before = united.page(number)
    answer = united.post(f"requests/{number}/{act}", **data)
    assert answer.status_code in (404, 422) and words in answer.json()["error"]
    assert united.page(number) == before and len(united.portal.received) == 1


def test_a_denied_request_is_changed_by_telephone_only(united: Any) -> None:
    number = united.number("64615")
    assert united.page(number)["actions"] == []
    answer = united.post(f"requests/{number}/update", start_date="12/14/2026")
    assert "Call Provider Services" in answer.json()["error"]


def test_a_cancelled_request_says_why(united: Any) -> None:
    number = united.number("72148")
    page = united.post(f"requests/{number}/cancel", reason="Member changed coverage").json()
    assert (page["status"], page["reason"], page["actions"]) == ("Cancelled", "Member changed coverage", [])


def test_the_confirmation_is_a_pdf_and_no_approval(united: Any) -> None:
    number = united.number("70553")
    answer = united.client.get(f"/united/api/requests/{number}/confirmation.pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="confirmation-{number}.pdf"'
    assert answer.content.startswith(b"%PDF-1.4") and answer.content.endswith(b"%%EOF\n")
    for words in (number, "912345678", "Pending", "not an approval"):
        assert words.encode() in answer.content


def test_letters_are_there_for_what_was_decided(united: Any) -> None:
    denied, waiting, pending = united.number("64615"), united.number("64483"), united.number("70553")
    united.later(seconds=5)  # the library lags as the search does
    listed = {each["number"]: each for each in united.get("letters")["letters"]}
    assert listed[denied]["title"] == "Notice of adverse determination"
    assert listed[waiting]["title"] == "Request for information" and pending not in listed
    letter = united.client.get(f"/united/api/letters/{listed[denied]['id']}").content
    assert b"Medical necessity criteria not met" in letter and b"appeal within 180 days" in letter
    assert united.client.get("/united/api/letters/L1").status_code == 404
