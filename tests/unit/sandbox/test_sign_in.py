"""From the front door to the home page, without a browser."""

from typing import Any

import pytest


def test_password_code_and_organization_lead_home(hub: Any) -> None:
    page = hub.post("/hub/sign-in", user="specialist", password="practice-Day1")
    assert page.url.path == "/hub/code" and "Authentication Code" in page.text
    page = hub.post("/hub/code", code=hub.code())
    assert page.url.path == "/hub/organization" and "Maple Street Imaging" in page.text
    page = hub.post("/hub/organization", organization="Maple Street Imaging")
    assert page.url.path == "/hub/home" and "Maple Street Imaging" in page.text


def test_no_page_is_open_before_its_turn(hub: Any) -> None:
    hub.post("/hub/sign-in", user="specialist", password="practice-Day1")
    assert hub.client.get("/hub/home").url.path == "/hub/code"
    assert hub.client.get("/hub/organization").url.path == "/hub/code"
    assert hub.client.get("/hub/app/pages/patient").status_code == 401
    assert hub.submit().status_code == 401
    assert hub.portal.received == []


def test_the_update_greets_once_a_session(inside: Any) -> None:
    # Signing in has followed the redirect to the home page and used the greeting up.
    assert "Important update" not in inside.client.get("/hub/home").text
    inside.control("faults", interstitial=True)
    assert "Important update" in inside.client.get("/hub/authorizations/request").text
    inside.time.pass_(seconds=30)
    assert "Important update" in inside.sign_in().text
    inside.control("faults", interstitial=False)
    inside.time.pass_(seconds=30)
    assert "Important update" not in inside.sign_in().text


def test_five_wrong_passwords_lock_the_account(hub: Any) -> None:
    pages = [hub.post("/hub/sign-in", user="specialist", password="x").text for _ in range(5)]
    assert "You have 4 tries left" in pages[0]
    assert "Your account is locked" in pages[4]
    assert (
        "Your account is locked" in hub.post("/hub/sign-in", user="specialist", password="practice-Day1").text
    )


def test_a_used_code_is_refused_until_the_next_one(hub: Any) -> None:
    hub.sign_in()
    hub.post("/hub/sign-in", user="specialist", password="practice-Day1")
    assert "was used already" in hub.post("/hub/code", code=hub.code()).text
    hub.time.pass_(seconds=30)
    assert hub.post("/hub/code", code=hub.code()).url.path == "/hub/organization"


def test_tests_may_allow_used_codes(hub: Any) -> None:
    hub.control("faults", allow_code_reuse=True)
    hub.sign_in()
    assert hub.sign_in().url.path == "/hub/home"


@pytest.mark.parametrize("end", ["idle", "expired"])
def test_a_session_ends(inside: Any, end: str) -> None:
    if end == "idle":
        inside.time.pass_(minutes=21)
    else:
        inside.control("faults", expire_sessions=True)
    page = inside.client.get("/hub/authorizations/request")
    assert page.url.path == "/hub/" and "Your session has expired" in page.text
    assert "Your session has expired" in inside.client.get("/hub/app/request").text
    assert inside.submit().status_code == 401


def test_the_portal_clock_does_not_end_sessions_or_change_codes(inside: Any) -> None:
    inside.control("clock", advance_seconds=200_000)
    assert inside.client.get("/hub/home").url.path == "/hub/home"


def test_an_account_without_secret_and_with_one_organization_is_in_at_once(hub: Any) -> None:
    account = {"user": "solo", "password": "p", "organizations": ["Birch Clinic"]}
    assert hub.control("accounts", accounts=[account]).json() == {"ok": True}
    page = hub.post("/hub/sign-in", user="solo", password="p")
    assert page.url.path == "/hub/home" and "Birch Clinic" in page.text
