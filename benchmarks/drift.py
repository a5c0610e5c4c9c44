"""Runs of the library's SOPs on pages that have changed overnight: what did the payer get?

Each portal's SOP is run once on the pages as they are, which leaves its bindings, then once for each kind of
drift and seed on changed pages, with those bindings. What the portal received is compared with the case, and
what came of the run with what the kind declares (`authwright_sandbox/drift.py`). Results are appended to
a file: the same command goes on where it was cut off. Prints a table by kind.

    python benchmarks/drift.py [--runs 320] [--portals hub,united] [--kinds ids,order+rename]
        [--results FILE.jsonl] [--table]
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).parent))

from drift_cases import DOCUMENT, ERRANDS, LIBRARY, Errand
from drift_table import Outcome, Result, judged, table
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage

from authwright.browser.files import NoEvidence, NoIntents
from authwright.browser.launch import chromium
from authwright.browser.run import run_workflow
from authwright.browser.session import Session
from authwright.cli.sop_around import used_by
from authwright.core.run import RunOutcome, RunResult
from authwright.core.workflow import Workflow
from authwright.runner.bindings import Binding
from authwright.runner.state import Patience
from authwright.sop import compile_sop
from authwright.vault.totp import code_at
from authwright_sandbox.drift import KINDS, Expected, Kind

# Alone, and together where one hides what would give the other away.
TOGETHER = (
    "ids+rename",
    "order+rename",
    "exchange+rename",
    "exchange+reworded",
    "insert+rename",
    "insert+reworded",
    "insert+order+unbind+wrap+ids",
    "reworded+ids+wrap",
    "widgets+unbind+order",
    "inside+insert+order",
    "place+hints+case",
    "columns+rows+buttons",
    "parts+suggest+order",
)
PLAN = (*(kind.value for kind in Kind), *TOGETHER)
PATIENCE = Patience(find=5.0, answer=15.0, wait=15.0)


class MachineClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(slots=True)
class Sandbox:
    """The served portals, by what their control address offers."""

    portals: dict[str, str]
    control: str

    def get(self, portal: str, call: str) -> Any:
        with urllib.request.urlopen(f"{self.control}{portal}/{call}", timeout=40) as answer:
            return json.load(answer)

    def post(self, portal: str, call: str, **body: Any) -> None:
        request = urllib.request.Request(f"{self.control}{portal}/{call}", json.dumps(body).encode())
        urllib.request.urlopen(request, timeout=20).close()

    def received(self, portal: str) -> list[dict[str, Any]]:
        return list(self.get(portal, "received")["received"])

    def open(self, portal: str) -> None:
        """As on its first day, with codes that may be used again and no puzzles at the door."""
        for each in {portal, ERRANDS[portal].door}:
            self.post(each, "reset")
            self.post(each, "faults", allow_code_reuse=True)
        if portal == "cigna":
            self.post(portal, "captcha", after=None)


@contextmanager
def sandbox() -> Iterator[Sandbox]:
    command = [sys.executable, "-m", "authwright_sandbox", "--settle-seconds", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        try:
            yield Sandbox(told["portals"], told["control"])
        finally:
            process.terminate()


@dataclass
class Listening:
    """A browser of which is heard what its pages say has changed them."""

    browser: Browser
    changed: set[str] = field(default_factory=set)

    def new_context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(**options)
        context.on("console", self._heard)
        return context

    def _heard(self, message: ConsoleMessage) -> None:
        if message.text.startswith("drift: "):
            self.changed.add(message.text.removeprefix("drift: "))


@dataclass(slots=True)
class Practice:
    """One portal's SOP, ready to be run again and again in one browser."""

    portal: str
    sandbox: Sandbox
    browser: Listening
    folder: Path
    errand: Errand = field(init=False)
    workflow: Workflow = field(init=False)
    library: dict[str, Workflow] = field(init=False)
    session: Session = field(default_factory=Session)
    bindings: dict[str, Binding] = field(default_factory=dict)
    number: int = 0

    def __post_init__(self) -> None:
        self.errand = ERRANDS[self.portal]
        file = LIBRARY / self.errand.sop
        text = file.read_text(encoding="utf-8")
        for old, new in (self.errand.changed or {}).items():
            assert old in text, old
            text = text.replace(old, new)
        workflow, found = compile_sop(text, str(file))
        assert workflow is not None, found
        self.workflow, self.library = workflow, dict(used_by(workflow, file))
        self.sandbox.open(self.portal)

    def learn(self) -> None:
        """The run on pages as they are."""
        result, outcome = self.run(keep=True)
        assert outcome is Outcome.RIGHT, (
            self.portal,
            outcome,
            result.halt,
            self.sandbox.received(self.portal),
        )

    def run(
        self, kinds: Sequence[str] = (), seed: int = 0, *, keep: bool = False
    ) -> tuple[RunResult, Outcome]:
        if self.errand.anew:
            self.sandbox.open(self.portal)
        self.number += 1
        member = self.errand.member(self.number)
        before = len(self.sandbox.received(self.portal))
        drifted = {"seed": seed, "kinds": list(kinds)} if kinds else None
        self.sandbox.post(self.portal, "faults", drift=drifted)
        self.browser.changed.clear()
        try:
            result = run_workflow(
                self.workflow,
                self.errand.case(member),
                base_url=self.sandbox.portals[self.errand.door],
                intents=NoIntents(),
                evidence=NoEvidence(),
                clock=MachineClock(),
                code=lambda: code_at(self.errand.secret, datetime.now(UTC)),
                session=self.session,
                bindings=self.bindings,
                keep_bindings=self.bindings.update if keep else None,
                folder=self.folder,
                library=self.library,
                patience=PATIENCE,
                browser=cast(Browser, self.browser),
            )
        finally:
            self.sandbox.post(self.portal, "faults", drift=None)
        return result, self._came_of(result, self.sandbox.received(self.portal)[before:], member)

    def _came_of(self, result: RunResult, received: list[dict[str, Any]], member: str) -> Outcome:
        halted = result.outcome is not RunOutcome.DONE
        if not received:
            return Outcome.HALTED if halted else Outcome.WRONG
        right = len(received) == 1 and self._as_meant(received[0], member)
        if not right:
            return Outcome.WRONG
        if halted:
            return Outcome.HALTED_AFTER
        number = received[0].get("reference_number") or received[0].get("attestation_id")
        return Outcome.RIGHT if result.read.get("reference_number") == number else Outcome.WRONG

    def _as_meant(self, received: dict[str, Any], member: str) -> bool:
        """Look-alikes that drift has added have to be empty, all else as in the case."""
        wanted, got = self.errand.payload(member), _without_files(received["payload"])
        files = tuple(each["name"] for each in received.get("attachments", ()))
        return _bare(got) == _bare(wanted) and files == self.errand.attachments


