"""What is missing, which lines go together, and the case that a run reads."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.cases.assemble import case_data, group, missing
from authwright.core.data_names import BRANCH_ALIASES, look_up, look_up_all
from authwright.core.data_table import DATA_NAMES, may_be_missing
from authwright.core.order import (
    Coverage,
    Diagnosis,
    Document,
    Order,
    Patient,
    Provider,
    ServiceLine,
    Urgency,
)
from authwright.core.requirement import Outcome, Process, Requirement, Responsible

DAY = date(2026, 3, 10)
NPI = Provider(npi="1234567893", organization="EXAMPLE")
MRI = ServiceLine("72148", ("RT",), Decimal(1), start=DAY, end=DAY, place_of_service="22")
ORDER = Order(
    id="7",
    patient=Patient("Jane", "Doe", date(1980, 1, 2)),
    coverages=(Coverage(insurance_name="UHC CHOICE PLUS", payer="unitedhealthcare", member_id="W1"),),
    service_lines=(MRI,),
    diagnoses=(Diagnosis("M54.50"),),
    ordering_provider=NPI,
    rendering_provider=NPI,
    facility=NPI,
    documents=(Document("note.pdf"),),
)
REVIEW = Process("review", "Medical review", documents=("clinical notes",))


def required(code="72148", *processes):
    return Requirement(code, Outcome.REQUIRED, processes=processes or (REVIEW,))


def words(order, *requirements):
    return [m.words for m in missing(order, requirements)]


def test_a_whole_order_lacks_nothing():
    assert words(ORDER, required()) == []


def test_an_empty_order_lacks_everything_at_once():
    assert words(Order(id="1")) == [
        "the patient's first name",
        "the patient's last name",
        "the patient's date of birth",
        "the insurance",
        "the member ID",
        "the service that is ordered",
        "a diagnosis code",
        "the ordering provider's NPI",
        "the rendering provider's NPI",
    ]


def test_gaps_of_a_line_are_named_by_its_code():
    lines = (replace(MRI, units=None), ServiceLine(""), replace(MRI, code="72141", place_of_service=""))
    assert words(replace(ORDER, service_lines=lines)) == [
        "units of 72148",
        "the procedure code of line 2",
        "units of line 2",
        "the date of service of line 2",
        "the place of service of line 2",
        "the place of service of 72141",
    ]


def test_the_facility_is_wanted_where_there_is_one():
    without = replace(ORDER, facility=Provider())
    assert words(without) == ["the facility's NPI"]
    office = replace(without, service_lines=(replace(MRI, place_of_service="11"),))
    assert words(office) == []
    facility = Process("review", "Review", responsible=Responsible.FACILITY)
    assert words(office, required("72148", facility)) == ["the facility's NPI"]


def test_urgency_needs_a_reason_and_an_npi_its_check_digit():
    urgent = replace(ORDER, urgency=Urgency.EXPEDITED, ordering_provider=Provider(npi="1234567890"))
    assert words(urgent) == [
        "a right NPI of the ordering provider (1234567890 is none)",
        "the clinician's reason for the urgency",
    ]


def test_documents_are_wanted_by_processes_that_are_filed():
    letter = Process("review", "Review", documents=("Clinical Notes", "letter of medical necessity"))
    assert words(ORDER, required("72148", letter)) == ["a document: letter of medical necessity"]
    free = Requirement("72148", Outcome.NOT_REQUIRED, processes=(letter,))
    assert words(ORDER, free) == []


def test_lines_go_together_by_process_date_place_and_kind():
    lines = (
        MRI,
        replace(MRI, code="72141"),
        replace(MRI, code="J0585"),
        replace(MRI, code="20610", start=date(2026, 3, 11)),
        replace(MRI, code="97110", place_of_service="11"),
        replace(MRI, code="99213"),
    )
    answers = [required(x.code) for x in lines[:-1]] + [Requirement("99213", Outcome.NOT_REQUIRED)]
    drafts = group(
        replace(ORDER, service_lines=lines), answers, kind_of=lambda x: "drug" if x.code[0] == "J" else ""
    )
    assert [d.lines for d in drafts] == [(0, 1), (2,), (3,), (4,)]
    assert (drafts[0].payer, drafts[0].process, drafts[0].start, drafts[0].place) == (
        "unitedhealthcare",
        REVIEW,
        DAY,
        "22",
    )


def test_a_line_with_two_processes_is_in_two_requests():
    referral = Process("referral", "Referral")
    drafts = group(ORDER, [required("72148", referral, REVIEW)])
    assert [(d.process.id, d.lines) for d in drafts] == [("referral", (0,)), ("review", (0,))]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 25), st.integers(1, 10))
def test_no_request_has_more_codes_than_the_payer_takes(count, most):
    order = replace(ORDER, service_lines=(MRI,) * count)
    drafts = group(order, [required()] * count, most)
    assert [n for d in drafts for n in d.lines] == list(range(count))
    assert all(1 <= len(d.lines) <= most for d in drafts)
    assert len(drafts) == -(-count // most)


def test_the_case_is_found_by_the_data_names():
    draft = group(ORDER, [required()])[0]
    case = case_data(ORDER, draft, {"username": "u", "totp_secret": "s"})
    wanted = {
        "patient.date_of_birth": "1980-01-02",
        "coverage.payer": "unitedhealthcare",
        "coverage.member_id": "W1",
        "service_lines[].code": "72148",
        "service_lines[].modifiers": "RT",
        "service_lines[].units": "1",
        "service_lines[].start": "2026-03-10",
        "diagnoses[].code": "M54.50",
        "requesting_provider.npi": "1234567893",
        "facility.name": "EXAMPLE",
        "documents[].path": "note.pdf",
        "documents[].kind": "clinical notes",
        "request.type": "Medical review",
        "request.setting": "outpatient",
        "request.expedited": False,
        "order.id": "7",
        "credentials.username": "u",
    }
    assert {path: look_up(case, path) for path in wanted} == wanted
    assert look_up_all(case, "patient.phone") == []


def test_every_name_of_the_case_is_in_the_table():
    known = {n.path for n in DATA_NAMES} | {"facility.ccn"}
    assert set(_paths(case_data(ORDER, None, {"username": "u"}))) - known == set()
    assert not set(case_data(ORDER)) & set(BRANCH_ALIASES)


def _paths(node, prefix=""):
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _paths(value, f"{prefix}{key}.")
        elif isinstance(value, list) and isinstance(value[0], dict):
            yield from _paths(value[0], f"{prefix}{key}[].")
        else:
            yield f"{prefix}{key}"


def test_what_every_order_needs_is_not_called_optional():
    """The checks of SOPs warn of data that a complete order may be without: the two must agree."""
    needed = {m.path for m in missing(Order(""))}
    assert {"coverage.member_id", "diagnoses[].code", "rendering_provider.npi"} <= needed
    assert [path for path in needed if may_be_missing(path)] == []


def test_a_complete_order_may_be_without_what_is_called_optional():
    bare = replace(MRI, modifiers=(), place_of_service="11")
    order = replace(ORDER, service_lines=(bare,), facility=Provider())
    assert missing(order) == []
    data = case_data(order)
    lacking = {n.path for n in DATA_NAMES if not look_up_all(data, n.path)}
    assert {"service_lines[].modifiers", "facility.npi", "coverage.group_number"} <= lacking
    assert all(map(may_be_missing, ("service_lines[].modifiers", "facility.npi", "coverage.group_number")))
