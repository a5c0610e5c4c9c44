"""A practice made by `authwright init`, and its commands called as from a shell."""

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from authwright.cli.main import app

RUN = CliRunner()


@pytest.fixture(scope="session")
def made_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "clinic"
    done = RUN.invoke(app, ["init", str(folder), "--name", "Northside Clinic"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def folder(tmp_path: Path, made_practice: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("AUTHWRIGHT_KEY", "AUTHWRIGHT_PRACTICE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUTHWRIGHT_USER", "Jane")
    yield Path(shutil.copytree(made_practice, tmp_path / "clinic"))
    logging.root.handlers.clear()  # each command sends the log to its practice's folder


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    """A command of the practice, given as words; no traceback may reach the user."""

    def call(*words: str, stdin: str | None = None, practice: Path | None = None) -> Result:
        done = RUN.invoke(app, [*words, "--practice", str(practice or folder)], input=stdin)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        return done

    return call
