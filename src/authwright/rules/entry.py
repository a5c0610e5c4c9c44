"""One dated entry of rules/*.yaml: the class is the schema."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from authwright.core.requirement import Outcome, Responsible
from authwright.rules.choices import (
    Coverages,
    Diagnoses,
    FacilityTypes,
    Fundings,
    Lines,
    Modifiers,
    Places,
    Plans,
    Procedures,
    States,
)
from authwright.rules.shapes import INTERNAL, NEEDED
from authwright.rules.values import Bounds, Citation, CodeSet, Confidence, Start, best_confidence


class Clock(StrEnum):
    """Which day an entry's dates are compared with."""

    SERVICE = "service-date"
    REQUEST = "request-date"


@dataclass(frozen=True, slots=True)
class When:
    """The conditions of an entry; all must hold. What isn't given doesn't matter.

    `units` is over the units of the line, `ages` the member's age in years, `billed_with` holds when
    any other code of the request is among them; `coverage` is whether the payer pays first or later.
    """

    plans: Plans = field(default_factory=Plans)
    lines_of_business: Lines = field(default_factory=Lines)
    funding: Fundings = field(default_factory=Fundings)
    states: States = field(default_factory=States)
    places: Places = field(default_factory=Places)
    facility_types: FacilityTypes = field(default_factory=FacilityTypes)
    ages: Bounds = field(default_factory=Bounds)
    diagnoses: Diagnoses = field(default_factory=Diagnoses)
    modifiers: Modifiers = field(default_factory=Modifiers)
    billed_with: Procedures = field(default_factory=Procedures)
    coverage: Coverages = field(default_factory=Coverages)
    units: Bounds = field(default_factory=Bounds)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Expected:
    """What an example says that the answer is; what is left out may be anything."""

    outcome: Outcome
    reviewer: str | None = None
    process: tuple[str, ...] = ()
    rule: str | None = None
    verify: bool | None = None
    responsible: Responsible | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A question and its answer, run by `check`. Without `code` the entry's first code is asked.

    `date` defaults to `request_date` and the other way round. `title` is the key it stands under.
    """

    expect: Expected
    code: str = ""
    date: dt.date | None = None
    request_date: dt.date | None = None
    plan: str = ""
    line_of_business: str = ""
    funding: str = ""
    state: str = ""
    place: str = ""
    facility_type: str = ""
    modifiers: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    billed_with: tuple[str, ...] = ()
    coverage: int = 1
    units: int | None = None
    age: int | None = None
    title: str = field(default="", metadata=INTERNAL)
    line: int = field(default=0, metadata=INTERNAL)
    column: int = field(default=0, metadata=INTERNAL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule from its first day until the next entry of the same rule, or its own `until`.

    Exactly one of three: `codes` that something holds for; `withdraws`, codes that need nothing from
    then on; `complete`, the statement that a list is exhaustive for the scope of `when`. A `broken`
    entry has errors: it ends the entry before it, and answers nothing itself.
    """

    rule: str
    codes: CodeSet = field(default_factory=CodeSet)
    withdraws: CodeSet = field(default_factory=CodeSet)
    complete: bool = False
    when: When = field(default_factory=When)
    requires: tuple[str, ...] = ()
    outcome: Outcome = Outcome.REQUIRED
    question: str = ""
    reviewer: str = ""
    responsible: Responsible | None = None
    if_left_out: str = ""
    clock: Clock = Clock.SERVICE
    start: Start = field(default=Start(None), metadata=NEEDED)
    until: dt.date | None = None
    source: tuple[Citation, ...] = field(default=(), metadata=NEEDED)
    notes: tuple[str, ...] = ()
    examples: tuple[Any, ...] = field(default=(), metadata=INTERNAL)
    payer: str = field(default="", metadata=INTERNAL)
    overlay: bool = field(default=False, metadata=INTERNAL)
    file: str = field(default="", metadata=INTERNAL)
    broken: bool = field(default=False, metadata=INTERNAL)
    marks: Mapping[str, tuple[int, int]] = field(default_factory=dict, metadata=INTERNAL)

    @property
    def first_day(self) -> dt.date:
        """The day it begins; with `from: unknown` the start of its source's period, else the day read."""
        if self.start.day:
            return self.start.day
        periods = [c.period.start for c in self.source if c.period]
        read = [c.read_on for c in self.source if c.read_on]
        return min(periods or read, default=dt.date.max)

    @property
    def confidence(self) -> Confidence:
        return best_confidence(self.source)

    @property
    def read_on(self) -> dt.date | None:
        """The latest day that any of its sources was read."""
        return max((c.read_on for c in self.source if c.read_on), default=None)

    @property
    def answers(self) -> Outcome:
        """What it answers where it holds."""
        return Outcome.NOT_REQUIRED if self.withdraws or self.complete else self.outcome

    def mark(self, key: str = "") -> tuple[int, int]:
        """Line and column of a key of the entry, or of the entry itself."""
        return self.marks.get(key) or self.marks.get("", (0, 0))
