"""What is remembered of a portal account, and that a code is given out once."""

from datetime import UTC, datetime, timedelta

from authwright.app.portal_sessions import FreshCodes, PortalSessions, Remembered
from authwright.core.clock import FixedClock
from authwright.vault.seal import KeyRing
from authwright.vault.totp import code_at

RING = KeyRing([bytes(range(32))])
SECRET = "JBSWY3DPEHPK3PXP"


def test_sealed_round_trip(tmp_path):
    sessions = PortalSessions(tmp_path / "s", "clinic", RING)
    sessions.save("hub:jane", Remembered('{"cookies": ["secret"]}', 7))
    assert sessions.load("hub:jane") == Remembered('{"cookies": ["secret"]}', 7)
    (file,) = (tmp_path / "s").iterdir()
    assert b"cookies" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_another_account_or_key_remembers_nothing(tmp_path):
    sessions = PortalSessions(tmp_path, "clinic", RING)
    sessions.save("hub:jane", Remembered("x", 7))
    assert sessions.load("hub:dana") == Remembered()
    other_key = PortalSessions(tmp_path, "clinic", KeyRing([bytes(32)]))
    assert other_key.load("hub:jane") == Remembered()


def test_a_code_is_given_out_once():
    clock, used = FixedClock(datetime(2026, 11, 24, 8, 0, 10, tzinfo=UTC)), []
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        clock.move(timedelta(seconds=seconds))

    codes = FreshCodes(SECRET, clock, 0, used.append, sleep)
    first = codes()
    assert (first, slept) == (code_at(SECRET, clock.now()), [])
    second = codes()
    assert second != first
    assert 19 < slept[0] < 22
    assert used[1] == used[0] + 1


def test_a_code_that_an_earlier_run_used_is_not_used_again():
    clock = FixedClock(datetime(2026, 11, 24, 8, 0, 10, tzinfo=UTC))
    step = int(clock.now().timestamp()) // 30
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        clock.move(timedelta(seconds=seconds))

    FreshCodes(SECRET, clock, step, lambda _: None, sleep)()
    assert slept
