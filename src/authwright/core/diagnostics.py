"""One type for everything that is wrong in what a user wrote: rule, SOP, portal file, CSV, X12, settings.

Loaders return `(value, diagnostics)` and go on after the first error, so that a person sees all of
them at once. Each code has a file under tests/bad/ with golden output and a paragraph in
docs/reference/diagnostics.md.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong, where, and what to do about it.

    `line` and `column` count from 1; 0 means that the finding is about the whole file.
    `code` is three letters for the kind of file and three digits, such as `SOP012`.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    suggestions: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """`file:line:column`, as far as each is known."""
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "suggestions": list(self.suggestions),
        }


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file and position, so that the same input always prints the same."""
    return sorted(diagnostics, key=lambda d: (d.file, d.line, d.column, d.code, d.message))


def render(diagnostic: Diagnostic, source_lines: Sequence[str] = ()) -> str:
    """The diagnostic as text, with the source line and a caret when the line is given.

    `source_lines` are the lines of the file without line ends; line 1 is the first.
    """
    head = f"{diagnostic.place}: {diagnostic.severity} {diagnostic.code}: {diagnostic.message}"
    lines = [head]
    if 0 < diagnostic.line <= len(source_lines):
        source, caret = excerpt(source_lines[diagnostic.line - 1], max(diagnostic.column, 1))
        lines += [f"    {source}", f"    {caret}"]
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    if diagnostic.suggestions:
        lines.append(f"  did you mean: {', '.join(diagnostic.suggestions)}")
    return "\n".join(lines)


_EXCERPT_WIDTH = 160


def excerpt(source: str, column: int) -> tuple[str, str]:
    """A window of the line around `column`, and the caret under it. Tabs become one space."""
    flat = source.replace("\t", " ")
    start = max(0, min(column - _EXCERPT_WIDTH // 2, len(flat) - _EXCERPT_WIDTH))
    window = flat[start : start + _EXCERPT_WIDTH]
    return window.rstrip(), " " * (column - 1 - start) + "^"


def did_you_mean(word: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The known words nearest to `word`, nearest first."""
    by_fold: dict[str, str] = {}
    for name in known:
        by_fold.setdefault(name.casefold(), name)
    near = difflib.get_close_matches(word.casefold(), list(by_fold), n=limit, cutoff=0.6)
    return tuple(by_fold[n] for n in near)
