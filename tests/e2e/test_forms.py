"""The dental plan's plain form, driven by the library's SOPs: what the plan got is compared with the case."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SOPS = Path(__file__).parents[2] / "library" / "forms" / "sops"
CASE: dict[str, Any] = {
    "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
    "coverage": {"payer": "Lakeview", "member_id": "W123456789"},
    "service_lines": [
        {"code": "D2740", "units": 1, "from": "2026-12-07", "to": "2026-12-07", "tooth_number": "14"},
        {"code": "D2950", "units": 2, "from": "2026-12-07", "to": "2026-12-07"},
    ],
    "rendering_provider": {"npi": "1881234565"},
    "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
    "clinical": {"notes": "Fractured cusp, old filling failed."},
}
LINES = [
    {"tooth": "14", "surface": "", "code": "D2740", "quantity": "1", "date": "12/07/2026"},
    {"tooth": "", "surface": "", "code": "D2950", "quantity": "2", "date": "12/07/2026"},
]


@dataclass(frozen=True)
class Plan:
    url: str
    control: str

    def received(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{self.control}forms/received", timeout=40) as answer:
            return [form["values"] for form in json.load(answer)["received"]]


@pytest.fixture
def plan() -> Iterator[Plan]:
    command = [sys.executable, "-m", "authwright_sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        where = json.loads(process.stdout.readline())
        yield Plan(where["portals"]["forms"], where["control"])
        process.terminate()


def run(plan: Plan, folder: Path, sop: str, *options: str) -> dict[str, Any]:
    (folder / "case.json").write_text(json.dumps(CASE))
    command = [sys.executable, "-c", "from authwright.cli.main import main; main()", "sop", "run"]
    command += [str(SOPS / f"{sop}.md"), "--case", str(folder / "case.json"), "--base-url", plan.url]
    done = subprocess.run([*command, *options, "--json"], capture_output=True, text=True, check=False)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_each_line_goes_into_a_row_of_its_own_and_once(plan: Plan, tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "state"))
    rehearsal = run(plan, tmp_path, "submit-dental", "--stop-before-submit")
    assert (rehearsal["outcome"], plan.received()) == ("done", [])
    sent = run(plan, tmp_path, "submit-dental", *state)
    (form,) = plan.received()
    assert sent["outcome"] == "done" and sent["sent"] and sent["read"]["status"] == "Benefits estimated"
    assert form["procedures"] == LINES
    assert (form["subscriber_id"], form["born"], form["phone"]) == (
        "W123456789",
        "03/14/1961",
        "404-555-0142",
    )
    again = run(plan, tmp_path, "submit-dental", *state)
    assert again["read"]["reference_number"] == sent["read"]["reference_number"] and len(plan.received()) == 1
    found = run(plan, tmp_path, "find-dental")
    assert found["outcome"] == "done"
