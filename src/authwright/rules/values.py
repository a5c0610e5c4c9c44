"""The small values of rules and payer files: sets of codes, bounds, spans, sources.

Each reads itself from a node (`from_node`, see shapes) and can be asked about a query's value.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from authwright.core import codes as shapes_of_codes
from authwright.core.dates import DATE_FORMS, parse_date
from authwright.core.diagnostics import Severity
from authwright.core.requirement import Source
from authwright.rules.nodes import Node, Scalar, kind_of
from authwright.rules.shapes import NEEDED, Log, build, scalars


@dataclass(frozen=True, slots=True)
class CodeRange:
    """Codes of one shape from `first` to `last`, both included."""

    first: str
    last: str

    def __contains__(self, code: str) -> bool:
        return (
            len(code) == len(self.first)
            and self.first <= code <= self.last
            and code[0].isalpha() == self.first[0].isalpha()
            and (code[-1] == self.first[-1] if self.first[-1].isalpha() else code[-1].isdigit())
        )

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


_RANGE = re.compile(r"([A-Z0-9]{5})\s*-\s*([A-Z0-9]{5})")


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Procedure codes: single ones and ranges."""

    single: frozenset[str] = frozenset()
    ranges: tuple[CodeRange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.single or self.ranges)

    def __contains__(self, code: str) -> bool:
        return code in self.single or any(code in r for r in self.ranges)

    def __iter__(self) -> Iterator[str]:
        """Every part as written: codes in order, then ranges."""
        yield from sorted(self.single)
        yield from map(str, self.ranges)

    @classmethod
    def from_node(cls, node: Node, log: Log) -> Self:
        single: dict[str, Scalar] = {}
        ranges: list[CodeRange] = []
        for item in scalars(node, log, "a code"):
            text = item.text.strip().upper()
            if found := _RANGE.fullmatch(text):
                _add_range(found[1], found[2], item, ranges, log)
            elif shapes_of_codes.procedure_code_kind(text) is None:
                log.error(
                    item,
                    "RUL010",
                    f"{item.text!r} is no procedure code",
                    "a CPT or HCPCS code has five characters (72148, J0585, 0275T); a range is 64490-64495",
                )
            elif text in single:
                log.error(
                    item,
                    "RUL011",
                    f"the code {text} stands here twice (first on line {single[text].line})",
                    "remove one",
                    severity=Severity.WARNING,
                )
            else:
                single[text] = item
        return cls(frozenset(single), tuple(ranges))


def _add_range(first: str, last: str, item: Scalar, ranges: list[CodeRange], log: Log) -> None:
    kinds = {shapes_of_codes.procedure_code_kind(first), shapes_of_codes.procedure_code_kind(last)}
    one_letter = first[0] == last[0] or not (first[0].isalpha() or last[0].isalpha())
    if None in kinds or len(kinds) > 1 or not one_letter or last < first:
        log.error(
            item,
            "RUL010",
            f"{item.text!r} is no range of procedure codes",
            "both ends have the same shape and the first isn't after the last: 64490-64495, J0585-J0589",
        )
    else:
        ranges.append(CodeRange(first, last))


@dataclass(frozen=True, slots=True)
class Bounds:
    """A whole number from `low` to `high`, both included; None is open."""

    low: int | None = None
    high: int | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None

    def allows(self, value: int) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def in_words(self) -> str:
        if self.low is not None and self.high is not None:
            return f"from {self.low} to {self.high}"
        return f"at least {self.low}" if self.low is not None else f"at most {self.high}"

    @classmethod
    def from_node(cls, node: Node, log: Log) -> Self | None:
        """`{from: 18, to: 64}`, `{under: 18}`, `{over: 12}`."""
        read = build(_Limits, node, log, "a range of numbers")
        if read is None:
            return None
        low = read.low if read.over is None else read.over + 1
        high = read.high if read.under is None else read.under - 1
        if low is not None and high is not None and high < low:
            log.error(node, "RUL012", f"no number lies from {low} to {high}", "exchange or correct the two")
        return cls(low, high)


@dataclass(frozen=True, slots=True)
class _Limits:
    low: int | None = None
    high: int | None = None
    over: int | None = None
    under: int | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """The first day of an entry; `day` None means that its source names none (`from: unknown`)."""

    day: dt.date | None

    @classmethod
    def from_node(cls, node: Node, log: Log) -> Self | None:
        if isinstance(node, Scalar) and node.text == "unknown":
            return cls(None)
        day = parse_date(node.text) if isinstance(node, Scalar) else None
        if day is None:
            log.error(node, "RUL008", f"`from` is a date ({DATE_FORMS}) or unknown, not {kind_of(node)}")
            return None
        return cls(day)


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "calendar days"
    BUSINESS_DAYS = "business days"
    WEEKS = "weeks"
    MONTHS = "months"


_SPAN = re.compile(r"(\d{1,4})\s+(calendar |business )?(hour|day|week|month|year)s?")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: `7 calendar days`, `72 hours`, `2 business days`, `12 months`."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        words = self.unit.value
        return f"{self.number} {words[:-1] if self.number == 1 else words}"

    def after(self, day: dt.date) -> dt.date | None:
        """The last day of the span that begins on `day`, where the calendar alone can tell."""
        return day + dt.timedelta(days=self._days) if self._days else None

    def before(self, day: dt.date) -> dt.date | None:
        """The last day that leaves the whole span until `day`."""
        return day - dt.timedelta(days=self._days) if self._days else None

    @property
    def _days(self) -> int:
        return self.number * {Unit.DAYS: 1, Unit.WEEKS: 7}.get(self.unit, 0)

    @classmethod
    def from_node(cls, node: Node, log: Log) -> Self | None:
        found = _SPAN.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
        if found and not (found[2] and found[3] != "day"):
            number = int(found[1]) * (12 if found[3] == "year" else 1)
            unit = {"hour": Unit.HOURS, "week": Unit.WEEKS, "day": Unit.DAYS}.get(found[3], Unit.MONTHS)
            return cls(number, Unit.BUSINESS_DAYS if found[2] == "business " else unit)
        log.error(
            node,
            "RUL008",
            f"a length of time is a number and a unit, not {kind_of(node)}",
            "write `7 calendar days`, `2 business days`, `72 hours`, `12 months`",
        )
        return None


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Period:
    """The days for which a source says that it holds."""

    start: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands. `published` is as the page says it; `period` what the page claims to cover."""

    title: str = field(default="", metadata=NEEDED)
    url: str = field(default="", metadata=NEEDED)
    page: str = ""
    published: str = ""
    retrieved: dt.date | None = None
    confidence: Confidence = Confidence.HIGH
    period: Period | None = None
    says: str = ""
    note: str = ""

    def source(self) -> Source:
        return Source(self.title, self.url, self.page, self.published, self.retrieved, self.confidence.value)

    @property
    def read_on(self) -> dt.date | None:
        """The day that its age counts from: when it was retrieved, else published."""
        return self.retrieved or parse_date(self.published)


def best_confidence(citations: Iterable[Citation]) -> Confidence:
    """Sources that agree are as sure as the surest of them."""
    order = list(Confidence)
    return min((c.confidence for c in citations), key=order.index, default=Confidence.LOW)
