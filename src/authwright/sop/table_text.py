"""Markdown tables as rows of cells, each cell with its place in the file."""

import re
from dataclasses import dataclass

from authwright.sop.text import SourceText, source_text

_RULE_CELL = re.compile(r"\s*:?-+:?\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line, in order; an empty cell has an empty text."""

    cells: tuple[SourceText, ...]
    line: int


def is_table_line(line: str) -> bool:
    """Only lines that begin with a bar: a bar within a sentence is none of a table."""
    bare = line.strip()
    return len(bare) > 2 and bare.startswith("|") and bare.count("|") > 1


def is_rule(line: str) -> bool:
    """ "|---|:--:|" between head and body."""
    return all(_RULE_CELL.fullmatch(cell) for cell in line.strip().strip("|").split("|"))


def row_of(line: str, number: int) -> Row:
    start = line.index("|") + 1
    end = len(line.rstrip())
    end = end - 1 if line.rstrip().endswith("|") else end
    cells: list[SourceText] = []
    at = start
    for text in re.split(r"(?<!\\)\|", line[start:end]):
        bare = text.strip()
        lead = len(text) - len(text.lstrip()) if bare else 0
        cells.append(source_text(_plain(bare), number, at + lead + 1))
        at += len(text) + 1
    return Row(tuple(cells), number)


def _plain(cell: str) -> str:
    """Without the marks of emphasis around the whole cell."""
    found = re.fullmatch(r"([*_]{1,3})(?=\S)([^*_]+)\1", cell)
    return found[2] if found else cell
