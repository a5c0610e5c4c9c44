"""Runs steps on the tests' own pages in Chromium, and looks into what the page got."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fakes import step
from playwright.sync_api import Browser

from authwright.browser.driver import Driver
from authwright.browser.files import FileIntents
from authwright.browser.people import People
from authwright.browser.run import drive, once_labels
from authwright.core.run import RunOutcome, RunResult
from authwright.core.workflow import Action, Position, Purpose, Section, Step, Workflow
from authwright.runner.asks import Look
from authwright.runner.interpreter import walk
from authwright.runner.page import Page
from authwright.runner.state import Patience, Settings
from authwright.sop import compile_sop

PAGES = Path(__file__).parents[2] / "data" / "pages"
QUICK = Patience(find=2.0, doubt=0.3, condition=0.5, lookup=0.5, answer=3.0, wait=2.0)


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Kept:
    things: list[tuple[str, str, bytes]] = field(default_factory=list)

    def keep(self, data: bytes, *, kind: str, name: str, note: str = "") -> str:
        self.things.append((kind, name, data))
        return f"{len(self.things)}"


@dataclass
class Session:
    """Runs steps on one of the pages and then looks into it."""

    browser: Browser
    folder: Path
    drivers: list[Driver] = field(default_factory=list)
    evidence: Kept = field(default_factory=Kept)

    @property
    def intents(self) -> FileIntents:
        return FileIntents(self.folder / "intents.jsonl", "s1")

    def driver(self, *once: str, people: People | None = None) -> Driver:
        context = self.browser.new_context(viewport={"width": 1280, "height": 900})
        made = Driver(
            context,
            self.intents,
            self.evidence,
            RealClock(),
            folder=self.folder,
            once_labels=once,
            people=people or People(),
        )
        self.drivers.append(made)
        return made

    def run(
        self,
        name: str,
        *sections: Section,
        case: dict[str, Any] | None = None,
        people: People | None = None,
        **more: Any,
    ) -> RunResult:
        workflow = Workflow("test/sop", "Test", Purpose.OTHER, "test", sections)
        url = (PAGES / name.partition("?")[0]).as_uri() + name[name.find("?") :] * ("?" in name)
        options = {"mode": "from-top", "base_url": url, "clock": RealClock(), "patience": QUICK}
        opening = Section("Open", sections[0].role, Position(1, 1), (step(Action.NAVIGATE, "portal"),))
        workflow = Workflow("test/sop", "Test", Purpose.OTHER, "test", (opening, *sections))
        driver = self.driver(*once_labels(workflow), people=people)
        return drive(driver, walk(workflow, case or {}, Settings(**{**options, **more})))

    def follow(self, sop: str, address: str, case: dict[str, Any]) -> RunResult:
        """Follow an SOP in plain English on the page at the address."""
        workflow, found = compile_sop(sop, "test.md")
        assert workflow is not None, [str(d) for d in found]
        driver = self.driver(*once_labels(workflow))
        settings = Settings("from-top", address, RealClock(), patience=QUICK)
        return drive(driver, walk(workflow, case, settings))

    def held(self, script: str = "window.held") -> Any:
        return self.drivers[-1].page.evaluate(script)

    def value(self, id_: str) -> Any:
        return self.held(f"document.getElementById('{id_}').value")

    def look(self, name: str, query: str = "") -> Page:
        driver = self.driver()
        driver.page.goto((PAGES / name).as_uri() + (f"?{query}" if query else ""))
        page = driver.answer(Look())
        assert isinstance(page, Page)
        return page


def fill(label: str, value: str, **more: object) -> Step:
    return step(Action.FILL, label, value=value, **more)


def done(result: RunResult) -> RunResult:
    assert result.outcome is RunOutcome.DONE, result.halt
    return result
