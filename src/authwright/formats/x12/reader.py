"""A thin streaming reader of X12 interchanges (X12.5 interchange control, X12.6 syntax).

It takes any number of interchanges, groups and transaction sets from a binary file object, with the
delimiters that each ISA declares, line breaks between segments or none, and gives one tuple a
segment. Nothing but the present chunk is kept, so memory stays flat. It never raises on what the
file holds: what is wrong becomes a diagnostic, and reading goes on where that is possible.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from authwright.core.diagnostics import Diagnostic, Severity
from authwright.formats.x12.envelope import HEADERS_AND_TRAILERS, Envelope

Segment = tuple[int, int, list[str]]
"""Number of the segment in the file from 1, byte offset from 0, elements (the first is the name)."""

CHUNK = 1 << 16
_ISA_LENGTH = 106
_ISA_ELEMENTS = 16
_FIRST_WINDOW = 1 << 12
"""How much is split at first: where every interchange has separators of its own, little is split in
vain. It doubles up to `_WINDOW`, and beyond where a segment is longer."""
_WINDOW = 1 << 14
_LONGEST_ISA = 400
_LONGEST_SEGMENT = 1 << 20
_LONGEST_BINARY = 1 << 26
_BINARY = frozenset({"BIN", "BDS"})
_WATCHED = HEADERS_AND_TRAILERS | _BINARY
_NOTHING: frozenset[str] = frozenset()
_BYTE_ORDER_MARK = "\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Delimiters:
    """`repetition` is "" where ISA11 declares none (versions before 00402 put a standards id there)."""

    element: str
    component: str
    segment: str
    repetition: str = ""


class X12Reader:
    """Iterate it once. `delimiters` are those of the present interchange; `diagnostics` grow on the way.

    Bytes are read as Latin-1, which maps every byte to one character: offsets stay byte offsets, and
    text in UTF-8 can be had back by `text.encode("latin-1").decode()`.
    """

    def __init__(self, stream: BinaryIO, file: str, chunk: int = CHUNK) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []
        self.delimiters: Delimiters | None = None
        self.complete = False
        self._stream, self._chunk = stream, chunk
        self._buffer, self._start = "", 0
        self._number = self._offset = 0
        self._lines_before, self._line_start = 0, 0
        self._ended = False
        self._isa_at_start = False
        self._names: set[str] = set()
        self._envelope = Envelope(lambda code, message, hint: self.problem(code, message, hint))

    def problem(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        offset: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Report at the byte offset of the segment that was given last (or at the present header)."""
        line, column = self._place(self._offset if offset is None else offset)
        self.diagnostics.append(
            Diagnostic(self.file, line, column, code, message, hint, severity=severity),
        )

    def __iter__(self) -> Iterator[Segment]:
        """Each segment, in order. `complete` is True afterwards if every envelope was closed."""
        while self._skip_blank():
            if self._envelope.outside and not self._read_isa():
                return
            if self._buffer.startswith(tuple(_BINARY)):
                yield self._read_binary()
                continue
            yield from self._read_segments()
        self._offset = self._start
        if self._number == 0 and not self.diagnostics:
            self.problem("X12001", "the file is empty: expected an X12 interchange that begins with ISA")
        problems = len(self.diagnostics)
        self._envelope.finish()
        self.complete = len(self.diagnostics) == problems and self._number > 0

    def _read_segments(self) -> Iterator[Segment]:
        """Segments from the buffer's start until the file ends or `_buffer` must be looked at anew.

        The hot loop: a segment that needs no watching costs one set look-up, and white space before
        a segment is looked for only if the name isn't a known one. Between transaction sets `plain`
        is empty, so that there every segment is watched.
        """
        assert self.delimiters is not None
        separator = self.delimiters.element
        names = self._names
        plain = names if self._envelope.in_set else _NOTHING
        number, window = self._number, _FIRST_WINDOW
        while True:
            head = self._buffer[:window]
            end = self._segment_end(head)
            pieces = head.split(end)
            rest = pieces.pop()
            offset, width = self._start, len(end)
            texts = pieces if width > 1 else list(map(str.lstrip, pieces))
            for raw, text in zip(pieces, texts, strict=True):
                elements = text.split(separator)
                length = len(raw)
                at = offset if text is raw else offset + length - len(text)
                offset += length + width
                if elements[0] not in plain:
                    if text[:1].isspace() or not text:
                        stripped = text.lstrip()
                        at += len(text) - len(stripped)
                        if not stripped:
                            continue
                        elements = stripped.split(separator)
                    self._number, self._offset = number + 1, at
                    if self._must_start_anew(elements):
                        self._number = number
                        self._drop_until(at)
                        return
                    self._watch(elements)
                    plain = names if self._envelope.in_set else _NOTHING
                number += 1
                yield number, at, elements
            self._number = number
            whole = window >= len(self._buffer)
            self._drop_until(offset)
            window = 2 * window if window < _WINDOW or not pieces else _WINDOW
            if len(rest) > _LONGEST_SEGMENT:
                self._no_terminator(rest)
                self._ended, self._buffer = True, ""
                return
            if whole and not self._fill():
                yield from self._last_piece(rest, separator)
                return

    def _segment_end(self, text: str) -> str:
        """The terminator, with the line break that follows it if it follows each one in the text.

        Splitting at both together spares the hot loop from stripping.
        """
        assert self.delimiters is not None
        end = self.delimiters.segment
        if (count := text.count(end)) and text.count("\n") >= count:
            for line_break in ("\n", "\r\n"):
                if text.count(end + line_break) == count:
                    return end + line_break
        return end

    def _must_start_anew(self, elements: list[str]) -> bool:
        """Whether this has to be read by other means: an ISA with delimiters of its own, or what
        follows the end of an interchange, or binary data that may hold any delimiter."""
        if self._envelope.outside:
            just_read, self._isa_at_start = self._isa_at_start, False
            return not just_read and not self._take_like_isa(elements)
        return elements[0] in _BINARY

    def _take_like_isa(self, fields: list[str]) -> bool:
        """Take a further ISA whose segments end and divide as the present ones do; its other
        separators may be new. False: it has to be read from the start."""
        present = self.delimiters
        assert present is not None
        length = sum(map(len, fields)) + len(fields)
        if fields[0] != "ISA" or len(fields) != _ISA_ELEMENTS + 1 or length != _ISA_LENGTH:
            return False
        component, repetition = fields[-1], _repetition(fields[11])
        if component != present.component or repetition != present.repetition:
            if not self._usable(present.element, component, present.segment):
                return False
            self.delimiters = Delimiters(present.element, component, present.segment, repetition)
        return True

    def _watch(self, elements: list[str]) -> None:
        name = elements[0]
        if name in _WATCHED:
            self._envelope.see(elements, self._number)
            return
        if not _is_name(name):
            self.problem(
                "X12013",
                f"{name[:12]!r} is no segment name: expected two or three capitals or digits",
                "Usually a segment terminator is missing before it, or inside the data.",
            )
        if self._envelope.in_set:
            self._names.add(name)
        else:
            self._envelope.see(elements, self._number)

    def _last_piece(self, rest: str, separator: str) -> Iterator[Segment]:
        """What stands after the last terminator: nothing, or a segment that was cut off. Between
        interchanges it stays in the buffer: it can only be another ISA, or nothing of X12."""
        text = rest.strip()
        if self._envelope.outside:
            return
        self._buffer = ""
        if not text:
            return
        self._number += 1
        self._offset = self._start + len(rest) - len(rest.lstrip())
        elements = text.split(separator)
        self._no_terminator(text)
        if elements[0] == "IEA" and len(elements) == 3:
            self._envelope.see(elements, self._number)
            yield self._number, self._offset, elements

    def _no_terminator(self, text: str) -> None:
        assert self.delimiters is not None
        self.problem(
            "X12005",
            f"segment {text[:12]!r} has no end: expected {self.delimiters.segment!r} after it",
            "The file was cut off. Make or fetch it again.",
        )

    def _read_binary(self) -> Segment:
        """BIN or BDS: a length, then that many bytes of anything (X12.22)."""
        assert self.delimiters is not None
        separator = self.delimiters.element
        before_data = 2 if self._buffer.startswith("BIN") else 3
        while self._buffer[:64].count(separator) < before_data and len(self._buffer) < 64 and self._fill():
            pass
        head = self._buffer[:64].split(separator)[:before_data]
        length = head[before_data - 1] if len(head) == before_data else ""
        begin = sum(len(element) + 1 for element in head)
        self._number += 1
        self._offset = self._start
        stop = begin + int(length) if length.isdigit() and int(length) <= _LONGEST_BINARY else -1
        while len(self._buffer) <= stop and self._fill():
            pass
        if stop < 0 or self._buffer[stop : stop + 1] != self.delimiters.segment:
            self._bad_binary(head[0], length)
            stop = self._buffer.find(self.delimiters.segment)
            stop = len(self._buffer) if stop < 0 else stop
        number, at = self._number, self._start
        elements = [*head, self._buffer[begin:stop]]
        self._drop_until(self._start + min(stop + 1, len(self._buffer)))
        return number, at, elements

    def _bad_binary(self, name: str, length: str) -> None:
        self.problem(
            "X12014",
            f"{name} says that {length or 'no'} bytes follow, but no segment ends there",
            "The length counts bytes, not characters or lines.",
        )

    def _read_isa(self) -> bool:
        """Take the delimiters from the ISA at the buffer's start; False if there is no going on."""
        while len(self._buffer) < _LONGEST_ISA and self._fill():
            pass
        self._offset = self._start
        head = self._buffer[:_LONGEST_ISA]
        if not head.startswith("ISA"):
            self._no_isa(head)
            return False
        separator = head[3:4]
        fields = head.split(separator, _ISA_ELEMENTS) if separator else []
        if len(fields) <= _ISA_ELEMENTS or len(fields[_ISA_ELEMENTS]) < 2:
            self.problem(
                "X12002",
                "the ISA segment is cut off: expected 16 elements, the component separator and a terminator",
                "Make or fetch the file again.",
            )
            return False
        component, end = fields[_ISA_ELEMENTS][0], fields[_ISA_ELEMENTS][1]
        length = len(head) - len(fields[_ISA_ELEMENTS]) + 2
        if not self._usable(separator, component, end):
            return False
        if length != _ISA_LENGTH:
            self.problem(
                "X12003",
                f"the ISA segment is {length} characters long: expected {_ISA_LENGTH} (fixed widths)",
                "Read by its separators instead; most receivers refuse such a file.",
                severity=Severity.WARNING,
            )
        self.delimiters = Delimiters(separator, component, end, _repetition(fields[11]))
        self._isa_at_start = True
        return True

    def _no_isa(self, head: str) -> None:
        begins = head.splitlines()[0][:12] if head.splitlines() else ""
        if self._number:
            self.problem(
                "X12012",
                f"something follows the end of the interchange: {begins!r}; expected ISA or the file's end",
                "Remove it, or look for a lost ISA.",
            )
            return
        hint = "The file must begin with the ISA segment."
        if begins.startswith("GS"):
            hint = "It begins with GS: its first line, the ISA segment, is missing."
        self.problem("X12001", f"this is not X12: it begins with {begins!r}, expected ISA", hint)

    def _usable(self, separator: str, component: str, end: str) -> bool:
        distinct = len({separator, component, end}) == 3
        if distinct and not any(d.isalnum() or d == " " for d in (separator, component, end)):
            return True
        self.problem(
            "X12004",
            f"the ISA declares unusable separators: {separator!r} between elements, {component!r} inside"
            f" them, {end!r} after a segment; expected three different ones, no letters, digits or spaces",
            "Usually an element of the ISA is missing or too long.",
        )
        return False

    def _skip_blank(self) -> bool:
        """Go to the next thing that isn't blank; False when the file is over."""
        while True:
            text = self._buffer
            if self._start == 0:
                text = text.removeprefix(_BYTE_ORDER_MARK)
            text = text.lstrip(" \t\r\n\x00\x1a")
            self._drop_until(self._start + len(self._buffer) - len(text))
            # A byte order mark that is cut in two by a small chunk must not pass for text.
            if text and not (self._start == 0 and len(text) < 3):
                return True
            if not self._fill():
                return bool(self._buffer)

    def _fill(self) -> bool:
        if self._ended:
            return False
        data = self._stream.read(self._chunk)
        if not data:
            self._ended = True
            return False
        self._buffer += data.decode("latin-1")
        return True

    def _drop_until(self, offset: int) -> None:
        length = offset - self._start
        if length <= 0:
            return
        if breaks := self._buffer.count("\n", 0, length):
            self._lines_before += breaks
            self._line_start = self._start + self._buffer.rfind("\n", 0, length) + 1
        self._buffer = self._buffer[length:]
        self._start = offset

    def _place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of a byte offset in the present chunk."""
        until = max(0, offset - self._start)
        breaks = self._buffer.count("\n", 0, until)
        begin = self._start + self._buffer.rfind("\n", 0, until) + 1 if breaks else self._line_start
        return self._lines_before + breaks + 1, max(1, offset - begin + 1)


def _is_name(name: str) -> bool:
    return 2 <= len(name) <= 3 and name.isascii() and name.isalnum() and name.isupper()


def _repetition(isa11: str) -> str:
    """The repetition separator; letters and digits there name a standard (before 00402)."""
    return isa11 if len(isa11) == 1 and not isa11.isalnum() and isa11 != " " else ""
