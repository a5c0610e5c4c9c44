"""A page as a person perceives it: plain data, taken from the browser in one call a frame.

Lengths are CSS pixels, relative to the frame's own top left corner; only things of one frame are
ever compared. Ids are the browser side's and hold until the page is looked at again.
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from authwright.runner.wording import contains


class Kind(StrEnum):
    """What a control is to the person in front of it."""

    TEXT = "text"
    PASSWORD = "password"
    DATE = "date"
    """A browser's own date box (`<input type=date>`), which takes YYYY-MM-DD."""
    DATE_PARTS = "dateparts"
    """Month, day and year in boxes of their own; its value has them with `/` between, in their order."""
    TYPEAHEAD = "typeahead"
    SELECT = "select"
    DROPDOWN = "dropdown"
    """A drop-down that the portal draws itself; its options exist only while it is open."""
    EDITOR = "editor"
    CHECKBOX = "checkbox"
    RADIO = "radio"
    FILE = "file"
    BUTTON = "button"
    LINK = "link"
    TAB = "tab"
    MENU = "menu"
    OPTION = "option"


WRITABLE = frozenset({Kind.TEXT, Kind.PASSWORD, Kind.DATE, Kind.DATE_PARTS, Kind.TYPEAHEAD, Kind.EDITOR})
CHOOSABLE = frozenset({Kind.SELECT, Kind.DROPDOWN})
TICKABLE = frozenset({Kind.CHECKBOX, Kind.RADIO})
CLICKABLE = frozenset({Kind.BUTTON, Kind.LINK, Kind.TAB, Kind.MENU, Kind.OPTION})
HAS_VALUE = WRITABLE | CHOOSABLE | TICKABLE | {Kind.FILE}


class Tie(StrEnum):
    """How a label belongs to its control: bound in the page, or only by where it stands."""

    LABEL = "label"
    ARIA = "aria"
    TEXT = "text"
    BOX = "box"
    """The words before it in its own box, by the order of the document."""
    LEFT = "left"
    RIGHT = "right"
    ABOVE = "above"
    COLUMN = "column"
    LEGEND = "legend"
    PLACEHOLDER = "placeholder"
    TITLE = "title"
    ICON = "icon"


_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be typed into, chosen from, ticked or clicked.

    `headings` lead from the outermost section to the innermost. `path` names the elements around it,
    outermost first: two controls of one block share more of it. `key` is what the page's author
    called it (id or name): nobody sees it, so it finds nothing; it tells drift from sameness.
    """

    id: str
    kind: Kind
    labels: tuple[Label, ...] = ()
    value: str = ""
    box: Box = Box(0, 0, 0, 0)
    frame: int = 0
    headings: tuple[str, ...] = ()
    dialog: int = 0
    path: tuple[int, ...] = ()
    form: int = 0
    enabled: bool = True
    editable: bool = True
    visible: bool = True
    required: bool = False
    checked: bool = False
    expanded: bool = False
    options: tuple[str, ...] = ()
    hint: str = ""
    href: str = ""
    key: str = ""
    group: str = ""
    """What radio buttons of one question share."""

    @property
    def seen(self) -> tuple[Label, ...]:
        """The labels that a person goes by: no name of the markup that leaves out the control's own words."""
        own = [label.text for label in self.labels if label.tie is Tie.TEXT and _LETTER.search(label.text)]
        return tuple(
            label
            for label in self.labels
            if label.tie is not Tie.ARIA or all(contains(label.text, words) for words in own)
        )

    @property
    def name(self) -> str:
        """What to call it when speaking to a person."""
        return self.seen[0].text if self.seen else f"(a {self.kind} without a label)"

    @property
    def shown(self) -> str:
        """What it shows as its value; of a button that works as a drop-down its text."""
        if self.kind is not Kind.BUTTON:
            return self.value
        return next((label.text for label in self.labels if label.tie is Tie.TEXT), "")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text. `control` is the id of the control that it is part of. In a list of properties
    `pair` has the number of the property's name and that of the name or value itself."""

    id: str
    text: str
    box: Box = Box(0, 0, 0, 0)
    frame: int = 0
    headings: tuple[str, ...] = ()
    dialog: int = 0
    tag: str = ""
    control: str = ""
    table: int = 0
    heading: bool = False
    line: int = 0
    pair: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`headers` is empty when the table names no columns. A row with one heading cell and one
    other is a pair, as in a list of properties."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    headings: tuple[str, ...] = ()
    id: int = 0
    frame: int = 0
    dialog: int = 0
    partial: bool = False
    """Whether it draws only the rows in view: more come when it is scrolled."""


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog that is open; `number` is what controls and texts in it carry. The last is on top."""

    number: int
    title: str
    modal: bool = True
    frame: int = 0


@dataclass(frozen=True, slots=True)
class CaptchaMark:
    """Something on the page that calls itself a CAPTCHA. `words` is its title, picture text or own text."""

    id: str
    words: str = ""
    solved: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that is visible now. `at` is the driver's own clock in seconds; `version` changes
    whenever the page did; `status` is the HTTP status of the document, 0 when unknown; `window`
    counts the windows and tabs of the run."""

    url: str
    title: str = ""
    controls: tuple[Control, ...] = ()
    texts: tuple[Text, ...] = ()
    tables: tuple[Table, ...] = ()
    dialogs: tuple[Dialog, ...] = ()
    text: str = ""
    alerts: tuple[str, ...] = ()
    captchas: tuple[CaptchaMark, ...] = ()
    busy: bool = False
    guarded: tuple[str, ...] = ()
    """What the guard stopped in the page since the last look."""
    untrusted: str = ""
    """What is wrong with the certificate of the page that was asked for: then nothing of it is here."""
    status: int = 0
    at: float = 0.0
    version: str = ""
    window: int = 0
    by_id: dict[str, Control] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.by_id.update((c.id, c) for c in self.controls)

    def in_reach(self) -> tuple[Control, ...]:
        """The controls that can be used now: with a modal dialog open, only those in it."""
        return self.on_top().controls

    def on_top(self) -> "Page":
        """What lies on top: with a modal dialog open only what is in it. Its text stays whole."""
        top = next((d for d in reversed(self.dialogs) if d.modal), None)
        if top is None:
            return self
        return replace(
            self,
            controls=tuple(c for c in self.controls if c.dialog == top.number),
            texts=tuple(t for t in self.texts if t.dialog == top.number),
            tables=tuple(t for t in self.tables if t.dialog == top.number),
            by_id={},
        )
