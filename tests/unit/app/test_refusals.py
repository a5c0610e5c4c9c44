"""A credential that a portal has refused is known again, until another is set."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from authwright.app.refusals import FILE_NAME, Account, RefusalsError, forget, read
from authwright.core.run import Halt, HaltReason, RunOutcome, RunResult

AT = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
OWN = {"username": "pat", "password": "s3cret-1", "totp_secret": "JBSWY3DPEHPK3PXP"}


def refused(what: str) -> RunResult:
    halt = Halt(11, HaltReason.SIGN_IN_REFUSED, "to be signed in", "The password is incorrect.")
    return RunResult(RunOutcome.HALTED, halt=halt, refused=what)


def test_a_refused_password_is_known_again_and_another_one_is_free(tmp_path: Path) -> None:
    account = Account(tmp_path, "hub", "hub", OWN)
    assert account.refused() is None
    (put_down,) = account.note(refused("password"), AT)
    known = account.refused()
    assert known == put_down
    assert str(known) == "hub.password was refused by hub at 2026-11-24 14:05 UTC: The password is incorrect."
    for change in ({"password": "s3cret-2"}, {"username": "dana"}):
        assert replace(account, credentials=OWN | change).refused() is None
    assert replace(account, portal="united").refused() is None
    assert "s3cret" not in (tmp_path / FILE_NAME).read_text()
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def test_a_refused_code_marks_what_it_came_from(tmp_path: Path) -> None:
    account = Account(tmp_path, "hub", "hub", OWN)
    assert [r.name for r in account.note(refused("code"), AT)] == ["hub.totp_secret"]


def test_once_set_anew_it_is_free(tmp_path: Path) -> None:
    account = Account(tmp_path, "hub", "hub", OWN)
    account.note(refused("password"), AT)
    forget(tmp_path, "hub.password")
    assert account.refused() is None and read(tmp_path) == ()


def test_a_run_that_was_refused_nothing_puts_nothing_down(tmp_path: Path) -> None:
    assert Account(tmp_path, "hub", "hub", OWN).note(refused(""), AT) == ()
    assert not (tmp_path / FILE_NAME).exists()


def test_a_file_that_is_no_such_list_is_never_passed_over(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    with pytest.raises(RefusalsError, match="no list of refused credentials"):
        Account(tmp_path, "hub", "hub", OWN).refused()
