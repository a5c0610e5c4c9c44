"""A payer's entries by code: which of them are in force on a day."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from authwright.core.diagnostics import did_you_mean
from authwright.core.requirement import Outcome, Process, Source
from authwright.rules import vocabulary
from authwright.rules.conditions import Conditions, specificity
from authwright.rules.entry import Clock, Entry, When
from authwright.rules.payer import Payer, Plan
from authwright.rules.processes import ProcessBook
from authwright.rules.values import Confidence

NEEDS_ACTION = frozenset(
    {Outcome.REQUIRED, Outcome.NOTIFICATION_ONLY, Outcome.VOLUNTARY, Outcome.CONDITIONAL}
)


@dataclass(frozen=True, slots=True)
class Days:
    """The two days that a rule's dates can be compared with."""

    service: dt.date
    request: dt.date

    def by(self, clock: Clock) -> dt.date:
        return self.request if clock is Clock.REQUEST else self.service


@dataclass(frozen=True, eq=False)
class Ready:
    """An entry with everything worked out that doesn't hang on the question.

    `when` is the entry's own, or for a withdrawal without one that of the entry it withdraws from.
    """

    entry: Entry
    when: When
    first_day: dt.date

    @cached_property
    def conditions(self) -> Conditions:
        # A code that was taken off a list needs nothing on either reading of an exception to that list.
        lenient = self.entry.answers in NEEDS_ACTION or bool(self.entry.withdraws)
        return Conditions.of(self.when, lenient=lenient)

    def names(self, code: str) -> bool:
        return code in self.entry.codes or code in self.entry.withdraws

    def rank(self, code: str) -> tuple[int, ...]:
        single = code in self.entry.codes.single or code in self.entry.withdraws.single
        return self._rank_of_single if single else self._rank_of_range

    @cached_property
    def _rank_of_single(self) -> tuple[int, ...]:
        return specificity(self.when, overlay=self.entry.overlay, single_code=True)

    @cached_property
    def _rank_of_range(self) -> tuple[int, ...]:
        return specificity(self.when, overlay=self.entry.overlay, single_code=False)

    @cached_property
    def says(self) -> str:
        """What it says and since when, in words."""
        if self.entry.start.day is None:
            since = f"its source names no first day; taken from {self.first_day}"
        else:
            since = f"in force from {self.first_day}"
        what = "withdraws the code" if self.entry.withdraws else "names the code"
        return f"{'the list is complete' if self.entry.complete else what}; {since}"

    @cached_property
    def is_weak(self) -> bool:
        """Whether its sources leave a doubt, whatever their age."""
        entry = self.entry
        return entry.confidence is not Confidence.HIGH or entry.start.day is None or self.read_on is None

    @cached_property
    def read_on(self) -> dt.date | None:
        return self.entry.read_on

    def has_begun(self, days: Days) -> bool:
        return self.first_day <= days.by(self.entry.clock)


@dataclass(frozen=True, slots=True)
class State:
    """What a rule says of a code on a day: the entry in force, or in words why there is none."""

    ready: Ready | None
    because: str = ""
    before_known_start: bool = False


_BROKEN = "the entry in force has errors and answers nothing (see `authwright check`)"


