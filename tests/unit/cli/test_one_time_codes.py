"""No one-time code is given twice for one account, even by two runs that keep no state."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from authwright.cli.one_time_codes import account_file, fresh_codes
from authwright.cli.sop_given import codes_of
from authwright.core.clock import FixedClock
from authwright.vault.totp import step_of

SECRET = "JBSWY3DPEHPK3PXP"
AT = datetime(2026, 11, 24, 12, 0, 10, tzinfo=UTC)
URL = "http://portal.test/login"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_what_a_run_used_is_known_to_the_next(cache: Path) -> None:
    file, clock = account_file("jane", URL), FixedClock(AT)
    fresh_codes(SECRET, [file], clock)()
    assert fresh_codes(SECRET, [file], clock).last_step == step_of(AT)
    assert fresh_codes(SECRET, [account_file("joe", URL)], clock).last_step == 0


def test_an_account_is_one_portal_and_user_and_its_file_says_nothing(cache: Path) -> None:
    file = account_file("jane", URL)
    assert file == account_file("Jane", "http://portal.test/other") != account_file("jane", "http://b.test/")
    fresh_codes(SECRET, [file], FixedClock(AT))()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.is_relative_to(cache) and "jane" not in file.name
    assert file.read_text().isdigit()


def test_a_damaged_or_unwritable_memory_stops_no_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert len(fresh_codes(SECRET, [tmp_path / "file", tmp_path / "file" / "below"])()) == 6


@pytest.mark.parametrize("with_state", [True, False])
def test_sop_run_remembers_with_and_without_state(tmp_path: Path, with_state: bool) -> None:
    case = {"credentials": {"username": "jane", "totp_secret": SECRET}}
    state = tmp_path / "state" if with_state else None
    give = codes_of(case, state, URL)
    assert give is not None and len(give()) == 6
    assert account_file("jane", URL).exists()
    assert (tmp_path / "state/last-code-window").exists() is with_state
