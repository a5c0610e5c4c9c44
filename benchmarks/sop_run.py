"""A run of the hub's submit SOP against the same walk as a hand-written Playwright script.

Both sign in, fill the same two service lines, attach the same file, take a picture a step and read
every value back, each in a fresh context of the same Chromium, turn about. Prints the ratio of the
medians of wall-clock for the portal without latency and for the profile "ordinary" (goal there: at
most 1.25).

    python benchmarks/sop_run.py [--runs 5]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from hand_written_hub import submit
from playwright.sync_api import Browser

from authwright.browser.files import FileIntents, FolderEvidence
from authwright.browser.launch import chromium
from authwright.browser.run import VIEWPORT, run_workflow
from authwright.core.run import RunOutcome
from authwright.core.workflow import Workflow
from authwright.sop import compile_sop
from authwright.vault.totp import code_at

SOP = Path(__file__).parents[1] / "library" / "hub" / "sops" / "submit-outpatient.md"
SECRET = "JBSWY3DPEHPK3PXP"


class MachineClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@contextmanager
def portal(profile: str) -> Iterator[str]:
    command = [sys.executable, "-m", "authwright_sandbox", "--profile", profile, "--seed", "7"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        addresses = json.loads(process.stdout.readline())
        faults = json.dumps({"allow_code_reuse": True}).encode()
        request = urllib.request.Request(f"{addresses['control']}hub/faults", faults, method="POST")
        urllib.request.urlopen(request).read()
        try:
            yield addresses["portals"]["hub"]
        finally:
            process.terminate()


def case(number: int, folder: Path) -> dict[str, Any]:
    """The same request for another member each time: the same one twice would be a duplicate."""
    on = (datetime.now(UTC).date() + timedelta(days=10)).isoformat()
    line = {"units": "1", "from": on, "to": on, "place_of_service": "22"}
    return {
        "credentials": {
            "username": "specialist",
            "password": "practice-Day1",
            "totp_secret": SECRET,
            "organization": "Maple Street Orthopedics",
        },
        "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
        "coverage": {"payer": "UnitedHealthcare", "member_id": f"W{700000001 + number}"},
        "diagnoses": [{"code": "M54.16"}],
        "service_lines": [{"code": "72148", **line}, {"code": "29881", "modifiers": ["RT"], **line}],
        "requesting_provider": {"npi": "1234567893"},
        "rendering_provider": {"npi": "1881234565"},
        "facility": {"npi": "1992345672"},
        "contact": {"name": "Dana Ruiz", "phone": "404-555-0100"},
        "clinical": {"notes": "Six weeks of physical therapy without relief."},
        "documents": [{"path": str(folder / "notes.txt"), "kind": "clinical notes"}],
    }


def by_sop(browser: Browser, url: str, data: dict[str, Any], workflow: Workflow, folder: Path) -> float:
    number = data["coverage"]["member_id"]
    started = time.perf_counter()
    result = run_workflow(
        workflow,
        data,
        base_url=url,
        intents=FileIntents(folder / f"{number}.jsonl", number),
        evidence=FolderEvidence(folder / number),
        clock=MachineClock(),
        code=lambda: code_at(SECRET, datetime.now(UTC)),
        folder=folder,
        browser=browser,
    )
    seconds = time.perf_counter() - started
    assert result.outcome is RunOutcome.DONE and result.sent, result
    return seconds


def by_hand(browser: Browser, url: str, data: dict[str, Any], folder: Path) -> float:
    pictures = folder / f"{data['coverage']['member_id']}-by-hand"
    pictures.mkdir()
    started = time.perf_counter()
    context = browser.new_context(viewport=VIEWPORT)
    try:
        answer = submit(context.new_page(), url.removesuffix("/hub/"), data, pictures)
    finally:
        context.close()
    seconds = time.perf_counter() - started
    assert answer["status"] == "Certified in Total", answer
    return seconds


def measure(profile: str, runs: int, workflow: Workflow) -> tuple[float, float]:
    """Medians in seconds: (the SOP, by hand). The first pair warms both up and isn't counted."""
    sop: list[float] = []
    hand: list[float] = []
    with tempfile.TemporaryDirectory() as made, portal(profile) as url, chromium() as browser:
        folder = Path(made)
        (folder / "notes.txt").write_text("Six weeks of physical therapy without relief.\n")
        for number in range(runs + 1):
            hand.append(by_hand(browser, url, case(2 * number, folder), folder))
            sop.append(by_sop(browser, url, case(2 * number + 1, folder), workflow, folder))
    return statistics.median(sop[1:]), statistics.median(hand[1:])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    workflow, _ = compile_sop(SOP.read_text(encoding="utf-8"), str(SOP))
    assert workflow is not None
    for profile in ("none", "ordinary"):
        sop, hand = measure(profile, runs, workflow)
        print(
            f"{profile:9} sop run {sop:6.2f} s   by hand {hand:6.2f} s   ratio {sop / hand:.2f}", flush=True
        )


if __name__ == "__main__":
    main()
