"""The wizard, what the payer answers, and what can be done with a request afterwards."""

import re

import pytest

from tests.unit.sandbox.aetna.conftest import MEMBER, STEPS, Aetna, services

HOUR, DAY = 3600, 86400
PAYER = {"72148": "Precertified", "64483": "Not precertified", "27130": "Pended"}


def test_whats_new_comes_first_once_and_leads_on(aetna: Aetna) -> None:
    aetna.control("faults", interstitial=True)
    page = aetna.client.get("/aetna/requests")
    assert page.url.path == "/aetna/whats-new" and 'href="/aetna/requests"' in page.text
    assert aetna.client.get("/aetna/requests").url.path == "/aetna/requests"
    assert 'href="/aetna/home"' in aetna.client.get("/aetna/whats-new?next=https://example.com").text


@pytest.mark.parametrize(("code", "status"), PAYER.items())
def test_a_request_is_answered_and_recorded(aetna: Aetna, code: str, status: str) -> None:
    page = aetna.submit(code)
    (entry,) = aetna.received()
    assert (entry["kind"], entry["result"], entry["status"]) == ("submit", "accepted", status)
    sent = {key: value for step in STEPS.values() for key, value in step.items()} | services(code)
    assert entry["payload"] == sent | {"email": ""}
    assert entry["reference_number"] in page and f"<td>{status}</td>" in page


def test_the_precertification_number_comes_with_the_approval(aetna: Aetna) -> None:
    number = aetna.number("27130")
    assert "Precertification Number" not in aetna.detail(number)
    aetna.control("clock", advance_seconds=HOUR)
    assert re.search(r"Precertification Number</th><td>P\d{8}", aetna.detail(number))


def test_a_step_with_mistakes_goes_no_further_and_says_why(aetna: Aetna) -> None:
    key = aetna.begin()
    assert (
        "could not find this member" in aetna.post(key, "member", **STEPS["member"] | {"member_id": "X"}).text
    )
    assert "relationship" in aetna.post(key, "member", **STEPS["member"] | {"relationship": ""}).text
    assert aetna.client.get(f"/aetna/precertification/{key}/clinical").url.path.endswith("/member")
    aetna.post(key, "member", **STEPS["member"])
    service = STEPS["service"] | services("7214")
    page = aetna.post(key, "service", **service | {"end": "2026-12-01", "review": "Expedited"}).text
    for said in ("7214 is not a valid procedure", "on or after", "must be expedited"):
        assert said in page
    aetna.post(key, "service", **STEPS["service"] | services())
    page = aetna.post(
        key, "providers", **STEPS["providers"] | {"servicing_npi": "", "facility_tin": "5"}
    ).text
    assert "Servicing Provider: add a provider." in page and "Facility: enter a TIN" in page
    aetna.post(key, "review")
    assert aetna.received() == []


def test_a_service_that_was_taken_out_is_gone(aetna: Aetna) -> None:
    key = aetna.fill("72148", "29881")
    aetna.post(key, "service", **STEPS["service"] | services("29881"))
    aetna.post(key, "review")
    payload = aetna.received()[0]["payload"]
    assert payload["procedure_1"] == "29881" and "procedure_2" not in payload


def test_one_button_attaches_and_takes_out_again(aetna: Aetna) -> None:
    key = aetna.fill()
    assert aetna.attach(key, "Clinical notes").json() == {"name": "notes.pdf"}
    assert aetna.attach(key, "Imaging report", "scan.png").json() == {"name": "scan.png"}
    aetna.client.delete(f"/aetna/precertification/{key}/files", params={"kind": "Clinical notes"})
    assert "not accepted" in aetna.attach(key, "Other", "run.exe").json()["wrong"]
    assert "empty" in aetna.attach(key, "Other", content=b"").json()["wrong"]
    aetna.post(key, "review")
    assert [each["name"] for each in aetna.received()[0]["attachments"]] == ["scan.png"]


def test_not_required_and_duplicate_open_no_request(aetna: Aetna) -> None:
    assert "Precertification is not required" in aetna.submit("97110")
    number = aetna.number("72148")
    page = aetna.submit("72148")
    assert "A request exists already" in page and number in page
    assert [entry["result"] for entry in aetna.received()] == ["not-required", "accepted", "duplicate"]


def test_a_wizard_submits_once(aetna: Aetna) -> None:
    key = aetna.fill()
    aetna.post(key, "review")
    assert aetna.post(key, "review").url.path == "/aetna/home"
    assert len(aetna.received()) == 1


