"""`authwright sop run` as a process of its own: watched step by step, killed, and run again."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kill_portals import Target

STEP = re.compile(r"^ *(\d+)  .* ms$")
PROGRAM = "from authwright.cli.main import main; main()"
LONGEST_RUN = 240.0
POLL = 0.01
HUNG = {
    "outcome": "failed",
    "halt": {"reason": "hung", "expected": f"an end within {LONGEST_RUN:.0f} s", "found": "none"},
    "lookup": None,
    "sent": False,
    "sent_before": False,
    "read": {},
}
"""What is known of a run that did not end: the operator ends it, and runs the command again."""


@dataclass(frozen=True)
class Practice:
    """A folder with one case, its SOP and what is kept of it between runs."""

    folder: Path
    target: Target
    url: str
    settle: float

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        (self.folder / "notes.pdf").write_bytes(b"%PDF-1.4 notes")
        (self.folder / "case.json").write_text(json.dumps(self.target.case))
        if self.target.answered_by is not None:
            self.sop.write_text(self.target.sop_text(), encoding="utf-8")

    @property
    def sop(self) -> Path:
        """The library's own, or one in which the answer that it waits for has been given."""
        return self.folder / "sop.md" if self.target.answered_by else self.target.sop

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def command(self, *options: str) -> list[str]:
        what = ["sop", "run", str(self.sop), "--case", str(self.folder / "case.json")]
        where = ["--base-url", self.url, "--state", str(self.state), "--settle", str(self.settle)]
        return [sys.executable, "-c", PROGRAM, *what, *where, *options]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache")}

    def again(self) -> dict[str, Any]:
        """The same command once more, by an operator. What was noted of used one-time codes is
        forgotten, or each run would wait for the next: these portals take them again."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        (self.state / "last-code-window").unlink(missing_ok=True)
        run = subprocess.Popen(
            self.command("--json"),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            said, wrong = run.communicate(timeout=LONGEST_RUN)
        except subprocess.TimeoutExpired:
            for pid in (*descendants(run.pid), run.pid):
                kill(pid)
            run.communicate()
            return HUNG
        if not said:
            raise RuntimeError(wrong)
        told: dict[str, Any] = json.loads(said)
        return told

    def intents(self) -> list[dict[str, Any]]:
        """What is written down of sendings; a line that is just being written is left out."""
        found: list[dict[str, Any]] = []
        for file in self.state.glob("intents-*.jsonl"):
            found += [json.loads(line) for line in file.read_text().split("\n")[:-1] if line]
        return found

    def in_doubt(self) -> bool:
        entries = self.intents()
        return bool(entries) and entries[-1]["event"] == "intent"


@dataclass
class Running:
    """A run that tells each step once it is done."""

    practice: Practice
    lines: list[str] = field(default_factory=list)
    steps: list[tuple[float, int]] = field(default_factory=list)
    """When each step was done (time.monotonic), and its line in the SOP."""

    def __post_init__(self) -> None:
        practice = self.practice
        self.process = subprocess.Popen(
            practice.command(),
            env=practice.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := STEP.match(line):
                self.steps.append((time.monotonic(), int(found[1])))
            self.lines.append(line)

    def comes_to(self, reached: Callable[[], bool]) -> bool:
        """Waits for it; False when the run is over first."""
        deadline = time.monotonic() + LONGEST_RUN
        while not reached():
            if self.process.poll() is not None:
                return reached()
            if time.monotonic() > deadline:
                raise TimeoutError("".join(self.lines[-5:]))
            time.sleep(POLL)
        return True

    def end(self) -> int:
        """Waits until it is over, with the browser that it leaves behind."""
        below = descendants(self.process.pid)
        code = self.process.wait(LONGEST_RUN)
        self._reader.join(5)
        for pid in below:
            kill(pid)
        return code

    def kill(self, *, browser_too: bool) -> None:
        """SIGKILL: nothing can be cleaned up. Otherwise the browser is left behind."""
        below = descendants(self.process.pid)
        kill(self.process.pid)
        self.process.wait()
        if not browser_too:
            deadline = time.monotonic() + 5  # the driver has lost its owner and goes of itself
            while any(Path(f"/proc/{pid}").exists() for pid in below) and time.monotonic() < deadline:
                time.sleep(0.05)
        for pid in below:
            kill(pid)
        self._reader.join(5)

    def kill_browser(self) -> None:
        for pid in descendants(self.process.pid):
            if is_browser(pid):
                kill(pid)


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def is_browser(pid: int) -> bool:
    try:
        return b"chrom" in Path(f"/proc/{pid}/exe").readlink().name.encode()
    except OSError:
        return False


def descendants(pid: int) -> list[int]:
    """Every process below `pid`, whatever group it has put itself into (Chromium has its own)."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it has just ended
        children.setdefault(parent, []).append(int(stat.parent.name))
    below = children.get(pid, [])
    return [*below, *(deep for child in below for deep in descendants(child))]
