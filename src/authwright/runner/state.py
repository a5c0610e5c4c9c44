"""What a run knows while it goes on, and the ways in which it can end early."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from authwright.core.clock import Clock
from authwright.core.data_table import DataType
from authwright.core.run import CaptchaAnswer, Halt, HaltReason, Healed, LookupFinding, StepRecord
from authwright.core.workflow import Action, SectionRole, Step, Workflow
from authwright.runner.asks import Walk
from authwright.runner.bindings import Binding, Repairs
from authwright.runner.matcher import Wanted
from authwright.runner.page import Control, Page, Row, Table, Text

Mode = Literal["from-top", "if-interrupted"]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a control that isn't there yet, for a doubt to settle, for a
    page condition after a click, for the answer to what was sent, for a WAIT step, for a code by email."""

    find: float = 10.0
    doubt: float = 1.0
    condition: float = 2.0
    lookup: float = 5.0
    answer: float = 30.0
    wait: float = 60.0
    mail: float = 120.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is to be done. `pages` are addresses of pages that an SOP may name."""

    mode: Mode
    base_url: str
    clock: Clock
    today: date | None = None
    stop_before_submit: bool = False
    may_be_signed_in: bool = False
    patience: Patience = Patience()
    pages: Mapping[str, str] = field(default_factory=dict)
    library: Mapping[str, Workflow] = field(default_factory=dict)
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    repairs: Repairs = field(default_factory=Repairs)


@dataclass(slots=True)
class Typed:
    """A value that went into a control in this run. `shown` is what the control showed then, `form`
    counts the clicks before it: values with the present number are on the present form. `place` is
    where in the SOP it was typed."""

    step: Step
    wanted: Wanted
    control: Control
    value: str
    shown: str
    type: DataType
    item: int = 0
    form: int = 0
    secret: bool = False
    again: bool = False
    place: tuple[int, ...] = ()
    stood: bool = False
    """Whether the page showed the value elsewhere already when it was typed."""
    window: int = 0
    sought: bool = False
    """A search was begun with it: outside of the search's own window it is no value of the form."""
    taken: bool = False
    """The page has taken it over, as a chip or a row: its field is free for the next value."""


@dataclass(slots=True)
class Attached:
    """Documents that were put into a file field. `field` is its control's id, `form` as of what is typed."""

    step: Step
    paths: tuple[str, ...]
    field: str
    form: int
    again: bool = False


@dataclass(slots=True)
class Item:
    """The present element of a repeat over the list `path`, counted from 1, and the controls filled for
    it so far. `outer` is the element of the repeat around it."""

    data: Mapping[str, Any]
    number: int
    count: int
    filled: list[Control] = field(default_factory=list)
    path: str = ""
    outer: "Item | None" = None
    reuses: bool = False
    """Whether it was seen that one form serves all elements."""


@dataclass(slots=True)
class Sending:
    """Between the sending click and the reading of its answer."""

    line: int
    answered: bool = False
    kept_version: str = ""


class Perform(Protocol):
    """Does steps in order; of a section's own steps those from `first` on, and `place` is the section's."""

    def __call__(
        self, run: "Run", steps: tuple[Step, ...], place: tuple[int, ...] = (), first: int = 0
    ) -> Walk[None]: ...


