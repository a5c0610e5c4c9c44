"""User name, password and code on pages of their own; then, the first time, the provider."""

from typing import Any

from authwright_sandbox.united.portal import DEFAULT_ACCOUNT


def test_each_page_leads_to_the_next(outside: Any) -> None:
    client = outside.client
    page = client.post("/united/username", data={"username": "specialist"})
    assert page.url.path == "/united/password" and "specialist" in page.text
    page = client.post("/united/password", data={"password": DEFAULT_ACCOUNT.password})
    assert page.url.path == "/united/verify"
    assert outside.client.get("/united/api/who").status_code == 401
    page = client.post("/united/verify", data={"code": outside.code()})
    assert page.url.path == "/united/app/home"


def test_an_unknown_name_is_not_told_from_a_known_one(outside: Any) -> None:
    page = outside.client.post("/united/username", data={"username": "nobody"})
    assert page.url.path == "/united/password"
    page = outside.client.post("/united/password", data={"password": "x"})
    assert "is not right" in page.text


def test_five_wrong_passwords_lock_the_account(outside: Any) -> None:
    outside.client.post("/united/username", data={"username": "specialist"})
    for _ in range(4):
        assert "before your account is locked" in outside.client.post(
            "/united/password", data={"password": "x"}
        ).text.replace("\n", " ")
    assert "account is locked" in outside.client.post("/united/password", data={"password": "x"}).text
    page = outside.client.post("/united/password", data={"password": DEFAULT_ACCOUNT.password})
    assert "account is locked" in page.text
    assert [e.detail["locked"] for e in outside.portal.events.named("sign-in-refused")][-2:] == [True, True]


def test_a_wrong_code_is_refused_and_a_used_one_too(outside: Any) -> None:
    outside.client.post("/united/username", data={"username": "specialist"})
    outside.client.post("/united/password", data={"password": DEFAULT_ACCOUNT.password})
    assert "code is not right" in outside.client.post("/united/verify", data={"code": "000000"}).text
    outside.client.post("/united/verify", data={"code": outside.code()})
    outside.client.get("/united/sign-out")
    outside.client.post("/united/password", data={"password": DEFAULT_ACCOUNT.password})
    assert "used already" in outside.client.post("/united/verify", data={"code": outside.code()}).text


def test_the_provider_is_asked_for_once(outside: Any) -> None:
    outside.control("faults", allow_code_reuse=True)
    client = outside.client
    for time in (1, 2):
        client.post("/united/username", data={"username": "specialist"})
        client.post("/united/password", data={"password": DEFAULT_ACCOUNT.password})
        client.post("/united/verify", data={"code": outside.code()})
        who = outside.get("who")
        assert (who["provider"] == "") is (time == 1)
        if time == 1:
            assert client.get("/united/api/requests").status_code == 409
            assert outside.post("represent", provider="Someone else").status_code == 422
            outside.post("represent", provider=DEFAULT_ACCOUNT.organizations[1])
        client.get("/united/sign-out")
    assert who["provider"] == DEFAULT_ACCOUNT.organizations[1]


def test_an_ended_session_is_told(united: Any) -> None:
    united.control("faults", expire_sessions=True)
    assert united.client.get("/united/api/requests").status_code == 401
    page = united.client.get("/united/app/search")
    assert page.url.path == "/united/" and "session has ended" in page.text
    assert united.client.get("/united/verify").url.path == "/united/"


def test_the_survey_is_shown_once_a_session(united: Any) -> None:
    assert [united.get("who")["greet"] for _ in range(2)] == [True, False]
    united.control("faults", interstitial=True)
    assert united.get("who")["greet"] is True
