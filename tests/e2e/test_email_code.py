"""The portal aetna's own door: its code comes by email into a real mailbox, and is read from there."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from authwright_sandbox.process import started

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "channels"))
from mail_server import serving

pytestmark = pytest.mark.browser
SOP = Path(__file__).parents[2] / "library" / "aetna-sandbox" / "sops" / "sign-in.md"
SENDER = "no-reply@provider-connection.example"


def run(folder: Path, url: str, mailbox: str, sop: Path = SOP, *options: str) -> dict[str, Any]:
    credentials = {"username": "specialist", "password": "practice-Day1", "mailbox": mailbox}
    (folder / "case.json").write_text(json.dumps({"credentials": credentials}))
    command = [sys.executable, "-c", "from authwright.cli.main import main; main()", "sop", "run", str(sop)]
    command += ["--case", str(folder / "case.json"), "--base-url", url, "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout, done.stderr
    assert "practice-Day1" not in done.stdout + done.stderr and "demopass" not in done.stdout + done.stderr
    return dict(json.loads(done.stdout))


def test_the_code_that_the_portal_mails_is_entered(tmp_path: Path) -> None:
    with serving() as mail, started("--mailbox", f"{mail.bare}/INBOX") as sandbox:
        mail.put("Your verification code is 111111.", sender=SENDER)  # an older one, void by now
        url = sandbox.portal("aetna").url
        result = run(tmp_path, url, f"{mail.bare}?from={SENDER}")
        assert result["outcome"] == "done", result["halt"]
        assert "enter_code" in [step["action"] for step in result["steps"]]
        wrong = run(tmp_path, url, mail.bare.replace("demopass", "x") + f"?from={SENDER}")
        assert wrong["halt"]["reason"] == "no-code" and "can't be read" in wrong["halt"]["found"]


def test_a_remembered_browser_is_asked_for_no_code(tmp_path: Path) -> None:
    sop, state = tmp_path / "sign-in.md", tmp_path / "session.json"
    sop.write_text(
        SOP.read_text().replace(" and click Verify", ", check Remember this device and click Verify")
    )
    with serving() as mail, started("--mailbox", f"{mail.bare}/INBOX") as sandbox:
        aetna, mailbox = sandbox.portal("aetna"), f"{mail.bare}?from={SENDER}"
        first = run(tmp_path, aetna.url, mailbox, sop, "--storage-state", str(state))
        assert first["outcome"] == "done", first["halt"]
        aetna.post("faults", expire_sessions=True)
        again = run(tmp_path, aetna.url, mailbox, sop, "--storage-state", str(state))
        assert again["outcome"] == "done", again["halt"]
        done = [[step["action"] for step in result["steps"]] for result in (first, again)]
        assert "check" in done[0] and not {"enter_code", "check"} & set(done[1])
