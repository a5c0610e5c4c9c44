"""What the payer receives, how it answers, what the dashboard shows and when."""

import hashlib
import re
from typing import Any

import pytest


def number_of(answer: Any, label: str = "Certification Number") -> str:
    found = re.search(rf"<dt>{label}</dt><dd[^>]*>([^<]+)</dd>", answer.text)
    assert found is not None, answer.text
    return found[1]


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        (("72148",), "Certified in Total"),
        (("70553",), "Pended"),
        (("64483",), "Not Certified"),
        (("72148", "64483"), "Certified - Partial"),
        (("72148", "70553"), "Pended"),
    ],
)
def test_answers_by_the_codes(inside: Any, codes: tuple[str, ...], status: str) -> None:
    answer = inside.submit(*codes)
    assert answer.status_code == 200
    assert number_of(answer, "Status") == status
    assert ("Certified From" in answer.text) is status.startswith("Certified")
    assert ("Conservative treatment not documented" in answer.text) is ("64483" in codes)


def test_certified_runs_ninety_days_from_the_start(inside: Any) -> None:
    answer = inside.submit("72148")
    assert number_of(answer, "Certified From") == "12/07/2026"
    assert number_of(answer, "Certified Through") == "03/07/2027"


def test_not_required_gives_a_decision_id_and_no_certification_number(inside: Any) -> None:
    answer = inside.submit("97110")
    assert "Authorization not required" in answer.text
    assert "Certification Number" not in answer.text
    assert number_of(answer, "Decision ID") == inside.portal.received[0]["reference_number"]


def test_the_same_request_again_is_a_duplicate_until_it_is_cancelled(inside: Any) -> None:
    first = number_of(inside.submit("72148", "29881"))
    again = inside.submit("29881", "72148")
    assert "Duplicate request" in again.text
    assert number_of(again, "Existing Request") == first
    assert [entry["result"] for entry in inside.portal.received] == ["answered", "duplicate"]
    assert inside.control("cancel", reference_number=first).json() == {"status": "Cancelled"}
    assert number_of(inside.submit("72148", "29881")) != first


@pytest.mark.parametrize("change", [{"member_id": "W123456780"}, {"start": "12/09/2026"}, {"code": "72149"}])
def test_another_member_date_or_code_is_another_request(inside: Any, change: dict[str, str]) -> None:
    first = number_of(inside.submit("72148"))
    line = {
        "procedure_code": change.get("code", "72148"),
        "quantity": "1",
        "from_date": change.get("start", "12/07/2026"),
        "to_date": "12/09/2026",
    }
    second = inside.submit(member_id=change.get("member_id", "W123456789"), lines=[line])
    assert number_of(second) != first


def test_rules_can_be_set(inside: Any) -> None:
    rules = [
        {"codes": ["97530"], "answer": "modified", "units": 6},
        {"payers": ["Humana"], "answer": "contact-payer", "reason": "Call the plan"},
    ]
    assert inside.control("rules", rules=rules).json() == {"ok": True, "rules": 2}
    line = {
        "procedure_code": "97530",
        "quantity": "10",
        "from_date": "12/07/2026",
        "to_date": "12/20/2026",
    }
    answer = inside.submit(lines=[line])
    assert number_of(answer, "Status") == "Modified" and "<td>6</td>" in answer.text
    answer = inside.submit("72148", payer="Humana")
    assert number_of(answer, "Status") == "Contact Payer"
    assert inside.control("rules", rules=[{"answer": "maybe"}]).status_code == 422


def test_the_dashboard_lags_and_the_detail_page_does_not(inside: Any) -> None:
    number = number_of(inside.submit("72148"))
    listed = inside.listed(member_id="W123456789")
    assert "Results for Member ID W123456789" in listed and "No requests match" in listed
    assert "Certified in Total" in inside.client.get(f"/hub/app/authorizations/{number}").text
    inside.control("clock", advance_seconds=2)
    assert number in inside.listed(member_id="W123456789")


def test_a_pend_is_decided_two_days_later_on_the_dashboard_later_still(inside: Any) -> None:
    number = number_of(inside.submit("70553"))
    inside.control("faults", list_delay_seconds=60)
    inside.control("clock", advance_seconds=2 * 24 * 3600 + 1)
    assert "Certified in Total" in inside.client.get(f"/hub/app/authorizations/{number}").text
    assert "<td>Pended</td>" in inside.listed(reference_number=number)
    inside.control("clock", advance_seconds=60)
    assert "<td>Certified in Total</td>" in inside.listed(reference_number=number)


def test_the_dashboard_shows_the_organization_only(inside: Any) -> None:
    assert "A104233871" in inside.listed() and "A104233990" not in inside.listed()
    assert inside.client.get("/hub/app/authorizations/A104233990").status_code == 404
    inside.time.pass_(seconds=30)
    inside.sign_in("Maple Street Imaging")
    assert "A104233990" in inside.listed() and "A104233871" not in inside.listed()


