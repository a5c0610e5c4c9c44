"""A portal without a browser: screens that react to what is done, as an answerer of asks."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from authwright.core.clock import FixedClock
from authwright.core.run import RunResult
from authwright.core.workflow import (
    Action,
    Position,
    Purpose,
    Section,
    SectionRole,
    Step,
    Value,
    Workflow,
)
from authwright.runner.asks import (
    Acted,
    Answer,
    Ask,
    AskPerson,
    Choose,
    Click,
    FileSizes,
    Fill,
    GoneError,
    Goto,
    Guard,
    KeepText,
    Kept,
    Look,
    NextCode,
    Picture,
    Press,
    RecordIntent,
    Resolve,
    Sizes,
    Tick,
    Upload,
)
from authwright.runner.interpreter import walk
from authwright.runner.page import Control, Page
from authwright.runner.state import Patience, Settings

CLOCK = FixedClock(datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
QUICK = Patience(find=0.3, doubt=0.1, condition=0.1, lookup=0.1, answer=0.3, wait=0.3)


@dataclass
class FakePortal:
    """`screens` by name; clicking a control's label leads to the screen in `links`. `log` keeps what
    was done, in order. Time passes only while something is waited for."""

    screens: dict[str, Page]
    links: dict[str, str] = field(default_factory=dict)
    now: str = "start"
    log: list[str] = field(default_factory=list)
    at: float = 0.0
    values: dict[str, str] = field(default_factory=dict)
    ticks: dict[str, bool] = field(default_factory=dict)
    drops: dict[str, int] = field(default_factory=dict)
    on_look: Callable[["FakePortal"], None] = lambda portal: None
    codes: list[str] = field(default_factory=lambda: ["123456"])
    lease_lost: bool = False
    gone_when: Callable[[Ask], bool] = lambda ask: False
    sizes: dict[str, int] = field(default_factory=dict)
    person: str = ""
    """What a person answers who is asked; "" for nobody."""
    given: list[str] = field(default_factory=list)
    """The file fields that were given documents."""

    def page(self) -> Page:
        shown = self.screens[self.now]
        controls = tuple(
            replace(c, value=self.values.get(c.id, c.value), checked=self.ticks.get(c.id, c.checked))
            for c in shown.controls
        )
        return replace(shown, controls=controls, at=self.at, by_id={}, version=f"{self.now} {self.at > 0}")

    def answer(self, ask: Ask) -> Answer:
        if self.gone_when(ask):
            raise GoneError("it crashed")
        match ask:
            case Look(after=after, within=within):
                if after == self.page().version or within:
                    self.at += within
                self.on_look(self)
                return self.page()
            case Fill(control=control, text=text):
                return self._put(control, text)
            case Choose(control=control, index=index):
                return self._put(control, control.options[index])
            case Tick(control=control, on=on):
                self.log.append(f"tick {control.name} {on}")
                self.ticks[control.id] = on
                return Acted(value="on" if on else "off")
            case Click(id=id_, trial=trial):
                return Acted() if trial else self._click(id_)
            case Upload(control=control, paths=paths):
                self.given.append(control.id)
                self.log.append(f"upload {', '.join(paths)}")
                return Acted(value="; ".join(paths))
            case FileSizes(paths=paths):
                return Sizes(tuple(self.sizes.get(p, -1) for p in paths))
            case Picture(name=name):
                return Kept(f"hash of {name}")
            case KeepText(name=name):
                self.log.append(f"kept {name}")
                return Kept("hash")
            case NextCode():
                return Acted(value=self.codes.pop(0)) if self.codes else Acted(False, why="no secret")
            case AskPerson(words=words):
                self.log.append(f"asked {words}")
                return Acted(value=self.person) if self.person else Acted(False, why="nobody is there")
            case RecordIntent(line=line):
                self.log.append(f"intent {line}")
                return self._under_lease()
            case Guard(open=True):
                return self._under_lease()
            case Resolve(outcome=outcome):
                self.log.append(f"resolve {outcome}")
            case Press(key=key):
                self.log.append(f"press {key}")
                self.now = self.links.get(key, self.now)
            case Goto(url=url):
                self.log.append(f"goto {url}")
                self.now = self.links.get(url, self.now)
        return Acted()

    def _under_lease(self) -> Acted:
        return Acted(not self.lease_lost, why="passed on" if self.lease_lost else "", lost=self.lease_lost)

    def _put(self, control: Control, text: str) -> Acted:
        self.log.append(f"put {text} in {control.name} ({control.id})")
        if self.drops.get(control.name, 0) > 0:
            self.drops[control.name] -= 1
            return Acted(value="")
        self.values[control.id] = text
        return Acted(value=text)

    def _click(self, id_: str) -> Acted:
        control = self.page().by_id.get(id_)
        name = control.name if control else id_
        self.log.append(f"click {name}")
        self.now = self.links.get(name, self.now)
        return Acted()


def run(
    portal: FakePortal,
    *sections: Section,
    case: dict[str, object] | None = None,
    **settings: object,
) -> RunResult:
    """Walk the sections against the portal."""
    workflow = Workflow("test/sop", "Test", Purpose.OTHER, "test", sections)
    options = {"mode": "from-top", "base_url": "http://portal.test/", "clock": CLOCK, "patience": QUICK}
    walking = walk(workflow, case or {}, Settings(**{**options, **settings}))  # type: ignore[arg-type]
    try:
        ask = next(walking)
        while True:
            try:
                answer = portal.answer(ask)
            except GoneError as error:
                ask = walking.throw(error)
            else:
                ask = walking.send(answer)
    except StopIteration as end:
        result: RunResult = end.value
        return result


_line = iter(range(1, 10_000))


def step(action: Action, target: str | tuple[str, ...] | None = None, **more: object) -> Step:
    """A step; a text as `value` is a literal, `ref` a path of the case."""
    if isinstance(more.get("value"), str):
        more["value"] = Value(literal=str(more["value"]))
    if "ref" in more:
        ref = str(more.pop("ref"))
        more["value"] = Value(ref=ref, words=ref, every=bool(more.pop("every", False)))
    line = int(str(more.pop("line", 0))) or next(_line)
    return Step(action, Position(line, 1), "words", "in words", target=target, **more)  # type: ignore[arg-type]


def task(*steps: Step) -> Section:
    return Section("Task", SectionRole.TASK, Position(1, 1), steps)


def otherwise(*steps: Step) -> Section:
    return Section("When something else happens", SectionRole.OTHERWISE, Position(900, 1), steps)


def interrupted(*steps: Step) -> Section:
    return Section("If interrupted", SectionRole.IF_INTERRUPTED, Position(800, 1), steps)


def sign_in(*steps: Step) -> Section:
    return Section("Sign in", SectionRole.SIGN_IN, Position(2, 1), steps)
