"""Runs the SOPs of the sandbox's portals one after the other, unattended, and prints what came of each.

    python scripts/every_sop.py [--headed] [--only PORTAL]

Exit code 0 when each ended as it should, else 1.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from kill_portals import TARGETS  # noqa: E402

from authwright_sandbox.process import Portal, started  # noqa: E402

LONGEST = 180.0  # seconds for one SOP


@dataclass(frozen=True)
class Turn:
    """An SOP of a portal. `about` says which request at the payer it is about, by the values that it has;
    `decided` is what the payer decides of it first. `ends` is how the SOP stops, "" at its end."""

    sop: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, str] | None = None
    decided: Mapping[str, str] | None = None
    ends: str = ""


PLAN: Mapping[str, tuple[Turn, ...]] = {
    "hub": (
        Turn("sign-in"),
        Turn("eligibility", ends="active"),
        Turn("submit-outpatient"),
        Turn("status", about={}),
        Turn("find", about={}),
    ),
}


@dataclass(frozen=True)
class Row:
    portal: str
    sop: str
    outcome: str
    seconds: float
    read: str
    good: bool


def main() -> None:
    options = _options()
    rows: list[Row] = []
    with started("--settle-seconds", "1") as sandbox, tempfile.TemporaryDirectory() as folder:
        for name in [options.only] if options.only else PLAN:
            portal = sandbox.portal(name)
            for row in _portal(name, portal, Path(folder) / name, headed=options.headed):
                rows.append(row)
                print(_line(row), flush=True)
    bad = [row for row in rows if not row.good]
    print(f"{len(rows) - len(bad)} of {len(rows)} ended as they should")
    raise SystemExit(1 if bad else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Every SOP of the sandbox's portals, one after the other.")
    parser.add_argument("--headed", action="store_true", help="show the browser")
    parser.add_argument("--only", choices=list(PLAN), help="one portal")
    return parser.parse_args()


def _portal(name: str, portal: Portal, folder: Path, *, headed: bool) -> Iterator[Row]:
    target = TARGETS[name]
    portal.post("reset")
    for call, body in target.before.items():
        portal.post(call, **body)
    folder.mkdir()
    for document in target.case["documents"]:
        (folder / document["path"]).write_bytes(b"%PDF-1.4 notes")
    for turn in PLAN[name]:
        about = {} if turn.about is None else _about(portal, turn, target.case)
        case = target.case | dict(turn.changes) | about
        (folder / "case.json").write_text(json.dumps(case))
        yield _row(name, turn, _run(target.sop.parent / f"{turn.sop}.md", portal, folder, headed=headed))


def _about(portal: Portal, turn: Turn, case: Mapping[str, Any]) -> dict[str, Any]:
    """What of a case is about the request that the payer holds."""
    held = portal.held(**(turn.about or {}))
    if turn.decided:
        portal.post("decide", reference_number=held["reference_number"], **turn.decided)
    line = {**case["service_lines"][0], "code": held["codes"][0]}
    if "start" in held:
        month, day, year = held["start"].split("/")
        line["from"] = f"{year}-{month}-{day}"
    return {
        "coverage": {**case["coverage"], "member_id": held["member_id"]},
        "service_lines": [line],
        "submission": {"reference_number": held["reference_number"]},
    }


def _run(sop: Path, portal: Portal, folder: Path, *, headed: bool) -> tuple[float, dict[str, Any]]:
    """Seconds and result; one-time codes are good again here."""
    program = "from authwright.cli.main import main; main()"
    what = [str(sop), "--case", str(folder / "case.json"), "--base-url", portal.url, "--json"]
    cache = tempfile.mkdtemp(dir=folder)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, "sop", "run", *what, *(["--headed"] if headed else [])],
        env=os.environ | {"XDG_CACHE_HOME": cache, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    halt = {"reason": "no result", "found": done.stderr.strip()[-200:]}
    result = json.loads(done.stdout) if done.stdout else {"outcome": "failed", "halt": halt}
    return time.monotonic() - began, result


def _row(portal: str, turn: Turn, came: tuple[float, dict[str, Any]]) -> Row:
    seconds, result = came
    halt, ended = result.get("halt"), result.get("stopped_with", "")
    outcome = f"{result['outcome']}: {halt['reason'] if halt else ended}".removesuffix(": ")
    read = "; ".join(f"{name} {value}" for name, value in result.get("read", {}).items())
    if halt:
        read = halt["found"]
    return Row(portal, turn.sop, outcome, seconds, read, result["outcome"] == "done" and ended == turn.ends)


def _line(row: Row) -> str:
    mark = "ok " if row.good else "BAD"
    return f"{mark} {row.portal:8} {row.sop:18} {row.outcome:24} {row.seconds:5.1f} s  {row.read}"


if __name__ == "__main__":
    main()
