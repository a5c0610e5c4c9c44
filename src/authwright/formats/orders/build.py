"""An Order from a tree of cells: dates, codes and numbers are checked here, for every form alike.

A value that is wrong is reported and left empty, so that the order stays and shows as incomplete.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from authwright.core import codes
from authwright.core.dates import DATE_FORMS, parse_date
from authwright.core.order import (
    Address,
    ClinicalAnswer,
    Contact,
    Coverage,
    Diagnosis,
    Document,
    Order,
    Patient,
    Provider,
    ServiceLine,
    Urgency,
)
from authwright.formats.orders.tree import Cell, Log, Tree, branches_at, cell_at, text_at
from authwright.formats.places import Place, split_list

_YES = frozenset({"yes", "y", "true", "1", "x", "expedited", "urgent", "stat"})
_NO = frozenset({"no", "n", "false", "0", "", "standard", "routine", "normal", "elective"})
_PLACES = frozenset(
    n
    for first, last in (
        (1, 27),
        (31, 34),
        (41, 42),
        (49, 58),
        (60, 62),
        (65, 66),
        (71, 72),
        (81, 81),
        (99, 99),
    )
    for n in range(first, last + 1)
)
"""CMS place of service code set, for professional claims (2024)."""
_ABOUT_CODES = "expected five characters, such as 72148 or J0585"


def build_order(tree: Tree, here: Place, log: Log) -> Order:
    """`here` is where the order begins, for what is missing from it."""
    identifier = text_at(tree, "order.id")
    if not identifier:
        log.error("ORD004", here, "the order has no order number", "Give each order an id of its own.")
    coverages = tuple(_coverage(branch) for branch in branches_at(tree, "coverages"))
    if not coverages or not coverages[0].member_id:
        log.error("ORD007", here, f"order {identifier} has no member ID", "It is on the insurance card.")
    services = list(branches_at(tree, "service_lines"))
    lines = tuple(_line(branch, log) for branch in services)
    return Order(
        id=identifier,
        patient=_born_before(_patient(tree, log), services, lines, log),
        coverages=coverages,
        service_lines=lines,
        diagnoses=tuple(_diagnoses(branches_at(tree, "diagnoses"), log)),
        ordering_provider=_provider(tree, "requesting_provider", log),
        rendering_provider=_provider(tree, "rendering_provider", log),
        facility=_provider(tree, "facility", log),
        contact=Contact(
            name=text_at(tree, "contact.name"),
            phone=text_at(tree, "contact.phone"),
            fax=text_at(tree, "contact.fax"),
            email=text_at(tree, "contact.email"),
        ),
        urgency=_urgency(cell_at(tree, "request.expedited"), log),
        urgency_reason=text_at(tree, "request.urgency_reason"),
        setting=text_at(tree, "request.setting"),
        notes=text_at(tree, "clinical.notes"),
        clinical_answers=tuple(
            ClinicalAnswer(
                question=text_at(branch, "question"),
                answer=text_at(branch, "answer"),
                answered_by=text_at(branch, "answered_by"),
                document=text_at(branch, "document"),
            )
            for branch in branches_at(tree, "clinical_answers")
        ),
        documents=tuple(_document(branch, log) for branch in branches_at(tree, "documents")),
    )


def _patient(tree: Tree, log: Log) -> Patient:
    first, last = text_at(tree, "patient.first_name"), text_at(tree, "patient.last_name")
    if not (first and last) and (whole := text_at(tree, "patient.name")):
        first, last = _split_name(whole)
    return Patient(
        first_name=first,
        last_name=last,
        date_of_birth=_birth(cell_at(tree, "patient.date_of_birth"), log),
        sex=text_at(tree, "patient.sex"),
        phone=text_at(tree, "patient.phone"),
        chart_number=text_at(tree, "patient.chart_number"),
        address=_address(tree, "patient.address"),
    )


def _birth(cell: Cell | None, log: Log) -> date | None:
    born = _date(cell, "the date of birth", log)
    if cell and born and log.today and born > log.today:
        log.error("ORD023", cell.place, f"the date of birth is {born}, in the future", "Check the century.")
        return None
    return born


def _born_before(
    patient: Patient, services: Sequence[Tree], lines: Sequence[ServiceLine], log: Log
) -> Patient:
    """The patient, without a birth date that a date of service contradicts."""
    born = patient.date_of_birth
    for branch, line in zip(services, lines, strict=True):
        cell = cell_at(branch, "start")
        if cell and born and line.start and line.start < born:
            log.error(
                "ORD024",
                cell.place,
                f"the date of service is {line.start}, before the date of birth, {born}",
                "Correct the one that is wrong; the date of birth is left empty.",
            )
            return replace(patient, date_of_birth=None)
    return patient


def _split_name(whole: str) -> tuple[str, str]:
    """ "Doe, Jane" or "Jane Doe"."""
    if "," in whole:
        last, _, first = whole.partition(",")
        return first.strip(), last.strip()
    first, _, last = whole.rpartition(" ")
    return first.strip(), last.strip()


def _address(tree: Tree, path: str) -> Address:
    return Address(
        line=text_at(tree, f"{path}.line"),
        city=text_at(tree, f"{path}.city"),
        state=text_at(tree, f"{path}.state").upper(),
        postal_code=text_at(tree, f"{path}.postal_code"),
    )


def _coverage(branch: Tree) -> Coverage:
    """What the order calls the payer is the practice's name for the insurance, which its own map
    leads to a payer."""
    return Coverage(
        insurance_name=text_at(branch, "insurance_name") or text_at(branch, "payer"),
        plan=text_at(branch, "plan"),
        line_of_business=text_at(branch, "line_of_business"),
        funding=text_at(branch, "funding"),
        member_id=text_at(branch, "member_id"),
        group_number=text_at(branch, "group_number"),
        relationship=text_at(branch, "relationship") or "self",
        subscriber_first_name=text_at(branch, "subscriber_first_name"),
        subscriber_last_name=text_at(branch, "subscriber_last_name"),
        state=text_at(branch, "state").upper(),
    )


def _line(branch: Tree, log: Log) -> ServiceLine:
    start = _date(cell_at(branch, "start"), "the date of service", log)
    end = _date(cell_at(branch, "end"), "the last date of service", log)
    if start and end and end < start:
        cell = cell_at(branch, "end")
        assert cell is not None
        log.error("ORD015", cell.place, f"it ends on {end}, before it starts on {start}")
        end = None
    return ServiceLine(
        code=_procedure(cell_at(branch, "code"), log),
        modifiers=_modifiers(branch.get("modifiers"), log),
        units=_units(cell_at(branch, "units"), log),
        unit_kind=text_at(branch, "unit_kind") or "UN",
        start=start,
        end=end or start,
        place_of_service=_place(cell_at(branch, "place_of_service"), log),
        laterality=text_at(branch, "laterality"),
        level=text_at(branch, "level"),
        description=text_at(branch, "description"),
    )


def _procedure(cell: Cell | None, log: Log) -> str:
    if cell is None:
        return ""
    code = cell.text.upper()
    if cell.kept or codes.procedure_code_kind(code):
        return code
    hint = ""
    if code.isdigit() and len(code) < 5:
        hint = "Spreadsheets drop leading zeros: make the column text."
    log.error("ORD005", cell.place, f"{cell.text!r} is no procedure code: {_ABOUT_CODES}", hint)
    return ""


def _modifiers(node: object, log: Log) -> tuple[str, ...]:
    cells = [node] if isinstance(node, Cell) else node if isinstance(node, list) else []
    found = []
    for cell in cells:
        if not isinstance(cell, Cell):
            continue
        for modifier in split_list(cell.text.upper()):
            if codes.is_modifier(modifier):
                found.append(modifier)
            else:
                log.error(
                    "ORD012", cell.place, f"{modifier!r} is no modifier: expected two letters or digits"
                )
    return tuple(found)


def _place(cell: Cell | None, log: Log) -> str:
    if cell is None:
        return ""
    place = cell.text.zfill(2) if cell.text.isdigit() else cell.text
    if codes.is_place_of_service(place):
        if int(place) not in _PLACES:
            log.warning(
                "ORD022",
                cell.place,
                f"{place} is no place of service of the CMS code set",
                "It is kept as written. Usual ones are 11 office, 21 inpatient, 22 outpatient hospital, 24"
                " surgical center.",
            )
        return place
    log.error("ORD012", cell.place, f"{cell.text!r} is no place of service: expected two digits, such as 11")
    return ""


def _units(cell: Cell | None, log: Log) -> Decimal | None:
    if cell is None:
        return None
    try:
        units = Decimal(cell.text)
    except InvalidOperation:
        units = Decimal("NaN")
    if units.is_finite() and units > 0:
        return units
    log.error("ORD011", cell.place, f"units are {cell.text!r}: expected a number above 0")
    return None


def _diagnoses(branches: Iterable[Tree], log: Log) -> Iterable[Diagnosis]:
    seen = set()
    for branch in branches:
        cell = cell_at(branch, "code")
        if cell is None:
            continue
        for code in [cell.text] if cell.kept else split_list(cell.text.upper()):
            if not cell.kept and not codes.is_diagnosis_code(code):
                log.error(
                    "ORD010", cell.place, f"{code!r} is no diagnosis code: expected ICD-10-CM, such as M54.50"
                )
            elif code not in seen:
                seen.add(code)
                yield Diagnosis(code, text_at(branch, "description"))


def _provider(tree: Tree, path: str, log: Log) -> Provider:
    first, last = text_at(tree, f"{path}.first_name"), text_at(tree, f"{path}.last_name")
    organization, name = text_at(tree, f"{path}.organization"), text_at(tree, f"{path}.name")
    if name and not organization and not last:
        if path == "facility":
            organization = name
        else:
            first, last = _split_name(name)
    npi = cell_at(tree, f"{path}.npi")
    if npi and not codes.is_npi(npi.text):
        log.warning(
            "ORD006",
            npi.place,
            f"{npi.text} is no NPI: expected ten digits with a right check digit",
            "It is kept as written; a digit is probably wrong.",
        )
    return Provider(
        npi=npi.text if npi else "",
        first_name=first,
        last_name=last,
        organization=organization,
        tax_id=text_at(tree, f"{path}.tax_id").replace("-", ""),
        ccn=text_at(tree, f"{path}.ccn"),
        taxonomy=text_at(tree, f"{path}.taxonomy"),
        phone=text_at(tree, f"{path}.phone"),
        fax=text_at(tree, f"{path}.fax"),
        address=_address(tree, f"{path}.address"),
    )


def _document(branch: Tree, log: Log) -> Document:
    return Document(
        path=text_at(branch, "path"),
        kind=text_at(branch, "kind") or "clinical notes",
        title=text_at(branch, "title"),
        dated=_date(cell_at(branch, "dated"), "the document's date", log),
    )


def _urgency(cell: Cell | None, log: Log) -> Urgency:
    said = cell.text.casefold() if cell else ""
    if cell and said not in _YES and said not in _NO:
        log.error("ORD016", cell.place, f"expedited is {cell.text!r}: expected yes or no")
    return Urgency.EXPEDITED if said in _YES else Urgency.STANDARD


def _date(cell: Cell | None, what: str, log: Log) -> date | None:
    if cell is None:
        return None
    # A time of day after the date is of no matter here.
    text = cell.text.partition("T")[0] if cell.text[:1].isdigit() else cell.text
    found = parse_date(text)
    if found is None:
        log.error(
            "ORD008", cell.place, f"{what} is {cell.text!r}, no day of the calendar: expected {DATE_FORMS}"
        )
    return found


def duplicates(orders: Iterable[tuple[Order, Place]], log: Log) -> list[Order]:
    """Orders without those whose id was there before; each of them is reported."""
    seen: dict[str, Place] = {}
    kept = []
    for order, place in orders:
        if order.id and order.id in seen:
            log.error(
                "ORD009",
                place,
                f"order {order.id} is there already, on line {seen[order.id][0]}",
                "Give each order an id of its own; this one is left out.",
            )
            continue
        seen[order.id] = place
        kept.append(order)
    return kept
