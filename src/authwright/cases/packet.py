"""The packet for an approval that someone else must obtain: everything they need on one sheet."""

from collections.abc import Iterator, Sequence
from datetime import date

from authwright.core.order import Order, Provider
from authwright.core.requirement import Process, Requirement


def packet(
    order: Order, payer_name: str, process: Process, answers: Sequence[tuple[int, Requirement]], made_on: date
) -> str:
    """The sheet as plain text: what is asked for, from whom, how to file it, and what goes with it."""
    return "\n".join(
        [
            f"{process.name}: packet for the {process.responsible or 'responsible party'}",
            f"Made on {made_on:%m/%d/%Y}. Order {order.id}.",
            "",
            *_block("Patient", _patient(order, payer_name)),
            *_block("Services", _services(order, answers)),
            *_block("Providers", _providers(order)),
            *_block("How to file", _filing(process)),
            *_block("Attached", [f"{d.title or d.path} ({d.kind})" for d in order.documents] or ["nothing"]),
            *_block("Rule and source", _sources(answers)),
        ]
    )


def _block(title: str, lines: Sequence[str] | Iterator[str]) -> list[str]:
    return [title, *(f"  {line}" for line in lines), ""]


def _patient(order: Order, payer_name: str) -> Iterator[str]:
    patient, coverage = order.patient, order.coverages[0]
    born = f"{patient.date_of_birth:%m/%d/%Y}" if patient.date_of_birth else "unknown"
    yield f"{patient.last_name}, {patient.first_name}, born {born}"
    yield f"{payer_name}, member {coverage.member_id}"


def _services(order: Order, answers: Sequence[tuple[int, Requirement]]) -> Iterator[str]:
    for number in dict.fromkeys(n for n, _ in answers):
        line = order.service_lines[number]
        on = f"{line.start:%m/%d/%Y}" if line.start else "date open"
        code = "-".join([line.code, *line.modifiers])
        yield f"{code}, {line.units or '?'} units, {on}, place {line.place_of_service or '?'}"
    yield "Diagnoses: " + (", ".join(d.code for d in order.diagnoses) or "none given")


def _providers(order: Order) -> Iterator[str]:
    for role, provider in (
        ("Ordering", order.ordering_provider),
        ("Rendering", order.rendering_provider),
        ("Facility", order.facility),
    ):
        yield f"{role}: {_named(provider)}"


def _named(provider: Provider) -> str:
    npi = f"NPI {provider.npi}" if provider.npi else ""
    ccn = f"CCN {provider.ccn}" if provider.ccn else ""
    return ", ".join(part for part in (provider.name, npi, ccn) if part) or "not given"


def _filing(process: Process) -> Iterator[str]:
    for channel in process.channels:
        yield f"{channel.kind}: {channel.address}" + (f" ({channel.hours})" if channel.hours else "")
    if process.turnaround:
        yield f"Decided in {process.turnaround}"
    if process.if_left_out:
        yield f"If it is left out: {process.if_left_out}"


def _sources(answers: Sequence[tuple[int, Requirement]]) -> list[str]:
    lines = [
        f"{r.code}: rule {r.rule or 'none'}" + "".join(f"; {s.title} {s.url}" for s in r.sources)
        for _, r in answers
    ]
    return list(dict.fromkeys(lines))
