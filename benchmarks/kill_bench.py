"""One kill from start to end: the portal made ready, a run killed, run again, and judged by the payer."""

import json
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from kill_network import Line
from kill_plan import FAILS, HOLDS, Kill, Payer, What
from kill_portals import TARGETS, Target
from kill_runs import Practice, Running
from kill_table import NOT_COUNTED

from authwright.runner.program import flat
from authwright.sop import compile_sop

LAG = 2.0
"""How far the portals' lists lag behind, in seconds."""
MOST_RUNS = 6
SENDING_WINDOW = 1.0
"""Seconds after the intent in which a kill "around the sending" happens."""


class Undisturbed:
    """What a run of this SOP does when nobody disturbs it: so many steps, so many seconds, and at which of
    the steps it sends."""

    def __init__(self, run: Running, sends_at: int) -> None:
        moments = [at for at, _ in run.steps]
        lines = [line for _, line in run.steps]
        self.steps, self.seconds = len(moments), moments[-1] - moments[0]
        self.sending = lines.index(sends_at) + 1


class Bench:
    """Practice portals in a process of their own, with a line to them that can be cut."""

    _undisturbed: ClassVar[dict[str, Undisturbed]] = {}
    _one_at_a_time: ClassVar[defaultdict[str, threading.Lock]] = defaultdict(threading.Lock)

    def __init__(self, folder: Path, settle: float) -> None:
        self.folder, self.settle = folder, settle

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "authwright_sandbox", "--settle-seconds", str(LAG)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())
        self.control: str = told["control"]
        self.portals = {name: urlsplit(url) for name, url in told["portals"].items()}
        self.lines = {
            (url.hostname or "", url.port or 0): Line(url.hostname or "", url.port or 0)
            for url in self.portals.values()
        }
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in self.lines.values():
            line.close()
        self.process.kill()
        self.process.wait()

    def get(self, portal: str, call: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.control}{portal}/{call}", timeout=60) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    def post(self, portal: str, call: str, body: dict[str, Any]) -> None:
        data, headers = json.dumps(body).encode(), {"content-type": "application/json"}
        request = urllib.request.Request(f"{self.control}{portal}/{call}", data, headers)
        urllib.request.urlopen(request, timeout=30).close()

    def _ready(self, target: Target) -> None:
        for portal in dict.fromkeys((target.start, target.portal)):
            self.post(portal, "reset", {})
        for call, body in target.before.items():
            self.post(target.start, call, body)
        for line in self.lines.values():
            line.mend()

    def _line(self, target: Target) -> Line:
        url = self.portals[target.start]
        return self.lines[url.hostname or "", url.port or 0]

    def _practice(self, name: str, target: Target) -> Practice:
        url = f"http://127.0.0.1:{self._line(target).port}{self.portals[target.start].path}"
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        return Practice(folder, target, url, self.settle)

    def _usual(self, name: str) -> Undisturbed:
        """Walked once for all benches."""
        with self._one_at_a_time[name]:
            if name not in self._undisturbed:
                self._undisturbed[name] = self._walk_undisturbed(name, TARGETS[name])
        return self._undisturbed[name]

    def _walk_undisturbed(self, name: str, target: Target) -> Undisturbed:
        self._ready(target)
        run = Running(self._practice(f"{name}-undisturbed", target))
        code = run.end()
        if code != 0 or len(self.received(target)) != 1:
            raise RuntimeError(f"undisturbed, {name} doesn't send: {''.join(run.lines[-6:])}")
        return Undisturbed(run, _sending_line(target))

    def received(self, target: Target) -> list[dict[str, Any]]:
        """Everything that came in as a request, whatever the payer thought of it."""
        return list(self.get(target.portal, "received")["received"])

    def do(self, kill: Kill) -> dict[str, Any]:
        target = TARGETS[kill.target]
        usual = self._usual(kill.target)
        began = time.monotonic()
        self._ready(target)
        if kill.payer in FAILS:
            fails = {"path": target.sends, "method": "POST", "how": FAILS[kill.payer]}
            self.post(target.portal, "faults", {"fail_next": fails})
        if kill.payer in HOLDS:
            self.post(target.portal, "faults", {"hold_next": HOLDS[kill.payer]})
        practice = self._practice(f"{kill.target}-{kill.number}", target)
        run = Running(practice)
        moment, happened = self._await(kill, usual, run, target)
        if happened:
            self._kill(kill, run, target)
        run.end()
        for line in self.lines.values():
            line.mend()
        row = {"moment": moment, "happened": happened, **self._run_to_the_end(practice, target)}
        row["seconds"] = round(time.monotonic() - began, 1)
        (practice.folder / "row.json").write_text(json.dumps({**row, "first": run.lines}, indent=1))
        return row

    def _await(self, kill: Kill, usual: Undisturbed, run: Running, target: Target) -> tuple[str, bool]:
        """Lets the run come to the moment of the kill: which that is, and whether it came."""
        if kill.payer in HOLDS:
            late = 0.0 if kill.boundary else kill.share * SENDING_WINDOW
            there = run.comes_to(lambda: self._is_held(target))
            return f"held + {late:.2f} s", there and _still_there(run, late)
        if kill.what is What.ANSWER:
            return "sending", run.comes_to(lambda: bool(run.practice.intents()))
        if kill.boundary:
            step = 1 + int(kill.share * usual.steps)
            if kill.sending:
                step = usual.sending - 1 + int(kill.share * 2)
            return f"step {step} of {usual.steps}", run.comes_to(lambda: len(run.steps) >= step)
        if kill.sending:
            late = kill.share * SENDING_WINDOW
            there = run.comes_to(lambda: bool(run.practice.intents()))
            return f"intent + {late:.2f} s", there and _still_there(run, late)
        late = kill.share * usual.seconds
        there = run.comes_to(lambda: bool(run.steps))
        return f"{late:.2f} s of {usual.seconds:.2f}", there and _still_there(run, late)

    def _is_held(self, target: Target) -> bool:
        return bool(self.get(target.portal, "events?event=submit-held")["events"])

    def _kill(self, kill: Kill, run: Running, target: Target) -> None:
        line = self._line(target)
        match kill.what:
            case What.PROCESS:
                run.kill(browser_too=kill.browser_too)
            case What.BROWSER:
                run.kill_browser()
            case What.NETWORK:
                line.cut()
                if kill.away is not None:
                    _later(kill.away, line.mend)
        if kill.payer in HOLDS:
            accept = {"accept": kill.payer is not Payer.NEVER_ACCEPTS}
            _later(kill.later, lambda: self.post(target.portal, "release", accept))

    def _run_to_the_end(self, practice: Practice, target: Target) -> dict[str, Any]:
        """The same command until it ends by itself; then what it says against what the payer has."""
        told: list[dict[str, Any]] = []
        while len(told) < MOST_RUNS:
            told.append(practice.again())
            if not _says_again(told[-1], practice):
                break
        last, received = told[-1], self.received(target)
        verdict, why = judged(last, practice, received)
        if verdict == "duplicate" and _lagged_too_long(practice, received, self.settle):
            verdict, why = NOT_COUNTED, "the portal's list lagged longer than --settle: a slow machine"
        runs = [
            {"outcome": each["outcome"], "halt": each["halt"], "lookup": each["lookup"], "sent": each["sent"]}
            for each in told
        ]
        return {
            "verdict": verdict,
            "why": why,
            "received": len(received),
            "runs": runs,
            "intents": practice.intents(),
        }


