"""Requests: the form, the answer, the dashboard, letters, and what can be done afterwards."""

from typing import Any

import pytest

from tests.unit.sandbox.cigna.conftest import FORM, MEMBER, lines

DAY = 86400
PDF = {"documents": ("notes.pdf", b"%PDF-1.4 notes")}


def test_what_was_entered_is_received(cigna: Any) -> None:
    page = cigna.submit("29881", "29827", files=PDF)
    (entry,) = cigna.received()
    patient = {
        "member_id": MEMBER,
        "last_name": "Garcia",
        "first_name": "Maria",
        "date_of_birth": "03/14/1961",
    }
    assert entry["payload"] == patient | FORM | lines("29881", "29827")
    assert [each["name"] for each in entry["attachments"]] == ["notes.pdf"]
    assert entry["reference_number"] in page and "Approved" in page


MISTAKES = [
    ({"service_description": ""}, "Service description is required"),
    ({"request_type": "Referral"}, "Type of Request is not one of the list"),
    ({"end_date": "12/01/2026"}, "The end date is before the start date"),
    ({"start_date": "2026-12-07"}, "must be entered as MM/DD/YYYY"),
    ({"code_1": "2988"}, "2988 is not a valid procedure code"),
    ({"units_1": "0"}, "29881: enter the units"),
    ({"diagnosis_1": "knee"}, "Primary Diagnosis is not a valid diagnosis code"),
    ({"diagnosis_2": "knee"}, "Secondary Diagnosis is not a valid diagnosis code"),
    ({"facility_npi": "1992345673"}, "Facility: the NPI was not found"),
    ({"contact_phone": "555-0142"}, "Contact Phone is not a phone number"),
    ({"ordering_tin": "58-12345"}, "Ordering Provider: the Tax ID has nine digits"),
]


@pytest.mark.parametrize(("changes", "words"), MISTAKES)
def test_mistakes_are_named_and_nothing_is_sent(cigna: Any, changes: dict[str, str], words: str) -> None:
    page = cigna.review(**changes)
    assert words in page and "Review your request" not in page
    assert cigna.received() == []


def test_a_file_that_is_not_taken_is_named(cigna: Any) -> None:
    page = cigna.review(files={"documents": ("notes.exe", b"MZ")})
    assert "notes.exe: files of this kind are not accepted" in page


ANSWERS = [
    ("29881", "Approved"),
    ("27447", "Additional information needed"),
    ("64483", "Not approved"),
    ("63650", "Peer-to-peer offered"),
    ("97530", "Approved as modified"),
    ("97110", "Precertification not required"),
    ("23472", "In process"),
]


@pytest.mark.parametrize(("code", "status"), ANSWERS)
def test_the_answer_goes_by_the_code(cigna: Any, code: str, status: str) -> None:
    assert status in cigna.detail(cigna.number(code))


@pytest.mark.parametrize("kind", ["refused", "duplicate", "delegated"])
def test_the_page_says_received_even_if_no_request_began(cigna: Any, kind: str) -> None:
    held = len(cigna.portal.requests)
    if kind == "refused":
        cigna.control("refuse", reason="System unavailable.")
        page, words = cigna.submit(), "System unavailable."
    elif kind == "duplicate":
        number, held = cigna.number(), held + 1
        page, words = cigna.submit(), f"on file already: {number}"
    else:
        page, words = cigna.submit("72148"), "72148: this service is reviewed by Delegate Review Services"
    assert "Your request has been received." in page and "Your request could not be processed." in page
    assert words in page
    assert cigna.received()[-1]["result"] == "refused" and len(cigna.portal.requests) == held


def test_a_withdrawn_request_may_be_made_again(cigna: Any) -> None:
    number = cigna.number()
    assert "The request has been withdrawn" in cigna.act(number, "withdraw", reason="Entered in error")
    assert "Withdrawn" in cigna.detail(number)
    assert cigna.number() != number


def test_the_dashboard_lags_and_the_details_do_not(cigna: Any) -> None:
    assert "No precertification requests found" in cigna.patient("precertification")
    number = cigna.number()
    assert number not in cigna.patient("precertification") and "Approved" in cigna.detail(number)
    cigna.clock.advance(3)
    assert number in cigna.patient("precertification")