def test_a_search_echoes_all_that_was_asked_and_all_must_fit(inside: Any) -> None:
    page = inside.listed(last_name="okafor", status="Certified in Total")
    assert "Results for Patient Last Name okafor, Status Certified in Total" in page
    assert "A104233871" in page and "A104277415" in page and "A104251120" not in page
    assert "No requests match" in inside.listed(last_name="okafor", status="Pended")


def test_the_payer_decides_anew_on_demand(inside: Any) -> None:
    number = number_of(inside.submit("70553"))
    inside.control("clock", advance_seconds=60)
    told = inside.control("decide", reference_number=number, answer="denied", reason="Records not received")
    assert told.json() == {"status": "Not Certified"}
    detail = inside.client.get(f"/hub/app/authorizations/{number}")
    assert number_of(detail, "Reason") == "Records not received"
    inside.control("clock", advance_seconds=3 * 24 * 3600)
    assert "Not Certified" in inside.client.get(f"/hub/app/authorizations/{number}").text


def test_eligibility_knows_members_by_form_and_by_what_tests_set(inside: Any) -> None:
    def ask(member_id: str, last_name: str = "Garcia") -> Any:
        form = {"member_id": member_id, "last_name": last_name, "date_of_birth": "03/14/1961"}
        return inside.client.post("/hub/app/api/eligibility", json=form)

    assert "Active coverage" in ask("W123456789").json()["text"]
    assert ask("nobody").json() == {"error": "Member not found"}
    inside.control(
        "members",
        members=[
            {"member_id": "W123456789", "last_name": "Garcia"},
            {"member_id": "W123456780", "active": False},
        ],
    )
    assert ask("w123456789", "garcia").status_code == 200
    assert ask("W123456789", "Smith").status_code == 404
    assert "not active" in ask("W123456780").json()["text"]


def test_what_was_received_holds_the_form_and_the_files(inside: Any) -> None:
    data = b"%PDF-1.7 notes"
    files = {"file": ("notes.pdf", data, "application/pdf")}
    upload = inside.client.post("/hub/app/api/attachments", files=files).json()
    inside.submit("72148", attachments=[upload["id"]])
    received = inside.client.get("/control/hub/received").json()["received"]
    assert len(received) == 1
    assert received[0]["account"] == "specialist"
    assert received[0]["organization"] == "Maple Street Orthopedics"
    assert received[0]["payload"]["notes"].startswith("Six weeks")
    sha256 = hashlib.sha256(data).hexdigest()
    assert received[0]["attachments"] == [{"name": "notes.pdf", "size": len(data), "sha256": sha256}]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("run.exe", b"MZ", "not accepted"),
        ("empty.pdf", b"", "is empty"),
        ("big.pdf", bytes(10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_files_the_payer_does_not_take(inside: Any, name: str, data: bytes, why: str) -> None:
    answer = inside.client.post("/hub/app/api/attachments", files={"file": (name, data)})
    assert answer.status_code == 422 and why in answer.json()["error"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"payer": "Nobody Health"}, "Payer is not one of the list"),
        ({"member_id": " "}, "Member ID is missing"),
        ({"date_of_birth": "02/30/1961"}, "Date of Birth is not a date"),
        ({"facility": {"npi": "1992345670"}}, "Servicing Facility: no provider"),
        ({"lines": []}, "needs a procedure"),
        ({"notes": "x" * 2001}, "longer than 2000"),
        (
            {
                "lines": [
                    {
                        "procedure_code": "72148",
                        "quantity": "0",
                        "from_date": "12/09/2026",
                        "to_date": "12/07/2026",
                    }
                ]
            },
            "Procedure 1: Quantity is not a whole number above 0.\nProcedure 1: To Date is before From Date.",
        ),
    ],
)
def test_an_incomplete_form_is_refused_and_not_received(inside: Any, change: Any, why: str) -> None:
    answer = inside.submit(**change)
    assert answer.status_code == 422 and why in answer.json()["error"]
    assert inside.portal.received == []


def test_a_draft_is_not_a_request(inside: Any) -> None:
    text = inside.client.post("/hub/app/api/drafts", json=inside.payload("72148")).json()["text"]
    assert "has not been submitted" in text
    assert inside.portal.received == [] and len(inside.portal.drafts) == 1


def test_the_review_page_shows_what_was_entered(inside: Any) -> None:
    page = inside.client.post("/hub/app/pages/review", json=inside.payload("72148", "29881"))
    for shown in ("W123456789", "72148", "29881", "12/07/2026", "03/14/1961", "Dana Whitfield"):
        assert f"<dd>{shown}</dd>" in page.text