def _without_files(payload: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if key != "attachments"}


def _bare(value: Any) -> Any:
    """Without what is empty."""
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if v not in ("", None, [], {})}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def plan(runs: int, portals: Sequence[str], kinds: Sequence[str]) -> list[tuple[str, str, int]]:
    """(portal, kinds, seed): every kind on every portal with the first seed, then with the next, each round
    in an order of its own, so that a part of it is a fair part."""
    out: list[tuple[str, str, int]] = []
    seed = 0
    while len(out) < runs:
        seed += 1
        each = [(portal, kind, seed) for portal in portals for kind in kinds]
        random.Random(seed).shuffle(each)
        out += each
    return out[:runs]


def expected(kinds: Sequence[str]) -> Expected | None:
    """Of several kinds: that one of them has to stop it, or may; None when there is none."""
    declared = {KINDS[Kind(kind)].expected for kind in kinds}
    return next((e for e in (Expected.HALT, Expected.EITHER, Expected.RIGHT) if e in declared), None)


def once(practice: Practice, kinds: str, seed: int) -> Result:
    names = kinds.split("+")
    started = time.perf_counter()
    result, outcome = practice.run(names, seed)
    changed = [name for name in names if name in practice.browser.changed]
    halt = (
        f"line {result.halt.line}: {result.halt.reason}: {result.halt.expected} / {result.halt.found}"
        if result.halt
        else ""
    )
    return Result(
        practice.portal,
        kinds,
        seed,
        judged(outcome, expected(changed)),
        outcome,
        any(KINDS[Kind(name)].noticed for name in changed),
        round(time.perf_counter() - started, 1),
        halt,
        [f"{each.label}: {each.was} -> {each.now}" for each in result.healed],
        changed,
    )


def read(file: Path) -> list[Result]:
    if not file.exists():
        return []
    return [Result.from_json(json.loads(line)) for line in file.read_text().splitlines() if line.strip()]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=320)
    parser.add_argument("--portals", default=",".join(ERRANDS))
    parser.add_argument("--kinds", default=",".join(PLAN))
    parser.add_argument("--results", type=Path, default=Path("drift-results.jsonl"))
    parser.add_argument("--table", action="store_true", help="print the table of what is there, run nothing")
    options = parser.parse_args()
    asked = plan(options.runs, options.portals.split(","), options.kinds.split(","))
    done = {(each.portal, each.kinds, each.seed) for each in read(options.results)}
    left = [] if options.table else [each for each in asked if each not in done]
    if left:
        with tempfile.TemporaryDirectory() as made, sandbox() as served, chromium() as browser:
            folder = Path(made)
            (folder / DOCUMENT).write_bytes(b"%PDF-1.4 notes")
            practices: dict[str, Practice] = {}
            for portal, kinds, seed in left:
                if portal not in practices:
                    practices[portal] = Practice(portal, served, Listening(browser), folder)
                    practices[portal].learn()
                result = once(practices[portal], kinds, seed)
                with options.results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(result)) + "\n")
                print(
                    f"{portal:9}{kinds:30}{seed:3}  {result.verdict:17} {result.seconds:5} s  {result.halt}",
                    flush=True,
                )
    wanted = set(asked)
    print(
        table(
            [
                each
                for each in read(options.results)
                if options.table or (each.portal, each.kinds, each.seed) in wanted
            ]
        )
    )


if __name__ == "__main__":
    main()