def test_drafts_are_listed_and_never_sent(cigna: Any) -> None:
    cigna.client.post(f"/cigna/patients/{MEMBER}/draft", data=FORM)
    assert "Draft - not submitted" in cigna.patient("precertification")
    assert cigna.received() == []


def test_time_decides(cigna: Any) -> None:
    number = cigna.number("23472")
    cigna.clock.advance(3601)
    assert "Approved From" in cigna.detail(number) and "12/07/2026" in cigna.detail(number)


def test_documents_are_asked_for_and_answered(cigna: Any) -> None:
    number = cigna.number("27447")
    assert "Office notes" in cigna.detail(number) and "11/29/2026" in cigna.detail(number)
    assert "Choose at least one document" in cigna.act(number, "respond")
    assert "Your documents have been received" in cigna.act(number, "respond", files=PDF)
    assert "In process" in cigna.detail(number) and "notes.pdf" in cigna.detail(number)
    cigna.clock.advance(DAY + 1)
    assert "Approved" in cigna.detail(number)


def test_without_documents_the_request_is_denied(cigna: Any) -> None:
    number = cigna.number("27447")
    cigna.clock.advance(6 * DAY)
    assert "Not approved" in cigna.detail(number) and "not received by the due date" in cigna.detail(number)


APPEAL = {"reason": "Medical necessity", "explanation": "See the MRI.", "authorized": "yes"}


@pytest.mark.parametrize(
    ("missing", "words"),
    [("reason", "Select a reason"), ("explanation", "Explain why"), ("authorized", "Confirm that you may")],
)
def test_an_appeal_has_to_be_complete(cigna: Any, missing: str, words: str) -> None:
    number = cigna.number("64483")
    sent = {key: value for key, value in APPEAL.items() if key != missing}
    assert words in cigna.act(number, "appeal", **sent)
    assert len(cigna.received()) == 1


def test_an_appeal_is_decided_later(cigna: Any) -> None:
    number = cigna.number("64483")
    assert "Your appeal has been received" in cigna.act(number, "appeal", files=PDF, **APPEAL)
    assert "In process" in cigna.detail(number)
    assert cigna.received()[-1]["kind"] == "appeal" and cigna.received()[-1]["payload"] == APPEAL
    cigna.clock.advance(DAY + 1)
    assert "Approved" in cigna.detail(number)


def test_appeals_are_decided_as_a_test_wants(cigna: Any) -> None:
    cigna.control("appeals", answers=[{"answer": "denied", "reason": "Upheld"}])
    number = cigna.number("64483")
    cigna.act(number, "appeal", **APPEAL)
    assert "Upheld" in cigna.detail(number)


def test_what_is_not_offered_is_not_done(cigna: Any) -> None:
    number = cigna.number("29881")
    cigna.act(number, "appeal", **APPEAL)
    assert len(cigna.received()) == 1


def test_letters(cigna: Any) -> None:
    number = cigna.number("64483")
    view = cigna.client.get(f"/cigna/requests/{number}/letter").text
    assert "Notice of adverse determination" in view and "Save as PDF" in view
    pdf = cigna.client.get(f"/cigna/requests/{number}/letter.pdf")
    assert pdf.content.startswith(b"%PDF") and number.encode() in pdf.content
    open_one = cigna.number("23472")
    assert "Print letter" not in cigna.detail(open_one)


def test_rules_and_decisions_of_tests(cigna: Any) -> None:
    cigna.control("rules", rules=[{"member_ids": [MEMBER], "answer": "denied", "reason": "Excluded"}])
    number = cigna.number("29881")
    assert "Excluded" in cigna.detail(number)
    assert cigna.control("decide", reference_number=number, answer="approved")["status"] == "Approved"


def test_other_codes_for_the_delegate(cigna: Any) -> None:
    cigna.control("delegated", codes=["29881"])
    assert cigna.check("29881")["delegated"] and not cigna.check("72148")["delegated"]


def test_reset(cigna: Any) -> None:
    first = cigna.number()
    cigna.control("reset")
    cigna.control("captcha", after=None)
    cigna.log_in()
    cigna.open()
    assert cigna.received() == [] and cigna.number() != first
