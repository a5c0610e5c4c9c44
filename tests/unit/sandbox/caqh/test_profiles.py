"""What a profile holds, what is wrong with it, and how it is attested to."""

import contextlib

from tests.unit.sandbox.caqh.conftest import CURRENT, DUE, LAPSED, Caqh

DAY = 86400


def test_three_states_from_the_start_and_what_the_clock_does_to_them(caqh: Caqh) -> None:
    assert [caqh.told(each)["status"] for each in (CURRENT, DUE, LAPSED)] == [
        "Current",
        "Re-attestation Due",
        "Expired",
    ]
    caqh.control("clock", advance_seconds=60 * DAY)
    assert caqh.told(CURRENT)["status"] == "Re-attestation Due"
    caqh.control("clock", advance_seconds=30 * DAY)
    assert caqh.told(CURRENT)["status"] == "Expired"
    assert "Expired" in caqh.page(CURRENT)


def test_a_wrong_password_says_how_many_tries_are_left(outside: Caqh) -> None:
    assert "4 tries left" in outside.sign_in("wrong").text
    assert outside.client.get(f"/caqh/providers/{DUE}").url.query == b"expired=1"
    called = outside.client.get(f"/caqh/providers/{DUE}/parts/personal", headers={"x-call": "1"})
    assert called.status_code == 401


def test_practitioners_are_found_by_name_npi_and_id(caqh: Caqh) -> None:
    for asked in ("larch", "1881234565", DUE):
        page = caqh.client.get("/caqh/providers", params={"q": asked}).text
        assert DUE in page and CURRENT not in page
    assert "No providers found." in caqh.client.get("/caqh/providers", params={"q": "nobody"}).text


def test_the_same_label_stands_in_several_sections_and_each_keeps_its_own_value(caqh: Caqh) -> None:
    assert caqh.page(DUE).count("Address Line 1") == 5
    assert caqh.save(DUE, "personal", mail__line1="55 Elm Street").json() == {}
    values = caqh.told(DUE)["values"]
    assert (values["home.line1"], values["mail.line1"]) == ("17 Sparrow Lane", "55 Elm Street")
    assert values["location1.place.line1"] == "200 Maple Street"
    (entry,) = caqh.received()
    assert entry["kind"] == "save" and entry["payload"]["mail.line1"] == "55 Elm Street"


def test_a_change_makes_a_current_profile_due_and_is_shown_at_the_review(caqh: Caqh) -> None:
    caqh.save(CURRENT, "location2", location2__office__phone="404-555-0199")
    assert caqh.told(CURRENT)["status"] == "Re-attestation Due"
    page = caqh.page(CURRENT, "/review")
    assert "Additional Location, Office: Phone Number" in page
    assert "404-555-0142" in page and "404-555-0199" in page


def test_values_that_do_not_do_are_refused(caqh: Caqh) -> None:
    for form, changes, said in (
        ("personal", {"home__city": " "}, "Home Address: City is required."),
        ("personal", {"home__state": "Georgia"}, "not one of the list"),
        ("insurance", {"policy__to": "soon"}, "Policy: Expiration Date is not a date."),
        ("disclosures", {"claims__answer": "Maybe"}, "not one of the list"),
    ):
        answer = caqh.save(DUE, form, **changes)
        assert answer.status_code == 422 and said in answer.json()["wrong"]
    assert caqh.received() == []


def test_a_native_date_is_kept_as_the_pages_show_it(caqh: Caqh) -> None:
    caqh.save(LAPSED, "insurance", policy__to="2027-11-30")
    assert caqh.told(LAPSED)["values"]["policy.to"] == "11/30/2027"


def test_a_yes_needs_an_explanation(caqh: Caqh) -> None:
    caqh.save(DUE, "disclosures", claims__answer="Yes")
    assert caqh.told(DUE)["findings"] == ["Error: Question 3: Explanation is missing."]
    caqh.save(DUE, "disclosures", claims__answer="Yes", claims__why="Settled in 2024")
    assert caqh.told(DUE)["findings"] == []


def test_what_ran_out_is_an_error_until_it_is_renewed(caqh: Caqh) -> None:
    assert caqh.told(LAPSED)["findings"] == [
        "Error: Professional Liability Insurance expired on 11/12/2026.",
        "Error: Malpractice Insurance Face Sheet expired on 11/12/2026.",
    ]
    assert caqh.review(LAPSED, "documents").json() == {"wrong": "Correct the errors in this section first."}
    sheet = "Malpractice Insurance Face Sheet"
    assert "in the future" in caqh.upload(LAPSED, sheet, "2026-11-24").json()["wrong"]
    assert "not accepted" in caqh.upload(LAPSED, sheet, name="sheet.exe").json()["wrong"]
    assert caqh.upload(LAPSED, sheet).json() == {}
    caqh.save(LAPSED, "insurance", policy__to="2026-12-10")
    assert caqh.told(LAPSED)["findings"] == [
        "Warning: Professional Liability Insurance will expire on 12/10/2026."
    ]


def test_attesting_needs_every_section_the_tick_and_the_name(caqh: Caqh) -> None:
    assert "Continue to Attest" in caqh.page(DUE, "/attest")  # led back to the review
    caqh.review_all(DUE)
    assert "You must certify" in caqh.attest(DUE, "Owen Larch", certify="")
    assert "not the practitioner&#39;s name" in caqh.attest(DUE, "Dana Whitfield")
    assert caqh.received() == []
    page = caqh.attest(DUE, "owen larch")
    (entry,) = caqh.received()
    assert entry["kind"] == "attest" and entry["attestation_id"] in page
    assert "Attestation complete" in page and "03/24/2027" in page
    assert caqh.told(DUE)["status"] == "Current"


def test_a_section_that_changed_has_to_be_reviewed_again(caqh: Caqh) -> None:
    caqh.review_all(DUE)
    caqh.save(DUE, "personal", contact__phone="404-555-0188")
    assert "not reviewed" in caqh.attest(DUE, "Owen Larch")
    caqh.review(DUE, "personal")
    assert "Attestation complete" in caqh.attest(DUE, "Owen Larch")
    assert "No changes since" in caqh.page(DUE, "/review")


def test_a_lost_answer_leaves_the_attestation_made(caqh: Caqh) -> None:
    caqh.review_all(DUE)
    caqh.control("faults", fail_next={"path": "/caqh/*/attest", "method": "POST", "how": "accept-then-drop"})
    with contextlib.suppress(ConnectionResetError):
        caqh.attest(DUE, "Owen Larch")
    assert [entry["kind"] for entry in caqh.received()] == ["attest"]
    assert caqh.received()[0]["attestation_id"] in caqh.page(DUE)


def test_the_control_address_sets_values_and_the_last_attestation(caqh: Caqh) -> None:
    told = caqh.control("profile", provider_id=CURRENT, attested_days_ago=121, values={"home.city": ""})
    assert (told["status"], told["findings"]) == (
        "Expired",
        ["Error: Personal Information, Home Address: City is missing."],
    )
    assert "error" in caqh.control("profile", provider_id=CURRENT, values={"home.town": "x"})
    caqh.control("reset")
    caqh.sign_in()
    assert caqh.told(CURRENT)["status"] == "Current"
