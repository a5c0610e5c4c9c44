"""YAML as a tree of text with positions.

Scalars stay text: `010`, `NO` and `1E5` are codes, never numbers or truth values. A repeated key, an
alias and a second document are errors, because each hides something from the person who reads it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from authwright.core.diagnostics import Diagnostic

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_DEEP = 30


@dataclass(slots=True)
class Scalar:
    """Text as written. `plain` means without quotes."""

    text: str
    line: int
    column: int
    plain: bool = True


@dataclass(slots=True)
class Listing:
    items: list["Node"]
    line: int
    column: int


@dataclass(slots=True)
class Table:
    """A mapping. `keys` holds the position of each key."""

    entries: dict[str, "Node"]
    line: int
    column: int
    keys: dict[str, Scalar] = field(default_factory=dict)


Node = Scalar | Listing | Table


def kind_of(node: Node) -> str:
    """What a node is, in a person's words."""
    if isinstance(node, Scalar):
        return f"the text {node.text!r}" if node.text else "nothing"
    return "a list" if isinstance(node, Listing) else "a table of keys"


def read_nodes(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """The first document of `text`, or None when it is empty or no YAML at all."""
    reader = _TreeReader(file)
    try:
        root = reader.document(iter(yaml.parse(text, Loader=_LOADER)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = error.problem or error.context or "not readable"
        return None, [
            *reader.diagnostics,
            Diagnostic(
                file,
                line,
                column,
                "RUL001",
                f"this is not YAML: {problem}",
                "look at the indentation, and put text that holds `: ` or starts with a sign into quotes",
            ),
        ]
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return None, [
            Diagnostic(
                file,
                line,
                0,
                "RUL001",
                "this is not YAML: it holds a character that no text file has",
                "save the file as UTF-8 text",
            )
        ]
    return root, reader.diagnostics


class _TooDeepError(Exception):
    pass


class _TreeReader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []

    def _say(self, code: str, event: Any, message: str, hint: str) -> None:
        mark = event.start_mark
        self.diagnostics.append(Diagnostic(self.file, mark.line + 1, mark.column + 1, code, message, hint))

    def document(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._say("RUL001", event, "a second document begins here", "one file holds one document")
                    return root
            elif isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                continue
            elif documents == 1:
                try:
                    root = self._node(event, events, 0)
                except _TooDeepError:
                    self._say("RUL001", event, f"more than {_MOST_DEEP} levels deep", "write it flatter")
                    return None
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if depth > _MOST_DEEP:
            raise _TooDeepError
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, line, column, event.style is None or event.style == "")
        if isinstance(event, yaml.AliasEvent):
            self._say(
                "RUL003",
                event,
                f"an alias (*{event.anchor}) stands here",
                "write the value out: whoever reads this place should see it here",
            )
            return Scalar("", line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            listing = Listing([], line, column)
            for child in events:
                if isinstance(child, yaml.SequenceEndEvent):
                    break
                listing.items.append(self._node(child, events, depth + 1))
            return listing
        return self._table(Table({}, line, column), events, depth)

    def _table(self, table: Table, events: Iterator[Any], depth: int) -> Table:
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self._say("RUL005", event, f"a key is text, not {kind_of(key)}", "write `key: value`")
            elif key.text in table.keys:
                first = table.keys[key.text].line
                self._say(
                    "RUL002",
                    event,
                    f"the key {key.text!r} stands here again (first on line {first})",
                    "keep one of the two: the other would be lost without a word",
                )
            else:
                table.keys[key.text] = key
                table.entries[key.text] = value
        return table