@dataclass(slots=True)
class Run:
    """The whole state of one run; only the interpreter's own modules change it."""

    workflow: Workflow
    case: Mapping[str, Any]
    settings: Settings
    perform: "Perform"
    page: Page = field(default_factory=lambda: Page(""))
    using: tuple[Workflow, ...] = ()
    """The SOPs that are being followed: this one, the one that it uses, and so on."""
    place: tuple[int, ...] = ()
    """Section and step from 0, of the SOP and then of the one it uses: where the run is."""
    role: SectionRole = SectionRole.TASK
    opened: bool = False
    """Whether a page of the portal was opened, by the SOP or for it."""
    signed_in: bool = False
    step: Step | None = None
    rest: tuple[Step, ...] = ()
    item: Item | None = None
    earlier_items: set[str] = field(default_factory=set)
    typed: list[Typed] = field(default_factory=list)
    form: int = 0
    not_added: dict[str, tuple[Typed, str]] = field(default_factory=dict)
    """By control: what was typed beside an "Add" button, and the button that wasn't clicked since."""
    opened_by: dict[str, str] = field(default_factory=dict)
    """By file field: the button that had to be pressed before the page had it."""
    attached: list[Attached] = field(default_factory=list)
    declined: list[Step] = field(default_factory=list)
    """Choices that the SOP makes only under conditions that didn't hold."""
    companions: tuple[Wanted, ...] = ()
    read: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    assigned_outcome: str = ""
    assigned_queue: str = ""
    healed: list[Healed] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    """New labels that this run has found, by what was wanted."""
    bound: dict[str, Binding] = field(default_factory=dict)
    steps: list[StepRecord] = field(default_factory=list)
    note: str = ""
    value_note: str = ""
    row: tuple[Table, Row] | None = None
    sending: Sending | None = None
    sent: bool = False
    sent_at: tuple[int, ...] = ()
    attending: bool = False
    attended: dict[tuple[str, int], int] = field(default_factory=dict)
    clicked: bool = False
    before_click: frozenset[str] | None = None
    """The lines that the page showed when the last click was made."""
    texts_before: tuple[Text, ...] = ()
    """The texts of the page when the SOP's own last click was made, not one that dealt with a pop-up."""
    lookup: LookupFinding | None = None
    words_read: str = ""
    jumps: dict[tuple[str, int], int] = field(default_factory=dict)
    restarts: int = 0
    captchas: list[CaptchaAnswer] = field(default_factory=list)
    """Each time that a CAPTCHA was put to whoever answers it."""
    refused: str = ""
    """What the portal refused at its door: "password" or "code"."""
    notices: list[str] = field(default_factory=list)
    code_sent_on: frozenset[str] | None = None
    """What the page said when a one-time code was typed that hasn't been accepted yet, else None."""


class HaltedError(Exception):
    """The run stops here and asks for a person."""

    def __init__(self, halt: Halt) -> None:
        super().__init__(halt.reason)
        self.halt = halt


class StoppedError(Exception):
    """The SOP says to stop."""

    def __init__(self, outcome: str = "", depth: int = 1) -> None:
        super().__init__(outcome)
        self.outcome, self.depth = outcome, depth


class StartAgainError(Exception):
    """The session has expired before anything was sent: sign in and begin again."""


class JumpError(Exception):
    """Go on at another section or step. `depth` says how many SOPs deep the jump was written."""

    def __init__(self, target: str, depth: int = 1) -> None:
        super().__init__(target)
        self.target, self.depth = target, depth


class InterruptedRunError(Exception):
    """The SOP says to go on as after an interruption."""


def halt(run: Run, reason: HaltReason, expected: str, found: str) -> HaltedError:
    """The error to raise; its line is that of the present step."""
    return HaltedError(halt_at(run.step, reason, expected, found))


def halt_at(step: Step | None, reason: HaltReason, expected: str, found: str) -> Halt:
    """A halt at that step, with its sentence."""
    line, words = (step.position.line, step.words or step.in_words) if step else (0, "")
    return Halt(line, reason, expected, found, words)


def item_over(run: Run, path: str) -> Item | None:
    """The present element of the innermost repeat over that list."""
    item = run.item
    while item is not None and item.path != path:
        item = item.outer
    return item


def outer_items(item: Item) -> list[Item]:
    """The elements of the repeats around this one, the outermost first."""
    return [*outer_items(item.outer), item.outer] if item.outer is not None else []


def key_of(run: Run, step: Step) -> tuple[str, int]:
    """A step among those of all the SOPs that are being followed."""
    return (run.using[-1].id if run.using else "", step.position.line)


def may_be_signed_in(run: Run) -> bool:
    return run.settings.may_be_signed_in or run.signed_in


def label_of(step: Step) -> str:
    """The step's label; of a menu path its last part."""
    if isinstance(step.target, tuple):
        return step.target[-1] if step.target else ""
    return step.target or ""


def wanted_of(step: Step) -> Wanted:
    action = step.action if step.action in _FOUND_AS else Action.CLICK
    return Wanted(_SEARCH.sub("search", label_of(step)), action, step.target_kind, step.section, step.beside)


# What people call the field that a page labels "Search".
_SEARCH = re.compile(r"^search (?:bar|box|field)$", re.IGNORECASE)
_FOUND_AS = frozenset({Action.FILL, Action.SELECT, Action.CHECK, Action.UNCHECK, Action.UPLOAD})


def forms_wanted(steps: tuple[Step, ...]) -> tuple[Wanted, ...]:
    """What the steps up to the next click will fill in: the form they are on."""
    out: list[Wanted] = []
    for step in steps:
        if step.action in (Action.CLICK, Action.NAVIGATE, Action.SIGN_IN, Action.GO_TO):
            break
        if step.action in (Action.FILL, Action.SELECT) and step.target:
            out.append(wanted_of(step))
    return tuple(out)
