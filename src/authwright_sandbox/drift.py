"""How a portal's pages differ from one day to the next; carried out in the page by `drift.js`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """The first five a person would hardly notice; the rest changes what is read or done. A portal carries
    out those that fit its pages and leaves the others."""

    IDS = "ids"
    """Other ids, names and classes."""
    WRAP = "wrap"
    """More boxes around the controls."""
    UNBIND = "unbind"
    """Labels that lose their tie to the control."""
    ORDER = "order"
    """Fields and entries in another order, each with its label."""
    INSERT = "insert"
    """More fields that look alike."""
    WIDGETS = "widgets"
    """Native drop-downs become the page's own, and the other way round."""
    RENAME = "rename"
    """Other words for labels and buttons."""
    REDRAW = "redraw"
    """Pages draw themselves once more after a moment and forget what was entered."""
    COLUMNS = "columns"
    """Columns of tables, and pairs of name and value, in another order."""
    BUTTONS = "buttons"
    """The buttons that lead on stand at the top, in another order."""
    HINTS = "hints"
    """Captions say how a field is filled in: "Date of Birth (MM/DD/YYYY)"."""
    CASE = "case"
    """Captions in capitals."""
    HEADINGS = "headings"
    """Other words for steps and sections, and their headings."""
    ICONS = "icons"
    """Buttons show a sign instead of their word, which is left in the title."""
    TWIN = "twin"
    """A field stands there twice, with the same caption; the payer knows the other one as something else."""
    GONE = "gone"
    """A field is no longer there."""


class Expected(StrEnum):
    """What a careful run does on a drifted page: what the SOP means, stop before anything is sent, or
    one of the two."""

    RIGHT = "right"
    HALT = "halt"
    EITHER = "either"


# Declared with each kind, whatever any runner does with it. For a run that needs what was changed.
EXPECTED: dict[Kind, Expected] = {
    **dict.fromkeys((Kind.IDS, Kind.WRAP, Kind.UNBIND, Kind.ORDER, Kind.INSERT, Kind.REDRAW), Expected.RIGHT),
    **dict.fromkeys((Kind.COLUMNS, Kind.BUTTONS, Kind.HINTS, Kind.CASE, Kind.HEADINGS), Expected.RIGHT),
    **dict.fromkeys((Kind.WIDGETS, Kind.RENAME, Kind.ICONS), Expected.EITHER),
    **dict.fromkeys((Kind.TWIN, Kind.GONE), Expected.HALT),
}


@dataclass(frozen=True, slots=True)
class Drift:
    """The same seed and kinds change the pages in the same way every time."""

    seed: int
    kinds: tuple[Kind, ...]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(int(data["seed"]), tuple(Kind(kind) for kind in data["kinds"]))
