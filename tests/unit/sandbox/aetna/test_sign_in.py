"""The ways into the portal: a ticket of the hub, a code by email."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from authwright_sandbox import totp
from authwright_sandbox.hub.portal import DEFAULT_ACCOUNT
from authwright_sandbox.mail import into_folder, message
from authwright_sandbox.tickets import Holder, Tickets
from tests.unit.sandbox.aetna.conftest import Aetna

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def test_a_code_comes_by_email_and_lets_in_once(outside: Aetna) -> None:
    page = outside.log_in()
    assert "c***@maplestreet.example" in page.text
    (mail,) = outside.mail
    code = outside.mailed_code()
    assert (mail["To"], mail["Subject"]) == ("codes@maplestreet.example", "Your verification code")
    assert outside.client.get("/control/aetna/mail").json()["mail"][0]["text"] == mail.get_content()
    assert "not right" in outside.enter("000000" if code != "000000" else "111111").text
    assert outside.enter(code).url.path == "/aetna/whats-new"
    assert "Welcome" in outside.client.get("/aetna/home").text
    outside.client.get("/aetna/log-out")
    outside.log_in()
    assert "not right" in outside.enter(code).text or code == outside.mailed_code()


def test_an_old_code_is_void_once_a_new_one_was_sent_or_ten_minutes_have_passed(outside: Aetna) -> None:
    outside.log_in()
    first = outside.mailed_code()
    assert "A new code was sent" in outside.client.post("/aetna/code", data={"again": "1"}).text
    second = outside.mailed_code()
    if first != second:
        assert "not right" in outside.enter(first).text
    outside.passed += timedelta(minutes=11)
    assert "expired" in outside.enter(second).text


def test_five_wrong_codes_need_a_new_one(outside: Aetna) -> None:
    outside.log_in()
    right = outside.mailed_code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        outside.enter(wrong)
    assert "Too many wrong codes" in outside.enter(right).text


def test_a_remembered_device_needs_no_code(outside: Aetna) -> None:
    outside.log_in()
    outside.enter(outside.mailed_code(), remember="1")
    outside.client.get("/aetna/log-out")
    outside.log_in()
    assert len(outside.mail) == 1
    assert (
        "Welcome" in outside.client.get("/aetna/home").text
        or "What" in outside.client.get("/aetna/home").text
    )


def test_a_wrong_password_sends_no_code(outside: Aetna) -> None:
    assert "4 tries left" in outside.log_in("wrong").text
    assert outside.mail == []
    assert outside.client.get("/aetna/home").url.query == b"expired=1"


def test_the_hub_hands_over_with_its_organization(outside: Aetna) -> None:
    client = outside.client
    client.post("/hub/sign-in", data={"user": DEFAULT_ACCOUNT.user, "password": DEFAULT_ACCOUNT.password})
    code = totp.code_at(totp.decode_secret(DEFAULT_ACCOUNT.totp_secret), NOW.timestamp())
    client.post("/hub/code", data={"code": code})
    assert 'href="/hub/spaces/aetna"' not in client.get("/hub/home").text  # no organization yet
    client.post("/hub/organization", data={"organization": "Maple Street Imaging"})
    assert 'href="/hub/spaces/aetna" target="_blank"' in client.get("/hub/home").text
    assert client.get("/hub/spaces/aetna").url.path == "/aetna/whats-new"
    assert "Maple Street Imaging" in client.get("/aetna/home").text
    outside.client.get("/aetna/log-out")
    sent = outside.client.get("/hub/spaces/aetna", follow_redirects=False).headers["location"]
    assert client.get(sent).url.path != "/aetna/sso"
    client.get("/aetna/log-out")
    assert "could not verify" in client.get(sent).text


def test_without_the_hub_there_is_no_ticket(outside: Aetna) -> None:
    assert outside.client.get("/hub/spaces/aetna").url.path == "/hub/"
    assert "could not verify" in outside.client.get("/aetna/sso?ticket=made.up").text


def test_a_ticket_is_good_once_and_for_a_minute() -> None:
    at = [NOW]
    tickets = Tickets(lambda: at[0])
    holder = Holder("specialist", "Maple Street Imaging")
    first, second = tickets.issue(holder), tickets.issue(holder)
    assert tickets.take(first) == holder
    assert tickets.take(first) is None
    assert tickets.take(second[:-1]) is None
    at[0] += timedelta(seconds=61)
    assert tickets.take(second) is None


def test_mail_can_be_put_into_a_folder(tmp_path: Path) -> None:
    deliver = into_folder(tmp_path / "mail")
    for text in ("one", "two"):
        deliver(message("a@example.com", "b@example.com", "Hello", text, NOW))
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.name for file in files] == ["0001.eml", "0002.eml"]
    assert "two" in files[1].read_text() and "Subject: Hello" in files[1].read_text()
