"""An order: what a clinician wants done, for whom, covered by whom, as the practice knows it.

Everything may be missing: an order is read first and judged afterwards (cases.assemble lists what
is missing, all at once).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Urgency(StrEnum):
    STANDARD = "standard"
    EXPEDITED = "expedited"


@dataclass(frozen=True, slots=True)
class Address:
    line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    first_name: str = ""
    last_name: str = ""
    date_of_birth: date | None = None
    sex: str = ""
    phone: str = ""
    chart_number: str = ""
    address: Address = Address()


@dataclass(frozen=True, slots=True)
class Coverage:
    """One insurance of the patient. `insurance_name` is what the practice system calls it; payer,
    plan and funding come from the practice's own map and stay empty until a person has answered."""

    insurance_name: str = ""
    payer: str = ""
    plan: str = ""
    line_of_business: str = ""
    funding: str = ""
    member_id: str = ""
    group_number: str = ""
    relationship: str = "self"
    subscriber_first_name: str = ""
    subscriber_last_name: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """A person or an organization. `npi` is 10 digits, `tax_id` 9 digits without a dash."""

    npi: str = ""
    first_name: str = ""
    last_name: str = ""
    organization: str = ""
    tax_id: str = ""
    ccn: str = ""
    taxonomy: str = ""
    phone: str = ""
    fax: str = ""
    address: Address = Address()

    @property
    def name(self) -> str:
        return self.organization or " ".join(p for p in (self.first_name, self.last_name) if p)


@dataclass(frozen=True, slots=True)
class Contact:
    name: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    code: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service that is asked for. `start` and `end` are the dates of service, both included."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal | None = None
    unit_kind: str = "UN"
    start: date | None = None
    end: date | None = None
    place_of_service: str = ""
    laterality: str = ""
    level: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class ClinicalAnswer:
    """One clinical question answered, with who answered and where it is written."""

    question: str
    answer: str
    answered_by: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with the request. `path` is relative to the order's file."""

    path: str
    kind: str = "clinical notes"
    title: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Order:
    id: str
    patient: Patient = Patient()
    coverages: tuple[Coverage, ...] = ()
    service_lines: tuple[ServiceLine, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    ordering_provider: Provider = Provider()
    rendering_provider: Provider = Provider()
    facility: Provider = Provider()
    contact: Contact = Contact()
    urgency: Urgency = Urgency.STANDARD
    urgency_reason: str = ""
    setting: str = ""
    notes: str = ""
    clinical_answers: tuple[ClinicalAnswer, ...] = ()
    documents: tuple[Document, ...] = ()
