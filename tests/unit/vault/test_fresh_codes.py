"""A one-time code is given out once."""

from datetime import UTC, datetime, timedelta

from authwright.core.clock import FixedClock
from authwright.vault.fresh_codes import FreshCodes
from authwright.vault.totp import code_at

SECRET = "JBSWY3DPEHPK3PXP"


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
