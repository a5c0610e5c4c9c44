"""From the search to the tabs, and the check that begins no request."""

from typing import Any

import pytest

from tests.unit.sandbox.cigna.conftest import MEMBER


def test_a_patient_is_found_and_confirmed_before_the_tabs_open(outside: Any) -> None:
    outside.control("captcha", after=None)
    outside.log_in()
    assert outside.client.get(f"/cigna/patients/{MEMBER}/coverage").url.path == "/cigna/patients"
    assert "Confirm Patient" in outside.open().text
    assert "Coverage Details" in outside.patient("coverage")


def test_the_birth_date_has_to_be_right_the_second_time(outside: Any) -> None:
    outside.control("captcha", after=None)
    outside.log_in()
    asked = {"member_id": MEMBER, "last_name": "Garcia", "date_of_birth": "03/14/1961"}
    outside.client.get("/cigna/patients", params=asked)
    sent = {"member_id": MEMBER, "date_of_birth": "03/14/1962"}
    assert outside.client.post("/cigna/patients/confirm", json=sent).status_code == 422
    assert "Search Patients" in outside.patient("coverage")


def test_nobody_is_found(cigna: Any) -> None:
    cigna.control("members", members=[{"member_id": "U900000001", "found": False}])
    assert "No patient found for Patient ID U900000001" in cigna.open("U900000001").text


def test_coverage_that_ended(cigna: Any) -> None:
    cigna.control("members", members=[{"member_id": MEMBER, "active": False}])
    cigna.portal.patients.clear()
    cigna.open()
    assert "Not active" in cigna.patient("coverage")


CHECKS = [
    (("29881",), "Precertification is required", False, False),
    (("97110",), "Precertification is not required", True, False),
    (("97110", "29881"), "Precertification is not required", False, False),
    (("72148",), "Reviewed by Delegate Review Services", False, True),
]


@pytest.mark.parametrize(("codes", "text", "numbered", "delegated"), CHECKS)
def test_the_check_answers_by_code(
    cigna: Any, codes: tuple[str, ...], text: str, numbered: bool, delegated: bool
) -> None:
    told = cigna.check(*codes)
    assert text in told["lines"][0]["text"]
    assert (bool(told["number"]), told["delegated"]) == (numbered, delegated)
    assert cigna.received() == []


def test_a_summary_is_kept_where_nothing_is_needed(cigna: Any) -> None:
    number = cigna.check("97110")["number"]
    pdf = cigna.client.get(f"/cigna/patients/{MEMBER}/summary/{number}.pdf")
    assert pdf.content.startswith(b"%PDF") and number.encode() in pdf.content


def test_half_a_form_is_not_answered(cigna: Any) -> None:
    assert cigna.check("97110", start_date="12/07")["lines"] == []
    assert cigna.check("9711")["lines"] == []


def test_the_site_search_finds_articles_only(cigna: Any) -> None:
    assert "No articles found" in cigna.client.get("/cigna/search", params={"q": MEMBER}).text


def test_the_hand_over_leads_to_the_delegate(cigna: Any) -> None:
    answer = cigna.client.get("/cigna/delegate", follow_redirects=False)
    assert answer.headers["location"] == "/delegate/"
