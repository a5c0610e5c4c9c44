"""What a payer requires for one service line: the question and the answer.

The rule engine (rules) answers; requests, claim checks and pages ask. `authwright require --json`
prints exactly these names.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    REQUIRED = "required"
    NOTIFICATION_ONLY = "notification-only"
    VOLUNTARY = "voluntary"
    CONDITIONAL = "conditional"
    NOT_REQUIRED = "not-required"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class Reviews(StrEnum):
    COVERAGE = "coverage"
    MEDICAL_NECESSITY = "medical-necessity"


class Responsible(StrEnum):
    """Who must obtain the approval."""

    ORDERING = "ordering"
    RENDERING = "rendering"
    FACILITY = "facility"
    SUPPLIER = "supplier"
    PCP = "pcp"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class RequirementQuery:
    """One service line under one coverage. Empty means that nobody said; the engine never guesses.

    `date` is the date of service, `request_date` the day the request is or would be made.
    `also_billed` are the other codes of the same request or claim (for rules on combinations).
    """

    payer: str
    code: str
    date: dt.date
    plan: str = ""
    line_of_business: str = ""
    funding: str = ""
    state: str = ""
    place: str = ""
    facility_type: str = ""
    modifiers: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    units: int | None = None
    age: int | None = None
    request_date: dt.date | None = None
    provider_npi: str = ""
    provider_tin: str = ""
    facility_ccn: str = ""
    also_billed: tuple[str, ...] = ()
    coverage: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    url: str
    page: str = ""
    published: str = ""
    retrieved: dt.date | None = None
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to file. `kind` is portal, x12-278, fhir, fax, phone, mail or other."""

    kind: str
    address: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """One process of the payer that the line must go through, in the payer's own words."""

    id: str
    name: str
    reviews: tuple[Reviews, ...] = ()
    reviewer: str = ""
    responsible: Responsible | None = None
    may_also_file: tuple[Responsible, ...] = ()
    if_left_out: str = ""
    channels: tuple[Channel, ...] = ()
    turnaround: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """For a code without a payer's rule: what most payers do. Never the payer's rule."""

    category: str
    likelihood: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    kind: str
    due: str
    rule: str


@dataclass(frozen=True, slots=True)
class Why:
    """One rule that was looked at: whether it matched, and because of what, in words."""

    rule: str
    matched: bool
    because: str


@dataclass(frozen=True, slots=True)
class Requirement:
    code: str
    outcome: Outcome
    coverage: int = 1
    verify: bool = False
    question: str = ""
    processes: tuple[Process, ...] = ()
    advice: Advice | None = None
    deadlines: tuple[Deadline, ...] = ()
    rule: str = ""
    why: tuple[Why, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
