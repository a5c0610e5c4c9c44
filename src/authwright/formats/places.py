"""Values with the place they were written at, from JSON and CSV, so that a message can point to it."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, from 1; (0, 0) for the whole file."""

_BLANK = " \t\r\n"
_DELIMITERS = ",;\t|"


def decode(data: bytes) -> str:
    """Text of a file from an office: UTF-8 with or without a mark, else Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class JsonPlaces:
    """Where each value of a JSON text begins. Scans the text when it is first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets: dict[Path, int] | None = None

    def __call__(self, path: Path) -> Place:
        """Of the value at `path`, or of the nearest thing around it that exists."""
        if self._offsets is None:
            self._offsets = dict(_offsets(self._text))
        while path and path not in self._offsets:
            path = path[:-1]
        return _line_and_column(self._text, self._offsets.get(path, 0))


def parse_json(text: str) -> tuple[Any, str, Place]:
    """(value, "", (0, 0)), or (None, what is wrong, where)."""
    try:
        return json.loads(text, parse_float=str), "", (0, 0)
    except json.JSONDecodeError as error:
        return None, error.msg, (error.lineno, error.colno)
    except RecursionError:
        return None, "it is nested too deeply", (0, 0)


def _line_and_column(text: str, offset: int) -> Place:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def _offsets(text: str) -> Iterator[tuple[Path, int]]:
    """The offset of every value of a text that is valid JSON."""
    decoder = json.JSONDecoder()
    found: list[tuple[Path, int]] = []

    def walk(path: Path, at: int) -> int:
        at = _skip(text, at)
        found.append((path, at))
        if text[at] == "{":
            return members(path, at)
        if text[at] == "[":
            return items(path, at)
        return decoder.raw_decode(text, at)[1]

    def members(path: Path, at: int) -> int:
        at = _skip(text, at + 1)
        while text[at] != "}":
            key, at = decoder.raw_decode(text, at)
            at = _skip(text, walk((*path, key), _skip(text, at) + 1))
            at = _skip(text, at + 1) if text[at] == "," else at
        return at + 1

    def items(path: Path, at: int) -> int:
        at, number = _skip(text, at + 1), 0
        while text[at] != "]":
            at = _skip(text, walk((*path, number), at))
            at, number = _skip(text, at + 1) if text[at] == "," else at, number + 1
        return at + 1

    walk((), 0)
    return iter(found)


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a CSV file. `line` is where it begins."""

    line: int
    cells: tuple[str, ...]
    columns: tuple[int, ...]
    """Where each cell begins in the line, from 1; 1 for cells after a line break in quotes."""


def read_rows(text: str) -> list[Row]:
    """Records of a CSV text, blank ones left out. The delimiter is the likeliest in the first line."""
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, begin = [], 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            columns = _columns(lines[begin - 1] if begin <= len(lines) else "", delimiter, len(cells))
            rows.append(Row(begin, tuple(cell.strip() for cell in cells), columns))
        begin = reader.line_num + 1
    return rows


def _columns(line: str, delimiter: str, count: int) -> tuple[int, ...]:
    starts, quoted = [1], False
    for column, character in enumerate(line, 2):
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            starts.append(column)
    return tuple((starts + [1] * count)[:count])


def looks_like_workbook(data: bytes) -> bool:
    """A zip file: what Excel and its kin write unless asked for CSV."""
    return data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def plain_name(text: str) -> str:
    """A column's or key's name as it is compared: small letters, one space between words."""
    for mark in "_-./#()":
        text = text.replace(mark, " ")
    return " ".join(text.casefold().split())


def split_list(text: str) -> Sequence[str]:
    """Several values in one cell, parted by commas, semicolons, bars or spaces."""
    for mark in ",;|":
        text = text.replace(mark, " ")
    return text.split()