def test_the_search_lags_repeats_what_was_asked_and_says_when_there_is_nothing(aetna: Aetna) -> None:
    number = aetna.number("72148")
    search = {"member_id": MEMBER}
    assert "No matching requests." in aetna.client.get("/aetna/requests", params=search).text
    aetna.control("clock", advance_seconds=3)
    page = aetna.client.get("/aetna/requests", params=search).text
    assert f"Results for {MEMBER}" in page and number in page and "12/07/2026" in page


def test_records_are_sent_before_they_are_due(aetna: Aetna) -> None:
    number = aetna.number("27447")
    page = aetna.detail(number)
    assert "Records due by" in page and "12/01/2026" in page and "Imaging report" in page
    path = f"/aetna/requests/{number}/documents"
    assert "at least one" in aetna.client.post(path, data={"comments": ""}, files={"file": ("", b"")}).text
    files = {"file": ("notes.pdf", b"%PDF-1.4")}
    assert "We received your documents" in aetna.client.post(path, data={"comments": "x"}, files=files).text
    assert "Records due by" not in aetna.detail(number)
    aetna.control("clock", advance_seconds=DAY)
    assert "<td>Precertified</td>" in aetna.detail(number)
    assert aetna.received()[-1]["attachments"][0]["name"] == "notes.pdf"


def test_without_records_the_pend_becomes_a_denial_when_the_date_has_passed(aetna: Aetna) -> None:
    number = aetna.number("27447")
    aetna.control("clock", advance_seconds=7 * DAY)
    assert "Pended - records needed" in aetna.detail(number)
    aetna.control("clock", advance_seconds=DAY)
    page = aetna.detail(number)
    assert "Not precertified" in page and "not received by the due date" in page
    assert "Add Documents" not in page


def test_an_update_moves_dates_and_is_decided_anew(aetna: Aetna) -> None:
    number = aetna.number("72148")
    path = f"/aetna/requests/{number}/update"
    sent = {"start": "2026-12-14", "end": "2026-12-16", "place": "24", "reason": "Moved"}
    assert "Enter the reason" in aetna.client.post(path, data=sent | {"reason": ""}).text
    assert "We received your update" in aetna.client.post(path, data=sent).text
    page = aetna.detail(number)
    assert "<td>Pended</td>" in page and "12/14/2026" in page
    aetna.control("clock", advance_seconds=HOUR)
    assert "<td>Precertified</td>" in aetna.detail(number)


def test_cancelling_and_extending_are_calls(aetna: Aetna) -> None:
    number = aetna.number("72148")
    assert "Call us" in aetna.client.get(f"/aetna/requests/{number}/cancel").text
    assert "To extend a precertification, call us" in aetna.detail(number)


def test_the_code_search_is_open_and_begins_nothing(outside: Aetna) -> None:
    page = outside.client.get("/aetna/code-search", params={"code_1": "97110", "place": "11"}).text
    assert "Precertification is not required for these codes." in page and "No request was made" in page
    page = outside.client.get("/aetna/code-search", params={"code_1": "97110", "code_2": "27447"}).text
    assert "is required for at least one code" in page
    assert "not a valid code" in outside.client.get("/aetna/code-search", params={"code_1": "1"}).text
    data = outside.client.get("/control/aetna/received").json()
    assert data["received"] == [] and len(data["searches"]) == 2


def test_eligibility_and_the_search_for_a_provider(aetna: Aetna) -> None:
    asked = {"member_id": MEMBER, "date_of_birth": "1961-03-14"}
    assert "Active" in aetna.client.get("/aetna/eligibility", params=asked).text
    aetna.control("members", members=[{"member_id": MEMBER, "active": False}])
    assert "Inactive" in aetna.client.get("/aetna/eligibility", params=asked).text
    assert "Select" in aetna.client.get("/aetna/find-provider", params={"npi": "1881234565"}).text
    assert "was found" in aetna.client.get("/aetna/find-provider", params={"npi": "1881234560"}).text


def test_rules_and_decisions_come_from_the_control_address(aetna: Aetna) -> None:
    aetna.control("rules", rules=[{"codes": ["72148"], "answer": "peer-to-peer", "due_days": 2}])
    number = aetna.number("72148")
    assert "Pended - peer to peer offered" in aetna.detail(number)
    assert aetna.control("decide", reference_number=number, answer="denied", reason="No")["status"] == (
        "Not precertified"
    )


def test_a_request_from_the_start_takes_records_too(aetna: Aetna) -> None:
    number = "R10311760"
    aetna.control("decide", reference_number=number, answer="needs-documents")
    files = {"file": ("notes.pdf", b"%PDF-1.4")}
    page = aetna.client.post(f"/aetna/requests/{number}/documents", data={"comments": ""}, files=files)
    assert "We received your documents" in page.text and "<td>Pended</td>" in page.text
