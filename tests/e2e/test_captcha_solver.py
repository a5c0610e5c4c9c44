"""A CAPTCHA that the portal's owner lets a function answer: cigna's pictures, and what is put down of it."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from authwright.core.person import Question
from authwright_sandbox.process import Portal, Sandbox

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
CONTROL = "CIGNA_CONTROL"
SOP = """---
id: cigna-sandbox/come-in
purpose: sign-in
portal: cigna-sandbox
---
# Come in

## Sign in
1. Go to the sign-in page and sign in.
"""
FILE = """portal: cigna-sandbox
name: The practice portal cigna
captcha:
  solver: tests.e2e.test_captcha_solver:{function}
"""


def choose(question: Question, page: Page) -> str:
    """Does in the page what a person would; which pictures are right the control address knows."""
    page.locator(".tick").click()
    with urllib.request.urlopen(f"{os.environ[CONTROL]}captcha") as answer:
        right = json.load(answer)["challenges"][-1]["tiles"]
    for tile in right:
        page.locator(".puzzle img").nth(tile).click()
    page.get_by_text("Verify", exact=True).click()
    page.locator(".tick[aria-checked=true]").wait_for()
    return "chosen"


def fail(question: Question, page: Page) -> str:
    raise RuntimeError(question.words)


def sign_in(folder: Path, cigna: Portal, function: str) -> dict[str, Any]:
    for name, text in (
        ("sops/come-in.md", SOP),
        ("portals/cigna-sandbox.yaml", FILE.format(function=function)),
    ):
        (folder / "cigna-sandbox" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "cigna-sandbox" / name).write_text(text)
    credentials = {"username": "specialist", "password": "practice-Day1"}
    (folder / "case.json").write_text(json.dumps({"credentials": credentials}))
    command = [sys.executable, "-c", "from authwright.cli.main import main; main()", "sop", "run"]
    command += [str(folder / "cigna-sandbox/sops/come-in.md"), "--case", str(folder / "case.json"), "--json"]
    places = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    environment = os.environ | {"PYTHONPATH": places, CONTROL: cigna.control}
    done = subprocess.run(
        [*command, "--base-url", cigna.url],
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stdout, done.stderr
    return dict(json.loads(done.stdout))


def test_a_solver_chooses_the_pictures_and_it_is_put_down(tmp_path: Path, sandbox: Sandbox) -> None:
    cigna = sandbox.portal("cigna")
    result = sign_in(tmp_path, cigna, "choose")
    assert result["outcome"] == "done", result["halt"]
    assert cigna.count("captcha-solved") == cigna.count("signed-in") == 1
    (answer,) = result["captchas"]
    assert (answer["by"], answer["outcome"], answer["line"]) == ("solver", "accepted", 9)

    failed = sign_in(tmp_path, cigna, "fail")
    assert failed["halt"]["reason"] == "captcha"
    assert failed["captchas"][-1]["outcome"] == "the portal's solver failed: RuntimeError"
    assert cigna.count("sign-in-refused") == 0
