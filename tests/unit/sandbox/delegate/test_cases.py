"""A case: its pages, its drafts, its questions, its two numbers, and what comes after."""

from typing import Any

import pytest

from authwright_sandbox.delegate.questions import path
from tests.unit.sandbox.delegate.conftest import MEMBER, NOTES, PROVIDER, SERVICE, SITE, URGENCY

DAY = 86400
PDF = {"documents": ("report.pdf", b"%PDF-1.4 report")}


def test_what_was_entered_is_received(delegate: Any) -> None:
    page = delegate.submit("72148", "72158", files=PDF)
    (entry,) = delegate.received()
    assert entry["payload"] == MEMBER | {
        "date_of_service": "12/07/2026",
        "diagnosis": "M54.16",
        **SITE,
        **PROVIDER,
        **URGENCY,
        **NOTES,
        "attested": "yes",
        "codes": [{"code": "72148", "quantity": "1"}, {"code": "72158", "quantity": "1"}],
        "answers": {
            "Has the patient had conservative treatment?": "Yes",
            "For how many weeks was the patient treated?": "8",
            "Has there been imaging of this region in the last 12 months?": "No",
        },
    }
    assert [each["name"] for each in entry["attachments"]] == ["report.pdf"]
    assert entry["reference_number"] in page and "Pending Clinical Review" in page


def test_the_authorization_number_is_another_one_and_comes_with_the_approval(delegate: Any) -> None:
    number = delegate.number("72158")
    assert "Authorization Number" not in delegate.case(number)
    delegate.clock.advance(3601)
    held = delegate.portal.any_request(number)
    assert held.authorization_number in delegate.case(number) and held.authorization_number != number
    assert "12/07/2026" in delegate.case(number) and "01/21/2027" in delegate.case(number)


def test_an_approval_at_once_shows_both_numbers(delegate: Any) -> None:
    page = delegate.submit("72148")
    assert "Case Number" in page and "Authorization Number" in page


def test_a_draft_that_is_left_early_is_not_submitted(delegate: Any) -> None:
    draft = delegate.until_questions()
    delegate.clock.advance(3)
    page = delegate.history()
    assert "<td>Draft</td>" in page and f"/delegate/desk/drafts/{draft}" in page
    assert delegate.received() == []
    resumed = delegate.client.get(f"/delegate/desk/drafts/{draft}")
    assert str(resumed.url).endswith("/questions")
    delegate.client.post(f"/delegate/desk/drafts/{draft}/discard")
    assert draft not in delegate.history()


def test_without_the_attestation_nothing_is_submitted(delegate: Any) -> None:
    draft = delegate.until_questions()
    delegate.answer(draft, "Yes", "8", "No")
    delegate.post(draft, "records", **NOTES)
    assert "Attest that the information is true" in delegate.send(draft, attested="")
    assert delegate.received() == []


def test_a_case_that_is_not_complete_is_not_submitted(delegate: Any) -> None:
    draft = delegate.until_questions()
    delegate.send(draft)
    assert delegate.received() == []


MISTAKES = [
    ("service", SERVICE | {"date_of_service": "soon"}, "Date of Service is a date"),
    ("service", SERVICE | {"diagnosis": "back"}, "Diagnosis Code is not a valid code"),
    ("service", SERVICE | {"code": "72149"}, "Add the code 72149 to the list"),
    ("site", {"site_npi": "1992345673"}, "Find the site by its NPI"),
    ("provider", PROVIDER | {"tax_id": "58-1234567"}, "Tax ID has nine digits, without a dash"),
    ("provider", PROVIDER | {"callback": "(404) 555-0142"}, "Callback Number looks like"),
    ("provider", PROVIDER | {"contact_name": ""}, "Contact Name is missing"),
    ("provider", PROVIDER | {"ordering_npi": "1"}, "Ordering Provider NPI was not found"),
    ("urgency", {"urgent": ""}, "Say whether the request is urgent"),
    ("urgency", {"urgent": "Yes", "urgent_confirmed": ""}, "Confirm that the request is urgent"),
    ("questions", {"answer": "Maybe"}, "Answer the question"),
]


@pytest.mark.parametrize(("step", "sent", "words"), MISTAKES)
def test_mistakes_keep_one_on_the_page(delegate: Any, step: str, sent: dict[str, str], words: str) -> None:
    page = delegate.post(delegate.until_questions(), step, **sent)
    assert words in page.text and str(page.url).endswith(step)


def test_at_most_ten_codes(delegate: Any) -> None:
    codes = [f"7214{digit}" for digit in "123456789"] + ["72158"]
    draft = delegate.begin()
    assert "at most" not in delegate.add(draft, *codes)
    assert "A case holds at most 10 codes" in delegate.add(draft, "72131")
    delegate.post(draft, "service", "remove-72158")
    assert "at most" not in delegate.add(draft, "72131")


def test_a_code_is_added_once(delegate: Any) -> None:
    draft = delegate.begin()
    delegate.add(draft, "72148")
    assert "72148 is in the list already" in delegate.add(draft, "72148")
    assert "ABC is not a valid code" in delegate.add(draft, "ABC")


PATHS = [
    (("72148",), {"treated": "Yes", "weeks": "8", "imaged": "No"}, ["treated", "weeks", "imaged"]),
    (("72148",), {"treated": "Yes", "weeks": "2"}, ["treated", "weeks", "red_flags"]),
    (("72148",), {"treated": "No"}, ["treated", "red_flags"]),
    (("73721",), {"knee": "Left"}, ["knee", "treated"]),
    (("70553",), {"repeat": "Yes"}, ["repeat", "changed"]),
    (("70553",), {"repeat": "No"}, ["repeat"]),
    ((), {}, []),
]


