"""What the three forms of an order have in common before it is built: a tree of cells.

A branch is a dict by the names of core.data_names, a list has one branch an item, a leaf is a Cell:
a text with the place it was written at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from authwright.core.diagnostics import Diagnostic, Severity
from authwright.formats.places import Place


@dataclass(frozen=True, slots=True)
class Cell:
    """`kept` means that the value is taken as it is, whatever its shape: it was reported already."""

    text: str
    place: Place = (0, 0)
    kept: bool = False


Tree = dict[str, Any]
"""Name -> Cell, Tree, or list of Tree or Cell."""


@dataclass(slots=True)
class Log:
    """Collects diagnostics of one file. `today` is for dates that can't be in the future yet."""

    file: str
    today: date | None = None
    found: list[Diagnostic] = field(default_factory=list)

    def error(
        self, code: str, place: Place, message: str, hint: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        self._add(code, place, message, hint, suggestions, Severity.ERROR)

    def warning(
        self, code: str, place: Place, message: str, hint: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        self._add(code, place, message, hint, suggestions, Severity.WARNING)

    def _add(
        self,
        code: str,
        place: Place,
        message: str,
        hint: str,
        suggestions: Sequence[str],
        severity: Severity,
    ) -> None:
        self.found.append(
            Diagnostic(self.file, *place, code, message, hint, tuple(suggestions), severity=severity)
        )


def put(tree: Tree, path: str, cell: Cell) -> None:
    """Set a leaf by its dotted path, making the branches. A value that is there stays."""
    *branches, leaf = path.split(".")
    for branch in branches:
        tree = tree.setdefault(branch, {})
    tree.setdefault(leaf, cell)


def cell_at(tree: Tree, path: str) -> Cell | None:
    node: Any = tree
    for name in path.split("."):
        node = node.get(name) if isinstance(node, dict) else None
    return node if isinstance(node, Cell) and node.text else None


def text_at(tree: Tree, path: str) -> str:
    cell = cell_at(tree, path)
    return cell.text if cell else ""


def branches_at(tree: Tree, name: str) -> Iterator[Tree]:
    """The items of a list that are branches."""
    items = tree.get(name, ())
    yield from (item for item in items if isinstance(item, dict))
