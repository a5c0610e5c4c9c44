"""The envelopes of X12: interchange (ISA/IEA), functional group (GS/GE), transaction set (ST/SE).

Each trailer repeats the control number of its header and counts what lies between (X12.5, X12.6).
This follows them segment by segment and reports what doesn't agree; it keeps no segment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Report = Callable[[str, str, str], None]
"""Takes the diagnostic's code, message and hint; the caller knows the position."""

HEADERS_AND_TRAILERS = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})
_AGREES_HINT = "The file was cut, joined or edited after it was made; make it again."


@dataclass(slots=True)
class _Open:
    """An envelope that is not closed yet: its control number and what it holds so far."""

    control: str
    first: int
    count: int = 0


class Envelope:
    """What is open at this point of the file."""

    __slots__ = ("_group", "_interchange", "_report", "_see", "_set", "in_set", "outside")

    def __init__(self, report: Report) -> None:
        self._report = report
        self._interchange: _Open | None = None
        self._group: _Open | None = None
        self._set: _Open | None = None
        self.outside = True
        """Between interchanges."""
        self.in_set = False
        """In a transaction set."""
        self._see = {
            "ISA": self._begin_interchange,
            "GS": self._begin_group,
            "ST": self._begin_set,
            "SE": self._end_set,
            "GE": self._end_group,
            "IEA": self._end_interchange,
        }

    def see(self, elements: Sequence[str], number: int) -> None:
        """Take note of one header, trailer, or segment that stands outside of a transaction set."""
        if handle := self._see.get(elements[0]):
            handle(elements, number)
            self.outside, self.in_set = self._interchange is None, self._set is not None
        elif elements[0] == "TA1":
            self._expect(self._interchange, "TA1", "an interchange (ISA)")
        else:
            self._expect(self._set, elements[0], "a transaction set (ST)")

    def finish(self) -> None:
        """The file is over."""
        if self._set:
            self._unclosed(f"transaction set {self._set.control}", "SE", "the file ends")
        elif self._group:
            self._unclosed(f"functional group {self._group.control}", "GE", "the file ends")
        elif self._interchange:
            self._unclosed(f"interchange {self._interchange.control}", "IEA", "the file ends")

    def _begin_interchange(self, elements: Sequence[str], number: int) -> None:
        self._close_leftovers("ISA")
        self._interchange = _Open(_element(elements, 13), number)

    def _begin_group(self, elements: Sequence[str], number: int) -> None:
        self._close_set("GS")
        self._expect(self._interchange, "GS", "an interchange (ISA)")
        self._group = _Open(_element(elements, 6), number)

    def _begin_set(self, elements: Sequence[str], number: int) -> None:
        self._close_set("ST")
        self._expect(self._group, "ST", "a functional group (GS)")
        self._set = _Open(_element(elements, 2), number)

    def _end_set(self, elements: Sequence[str], number: int) -> None:
        if not self._expect(self._set, "SE", "a transaction set (ST)"):
            return
        opened = self._set
        assert opened is not None
        self._compare_count("X12007", elements, "segments", number - opened.first + 1, opened.control)
        self._compare_control(elements, "ST02", opened.control)
        self._set = None
        if self._group:
            self._group.count += 1

    def _end_group(self, elements: Sequence[str], number: int) -> None:
        self._close_set("GE")
        if not self._expect(self._group, "GE", "a functional group (GS)"):
            return
        opened = self._group
        assert opened is not None
        self._compare_count("X12008", elements, "transaction sets", opened.count, opened.control)
        self._compare_control(elements, "GS06", opened.control)
        self._group = None
        if self._interchange:
            self._interchange.count += 1

    def _end_interchange(self, elements: Sequence[str], number: int) -> None:
        self._close_set("IEA")
        if self._group:
            self._unclosed(f"functional group {self._group.control}", "GE", "IEA comes")
            self._group = None
        if not self._expect(self._interchange, "IEA", "an interchange (ISA)"):
            return
        opened = self._interchange
        assert opened is not None
        self._compare_count("X12009", elements, "functional groups", opened.count, opened.control)
        self._compare_control(elements, "ISA13", opened.control)
        self._interchange = None

    def _close_set(self, before: str) -> None:
        if self._set:
            self._unclosed(f"transaction set {self._set.control}", "SE", f"{before} comes")
            self._set = None

    def _close_leftovers(self, before: str) -> None:
        if self._interchange:
            self._close_set(before)
            self._unclosed(f"interchange {self._interchange.control}", "IEA", f"another {before} comes")
            self._group = None

    def _unclosed(self, what: str, trailer: str, when: str) -> None:
        self._report("X12006", f"{what} is not closed: expected {trailer} before {when}", _AGREES_HINT)

    def _expect(self, opened: _Open | None, name: str, where: str) -> bool:
        if opened is None:
            self._report(
                "X12011",
                f"{name} stands outside: expected it inside {where}",
                "Headers go ISA, GS, ST and trailers SE, GE, IEA; look for one that is missing before this.",
            )
        return opened is not None

    def _compare_count(
        self, code: str, elements: Sequence[str], things: str, counted: int, control: str
    ) -> None:
        said = _element(elements, 1)
        if not said.isdigit() or int(said) != counted:
            self._report(
                code,
                f"{elements[0]}01 of {control} says {said or 'nothing'}, but there are {counted} {things}",
                _AGREES_HINT,
            )

    def _compare_control(self, elements: Sequence[str], header: str, control: str) -> None:
        said = _element(elements, 2)
        if said != control and said.strip() != control.strip() and not _same_number(said, control):
            self._report(
                "X12010",
                f"{elements[0]}02 is {said or 'empty'}: expected {control}, the control number of {header}",
                _AGREES_HINT,
            )


def _element(elements: Sequence[str], position: int) -> str:
    return elements[position] if len(elements) > position else ""


def _same_number(one: str, other: str) -> bool:
    """Numeric control numbers are equal whatever zeros lead them."""
    return one.isdigit() and other.isdigit() and int(one) == int(other)