@pytest.mark.parametrize(("codes", "answers", "ids"), PATHS)
def test_the_next_question_depends_on_the_answer(
    codes: tuple[str, ...], answers: dict[str, str], ids: list[str]
) -> None:
    assert [question.id for question in path(codes, answers)] == ids


def test_an_answer_that_was_taken_back_no_longer_counts(delegate: Any) -> None:
    draft = delegate.until_questions()
    assert "For how many weeks" in delegate.answer(draft, "Yes").text
    assert "Has the patient had" in delegate.post(draft, "questions", "previous").text
    assert "Which of these is present?" in delegate.answer(draft, "No").text


def test_the_member_has_to_be_known_and_covered(delegate: Any) -> None:
    delegate.control("members", members=[{"member_id": "U900000001", "found": False}])
    page = delegate.client.post("/delegate/desk/start", data=MEMBER | {"member_id": "U900000001"}).text
    assert "Member U900000001 was not found" in page
    delegate.control("members", members=[{"member_id": "U912345678", "active": False}])
    page = delegate.client.post("/delegate/desk/start", data=MEMBER | {"act": "begin"}).text
    assert "Not eligible" in page and "Begin Case" not in page


def test_the_history_lags_and_can_be_searched(delegate: Any) -> None:
    assert "No cases found" in delegate.history(member_id="U912345678")
    number = delegate.number()
    assert number not in delegate.history()
    delegate.clock.advance(3)
    assert number in delegate.history(member_id="U912345678") and number in delegate.history(number=number)
    assert "Cases for Member ID U912345678" in delegate.history(member_id="U912345678")


def test_the_latest_is_first_until_one_sorts(delegate: Any) -> None:
    def first(**asked: str) -> str:
        return delegate.history(**asked).split("/delegate/desk/cases/")[1][:9]

    number = delegate.number()
    delegate.clock.advance(3)
    assert first() == number
    assert first(sort="number") == "114220317" and first(sort="-number") == number
    assert first(sort="day") == "114220317" and first(sort="-day") == number


def test_the_same_case_again(delegate: Any) -> None:
    number = delegate.number()
    page = delegate.submit()
    assert "This case is on file already" in page and number in page
    assert [entry["result"] for entry in delegate.received()] == ["accepted", "duplicate"]


def test_no_authorization_is_required(delegate: Any) -> None:
    page = delegate.submit("95810")
    assert "No authorization is required" in page and "Authorization Number" not in page


def test_records_are_asked_for(delegate: Any) -> None:
    number = delegate.number("78452")
    assert "Stress test report" in delegate.case(number) and "11/26/2026" in delegate.case(number)
    assert "Choose at least one file" in delegate.act(number, "records")
    assert "Your records were sent" in delegate.act(number, "records", files=PDF)
    assert "Pending Clinical Review" in delegate.case(number)
    delegate.clock.advance(DAY + 1)
    assert "Authorization Number" in delegate.case(number)


TALK = {"slot": "11/25/2026 10:00 AM", "physician": "Dr. Osei", "phone": "404-555-0150"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"slot": "11/28/2026 10:00 AM"}, "Choose a time"), ({"physician": ""}, "Physician Name is missing")],
)
def test_a_talk_has_to_be_possible(delegate: Any, changes: dict[str, str], words: str) -> None:
    number = delegate.number("74177")
    assert words in delegate.act(number, "peer-to-peer", **TALK | changes)
    assert len(delegate.received()) == 1


def test_a_talk_decides(delegate: Any) -> None:
    number = delegate.number("74177")
    assert "The peer-to-peer is scheduled" in delegate.act(number, "peer-to-peer", **TALK)
    assert delegate.received()[-1]["payload"] == TALK
    delegate.clock.advance(2 * DAY + 1)
    assert "Approved" in delegate.case(number)


def test_a_talk_that_decides_otherwise(delegate: Any) -> None:
    delegate.control("talks", answers=[{"answer": "denied", "reason": "Upheld after discussion"}])
    number = delegate.number("74177")
    delegate.act(number, "peer-to-peer", **TALK)
    assert "Upheld after discussion" in delegate.case(number)


def test_the_offer_ends(delegate: Any) -> None:
    number = delegate.number("74177")
    delegate.clock.advance(4 * DAY)
    assert "Denied" in delegate.case(number) and "Schedule peer-to-peer" not in delegate.case(number)


def test_an_open_case_can_be_withdrawn(delegate: Any) -> None:
    number = delegate.number("72158")
    assert "Choose a reason" in delegate.act(number, "withdraw")
    assert "The case was withdrawn" in delegate.act(number, "withdraw", reason="Done elsewhere")
    assert "Withdrawn" in delegate.case(number) and "Done elsewhere" in delegate.case(number)


def test_a_letter_holds_what_the_page_holds(delegate: Any) -> None:
    number = delegate.number("72148")
    pdf = delegate.client.get(f"/delegate/desk/cases/{number}/letter.pdf").content
    held = delegate.portal.any_request(number)
    assert pdf.startswith(b"%PDF") and number.encode() in pdf and held.authorization_number.encode() in pdf


def test_the_control_address_tells_a_number_only_once_it_counts(delegate: Any) -> None:
    number = delegate.number("72158")

    def told() -> dict[str, Any]:
        requests = delegate.client.get("/control/delegate/requests").json()["requests"]
        return dict(next(each for each in requests if each["reference_number"] == number))

    assert told()["authorization_number"] == ""
    delegate.control("decide", reference_number=number, answer="approved")
    assert told()["authorization_number"] and told()["status"] == "Approved"
