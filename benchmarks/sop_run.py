"""Submit SOPs against the same walks as hand-written Playwright scripts.

Both sign in, fill the same lines, attach the same file, take a picture a step and read every value back,
each in a fresh context of the same Chromium, turn about. Prints the ratio of the medians of wall-clock for
each portal, without latency and for the profile "ordinary" (goal there: at most 1.25).

    python benchmarks/sop_run.py [--runs 5] [--portals hub,united,delegate] [--profiles none,ordinary]
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from authwright.browser.files import FileIntents, FolderEvidence
from authwright.browser.launch import chromium
from authwright.browser.run import VIEWPORT, run_workflow
from authwright.core.run import RunOutcome
from authwright.core.workflow import Workflow
from authwright.sop import compile_sop
from authwright.vault.totp import code_at
from authwright_sandbox.by_hand import delegate, hub, united
from authwright_sandbox.desks import DESKS
from authwright_sandbox.process import Portal, started

LIBRARY = Path(__file__).parents[1] / "library"
ByHand = Callable[[Page, str, dict[str, Any], Path | None], Any]


@dataclass(frozen=True)
class Pair:
    sop: str
    by_hand: ByHand


PAIRS: Mapping[str, Pair] = {
    "hub": Pair("submit-outpatient", hub.submit),
    "united": Pair("submit", united.submit),
    "delegate": Pair("submit", delegate.submit),
}


class MachineClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class Bench:
    """One portal in one Chromium; each run begins at a portal that has forgotten the one before, where the
    same request would be a duplicate."""

    name: str
    portal: Portal
    browser: Browser
    folder: Path

    @property
    def case(self) -> dict[str, Any]:
        paper = self.folder / "notes.pdf"
        paper.write_bytes(b"%PDF-1.4 notes")
        return {**DESKS[self.name].case, "documents": [{"path": str(paper), "kind": "clinical notes"}]}

    @contextmanager
    def run(self, kind: str) -> Iterator[Path]:
        """The folder of one run; afterwards the payer must have exactly one request."""
        self.portal.post("reset")
        for call, body in DESKS[self.name].before.items():
            self.portal.post(call, **body)
        with tempfile.TemporaryDirectory(prefix=f"{kind}-", dir=self.folder) as made:
            yield Path(made)
        assert len(self.portal.received()) == 1, self.portal.received()

    def by_sop(self, workflow: Workflow, library: Mapping[str, Workflow]) -> float:
        secret = self.case["credentials"].get("totp_secret", "")
        with self.run("sop") as folder:
            began = time.perf_counter()
            result = run_workflow(
                workflow,
                self.case,
                base_url=self.portal.url,
                intents=FileIntents(folder / "intents.jsonl", "1"),
                evidence=FolderEvidence(folder / "evidence"),
                clock=MachineClock(),
                code=(lambda: code_at(secret, datetime.now(UTC))) if secret else None,
                folder=folder,
                library=library,
                browser=self.browser,
            )
            seconds = time.perf_counter() - began
        assert result.outcome is RunOutcome.DONE and result.sent, result
        return seconds

    def by_hand(self, walk: ByHand) -> float:
        with self.run("hand") as folder:
            began = time.perf_counter()
            context = self.browser.new_context(viewport=VIEWPORT)
            try:
                walk(context.new_page(), self.portal.url, self.case, folder)
            finally:
                context.close()
            return time.perf_counter() - began


def compiled(folder: str, name: str) -> Workflow:
    path = LIBRARY / folder / "sops" / f"{name}.md"
    workflow, diagnostics = compile_sop(path.read_text(encoding="utf-8"), str(path))
    assert workflow is not None, diagnostics
    return workflow


def measure(name: str, profile: str, runs: int) -> tuple[float, float]:
    """Medians in seconds: (the SOP, by hand). The first pair warms both up and isn't counted."""
    pair = PAIRS[name]
    workflow = compiled(name, pair.sop)
    library = {f"{name}/sign-in": compiled(name, "sign-in")}
    sop: list[float] = []
    hand: list[float] = []
    with (
        tempfile.TemporaryDirectory() as made,
        started("--profile", profile) as sandbox,
        chromium() as browser,
    ):
        bench = Bench(name, sandbox.portal(DESKS[name].portal), browser, Path(made))
        for _ in range(runs + 1):
            hand.append(bench.by_hand(pair.by_hand))
            sop.append(bench.by_sop(workflow, library))
    return statistics.median(sop[1:]), statistics.median(hand[1:])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--portals", default=",".join(PAIRS))
    parser.add_argument("--profiles", default="none,ordinary")
    options = parser.parse_args()
    print("| portal | profile | SOP (s) | by hand (s) | ratio |")
    print("| --- | --- | --: | --: | --: |")
    for name in options.portals.split(","):
        for profile in options.profiles.split(","):
            sop, hand = measure(name, profile, options.runs)
            print(f"| {name} | {profile} | {sop:.2f} | {hand:.2f} | {sop / hand:.2f} |", flush=True)


if __name__ == "__main__":
    main()
