"""Milliseconds to compile an SOP of sixty steps, against reading the same Markdown with markdown-it.

    python benchmarks/sop_compile.py [--rounds 50]

The SOP is the shipped hub submission with its work written down twice: more than sixty steps. markdown-it
finds headings and lists and understands nothing; it comes with rich.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from markdown_it import MarkdownIt

from authwright.core.workflow import Step
from authwright.sop import compile_sop

HUB = Path(__file__).parents[1] / "library/hub/sops/submit-outpatient.md"
GOAL = 50.0
LEAST_STEPS = 60


def long_sop() -> str:
    """The hub's submission with its section "Submit" twice."""
    text = HUB.read_text(encoding="utf-8")
    begin, end = text.index("## Submit"), text.index("## If interrupted")
    again = text[begin:end].replace("## Submit", "## Once more")
    return text[:end] + again + text[end:]


def count(steps: Iterable[Step]) -> int:
    return sum(1 + count(step.body) + count(step.otherwise) for step in steps)


def median_ms(act: Callable[[], object], rounds: int) -> float:
    """CPU time, so that other programs on the machine don't count; the first call warms up."""
    act()
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        act()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=50)
    rounds = options.parse_args().rounds
    text = long_sop()
    workflow, found = compile_sop(text, "benchmark.md")
    if workflow is None or found:
        print(f"the SOP of the benchmark has errors: {[d.message for d in found]}")
        return 1
    steps = sum(count(section.steps) for section in workflow.sections)
    ours = median_ms(lambda: compile_sop(text, "benchmark.md"), rounds)
    reader = MarkdownIt()
    theirs = median_ms(lambda: reader.parse(text), rounds)
    print(f"{steps} steps, {len(text.splitlines())} lines, median of {rounds}")
    print(f"compiling: {ours:.1f} ms (goal: under {GOAL:.0f} ms)")
    print(f"markdown-it, reading only: {theirs:.1f} ms; compiling takes {ours / theirs:.1f} times as long")
    return 0 if ours < GOAL and steps >= LEAST_STEPS else 1


if __name__ == "__main__":
    sys.exit(main())
