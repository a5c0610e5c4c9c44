"""From an order to requests: what is missing, which lines go together, and the data of each request."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from authwright.core import codes
from authwright.core.order import Address, Coverage, Document, Order, Provider, ServiceLine, Urgency
from authwright.core.requirement import Outcome, Process, Requirement, Responsible

_FILED = frozenset({Outcome.REQUIRED, Outcome.NOTIFICATION_ONLY, Outcome.CONDITIONAL})


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a request needs and the order doesn't have. `path` is a data name, `words` what
    people call it, `line` the service line's place in the order or None."""

    path: str
    words: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """Lines of one order that go to the payer together. `lines` are places in the order's list."""

    payer: str
    process: Process | None
    lines: tuple[int, ...]
    start: dt.date | None
    place: str


# What is missing


def missing(order: Order, requirements: Sequence[Requirement] = ()) -> list[Missing]:
    """Everything at once, in the order in which people fill it in.

    `requirements` are those of the lines, as far as they are known: they add the documents and the
    providers that the payer's process wants.
    """
    return [
        *_missing_patient(order),
        *_missing_coverage(order),
        *_missing_lines(order),
        *_missing_providers(order, requirements),
        *_missing_reasons(order),
        *_missing_documents(order, requirements),
    ]


def _missing_patient(order: Order) -> Iterator[Missing]:
    patient = order.patient
    if not patient.first_name:
        yield Missing("patient.first_name", "the patient's first name")
    if not patient.last_name:
        yield Missing("patient.last_name", "the patient's last name")
    if patient.date_of_birth is None:
        yield Missing("patient.date_of_birth", "the patient's date of birth")


def _missing_coverage(order: Order) -> Iterator[Missing]:
    if not order.coverages:
        yield Missing("coverage.payer", "the insurance")
        yield Missing("coverage.member_id", "the member ID")
        return
    for number, coverage in enumerate(order.coverages):
        which = "" if number == 0 else " of the secondary insurance"
        if not (coverage.payer or coverage.insurance_name):
            yield Missing("coverage.payer", f"the name{which or ' of the insurance'}")
        if not coverage.member_id:
            yield Missing("coverage.member_id", f"the member ID{which}")


def _missing_lines(order: Order) -> Iterator[Missing]:
    if not order.service_lines:
        yield Missing("service_lines", "the service that is ordered")
    for number, line in enumerate(order.service_lines):
        name = line.code or f"line {number + 1}"
        if not line.code:
            yield Missing("service_lines[].code", f"the procedure code of {name}", number)
        if line.units is None:
            yield Missing("service_lines[].units", f"units of {name}", number)
        if line.start is None:
            yield Missing("service_lines[].start", f"the date of service of {name}", number)
        if not line.place_of_service:
            yield Missing("service_lines[].place_of_service", f"the place of service of {name}", number)
    if not order.diagnoses:
        yield Missing("diagnoses[].code", "a diagnosis code")


def _missing_providers(order: Order, requirements: Sequence[Requirement]) -> Iterator[Missing]:
    wanted = {"requesting_provider": order.ordering_provider, "rendering_provider": order.rendering_provider}
    responsible = {p.responsible for r in requirements for p in r.processes}
    in_facility = any(line.place_of_service in _FACILITIES for line in order.service_lines)
    if in_facility or Responsible.FACILITY in responsible:
        wanted["facility"] = order.facility
    words = {
        "requesting_provider": "ordering provider",
        "rendering_provider": "rendering provider",
        "facility": "facility",
    }
    for path, provider in wanted.items():
        if not provider.npi:
            yield Missing(f"{path}.npi", f"the {words[path]}'s NPI")
        elif not codes.is_npi(provider.npi):
            yield Missing(f"{path}.npi", f"a right NPI of the {words[path]} ({provider.npi} is none)")


_FACILITIES = frozenset({"19", "21", "22", "23", "24", "31", "32", "51", "61"})
"""Places of service (CMS) that are a facility of their own."""


def _missing_reasons(order: Order) -> Iterator[Missing]:
    if order.urgency is Urgency.EXPEDITED and not order.urgency_reason:
        yield Missing("request.urgency_reason", "the clinician's reason for the urgency")


def _missing_documents(order: Order, requirements: Sequence[Requirement]) -> Iterator[Missing]:
    have = {document.kind.casefold() for document in order.documents}
    wanted = dict.fromkeys(
        kind for r in requirements if r.outcome in _FILED for p in r.processes for kind in p.documents
    )
    for kind in wanted:
        if kind.casefold() not in have:
            yield Missing("documents", f"a document: {kind}")


# Which lines go together


