"""The command as a whole: what it loads, and how what nobody foresaw ends."""

import subprocess
import sys

import pytest

from authwright.cli import main as cli

HEAVY = ("sqlalchemy", "playwright", "dbos", "alembic", "jinja2", "httpx")


def loaded(*arguments: str) -> set[str]:
    """Which of the heavy packages the command has loaded when it ends."""
    code = (
        "import sys\n"
        "from authwright.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("LOADED"))
    return {name for name in HEAVY if f"'{name}'" in line}


def test_help_and_require_load_nothing_heavy():
    assert loaded("--help") == set()
    asked = ("require", "--payer", "medicare", "--code", "64490", "--place", "22", "--date", "2026-12-01")
    assert loaded(*asked) == set()


def broken(error):
    def app():
        raise error

    return app


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "/sealed/x"), "/sealed/x: permission denied"),
        (ValueError("two\nlines"), "authwright broke off (ValueError: two)"),
        (KeyError(), "authwright broke off (KeyError: no more is known)"),
    ],
)
def test_what_nobody_foresaw_ends_in_a_sentence(monkeypatch, capsys, error, said):
    monkeypatch.setattr(cli, "app", broken(error))
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == cli.OUTSIDE_FAILED
    shown = capsys.readouterr().err
    assert said in shown
    assert "Traceback" not in shown
