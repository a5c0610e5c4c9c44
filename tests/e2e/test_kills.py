"""A sample of the kill benchmark: runs that were killed, run again, and judged by what the payer received."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "kills.py"
FOUND_LATE, NEVER_THERE = 3, 6


def test_killed_while_sending_the_payer_has_it_once(tmp_path: Path) -> None:
    """One payer accepts after its client is gone and lists the request late; one never accepts."""
    results = tmp_path / "kills.jsonl"
    command = [
        sys.executable,
        str(BENCHMARK),
        "--portals",
        "forms",
        "--numbers",
        f"{FOUND_LATE},{NEVER_THERE}",
    ]
    done = subprocess.run(
        [*command, "--settle", "6", "--results", str(results)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    rows = {row["number"]: row for row in map(json.loads, results.read_text().splitlines())}
    told = {number: (row["verdict"], row["received"], row["happened"]) for number, row in rows.items()}
    assert told == {FOUND_LATE: ("adopted", 1, True), NEVER_THERE: ("submitted", 1, True)}
