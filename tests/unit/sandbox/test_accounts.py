from datetime import UTC, datetime, timedelta

from authwright_sandbox import totp
from authwright_sandbox.accounts import LOCKED, Account, Accounts, Refusal

SECRET = "JBSWY3DPEHPK3PXP"
START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


class At:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def accounts(at: At) -> Accounts:
    return Accounts([Account("ann", "right", SECRET, ("A", "B"))], at)


def code(at: datetime) -> str:
    return totp.code_at(totp.decode_secret(SECRET), at.timestamp())


def test_tries_are_counted_down_to_a_lock_that_the_right_password_does_not_open() -> None:
    known = accounts(At())
    messages = [known.check_password("ann", "wrong") for _ in range(4)]
    lefts = [message.message for message in messages if isinstance(message, Refusal)]
    assert ["4 tries left" in lefts[0], "1 try left" in lefts[3]] == [True, True]
    assert known.check_password("ann", "wrong") is LOCKED
    assert known.check_password("ann", "right") is LOCKED


def test_a_right_password_gives_the_tries_back() -> None:
    known = accounts(At())
    known.check_password("ann", "wrong")
    assert isinstance(known.check_password("ann", "right"), Account)
    refused = known.check_password("ann", "wrong")
    assert isinstance(refused, Refusal) and "4 tries" in refused.message


def test_an_unknown_user_is_not_told_apart_by_a_lock() -> None:
    known = accounts(At())
    answers = {known.check_password("bob", "x") for _ in range(9)}
    assert len(answers) == 1 and LOCKED not in answers


def test_a_code_is_good_once() -> None:
    at = At()
    known = accounts(at)
    first = code(at.now)
    assert known.check_code("ann", first) is None
    again = known.check_code("ann", first)
    assert again is not None and "used already" in again.message
    at.now += timedelta(seconds=30)
    assert known.check_code("ann", first) is not None
    assert known.check_code("ann", code(at.now)) is None


def test_a_code_of_two_steps_ago_is_refused() -> None:
    at = At()
    old = code(at.now)
    at.now += timedelta(seconds=60)
    refused = accounts(at).check_code("ann", old)
    assert refused is not None and "not right" in refused.message


def test_wrong_codes_lock_too() -> None:
    known = accounts(At())
    answers = [known.check_code("ann", "abcdef") for _ in range(5)]
    assert answers[-1] is LOCKED and LOCKED not in answers[:-1]
