"""What the payer receives, how it answers, and what its lists show when."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("codes", "first", "days", "then"),
    [
        (("72148",), "Approved", 0, "Approved"),
        (("29827",), "Pending", 0.05, "Approved"),
        (("70553",), "Pending", 2, "Approved"),
        (("64615",), "Denied", 30, "Denied"),
        (("72148", "64615"), "Partially Approved", 30, "Partially Approved"),
        (("72148", "97110"), "Approved", 0, "Approved"),
        (("72148", "97530"), "Approved With Changes", 0, "Approved With Changes"),
        (("64483",), "Pending - Information Requested", 6, "Denied"),
        (("63650",), "Pending - Peer To Peer Offered", 4, "Denied"),
    ],
)
def test_answers_by_code_and_time(
    united: Any, codes: tuple[str, ...], first: str, days: float, then: str
) -> None:
    number = united.number(*codes)
    assert united.status(number) == first
    united.later(days=days)
    assert united.status(number) == then


def test_the_reference_number_becomes_the_authorization_only_when_it_is_approved(united: Any) -> None:
    number = united.number("29827", "29881")
    assert united.page(number)["authorization_number"] == ""
    united.later(hours=1)
    page = united.page(number)
    assert page["authorization_number"] == number
    assert [(each["approved"], each["from"], each["through"]) for each in page["lines"]] == [
        (3, "12/07/2026", "02/05/2027"),
        (3, "12/07/2026", "02/05/2027"),
    ]


def test_each_line_has_an_answer_of_its_own(united: Any) -> None:
    lines = united.page(united.number("72148", "64615", "97530"))["lines"]
    assert [(each["code"], each["status"], each["approved"]) for each in lines] == [
        ("72148", "Approved", 3),
        ("64615", "Denied", 0),
        ("97530", "Approved With Changes", 2),
    ]


def test_what_needs_no_approval_gets_a_decision_id(united: Any) -> None:
    answer = united.submit("97110").json()
    assert (answer["result"], answer["number"][0]) == ("not-required", "D")


def test_the_same_request_again_is_a_duplicate_until_it_is_cancelled(united: Any) -> None:
    first = united.number("29827", "70553")
    again = united.submit("70553", "29827").json()
    assert (again["result"], again["number"]) == ("duplicate", first)
    united.post(f"requests/{first}/cancel", reason="Submitted in error")
    assert united.number("29827", "70553") != first
    assert [each["result"] for each in united.portal.received] == [
        "accepted",
        "duplicate",
        "accepted",
        "accepted",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"diagnoses": []}, "Add 1 to 10 diagnosis codes"),
        ({"diagnoses": ["M54.16"] * 11}, "Add 1 to 10 diagnosis codes"),
        ({"procedures": []}, "Add 1 to 14 procedure codes"),
        ({"procedures": [{"code": "29827", "units": "0"}]}, "Units is not a whole number"),
        ({"end_date": "12/06/2026"}, "Service End Date is before"),
        ({"start_date": "13/06/2026"}, "must be dates"),
        ({"priority": "Expedited"}, "Reason for Expedited Review"),
        ({"place_of_service": "99"}, "Place of Service"),
        ({"facility": {"npi": "1234567890"}}, "Servicing Facility: no provider"),
        ({"procedures": [{"code": "72148", "units": "1"}], "answers": {}}, "six weeks"),
        ({"procedures": [{"code": "63650", "units": "1"}], "answers": {"imaging": "soon"}}, "recent imaging"),
        ({"contact_phone": " "}, "Contact Phone is missing"),
    ],
)
def test_an_incomplete_form_is_refused_and_not_received(united: Any, changes: Any, words: str) -> None:
    answer = united.submit(**changes)
    assert answer.status_code == 422 and words in answer.json()["error"]
    assert united.portal.received == []


def test_what_was_received_is_kept_as_it_came(united: Any) -> None:
    number = united.number("29827", attachments=[united.upload()], notes="As sent", first_name="Maria")
    (entry,) = united.client.get("/control/united/received").json()["received"]
    assert (entry["kind"], entry["reference_number"]) == ("submit", number)
    assert entry["payload"]["notes"] == "As sent" and entry["payload"]["first_name"] == "Maria"
    assert [each["name"] for each in entry["attachments"]] == ["notes.pdf"]


def test_questions_appear_by_code(united: Any) -> None:
    assert united.get("questions", codes="97110,43239") == []
    asked = united.get("questions", codes="27447,29881")
    assert [each["id"] for each in asked] == ["side", "conservative", "bmi"]


def test_the_search_lags_and_the_page_does_not(united: Any) -> None:
    united.control("faults", list_delay_seconds=600)
    number = united.number("29827")
    assert united.get("requests", member_id="912345678")["rows"] == []
    assert united.status(number) == "Pending"
    united.later(seconds=600)
    (row,) = united.get("requests", number=number)["rows"]
    assert (row["member_id"], row["codes"], row["start"]) == ("912345678", "29827", "12/07/2026")


def test_requests_of_another_provider_are_not_shown(united: Any) -> None:
    number = united.number("29827")
    united.at[0] = united.at[0].replace(minute=5)
    united.client.get("/united/sign-out")
    united.sign_in(provider=1)
    assert united.client.get(f"/united/api/requests/{number}").status_code == 404
    assert united.get("requests", number=number)["rows"] == []


def test_rules_and_decisions_can_be_set(united: Any) -> None:
    rules = [
        {"codes": ["29827"], "places": ["11"], "answer": "not-required"},
        {"answer": "pended", "then": [{"after_seconds": 60, "answer": "denied", "reason": "Not covered"}]},
    ]
    assert united.control("rules", rules=rules).json() == {"ok": True, "rules": 2}
    assert united.submit(place_of_service="11").json()["result"] == "not-required"
    number = united.number(place_of_service="22", member_id="912345679")
    united.later(seconds=60)
    assert (united.status(number), united.page(number)["reason"]) == ("Denied", "Not covered")
    united.control("decide", reference_number=number, answer="approved", days=10)
    assert united.page(number)["lines"][0]["through"] == "12/17/2026"
    assert united.control("rules", rules=[{"answer": "perhaps"}]).status_code == 422


def test_a_lookup_gives_a_decision_id_and_begins_nothing(united: Any) -> None:
    form = {"place_of_service": "22", "date": "12/07/2026", "member_id": "912345678", "diagnoses": ["M54.16"]}
    before = len(united.portal.requests)
    said = united.post("checks", **form, procedures=["97110", "95810"]).json()
    assert said["decision_id"].startswith("D")
    said = united.post("checks", **form, procedures=["97110", "72148"]).json()
    assert said["decision_id"] is None
    assert [each["text"] for each in said["lines"]] == ["Not required", "Prior authorization is required"]
    assert united.post("checks", **form, procedures=["97110"] * 15).status_code == 422
    assert len(united.portal.requests) == before and united.portal.received == []
    assert len(united.portal.checks) == 2


def test_members_can_be_set(united: Any) -> None:
    united.control("members", members=[{"member_id": "912345678", "active": False}])
    assert united.get("members", id="912345678", born="03/14/1961")["coverage"] == "Not active"
    assert united.client.get("/united/api/members", params={"id": "91"}).status_code == 404


@pytest.mark.parametrize(("how", "received"), [("drop", 0), ("accept-then-drop", 1)])
def test_an_answer_can_be_lost(united: Any, how: str, received: int) -> None:
    united.control("faults", fail_next={"path": "/united/api/requests", "method": "POST", "how": how})
    with pytest.raises(ConnectionResetError):
        united.submit()
    assert len(united.portal.received) == received
