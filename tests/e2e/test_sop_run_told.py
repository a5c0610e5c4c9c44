"""An SOP as a newcomer writes it, for the dental plan's form: what the terminal says when things go wrong."""

import hashlib
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from authwright.browser.files import FileIntents
from authwright.runner.case_file import read_case

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SOP = """---
id: practice/dental
purpose: submit
portal: forms
effective: 2026-10-01
---
# Send a dental form

## Fill in
1. Select "Predetermination of benefits" in Type of Transaction.
2. Enter the member ID in "Subscriber ID / SSN".
3. Select "Self" in "Relationship to Policyholder".
4. Enter the patient's last name in Last. Enter the patient's first name in First.
5. Enter the date of birth in Date of Birth.
6. For each service line:
   1. Enter the procedure code in Procedure Code, the units in "Qty." and the start date in Procedure Date.
7. Under Treating dentist, enter the rendering provider's NPI in NPI and the phone number in Phone Number.
8. Tick "The patient's consent is on file".
9. Click Continue.
10. Check that the page shows the member ID and each procedure code.
11. Click "Send to plan" once.
12. Read the number next to "Document Control Number" as the reference number, and the status.

## If interrupted
1. Click "Find a form".
2. Enter the member ID in "Subscriber ID / SSN" and click "Look up".
3. If a row has each procedure code, read its "Document Control Number" as the reference number and stop.
4. If it says "No forms on file", the request was not sent.
"""
SENDS = 21
CASE: dict[str, Any] = {
    "patient": {"last_name": "Rivera", "first_name": "Elena", "date_of_birth": "1958-04-12"},
    "coverage": {"payer": "Lakeview Dental Plan", "member_id": "W200417731"},
    "service_lines": [{"code": "D2740", "units": 1, "from": "2026-12-08", "to": "2026-12-08"}],
    "rendering_provider": {"npi": "1881234565"},
    "contact": {"phone": "404-555-0100"},
}


@dataclass(frozen=True)
class Desk:
    """Where the person sits: a folder, and the plan's address."""

    folder: Path
    url: str
    control: str

    def case(self, member: str, code: str) -> Path:
        case = {**CASE, "coverage": {**CASE["coverage"], "member_id": member}}
        case["service_lines"] = [{**CASE["service_lines"][0], "code": code}]
        file = self.folder / "case.json"
        file.write_text(json.dumps(case))
        return file

    def run(self, *options: str, member: str, code: str = "D2740") -> list[str]:
        (self.folder / "dental.md").write_text(SOP)
        case = str(self.case(member, code))
        what = [str(self.folder / "dental.md"), "--case", case, "--base-url", self.url, *options]
        call = [sys.executable, "-c", "from authwright.cli.main import main; main()", "sop", "run", *what]
        call += ["--state", str(self.folder / "state")]
        done = subprocess.run(call, capture_output=True, text=True, timeout=120, check=False)
        assert done.stdout, done.stderr
        return done.stdout.splitlines()

    def received(self) -> int:
        with urllib.request.urlopen(f"{self.control}forms/received", timeout=20) as answer:
            return len(json.load(answer)["received"])

    def cut_off(self, member: str, code: str = "D2740") -> None:
        """As if a call had been killed just before it clicked."""
        case, _ = read_case(self.case(member, code).read_text(), "case.json")
        key = hashlib.sha256(json.dumps(["practice/dental", case], sort_keys=True).encode()).hexdigest()[:24]
        intents = FileIntents(self.folder / "state" / f"intents-{key}.jsonl", key)
        intents.record(step_line=SENDS, page_fingerprint="f", at=datetime.now(UTC))


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "authwright_sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()


@pytest.fixture
def desk(served: dict[str, Any], tmp_path: Path) -> Desk:
    return Desk(tmp_path, served["portals"]["forms"], served["control"])


def test_a_refused_form_is_told_with_the_pages_own_words(desk: Desk) -> None:
    *_, found = desk.run(member="W1")
    assert found == (
        "  found: only fields that can still be changed hold it; "
        'the page says "Please correct: Subscriber ID / SSN: 9 to 11 letters and digits"'
    )


def test_the_second_call_looks_and_the_person_is_told_at_each_turn(desk: Desk) -> None:
    before = desk.received()
    *_, number, _, ending = desk.run(member="W200417732")
    assert ending == "done, sent" and desk.received() == before + 1
    number = number.removeprefix("reference number: ")
    assert desk.run(member="W200417732")[-1] == f"done: already sent as {number}; not sent again"
    assert desk.received() == before + 1


def test_cut_off_with_nothing_there_it_says_when_to_look_again(desk: Desk) -> None:
    before = desk.received()
    desk.cut_off(member="W200417733")
    lines = desk.run(member="W200417733")
    assert lines[0] == "looking whether the payer has the request:" and f"line {SENDS}: too-early" in lines
    assert desk.run("--settle", "0", member="W200417733")[-1] == "done, sent"
    assert desk.received() == before + 1


def test_cut_off_with_another_form_on_file_a_person_answers(desk: Desk) -> None:
    desk.run(member="W200417734")
    before = desk.received()
    desk.cut_off(member="W200417734", code="D2750")
    lines = desk.run(member="W200417734", code="D2750")
    assert f"line {SENDS}: in-doubt" in lines and "D2740" in lines[-2] and "--not-there" in lines[-1]
    assert f"line {SENDS}: too-early" in desk.run("--not-there", member="W200417734", code="D2750")
    assert desk.received() == before
    sent = desk.run("--not-there", "--settle", "0", member="W200417734", code="D2750")
    assert sent[-1] == "done, sent" and desk.received() == before + 1
