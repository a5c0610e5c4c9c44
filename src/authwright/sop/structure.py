"""Markdown as far as an SOP needs it: headings, numbered or bulleted items, paragraphs, tables.

How items are numbered (`1.`, `1)`, `a.`, `-`, Word's bullets) and by how much sub-items are indented
means nothing; the number is kept only for what names it ("go back to 2b").
"""

import re
from dataclasses import dataclass, field

from authwright.core.workflow import Position
from authwright.sop.table_text import Row, is_rule, is_table_line, row_of
from authwright.sop.text import SourceText, source_text

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD_HEADING = re.compile(r" {0,3}(\*\*|__)([^*_]*[^*_.:!?,;\s])\s*:?\1:?\s*$")
_ITEM = re.compile(
    r"(\s*)(?:(?P<number>\d{1,4}(?:\.\d{1,3})*)[.)]|(?P<letter>[a-zA-Z]|[ivx]{1,4})[.)]"
    r"|\((?P<inner>\d{1,3}|[a-z])\)|(?P<dotted>\d{1,2}(?:\.\d{1,2})+)"
    r"|[-*+\u2022\u25aa\u25ab\u25cf\u25cb\u25e6\u2023\u2043\u00b7\u2013\u2014\uf0b7\uf0a7\u00a7\u27a2\u2192]|o(?=\s+[A-Z\"])"
    r")(\s+)(?=\S)"
)
_STEP_PREFIX = re.compile(r"step\s+(\d+)\s*[:.)]\s*", re.IGNORECASE)
_RULE = re.compile(r"\s*([-*_])(\s*\1){2,}\s*$")
_QUOTE = re.compile(r"\s{0,3}(>\s?)+")
_DEEPEST = 8  # deeper sub-items count as siblings: nobody can follow such a list
_PARAGRAPH = 1 << 20
_MESSAGE = re.compile(r'\s*"[^"]+"\s*(?:->|=>|:|=|\u2013|\u2192|- )')
_TASK_BOX = re.compile(r"\[[ xX]\]\s+")


@dataclass(slots=True)
class Item:
    """One numbered step, bullet or paragraph, with its sub-items. `mark`: the number as written."""

    source: SourceText
    listed: bool
    mark: str = ""
    children: list["Item"] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    """A table below it; its head is the first row."""


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
        self.comment = self.quoted = False
        self.table: Item | None = None

    def read(self, lines: list[str], skip: int) -> list[SectionText]:
        for number, raw in enumerate(lines[skip:], skip + 1):
            line = self._without_comments(raw)
            quote = _QUOTE.match(line)
            if (quote is not None) is not self.quoted:
                self.open, self.may_continue, self.quoted = [], False, quote is not None
            line = " " * quote.end() + line[quote.end() :] if quote else line
            if is_table_line(line):
                self._row(line, number)
                continue
            self.table = None
            if not line.strip() or _RULE.match(line):
                self.may_continue = False
            elif heading := _HEADING.match(line):
                self._heading(heading[2], len(heading[1]), number, heading.start(2) + 1)
            elif (bold := _BOLD_HEADING.match(line)) and not self.may_continue:
                self._heading(bold[2], 2, number, bold.start(2) + 1)
            elif item := _ITEM.match(line):
                self._item(line, number, item)
            else:
                self._prose(line, number, quoted=quote is not None)
        return [s for s in self.sections if s.level or s.items]

    def _heading(self, title: str, level: int, number: int, column: int) -> None:
        bare = title.strip("*_ ") or title
        self.sections.append(SectionText(bare, level, Position(number, column)))
        self.open, self.may_continue = [], False

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

    def _row(self, line: str, number: int) -> None:
        """A table belongs to the item or paragraph above it."""
        if self.table is None:
            item = self._last_item()
            if item is None or item.rows:
                column = len(line) - len(line.lstrip()) + 1
                item = Item(source_text("", number, column), listed=False)
                self.sections[-1].items.append(item)
            self.table = item
        if not is_rule(line):
            self.table.rows.append(row_of(line, number))
        self.may_continue = False

    def _last_item(self) -> Item | None:
        items = self.sections[-1].items
        last = items[-1] if items else None
        while last and last.children:
            last = last.children[-1]
        return last

    def _item(self, line: str, number: int, found: re.Match[str]) -> None:
        mark = (found["number"] or found["letter"] or found["inner"] or found["dotted"] or "").lower()
        start, indent = found.end(), len(found[1])
        box = _TASK_BOX.match(line, start)
        start = box.end() if box and box.end() < len(line.rstrip()) else start
        step = _STEP_PREFIX.match(line, start)
        if step and step.end() < len(line.rstrip()):
            start, mark = step.end(), step[1]
        item = Item(source_text(line[start:].rstrip(), number, start + 1), listed=True, mark=mark)
        self._adopt()
        while self.open and self.open[-1][0] >= indent:
            self.open.pop()
        del self.open[_DEEPEST:]
        siblings = self.open[-1][1].children if self.open else self.sections[-1].items
        siblings.append(item)
        self.open.append((indent, item))
        self.may_continue = True

    def _adopt(self) -> None:
        """A list below a paragraph that ends with a colon belongs to it."""
        if self.open and self.open[0][0] == _PARAGRAPH and self.open[0][1].source.text.endswith(":"):
            self.open[0] = (-1, self.open[0][1])

    def _prose(self, line: str, number: int, *, quoted: bool) -> None:
        text, column = line.strip(), len(line) - len(line.lstrip()) + 1
        indented = column > 1 and bool(self.open) and not quoted
        if self.open and not self.open[-1][1].listed and _MESSAGE.match(line):
            self.open, self.may_continue, indented = [], False, False
        if self.open and not _STEP_PREFIX.match(text) and (self.may_continue or indented):
            item = self.open[-1][1]
            item.source = item.source.joined(text, number, column)
            self.may_continue = True
            return
        prefix = _STEP_PREFIX.match(text)
        whole = prefix is not None and prefix.end() < len(text)
        cut = prefix.end() if prefix and whole else 0
        mark = prefix[1] if prefix and whole else ""
        item = Item(source_text(text[cut:], number, column + cut), listed=bool(prefix), mark=mark)
        self.sections[-1].items.append(item)
        self.open, self.may_continue = [(_PARAGRAPH, item)], True
