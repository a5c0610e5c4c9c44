"""Kills runs that submit, runs them again, and counts what the payer really received.

Each submit SOP of the practice portals is run as a process of its own; the process, its browser, the
network or the portal's answer is killed, half of the times between two steps and half at random times.
Then the same command is run again until it ends, as an operator would. Wanted: no request twice, none
lost, every case adopted, submitted or with a person who is told.

    python benchmarks/kills.py --results kills.jsonl [--kills 30] [--portals hub,forms] [--seed 7]
                               [--settle 8] [--jobs 2]

Results are appended to the file; what stands there already isn't done again. Prints Markdown tables; ends
with 1 when something was not as wanted.
"""

import argparse
import json
import sys
import tempfile
import threading
import traceback
from collections import deque
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from kill_bench import Bench
from kill_plan import Kill, draw
from kill_portals import TARGETS
from kill_table import FAILED, tables, wanted


class Results:
    """One JSON line a kill. One that the benchmark itself failed at is done again, and its last line
    counts."""

    def __init__(self, path: Path) -> None:
        self.path, self._lock = path, threading.Lock()
        lines = path.read_text().splitlines() if path.exists() else []
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}
        for row in map(json.loads, lines):
            self._rows[row["target"], row["number"]] = row

    @property
    def rows(self) -> list[dict[str, Any]]:
        return list(self._rows.values())

    def add(self, row: dict[str, Any]) -> None:
        with self._lock:
            self._rows[row["target"], row["number"]] = row
            with self.path.open("a", encoding="utf-8") as out:
                out.write(json.dumps(row) + "\n")

    def has(self, target: str, number: int) -> bool:
        return self._rows.get((target, number), {}).get("verdict", FAILED) != FAILED


def work(plan: deque[Kill], results: Results, folder: Path, settle: float) -> None:
    """One portal process and one line to it; takes kills off the plan until there are none."""
    with Bench(folder, settle) as bench:
        while plan:
            try:
                kill = plan.popleft()
            except IndexError:
                return
            try:
                row = bench.do(kill)
            except Exception:
                row = {"verdict": FAILED, "why": traceback.format_exc(limit=-3)}
            row = {**asdict(kill), **row}
            results.add(row)
            done = f"{row['target']} {row['number']}: {row['what']}, {row['payer']}: {row['verdict']}"
            print(f"{done} ({row.get('seconds', 0):.0f} s) {row.get('why', '')}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=30, help="of each SOP")
    parser.add_argument("--portals", default=",".join(TARGETS))
    parser.add_argument("--numbers", default="", help="only these of the plan, for example 3,7")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--settle", type=float, default=8.0, help="seconds; the portal's list lags by 2")
    parser.add_argument("--jobs", type=int, default=2, help="runs side by side, each with portals of its own")
    parser.add_argument("--results", type=Path, default=Path("kills.jsonl"))
    parser.add_argument("--keep", type=Path, help="keep what each run said in this folder")
    asked = parser.parse_args()

    results = Results(asked.results)
    numbers = [int(n) for n in asked.numbers.split(",")] if asked.numbers else range(asked.kills)
    names = asked.portals.split(",")
    plan = deque(
        draw(name, number, asked.seed)
        for number in numbers
        for name in names
        if not results.has(name, number)
    )
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        workers = [
            threading.Thread(target=work, args=(plan, results, folder / f"job-{n}", asked.settle))
            for n in range(asked.jobs if plan else 0)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    print(tables(results.rows))
    raise SystemExit(0 if all(map(wanted, results.rows)) else 1)


if __name__ == "__main__":
    main()
