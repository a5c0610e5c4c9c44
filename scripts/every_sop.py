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
sys.path.insert(0, str(ROOT / "src"))

from authwright_sandbox.desks import DESKS  # noqa: E402
from authwright_sandbox.process import Portal, Sandbox, started  # noqa: E402

LONGEST = 240.0  # seconds for one SOP
MOMENT = 5.0  # seconds that pass at the payer between two SOPs, so that it has listed what was sent
A_PERSON = "halted: asked-person"


@dataclass(frozen=True)
class Turn:
    """An SOP of a portal. `about` says which request at the payer it is about, by the values that it has;
    `decided` is what the payer decides of it first. `line` is what a case's line has anew. `ends` is how it
    should end, in the words of the table. `at` is the portal where it begins, if not where the others do."""

    sop: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] | None = None
    decided: Mapping[str, str] | None = None
    line: Mapping[str, Any] = field(default_factory=dict)
    ends: str = "done"
    at: str = ""


def _why(notes: str) -> dict[str, Any]:
    return {"clinical": {"notes": notes}}


OURS = {"organization": "58-1234567 - Maple Street Orthopedics"}
APPROVED, PENDING, DENIED = ({**OURS, "status": s} for s in ("Approved", "Pending", "Denied"))
ASKED = {"answer": "needs-documents", "reason": "More notes"}
LATER = {"from": "2026-12-14", "to": "2026-12-18", "place_of_service": "11"}
ONLY_A_PASSWORD = {"credentials": {"username": "specialist", "password": "practice-Day1"}}
NOT_REQUIRED = {"code": "97110", "modifiers": []}
PLAN: Mapping[str, tuple[Turn, ...]] = {
    "hub": (
        Turn("sign-in"),
        Turn("eligibility", ends="done: active"),
        Turn("lookup", line=NOT_REQUIRED, ends="done: not required"),
        Turn("submit-outpatient"),
        Turn("status", about={}),
        Turn("find", about={}),
        Turn("respond", about={"codes": ["97530"]}, decided=ASKED),
        Turn("update", about={"codes": ["97530"]}, line={"from": "2026-12-14", "to": "2026-12-18"}),
        Turn("cancel", about={"codes": ["97530"]}),
        Turn("cancel", about={"codes": ["63030"]}, ends=A_PERSON),  # this payer wants a call
    ),
    "united": (
        Turn("sign-in"),
        Turn("eligibility"),
        Turn("lookup", line=NOT_REQUIRED, ends="done: not required"),
        Turn("submit"),
        Turn("status", about=APPROVED),
        Turn("find", about=DENIED),
        Turn("letter", about=DENIED),
        Turn("respond", about=PENDING, decided=ASKED),
        Turn("extend", _why("Healing takes longer"), about=APPROVED),
        Turn("update", _why("The member asked for a later date"), about=APPROVED, line=LATER),
        Turn("cancel", _why("Submitted in error"), about=APPROVED),
    ),
    "cigna-sandbox": (
        Turn("sign-in"),
        Turn("eligibility", ends="done: active"),
        Turn("lookup", line=NOT_REQUIRED, ends="done: not required"),
        Turn("submit"),
        Turn("status", about={"codes": ["29881"]}),
        Turn("find", about={"codes": ["29881"]}),
        Turn("letter", about={"codes": ["29881"]}),
        Turn("submit", line={"code": "27447", "modifiers": []}),
        Turn("respond", about={"codes": ["27447"]}),
        Turn("submit", line={"code": "64483", "modifiers": []}),
        Turn("appeal", about={"codes": ["64483"], "status": "Not approved"}),
        Turn("cancel", about={"codes": ["29881"]}),
    ),
    "delegate": (
        Turn("sign-in"),
        Turn("eligibility", ends="done: active"),
        Turn("submit"),
        Turn("status", about={"codes": ["72148"]}),
        Turn("find", about={"codes": ["72148"]}),
        Turn("submit", {"repeat_study": "No"}, line={"code": "78452"}),
        Turn("respond", about={"codes": ["78452"]}),
        Turn("peer-to-peer", about={"codes": ["78452"]}, ends="done: not offered"),
        Turn("cancel", about={"codes": ["78452"]}),
        Turn("cancel", about={"codes": ["72148"]}, ends=A_PERSON),  # what is approved wants a call
    ),
    "aetna-sandbox": (
        # the code comes by email, and nobody reads the mail here
        Turn("sign-in", ONLY_A_PASSWORD, at="aetna", ends="halted: no-code"),
        Turn("eligibility"),
        Turn("lookup", line=NOT_REQUIRED, ends="done: not required"),
        Turn("submit"),
        Turn("status", about={"status": "Precertified"}),
        Turn("find", about={"status": "Not precertified"}),
        Turn("respond", about={"status": "Pended"}, decided=ASKED),
        Turn(
            "update",
            _why("The member asked for a later date"),
            about={"status": "Precertified"},
            line=LATER | {"place_of_service": "24"},
        ),
        Turn("extend", about={"status": "Precertified with changes"}, ends=A_PERSON),
        Turn("cancel", about={"status": "Precertified with changes"}, ends=A_PERSON),
    ),
    "caqh-sandbox": (
        Turn("sign-in"),
        Turn("status"),
        Turn("update"),
        Turn("upload"),
        Turn("attest", ends=A_PERSON),  # the practitioner's own statement
    ),
    "forms": (
        Turn("submit-dental"),
        Turn("find-dental"),
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
            for row in _portal(name, sandbox, Path(folder) / name, headed=options.headed):
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


def _portal(name: str, sandbox: Sandbox, folder: Path, *, headed: bool) -> Iterator[Row]:
    desk, sops = DESKS[name], ROOT / "library" / name / "sops"
    portal, start = sandbox.portal(desk.portal), sandbox.portal(desk.start)
    for each in {desk.portal: portal, desk.start: start}.values():
        each.post("reset")
    for call, body in desk.before.items():
        start.post(call, **body)
    folder.mkdir()
    for document in desk.case.get("documents", ()):
        (folder / document["path"]).write_bytes(b"%PDF-1.4 notes")
    for sop in sorted({file.stem for file in sops.glob("*.md")} - {turn.sop for turn in PLAN[name]}):
        yield Row(name, sop, "not in the plan", 0.0, "", good=False)
    for turn in PLAN[name]:
        portal.post("clock", advance_seconds=MOMENT)
        (folder / "case.json").write_text(json.dumps(_case(portal, turn, desk.case)))
        at = sandbox.portal(turn.at) if turn.at else start
        yield _row(name, turn, _run(sops / f"{turn.sop}.md", at, folder, headed=headed))


def _case(portal: Portal, turn: Turn, desk_case: Mapping[str, Any]) -> dict[str, Any]:
    case = {**desk_case, **turn.changes}
    if turn.about is not None:
        case |= _about(portal, turn, case)
    if turn.line:
        case["service_lines"] = [{**case["service_lines"][0], **turn.line}]
    return case


def _about(portal: Portal, turn: Turn, case: Mapping[str, Any]) -> dict[str, Any]:
    """What of a case is about the request that the payer holds."""
    held = portal.held(**(turn.about or {}))
    if turn.decided:
        portal.post("decide", reference_number=held["reference_number"], **turn.decided)
    lines = [{**case["service_lines"][0], "code": code, **_start(held)} for code in held["codes"]]
    return {
        "coverage": {**case["coverage"], "member_id": held["member_id"]},
        "service_lines": lines,
        "submission": {"reference_number": held["reference_number"]},
    }


def _start(held: Mapping[str, Any]) -> dict[str, str]:
    for name in ("start", "start_date"):
        if name in held:
            month, day, year = held[name].split("/")
            return {"from": f"{year}-{month}-{day}"}
    return {}


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
    halt = {"reason": "no result", "expected": "a result", "found": done.stderr.strip()[-200:]}
    result = json.loads(done.stdout) if done.stdout else {"outcome": "failed", "halt": halt}
    return time.monotonic() - began, result


def _row(portal: str, turn: Turn, came: tuple[float, dict[str, Any]]) -> Row:
    seconds, result = came
    halt, ended = result.get("halt"), result.get("stopped_with", "")
    outcome = f"{result['outcome']}: {halt['reason'] if halt else ended}".removesuffix(": ")
    read = "; ".join(f"{name} {value}" for name, value in result.get("read", {}).items())
    if halt:
        read = f"expected: {halt['expected']} - found: {halt['found']}"
    return Row(portal, turn.sop, outcome, seconds, " ".join(read.split()), outcome == turn.ends)


def _line(row: Row) -> str:
    mark = "ok " if row.good else "BAD"
    return f"{mark} {row.portal:13} {row.sop:17} {row.outcome:22} {row.seconds:5.1f} s  {row.read}"


if __name__ == "__main__":
    main()
