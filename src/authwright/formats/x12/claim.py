"""A professional claim as its 837 carries it (005010X222A1), as far as approvals are concerned."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Party:
    """Who is named in an NM1 loop. `npi` is "" when NM108 isn't XX; `person` is NM102 = 1."""

    name: str = ""
    npi: str = ""
    tax_id: str = ""
    person: bool = False


@dataclass(frozen=True, slots=True)
class NumberOnClaim:
    """A number in a REF: `kind` "G1" prior authorization, "9F" referral.

    `payer_id` is REF04's payer (line level, 2U), "" when the number is for the claim's own payer.
    """

    kind: str
    number: str
    segment: int
    payer_id: str = ""


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """A further coverage (loops 2320 and 2330): its order (P, S, T ...), payer, member and numbers."""

    order: str = ""
    name: str = ""
    id: str = ""
    member_id: str = ""
    numbers: tuple[NumberOnClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One service line (loop 2400).

    `units` in `unit_kind` (UN units, MJ minutes); `place` is "" where the claim's holds;
    `rendering` and `facility` None likewise. `code_set` is SV101-1 (HC for CPT and HCPCS).
    `units_text` and `date_text` are what stands there when it can't be read. `segment` is the
    number of its SV1.
    """

    number: str
    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal | None = None
    unit_kind: str = "UN"
    charge: Decimal | None = None
    place: str = ""
    start: date | None = None
    end: date | None = None
    numbers: tuple[NumberOnClaim, ...] = ()
    rendering: Party | None = None
    facility: Party | None = None
    segment: int = 0
    offset: int = 0
    code_set: str = "HC"
    units_text: str = ""
    date_text: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One CLM with what it inherits from the levels above.

    `id` is CLM01, `frequency` CLM05-3 (1 original, 7 replacement, 8 void). `member_id` is the
    subscriber's (2010BA NM109). `order` is SBR01, `filing` SBR09. `replaces` is REF*F8, the payer's
    number of the claim that is replaced. `segment` is the number of the CLM.
    """

    id: str
    frequency: str = "1"
    place: str = ""
    charge: Decimal | None = None
    billing: Party = Party()
    payer_name: str = ""
    payer_id: str = ""
    member_id: str = ""
    subscriber_last_name: str = ""
    subscriber_first_name: str = ""
    patient_last_name: str = ""
    patient_first_name: str = ""
    patient_birth: date | None = None
    patient_state: str = ""
    order: str = "P"
    filing: str = ""
    plan_name: str = ""
    numbers: tuple[NumberOnClaim, ...] = ()
    replaces: str = ""
    rendering: Party | None = None
    facility: Party | None = None
    diagnoses: tuple[str, ...] = ()
    lines: tuple[ClaimLine, ...] = ()
    other_payers: tuple[OtherPayer, ...] = ()
    transaction: str = ""
    segment: int = 0
    offset: int = 0
