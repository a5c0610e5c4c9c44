"""What a payer decided, and the approval that is in force."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class DeterminationStatus(StrEnum):
    """X12 005010X217 HCR01 in words: A1, A6, A2, A4, A3, NA, C."""

    CERTIFIED = "certified"
    MODIFIED = "certified-modified"
    PARTIAL = "partially-certified"
    PENDED = "pended"
    NOT_CERTIFIED = "not-certified"
    NOT_REQUIRED = "not-required"
    CANCELLED = "cancelled"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Determination:
    """The payer's decision as it was read, with the payer's own words for it."""

    status: DeterminationStatus
    payer_words: str
    reference_number: str = ""
    decided_at: datetime | None = None
    reason: str = ""


class ObtainedBy(StrEnum):
    """How an approval came to be known."""

    PORTAL = "portal"
    X12 = "x12"
    FHIR = "fhir"
    PHONE = "phone"
    FAX = "fax"
    LETTER = "letter"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class CertifiedCode:
    """One code that is approved. `units` None means that the payer named no number."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """By whom and when an approval was given, when no portal run recorded it."""

    method: ObtainedBy = ObtainedBy.IMPORT
    representative: str = ""
    at: datetime | None = None
    file: str = ""
    call_reference: str = ""


@dataclass(frozen=True, slots=True)
class Certification:
    """An approval in force: what was approved, for whom, when, where and by whom it may be done.

    `start` and `end` are the window of dates of service, both included. Empty `places`,
    `rendering_npi`, `group_tin` or `facility_npi` mean that the payer bound the approval to none.
    `status` is a DeterminationStatus value; only certified, certified-modified and
    partially-certified approve anything.
    """

    number: str
    payer: str
    member_id: str
    codes: tuple[CertifiedCode, ...]
    start: date | None = None
    end: date | None = None
    rendering_npi: str = ""
    group_tin: str = ""
    facility_npi: str = ""
    places: tuple[str, ...] = ()
    status: DeterminationStatus = DeterminationStatus.CERTIFIED
    process: str = ""
    proof: Proof = field(default_factory=Proof)


APPROVES = frozenset(
    {DeterminationStatus.CERTIFIED, DeterminationStatus.MODIFIED, DeterminationStatus.PARTIAL}
)