@dataclass(frozen=True, eq=False)
class Timeline:
    """All entries of one rule. Each lasts until the next; withdrawals take single codes out."""

    rule: str
    overlay: bool
    lists: tuple[Ready, ...]
    withdrawals: tuple[Ready, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Timeline":
        ordered = sorted(entries, key=lambda e: (e.first_day, e.file, e.mark()))
        lists = tuple(Ready(e, e.when, e.first_day) for e in ordered if e.codes)
        withdrawals = (e for e in ordered if e.withdraws)
        return cls(
            ordered[0].rule,
            ordered[0].overlay,
            lists,
            tuple(Ready(e, e.when or _scope_before(e, lists), e.first_day) for e in withdrawals),
        )

    def codes(self) -> Iterator[str]:
        for ready in (*self.lists, *self.withdrawals):
            yield from ready.entry.codes.single
            yield from ready.entry.withdraws.single

    @property
    def has_ranges(self) -> bool:
        return any(r.entry.codes.ranges or r.entry.withdraws.ranges for r in (*self.lists, *self.withdrawals))

    def names(self, code: str) -> bool:
        return any(r.names(code) for r in (*self.lists, *self.withdrawals))

    def state(self, code: str, days: Days) -> State:
        present = next((r for r in reversed(self.lists) if r.has_begun(days)), None)
        withdrawn = next((r for r in reversed(self.withdrawals) if r.names(code) and r.has_begun(days)), None)
        named = present is not None and present.names(code)
        if withdrawn and not (named and present and present.first_day >= withdrawn.first_day):
            return self._in_force(withdrawn, days)
        if present is None:
            return self._not_begun(code, days)
        if present.entry.broken:
            return State(None, _BROKEN)
        if not named:
            later = any(r.names(code) and not r.has_begun(days) for r in self.lists)
            because = f"the entry from {present.first_day} doesn't name {code}"
            return self._not_begun(code, days) if later else State(None, because)
        return self._in_force(present, days)

    @staticmethod
    def _in_force(ready: Ready, days: Days) -> State:
        until = ready.entry.until
        if ready.entry.broken:
            return State(None, _BROKEN)
        if until is not None and days.by(ready.entry.clock) > until:
            return State(None, f"ended on {until}")
        return State(ready)

    def _not_begun(self, code: str, days: Days) -> State:
        every = (*self.lists, *self.withdrawals)
        first = next((r for r in every if r.names(code) and not r.has_begun(days)), None)
        if first is None:
            return State(None, f"doesn't name {code} yet")
        unknown = first.entry.start.day is None
        day = days.by(first.entry.clock)
        if unknown:
            return State(None, f"its source names no first day and was read later than {day}", True)
        return State(None, f"begins on {first.first_day}, after {day}")


def _scope_before(withdrawal: Entry, lists: Sequence[Ready]) -> When:
    """A withdrawal without a scope of its own takes that of the list it takes the codes out of."""
    codes = withdrawal.withdraws
    before = [
        r for r in lists if r.first_day <= withdrawal.first_day and any(r.names(c) for c in codes.single)
    ]
    before = before or [r for r in lists if r.first_day <= withdrawal.first_day]
    return before[-1].when if before else withdrawal.when


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer takes over from the entries it rests on."""

    rule: str
    processes: tuple[Process, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    by_request_date: bool


# How many names of plans are remembered; a practice has few.
_REMEMBERED = 4096


class PayerRules:
    """The rules of one payer, found by code."""

    def __init__(self, payer: Payer, entries: Sequence[Entry]) -> None:
        self.payer, self.book = payer, ProcessBook(payer)
        self.entries = tuple(entries)
        by_rule: dict[tuple[bool, str], list[Entry]] = {}
        for entry in entries:
            if not entry.complete:
                by_rule.setdefault((entry.overlay, entry.rule), []).append(entry)
        self.timelines = tuple(Timeline.of(group) for _, group in sorted(by_rule.items()))
        complete: dict[tuple[bool, str], list[Ready]] = {}
        for entry in sorted((e for e in entries if e.complete), key=lambda e: e.first_day):
            ready = Ready(entry, entry.when, entry.first_day)
            complete.setdefault((entry.overlay, entry.rule), []).append(ready)
        self._complete = tuple(complete.values())
        self._with_ranges = tuple(t for t in self.timelines if t.has_ranges)
        self._plans: dict[tuple[str, str], tuple[Plan | None, str, str]] = {}
        self._bases: dict[tuple[object, ...], Basis] = {}
        self._by_code: dict[str, list[Timeline]] = {}
        for timeline in self.timelines:
            for code in dict.fromkeys(timeline.codes()):
                self._by_code.setdefault(code, []).append(timeline)

    def naming(self, code: str) -> list[Timeline]:
        """The rules that name the code at any time."""
        found = self._by_code.get(code, [])
        if not self._with_ranges:
            return found
        return found + [t for t in self._with_ranges if all(t is not f for f in found) and t.names(code)]

    def plan_and_line(self, plan: str, line_of_business: str) -> tuple[Plan | None, str, str]:
        """The payer's plan of that name, the line of business, and a note when the name isn't known.

        A plan may be named by its line of business; a payer's only plan or line goes without saying.
        """
        key = (plan, line_of_business)
        if key not in self._plans:
            if len(self._plans) > _REMEMBERED:
                self._plans.clear()
            self._plans[key] = self._plan_and_line(plan, line_of_business)
        return self._plans[key]

    def _plan_and_line(self, name: str, line_of_business: str) -> tuple[Plan | None, str, str]:
        payer = self.payer
        plan = payer.plan(name) if name else None
        line = vocabulary.line_of_business(line_of_business)
        note = ""
        if name and plan is None and not vocabulary.line_of_business(name):
            near = did_you_mean(name, [n for p in payer.plans for n in (p.id, p.name)])
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            note = f"{payer.name} has no plan {name!r} in the library{hint}"
        if plan is None and len(payer.plans) == 1 and not name:
            plan = payer.plans[0]
        only = payer.lines_of_business[0] if len(payer.lines_of_business) == 1 else ""
        named = vocabulary.line_of_business(name) if plan is None else plan.line_of_business
        return plan, line or named or only, note

    def basis(self, entries: Sequence[Ready], line_of_business: str, state: str, day: dt.date) -> Basis:
        """What these entries say together. Kept, because few combinations ever occur."""
        key = (*map(id, entries), line_of_business, state, self.book.period(day))
        if key not in self._bases:
            processes: dict[str, Process] = {}
            for ready in entries:
                for process in self.book.of_entry(ready.entry, line_of_business, state, day):
                    processes.setdefault(process.id, process)
            self._bases[key] = Basis(
                ", ".join(dict.fromkeys(r.entry.rule for r in entries)),
                tuple(processes.values()),
                tuple(dict.fromkeys(c.source() for r in entries for c in r.entry.source)),
                tuple(dict.fromkeys(note for r in entries for note in r.entry.notes)),
                any(r.entry.clock is Clock.REQUEST for r in entries),
            )
        return self._bases[key]

    def complete_on(self, days: Days) -> Iterator[Ready]:
        """The statements in force that a list is exhaustive."""
        for statements in self._complete:
            present = next((r for r in reversed(statements) if r.has_begun(days)), None)
            until = present.entry.until if present else None
            if (
                present
                and not present.entry.broken
                and (until is None or days.by(present.entry.clock) <= until)
            ):
                yield present

    def codes(self) -> list[str]:
        """Every code that is named singly, and the first of every range."""
        lists = (r.entry for t in self._with_ranges for r in (*t.lists, *t.withdrawals))
        firsts = {r.first for e in lists for r in (*e.codes.ranges, *e.withdraws.ranges)}
        return sorted(firsts | self._by_code.keys())
