"""How many runs one machine holds side by side, and what a run takes of it.

Each line of work is `authwright sop run` as a process of its own with a Chromium of its own, again and
again, on the hub with the profile "ordinary"; the portal runs on the same machine, outside of the figures
for CPU and memory. Prints for each number of lines: seconds a run (median), runs a minute, CPU-seconds a
run and the peak of memory (proportional set size) of a line. Every request must have reached the payer once.

    python benchmarks/side_by_side.py [--lines 1,2,4,6] [--each 3]

Linux only: it reads /proc.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from authwright_sandbox.desks import DESKS
from authwright_sandbox.process import Portal, started

SOP = Path(__file__).parents[1] / "library" / "hub" / "sops" / "submit-outpatient.md"
PROGRAM = "from authwright.cli.main import main; main()"
BETWEEN_LOOKS = 0.2  # seconds


@dataclass(frozen=True)
class Figures:
    """Of `lines` side by side: seconds of each run, seconds of it all, CPU-seconds of all runs, the most
    memory at one time in MB."""

    lines: int
    runs: list[float]
    took: float
    cpu: float
    memory: float

    def row(self) -> str:
        a_minute = len(self.runs) / self.took * 60
        shown = (
            f"{self.lines}",
            f"{statistics.median(self.runs):.1f}",
            f"{a_minute:.1f}",
            f"{self.cpu / len(self.runs):.1f}",
            f"{self.memory / self.lines:.0f}",
        )
        return f"| {' | '.join(shown)} |"


def family(root: int) -> list[int]:
    """The process ids below `root`."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, left = [], [root]
    while left:
        below = parents.get(left.pop(), [])
        found += below
        left += below
    return found


def memory_of(pids: list[int]) -> float:
    """MB, each shared page counted once among those that share it."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@contextmanager
def watched(without: Callable[[], set[int]]) -> Iterator[list[float]]:
    """Looks at the memory of this process's children, but for those of `without`, until the block ends."""
    seen: list[float] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(BETWEEN_LOOKS):
            seen.append(memory_of([pid for pid in family(os.getpid()) if pid not in without()]))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def run_once(folder: Path, number: int, url: str) -> float:
    """Seconds. The same request for another member each time: the same one twice would be a duplicate."""
    here = folder / str(number)
    here.mkdir()
    (here / "notes.pdf").write_bytes(b"%PDF-1.4 notes")
    case = DESKS["hub"].case
    case = {**case, "coverage": {**case["coverage"], "member_id": f"W{700000001 + number}"}}
    (here / "case.json").write_text(json.dumps(case))
    what = ["sop", "run", str(SOP), "--case", str(here / "case.json"), "--base-url", url]
    command = [sys.executable, "-c", PROGRAM, *what, "--pictures", str(here / "pictures"), "--json"]
    began = time.perf_counter()
    # a cache of its own: the lines don't wait for each other's one-time codes
    environment = {**os.environ, "XDG_CACHE_HOME": str(here / "cache")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    assert json.loads(done.stdout)["outcome"] == "done", done.stdout + done.stderr
    return time.perf_counter() - began


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(lines: int, each: int, portal: Portal, folder: Path) -> Figures:
    portal.post("reset")
    for call, body in DESKS["hub"].before.items():
        portal.post(call, **body)
    served = set(family(os.getpid()))
    before, began = cpu_of_children(), time.perf_counter()

    def work(line: int) -> list[float]:
        return [run_once(folder, line * each + turn, portal.url) for turn in range(each)]

    with watched(lambda: served) as memory, ThreadPoolExecutor(lines) as workers:
        runs = [seconds for found in workers.map(work, range(lines)) for seconds in found]
    took = time.perf_counter() - began
    assert len(portal.received()) == len(runs), (len(portal.received()), len(runs))
    return Figures(lines, runs, took, cpu_of_children() - before, max(memory))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", default="1,2,4,6")
    parser.add_argument("--each", type=int, default=3, help="runs of each line, one after the other")
    options = parser.parse_args()
    print("| side by side | s a run | runs a minute | CPU-s a run | MB each |")
    print("| --: | --: | --: | --: | --: |")
    with started("--profile", "ordinary") as sandbox:
        for lines in map(int, options.lines.split(",")):
            with tempfile.TemporaryDirectory() as made:
                figures = measure(lines, options.each, sandbox.portal("hub"), Path(made))
            print(figures.row(), flush=True)


if __name__ == "__main__":
    main()
