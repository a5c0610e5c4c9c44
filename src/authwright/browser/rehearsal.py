"""A rehearsal as it is watched: what each step found and where, and what the page wrote to the portal."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Error, Request

from authwright.browser.driver import Driver
from authwright.browser.pictures import shot
from authwright.core.run import StepRecord
from authwright.runner.asks import (
    Answer,
    Ask,
    Choose,
    Click,
    Download,
    Fill,
    Own,
    Picture,
    RefuseWrites,
    StepDone,
    Tick,
    Upload,
)
from authwright.runner.page import Control, Page

_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Box:
    """Where in the picture, in its pixels."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Touched:
    """A control that a step used. `picture` is of the page when it was found, "" where the step's own
    picture shows it."""

    name: str
    kind: str
    box: Box | None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """A request other than reading. `address` is without its query; `step` counts the steps before it."""

    method: str
    address: str
    step: int
    refused: bool


@dataclass(frozen=True, slots=True)
class RehearsedStep:
    record: StepRecord
    touched: tuple[Touched, ...]


@dataclass(slots=True)
class Rehearsal:
    """What was seen so far."""

    steps: list[RehearsedStep] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)


@dataclass(eq=False)
class RehearsingDriver(Driver):
    """A driver that writes down what each step touched."""

    seen: Rehearsal = field(default_factory=Rehearsal)
    _touched: list[Touched] = field(default_factory=list)
    _looked: Page = field(default_factory=lambda: Page(""))
    _own: Own = field(default_factory=Own)
    _refusing: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        self.context.on("request", self._requested)

    def answer(self, ask: Ask) -> Answer:
        match ask:
            case Click(id=id_) | Download(id=id_):
                self._touch(id_, pictured=True)
            case RefuseWrites():
                self._refusing = True
            case Picture(own=own):
                self._own = own
        answer = super().answer(ask)
        if isinstance(answer, Page):
            self._looked = answer
        match ask:
            case Fill() | Choose() | Tick() | Upload():
                self._touch(ask.control.id, ask.control)
            case StepDone(record=record):
                self.seen.steps.append(RehearsedStep(record, tuple(self._touched)))
                self._touched.clear()
        return answer

    def _touch(self, id_: str, control: Control | None = None, *, pictured: bool = False) -> None:
        control = control or self._looked.by_id.get(id_)
        name, kind = (control.name, control.kind.value) if control else ("", "")
        try:
            element = self._element(id_)
            if pictured:
                element.scroll_into_view_if_needed(timeout=1_000)
            box = element.bounding_box()
            picture = self._pictured() if pictured else ""
        except Error:
            return  # it is gone already: the step says so itself
        where = Box(box["x"], box["y"], box["width"], box["height"]) if box else None
        touched = Touched(name, kind, where, picture)
        self._touched = [t for t in self._touched if (t.name, t.kind) != (name, kind)] + [touched]

    def _pictured(self) -> str:
        data = shot(self.page, self._viewer.numbers, self._own)
        return self.evidence.keep(data, kind="picture", name="found.png")

    def _requested(self, request: Request) -> None:
        if request.method not in _READS:
            at = urlsplit(request.url)
            address = f"{at.scheme}://{at.netloc}{at.path}"
            self.seen.writes.append(Write(request.method, address, len(self.seen.steps), self._refusing))
