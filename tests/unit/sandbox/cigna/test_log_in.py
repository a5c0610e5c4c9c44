"""User ID, password and pictures."""

from typing import Any


def solve(outside: Any, right: bool = True) -> str:
    """Answers the newest pictures; the token that goes with the password then."""
    newest = outside.client.get("/control/cigna/captcha").json()["challenges"][-1]
    tiles = newest["tiles"] if right else [*newest["tiles"][1:], 99]
    outside.client.post(f"/cigna/captcha/{newest['id']}", json={"tiles": tiles})
    return str(newest["id"])


def test_the_pictures_are_asked_for_and_good_once(outside: Any) -> None:
    assert "I am not a robot" in outside.client.get("/cigna/").text
    assert "Confirm that you are not a robot" in outside.log_in().text
    token = solve(outside)
    assert outside.log_in(captcha=token).url.path == "/cigna/home"
    outside.client.get("/cigna/log-out")
    assert "Confirm that you are not a robot" in outside.log_in(captcha=token).text


def test_wrong_pictures_bring_others(outside: Any) -> None:
    outside.client.get("/cigna/")
    token = solve(outside, right=False)
    assert "Confirm that you are not a robot" in outside.log_in(captcha=token).text
    assert token not in outside.portal.captcha.challenges


def test_pictures_do_not_say_what_they_show(outside: Any) -> None:
    outside.client.get("/cigna/")
    token = next(iter(outside.portal.captcha.challenges))
    picture = outside.client.get(f"/cigna/captcha/{token}/0.svg")
    assert picture.headers["content-type"].startswith("image/svg")
    assert not any(word in picture.text for word in ("tree", "house", "boat", "umbrella"))
    assert outside.client.get(f"/cigna/captcha/{token}/1.svg").text != picture.text


def test_pictures_appear_after_so_many_sign_ins_or_never(outside: Any) -> None:
    outside.control("captcha", after=1)
    assert outside.log_in().url.path == "/cigna/home"
    outside.client.get("/cigna/log-out")
    assert "I am not a robot" in outside.client.get("/cigna/").text
    outside.control("captcha", after=None)
    assert outside.log_in().url.path == "/cigna/home"


def test_wrong_passwords_lock_the_account(outside: Any) -> None:
    outside.control("captcha", after=None)
    assert "You have 4 tries left" in outside.log_in("wrong").text
    for _ in range(4):
        page = outside.log_in("wrong")
    assert "locked" in page.text and "locked" in outside.log_in().text


def test_an_expired_session_leads_to_the_front_door(cigna: Any) -> None:
    cigna.control("faults", expire_sessions=True)
    assert "Your session has expired" in cigna.client.get("/cigna/home").text
