"""Values with the place they were written at, so that a message can point to it; texts and names."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

Path = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, from 1; (0, 0) for the whole file."""

_BLANK = " \t\r\n"


def decode(data: bytes) -> str:
    """Text of a file from an office: UTF-8 with or without a mark, UTF-16 (Excel's "Unicode text"),
    else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if data[1:2] == b"\0" or data[:1] == b"\0":
        # UTF-16 without its mark: one byte of each letter is 0.
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", errors="replace")
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
