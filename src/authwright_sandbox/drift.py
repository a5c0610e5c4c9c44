"""How a portal's pages differ from one day to the next; carried out in the page by `drift.js`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """The first five a person would hardly notice; the rest changes what is read or done."""

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


@dataclass(frozen=True, slots=True)
class Drift:
    """The same seed and kinds change the pages in the same way every time."""

    seed: int
    kinds: tuple[Kind, ...]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(int(data["seed"]), tuple(Kind(kind) for kind in data["kinds"]))
