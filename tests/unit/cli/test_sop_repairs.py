"""Deciding on what runs have healed, on a `--state` folder."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from authwright.app.settings import FILE_NAME
from authwright.browser.repairs import decided, read_repairs, record, repairs_file
from authwright.cli.sop_repairs import app
from authwright.core.run import Healed

HEALED = Healed(
    12,
    "Date of Birth",
    "Date of Birth",
    "Birth Date",
    "field||date of birth",
    "ab12",
    datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    record(tmp_path, "hub/submit", [HEALED])
    record(tmp_path, "hub/submit", [HEALED])
    return tmp_path


def call(state: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*arguments, "--state", str(state)])
    return done.exit_code, done.output


def test_one_repair_is_listed_once_and_shown(state: Path) -> None:
    assert call(state, "list") == (
        0,
        '  1  open      hub/submit line 12: "Date of Birth" is now "Birth Date"\n',
    )
    code, shown = call(state, "show", "1")
    assert code == 0 and "2026-11-24 09:30 UTC" in shown and "ab12" in shown


@pytest.mark.parametrize(("verb", "where"), [("approve", "approved"), ("reject", "rejected")])
def test_a_decision_is_what_later_runs_go_by(state: Path, verb: str, where: str) -> None:
    assert call(state, verb, "1")[0] == 0
    taken = decided(read_repairs(repairs_file(state, "hub/submit")))
    assert getattr(taken, where) == {"field||date of birth": ("Birth Date",)}
    assert call(state, "list")[1].split()[1] == where


def test_a_repair_that_is_not_there_is_said_so(state: Path) -> None:
    assert call(state, "approve", "7")[0] == call(state, "show", "0")[0] == 2


def test_a_file_that_cannot_be_read_is_not_passed_over(state: Path) -> None:
    repairs_file(state, "hub/submit").write_text("{")
    assert call(state, "list")[0] == 2


def test_those_of_a_practice_are_decided_in_its_folder(tmp_path: Path) -> None:
    where = ["--practice", str(tmp_path)]
    refused = CliRunner().invoke(app, ["list", *where])
    assert refused.exit_code == 2 and "is no practice's folder" in refused.output
    (tmp_path / FILE_NAME).touch()
    record(tmp_path / "pages", "hub/submit", [HEALED])
    assert CliRunner().invoke(app, ["reject", "1", *where]).exit_code == 0
    assert read_repairs(repairs_file(tmp_path / "pages", "hub/submit"))[0].decision == "rejected"


def test_where_they_are_has_to_be_said() -> None:
    done = CliRunner().invoke(app, ["list"])
    assert done.exit_code == 2 and "--state DIR" in done.output