def _still_there(run: Running, seconds: float) -> bool:
    time.sleep(seconds)
    return run.process.poll() is None


def _later(seconds: float, act: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def _sending_line(target: Target) -> int:
    workflow, _ = compile_sop(target.sop_text(), str(target.sop))
    assert workflow is not None
    return next(s.position.line for section in workflow.sections for s in flat(section.steps) if s.once)


def _says_again(told: dict[str, Any], practice: Practice) -> bool:
    """Whether the operator is told, or would know, to run the same command once more."""
    if told["outcome"] == "done":
        return False
    if told["outcome"] == "failed":
        return True
    reason = told["halt"]["reason"]
    return reason == "too-early" or (practice.in_doubt() and told["lookup"] is None)


WITH_PERSON = ("asked-person", "in-doubt")


def judged(told: dict[str, Any], practice: Practice, received: list[dict[str, Any]]) -> tuple[str, str]:
    """The verdict, and why."""
    halt = told["halt"] or {}
    why = " | ".join(str(halt[key]) for key in ("reason", "expected", "found") if halt.get(key))
    if len(received) > 1:
        return "duplicate", f"{len(received)} requests"
    if told["outcome"] == "done":
        if not received:
            return "lost", f"done, sent: {told['sent']}, but the payer has none"
        if wrong := _wrong_number(told, received[0]):
            return "wrong number", wrong
        adopted = told["sent_before"] or (told["lookup"] or {}).get("finding") == "found"
        return ("adopted" if adopted else "submitted"), ""
    if halt.get("reason") in WITH_PERSON:
        return "with a person", why
    return "stuck", why


NUMBERS = ("reference_number", "attestation_id", "number")


def _wrong_number(told: dict[str, Any], entry: dict[str, Any]) -> str:
    number = next((entry[key] for key in NUMBERS if entry.get(key)), "")
    read = told["read"].get("reference_number", "")
    return f"read {read or 'none'}, the payer's is {number}" if number != read else ""


def _lagged_too_long(practice: Practice, received: list[dict[str, Any]], settle: float) -> bool:
    """Whether the first request came into the list later than `settle` after the intent: then nothing is
    sure, and the portal broke its word rather than the runner."""
    begun = [datetime.fromisoformat(e["at"]) for e in practice.intents() if e["event"] == "intent"]
    taken = [datetime.fromisoformat(entry["at"]) for entry in received]
    if not begun or not taken:
        return False
    return taken[0] + timedelta(seconds=LAG) > begun[0] + timedelta(seconds=settle)
