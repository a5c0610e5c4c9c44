"""payer.yaml: what is true of a payer whatever the code.

Every class is the schema of its part of the file; docs/reference/payer-library.md explains each key.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from authwright.core.requirement import Responsible, Reviews
from authwright.rules import vocabulary
from authwright.rules.choices import Lines, States
from authwright.rules.shapes import INTERNAL, NEEDED
from authwright.rules.values import Citation, CodeSet, Span


class ChannelKind(StrEnum):
    PORTAL = "portal"
    X12 = "x12-278"
    FHIR = "fhir"
    API = "api"
    FAX = "fax"
    PHONE = "phone"
    MAIL = "mail"
    OTHER = "other"


class Urgency(StrEnum):
    STANDARD = "standard"
    EXPEDITED = "expedited"


class ApprovalFor(StrEnum):
    """Whom an approval names: one person, the group, or the facility."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    FACILITY = "facility"


class ClaimKind(StrEnum):
    PROFESSIONAL = "professional"
    INSTITUTIONAL = "institutional"
    BOTH = "both"


class Remains(StrEnum):
    """What an exemption leaves to do: nothing, a notification, or a request will be rejected."""

    NOTHING = "nothing"
    NOTIFICATION = "notification"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Plan:
    id: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    line_of_business: str = ""
    funding: str = ""
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PayerChannel:
    id: str
    kind: ChannelKind
    address: str
    hours: str = ""
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class PayerProcess:
    """One process in the payer's own term. `channels` are ids of the payer's channels."""

    id: str
    name: str
    reviews: tuple[Reviews, ...] = ()
    setting: str = ""
    reviewer: str = ""
    responsible: Responsible | None = None
    may_also_file: tuple[Responsible, ...] = ()
    if_left_out: str = ""
    channels: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides in the payer's name: a delegate, or the payer's own unit.

    With `processes` and `states` it reviews those processes in those states, whatever the rule.
    """

    id: str
    name: str
    channels: tuple[PayerChannel, ...] = ()
    processes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class Turnaround:
    """How long a decision may take. Empty `processes` or `lines_of_business` mean any."""

    within: Span
    urgency: Urgency = Urgency.STANDARD
    processes: tuple[str, ...] = ()
    lines_of_business: Lines = field(default_factory=Lines)
    starts: str = "receipt of the request"
    extension: str = ""
    start: dt.date | None = None
    until: dt.date | None = None
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class PayerDeadline:
    """A time limit for the practice. `starts` names the event: service, request, denial, admission ..."""

    kind: str
    within: Span | None = None
    starts: str = ""
    before: bool = False
    processes: tuple[str, ...] = ()
    lines_of_business: Lines = field(default_factory=Lines)
    note: str = ""
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """An approval of `authorized` covers a claim for any of `covers`."""

    id: str
    authorized: CodeSet
    covers: CodeSet
    reviewer: str = ""
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """Which claim carries the approval's number, and where."""

    id: str
    claim: ClaimKind = ClaimKind.BOTH
    carries_number: bool = True
    where: str = ""
    approval_for: ApprovalFor | None = None
    processes: tuple[str, ...] = ()
    note: str = ""
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """How lines go into requests. `apart` are kinds that never share one (drug, procedure)."""

    max_codes: int | None = None
    same_date: bool = False
    same_site: bool = False
    apart: tuple[str, ...] = ()
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class ExemptionScope:
    """Who is exempt. In the shipped library empty; a practice's overlay fills it."""

    tins: tuple[str, ...] = ()
    npis: tuple[str, ...] = ()
    ccns: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tins or self.npis or self.ccns)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A provider's standing exemption (gold card): which codes, for how long, and what remains."""

    id: str
    name: str = ""
    scope: ExemptionScope = field(default_factory=ExemptionScope)
    codes: CodeSet = field(default_factory=CodeSet)
    processes: tuple[str, ...] = ()
    lines_of_business: Lines = field(default_factory=Lines)
    states: States = field(default_factory=States)
    remains: Remains = Remains.NOTHING
    notification: str = ""
    start: dt.date | None = None
    until: dt.date | None = None
    note: str = ""
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that must be shown, how recent, and in which document. Public sources only.

    `contractor` names the one reviewer or contractor whose policy it is; empty: the payer's everywhere.
    """

    id: str
    codes: CodeSet
    shows: str
    contractor: str = ""
    policy: str = ""
    kind: str = ""
    number: str = ""
    unit: str = ""
    document: str = ""
    start: dt.date | None = None
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class Payer:
    payer: str
    name: str = field(default="", metadata=NEEDED)
    aliases: tuple[str, ...] = ()
    x12_ids: tuple[str, ...] = ()
    lines_of_business: tuple[str, ...] = ()
    refresh_days: int = 90
    plans: tuple[Plan, ...] = ()
    processes: tuple[PayerProcess, ...] = ()
    channels: tuple[PayerChannel, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()
    turnarounds: tuple[Turnaround, ...] = ()
    deadlines: tuple[PayerDeadline, ...] = ()
    code_groups: tuple[CodeGroup, ...] = ()
    claim_rules: tuple[ClaimRule, ...] = ()
    grouping: Grouping = field(default_factory=Grouping)
    exemptions: tuple[Exemption, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    portals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    marks: Mapping[str, tuple[str, int, int]] = field(default_factory=dict, metadata=INTERNAL, compare=False)

    def mark(self, text: str) -> tuple[str, int, int]:
        """File, line and column of a text of the payer's file."""
        return self.marks.get(text) or next(iter(self.marks.values()), ("", 0, 0))

    def process(self, id_: str) -> PayerProcess | None:
        return next((p for p in self.processes if p.id == id_), None)

    def plan(self, name: str) -> Plan | None:
        """The plan of that id, name or alias."""
        wanted = vocabulary.fold(name)
        return next(
            (p for p in self.plans if wanted in map(vocabulary.fold, (p.id, p.name, *p.aliases))), None
        )

    def criteria_for(self, code: str, day: dt.date) -> tuple[Criterion, ...]:
        """What must be shown for a code on a date of service, in the order of the file."""
        return tuple(c for c in self.criteria if code in c.codes and (c.start is None or c.start <= day))

    def with_overlay(self, over: "Payer", given: frozenset[str]) -> "Payer":
        """This payer with the keys that an overlay gave: lists grow, and what has the same id is replaced."""
        changes = {name: _laid_over(getattr(self, name), getattr(over, name)) for name in given}
        return replace(self, **changes, marks={**self.marks, **over.marks})


def _laid_over(old: Any, new: Any) -> Any:
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return new
    merged: dict[object, object] = {getattr(item, "id", item): item for item in old}
    merged.update({getattr(item, "id", item): item for item in new})
    return tuple(merged.values())
