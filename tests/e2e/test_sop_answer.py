"""A run that waits for a person, who answers with another command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
PAGE = Path(__file__).parents[1] / "data" / "pages" / "captcha.html"
PROGRAM = [sys.executable, "-c", "from authwright.cli.main import main; main()", "sop"]
SOP = """---
id: door/sign-in
purpose: sign-in
portal: door
---
# Come in

## Sign in
1. Go to the sign-in page and sign in.
2. Check that the page shows "Welcome".
"""
CASE = {"credentials": {"username": "pat", "password": "secret-1"}}


def answer(*what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "answer", *what], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("verb", ["run", "rehearse"])
def test_the_run_waits_and_goes_on_with_the_letters(tmp_path: Path, verb: str) -> None:
    (tmp_path / "sign-in.md").write_text(SOP)
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    state = ["--state", str(tmp_path / "state")]
    run = [*PROGRAM, verb, str(tmp_path / "sign-in.md"), "--case", str(tmp_path / "case.json"), *state]
    run += ["--base-url", f"{PAGE.as_uri()}?picture", "--wait-for-person", "60", "--json"]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout and running.stderr
        told = running.stderr.readline()
        assert 'asks for a person ("Type the characters in the picture")' in told
        (waiting,) = json.loads(answer("--json", *state).stdout)["waiting"]
        assert (waiting["what"], waiting["kind"]) == ("door/sign-in", "picture")
        picture = Path(waiting["picture"])
        assert str(picture) in told and picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_mode & 0o077 == 0
        forgot = answer(waiting["run"], *state)
        assert forgot.returncode == 2 and f"give the letters that {picture} shows" in forgot.stderr
        assert answer(waiting["run"], "k7pqx", *state).stdout == f"{waiting['run']} goes on.\n"
        result = json.loads(running.stdout.read())
        assert running.wait(30) == 0 and result["outcome"] == "done", result["halt"]
    assert list((tmp_path / "state" / "parked").iterdir()) == []
    late = answer(waiting["run"], "k7pqx", *state)
    assert late.returncode == 2 and "no run" in late.stderr
    assert "no run waits" in answer(*state).stdout


@pytest.mark.parametrize(("says", "outcome"), [("yes", "done"), ("no", "halted")])
def test_what_the_sop_asks_is_confirmed_or_not(tmp_path: Path, says: str, outcome: str) -> None:
    asks = "3. Ask the practitioner to read the page and to confirm it.\n"
    (tmp_path / "sign-in.md").write_text(SOP + asks)
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    state = ["--state", str(tmp_path / "state")]
    run = [*PROGRAM, "run", str(tmp_path / "sign-in.md"), "--case", str(tmp_path / "case.json"), *state]
    run += ["--base-url", PAGE.as_uri(), "--wait-for-person", "60", "--json"]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout and running.stderr
        told = running.stderr.readline()
        assert "the SOP asks for a person" in told and "practitioner" in told
        (waiting,) = json.loads(answer("--json", *state).stdout)["waiting"]
        forgot = answer(waiting["run"], *state)
        assert forgot.returncode == 2 and "say yes or no" in forgot.stderr
        assert answer(waiting["run"], says, *state).returncode == 0
        result = json.loads(running.stdout.read())
    assert result["outcome"] == outcome
    if says == "yes":
        assert result["steps"][-1]["note"] == 'a person answered "yes"'
    else:
        assert result["halt"]["reason"] == "asked-person" and '"no"' in result["halt"]["found"]
