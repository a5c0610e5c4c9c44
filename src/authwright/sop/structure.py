"""Markdown as far as an SOP needs it: headings, numbered or bulleted items with sub-items, paragraphs.

How items are numbered (`1.`, `1)`, `a.`, `-`) and by how much sub-items are indented means nothing.
"""

import re
from dataclasses import dataclass, field

from authwright.core.workflow import Position
from authwright.sop.text import SourceText, source_text

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(
    r"(\s*)(?:(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]|\((?:\d{1,3}|[a-z])\)|[-*+\u2022])(\s+)(?=\S)"
)
_STEP_PREFIX = re.compile(r"step\s+\d+\s*[:.)]\s*", re.IGNORECASE)
_RULE = re.compile(r"\s*([-*_])(\s*\1){2,}\s*$")
_DEEPEST = 8  # deeper sub-items count as siblings: nobody can follow such a list
_TASK_BOX = re.compile(r"\[[ xX]\]\s+")


@dataclass(slots=True)
class Item:
    """One numbered step, bullet or paragraph, with its sub-items."""

    source: SourceText
    listed: bool
    children: list["Item"] = field(default_factory=list)


@dataclass(slots=True)
class SectionText:
    title: str
    level: int
    position: Position
    items: list[Item] = field(default_factory=list)


def read_structure(lines: list[str], skip: int) -> list[SectionText]:
    """Sections in order, from line `skip` on. Text before the first heading is a section of level 0."""
    return _Reader().read(lines, skip)


class _Reader:
    def __init__(self) -> None:
        self.sections = [SectionText("", 0, Position(1, 1))]
        self.open: list[tuple[int, Item]] = []
        self.may_continue = False
        self.comment = False

    def read(self, lines: list[str], skip: int) -> list[SectionText]:
        for number, raw in enumerate(lines[skip:], skip + 1):
            line = self._without_comments(raw)
            if not line.strip() or _RULE.match(line):
                self.may_continue = False
            elif heading := _HEADING.match(line):
                position = Position(number, heading.start(2) + 1)
                self.sections.append(SectionText(heading[2], len(heading[1]), position))
                self.open, self.may_continue = [], False
            elif item := _ITEM.match(line):
                self._item(line, number, indent=len(item[1]), start=item.end())
            else:
                self._prose(line, number)
        return [s for s in self.sections if s.level or s.items]

    def _without_comments(self, line: str) -> str:
        """The line with <!-- comments --> blanked, so that columns stay."""
        out, rest = "", line
        while rest:
            mark = "-->" if self.comment else "<!--"
            before, found, after = rest.partition(mark)
            hidden = self.comment or False
            out += " " * len(before) if hidden else before
            out += " " * len(found)
            if found:
                self.comment = not self.comment
            rest = after
        return out

    def _item(self, line: str, number: int, *, indent: int, start: int) -> None:
        for prefix in (_TASK_BOX, _STEP_PREFIX):
            found = prefix.match(line, start)
            start = found.end() if found and found.end() < len(line.rstrip()) else start
        item = Item(source_text(line[start:].rstrip(), number, start + 1), listed=True)
        while self.open and self.open[-1][0] >= indent:
            self.open.pop()
        del self.open[_DEEPEST:]
        siblings = self.open[-1][1].children if self.open else self.sections[-1].items
        siblings.append(item)
        self.open.append((indent, item))
        self.may_continue = True

    def _prose(self, line: str, number: int) -> None:
        text, column = line.strip(), len(line) - len(line.lstrip()) + 1
        indented = column > 1 and bool(self.open)
        if self.open and (self.may_continue or indented):
            item = self.open[-1][1]
            item.source = item.source.joined(text, number, column)
            self.may_continue = True
            return
        prefix = _STEP_PREFIX.match(text)
        cut = prefix.end() if prefix and prefix.end() < len(text) else 0
        item = Item(source_text(text[cut:], number, column + cut), listed=bool(prefix))
        self.sections[-1].items.append(item)
        self.open, self.may_continue = [(1 << 20, item)], True
