"""Accounts of its own, a notice, and sessions that end with a count-down."""

from typing import Any


def test_the_health_plans_account_does_not_work_here(outside: Any) -> None:
    sent = {"user": "specialist", "password": "practice-Day1"}
    assert "is not right" in outside.client.post("/delegate/sign-in", data=sent).text


def test_a_notice_comes_once_before_the_desk(outside: Any) -> None:
    assert "Important notice" in outside.sign_in().text
    assert 'name="main"' in outside.client.get("/delegate/desk").text


def test_the_work_is_two_frames_in(delegate: Any) -> None:
    assert 'src="/delegate/main"' in delegate.client.get("/delegate/desk").text
    assert 'src="/delegate/desk/welcome"' in delegate.client.get("/delegate/main").text


def test_asking_how_long_a_session_lives_does_not_keep_it_alive(delegate: Any) -> None:
    delegate.control("session", idle_seconds=60, warn_seconds=20)
    delegate.client.get("/delegate/desk")
    delegate.pass_real(45)
    assert delegate.client.get("/delegate/left").json() == {"seconds": 15}
    assert delegate.client.post("/delegate/left").json() == {"seconds": 60}
    delegate.pass_real(61)
    assert delegate.client.get("/delegate/left").json() == {"seconds": 0}


def test_a_frame_of_an_ended_session_sends_the_window_to_the_door(delegate: Any) -> None:
    delegate.control("faults", expire_sessions=True)
    page = delegate.history()
    assert "top.location" in page and "/delegate/?ended=1" in page
    assert "Your session has ended. Sign in again." in delegate.client.get("/delegate/?ended=1").text


def test_wrong_passwords_lock_the_account(outside: Any) -> None:
    for _ in range(5):
        page = outside.sign_in("wrong").text
    assert "locked" in page and "locked" in outside.sign_in().text
