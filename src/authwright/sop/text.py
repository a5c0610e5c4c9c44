"""Text whose every character knows its line and column.

Typographic variants (smart quotes, non-breaking spaces, tabs) become plain characters one for one,
so that they never change a meaning and columns stay those of the file.
"""

from bisect import bisect_right
from dataclasses import dataclass

from authwright.core.workflow import Position

_PLAIN = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4", "'"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\u2002\u2003\u200a\u3000\t\u200b\ufeff", " "),
}
_TABLE = str.maketrans(_PLAIN)


def plain_lines(text: str) -> list[str]:
    """The lines of a file without line ends, in plain characters."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return unified.translate(_TABLE).split("\n")


@dataclass(frozen=True, slots=True)
class SourceText:
    """One item's text, joined from one or more lines. `starts` holds (offset, line, column) of each."""

    text: str
    starts: tuple[tuple[int, int, int], ...]

    def position(self, offset: int) -> Position:
        index = bisect_right(self.starts, (offset, 1 << 60, 0)) - 1
        start, line, column = self.starts[max(index, 0)]
        return Position(line, column + max(offset - start, 0))

    def joined(self, text: str, line: int, column: int) -> "SourceText":
        """With one more line, after a space."""
        return SourceText(f"{self.text} {text}", (*self.starts, (len(self.text) + 1, line, column)))


def source_text(text: str, line: int, column: int) -> SourceText:
    return SourceText(text, ((0, line, column),))