def group(
    order: Order,
    requirements: Sequence[Requirement],
    max_codes: int | None = None,
    *,
    kind_of: Callable[[ServiceLine], str] = lambda line: "",
) -> list[RequestDraft]:
    """Requests for the lines whose requirement asks for one (`requirements` has one a line).

    Lines of one request have the same process, first date, place and `kind_of` (so that drugs go
    apart from procedures where the payer wants it), and at most `max_codes` lines. A line with two
    processes is in two requests.
    """
    payer = _payer(order)
    groups: dict[tuple[str, dt.date | None, str, str], list[int]] = {}
    processes: dict[str, Process | None] = {"": None}
    for number, (line, requirement) in enumerate(zip(order.service_lines, requirements, strict=True)):
        if requirement.outcome not in _FILED:
            continue
        for process in requirement.processes or (None,):
            name = process.id if process else ""
            processes[name] = process
            groups.setdefault((name, line.start, line.place_of_service, kind_of(line)), []).append(number)
    return [
        RequestDraft(payer, processes[name], tuple(part), start, place)
        for (name, start, place, _), lines in groups.items()
        for part in _parts(lines, max_codes)
    ]


def _parts(lines: list[int], most: int | None) -> Iterator[list[int]]:
    size = most if most and most > 0 else len(lines)
    for begin in range(0, len(lines), size):
        yield lines[begin : begin + size]


def _payer(order: Order) -> str:
    first = order.coverages[0] if order.coverages else Coverage()
    return first.payer or first.insurance_name


# The data of a request


def case_data(
    order: Order, draft: RequestDraft | None = None, credentials: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The nested case by the names of core.data_names, as an SOP's run reads it.

    Without a draft it holds every line. Dates are ISO texts; what is empty is left out, so that a run
    notices that it is missing.
    """
    numbers = draft.lines if draft else range(len(order.service_lines))
    coverage = order.coverages[0] if order.coverages else Coverage()
    data: dict[str, Any] = {
        "order": {"id": order.id},
        "patient": {
            "first_name": order.patient.first_name,
            "last_name": order.patient.last_name,
            "date_of_birth": _iso(order.patient.date_of_birth),
            "sex": order.patient.sex,
            "phone": order.patient.phone,
            "chart_number": order.patient.chart_number,
            "address": _address(order.patient.address),
        },
        "coverage": {
            "payer": coverage.payer or coverage.insurance_name,
            "plan": coverage.plan,
            "line_of_business": coverage.line_of_business,
            "member_id": coverage.member_id,
            "group_number": coverage.group_number,
            "relationship": coverage.relationship,
            "subscriber_first_name": coverage.subscriber_first_name,
            "subscriber_last_name": coverage.subscriber_last_name,
            "state": coverage.state,
        },
        "service_lines": [_line(order.service_lines[number]) for number in numbers],
        "diagnoses": [{"code": d.code, "description": d.description} for d in order.diagnoses],
        "requesting_provider": _provider(order.ordering_provider),
        "rendering_provider": _provider(order.rendering_provider),
        "facility": _provider(order.facility),
        "contact": {
            "name": order.contact.name,
            "phone": order.contact.phone,
            "fax": order.contact.fax,
            "email": order.contact.email,
        },
        "clinical": {
            "notes": order.notes,
            "answers": [{"question": a.question, "answer": a.answer} for a in order.clinical_answers],
        },
        "documents": [_document(document) for document in order.documents],
        "request": {
            "type": draft.process.name if draft and draft.process else "",
            "setting": order.setting or _setting(draft.place if draft else ""),
            "expedited": order.urgency is Urgency.EXPEDITED,
            "urgency_reason": order.urgency_reason,
        },
    }
    if credentials:
        data["credentials"] = dict(credentials)
    pruned: dict[str, Any] = _without_empty(data)
    return pruned


def _setting(place: str) -> str:
    """Inpatient for the places where a patient is admitted (CMS 21, 51, 61), else outpatient."""
    if not place:
        return ""
    return "inpatient" if place in ("21", "51", "61") else "outpatient"


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _address(address: Address) -> dict[str, str]:
    return {
        "line": address.line,
        "city": address.city,
        "state": address.state,
        "postal_code": address.postal_code,
    }


def _line(line: ServiceLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "modifiers": list(line.modifiers),
        "units": _number(line.units),
        "unit_kind": line.unit_kind,
        "start": _iso(line.start),
        "end": _iso(line.end),
        "place_of_service": line.place_of_service,
        "laterality": line.laterality,
        "level": line.level,
        "description": line.description,
    }


def _number(number: Decimal | None) -> str:
    return f"{number.normalize():f}" if number is not None else ""


def _provider(provider: Provider) -> dict[str, Any]:
    return {
        "npi": provider.npi,
        "first_name": provider.first_name,
        "last_name": provider.last_name,
        "organization": provider.organization,
        "name": provider.name,
        "tax_id": provider.tax_id,
        "ccn": provider.ccn,
        "taxonomy": provider.taxonomy,
        "phone": provider.phone,
        "fax": provider.fax,
        "address": _address(provider.address),
    }


def _document(document: Document) -> dict[str, str]:
    return {"path": document.path, "kind": document.kind, "title": document.title}


def _without_empty(node: Any) -> Any:
    """Without "", None and empty branches; False and 0 stay."""
    if isinstance(node, dict):
        pruned = {key: _without_empty(value) for key, value in node.items()}
        return {key: value for key, value in pruned.items() if value not in ("", None, {}, [])}
    if isinstance(node, list):
        return [_without_empty(item) for item in node]
    return node
