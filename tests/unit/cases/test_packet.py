"""The sheet for whoever must obtain an approval."""

from datetime import date
from decimal import Decimal

from authwright.cases.packet import packet
from authwright.core.order import Coverage, Diagnosis, Document, Order, Patient, Provider, ServiceLine
from authwright.core.requirement import Channel, Outcome, Process, Requirement, Responsible, Source

MADE = date(2026, 11, 24)
PAR = Process(
    "par",
    "Prior Authorization Request (PAR)",
    responsible=Responsible.FACILITY,
    if_left_out="the claim is denied",
    channels=(Channel("portal", "https://payer.example/"), Channel("fax", "+1 800 555 0100", "8 to 5")),
    turnaround="7 days",
)
ORDER = Order(
    "O-1",
    patient=Patient("Jane", "Doe", date(1950, 1, 2)),
    coverages=(Coverage(member_id="1EG4TE5MK73"),),
    service_lines=(
        ServiceLine("63650", ("RT",), Decimal(2), start=date(2026, 12, 1), place_of_service="22"),
        ServiceLine("99213", units=Decimal(1)),
    ),
    diagnoses=(Diagnosis("G89.4"), Diagnosis("M54.50")),
    ordering_provider=Provider("1234567893", "Maya", "Chen"),
    facility=Provider("1366554871", organization="Piedmont Hospital", ccn="110083"),
    documents=(Document("note.pdf"), Document("mri.pdf", "imaging report", "MRI of May")),
)
SOURCE = Source("The payer's list", "https://payer.example/list")
REQUIRED = Requirement("63650", Outcome.REQUIRED, processes=(PAR,), rule="med-1", sources=(SOURCE,))

SHEET = """\
Prior Authorization Request (PAR): packet for the facility
Made on 11/24/2026. Order O-1.

Patient
  Doe, Jane, born 01/02/1950
  Medicare, member 1EG4TE5MK73

Services
  63650-RT, 2 units, 12/01/2026, place 22
  Diagnoses: G89.4, M54.50

Providers
  Ordering: Maya Chen, NPI 1234567893
  Rendering: not given
  Facility: Piedmont Hospital, NPI 1366554871, CCN 110083

How to file
  portal: https://payer.example/
  fax: +1 800 555 0100 (8 to 5)
  Decided in 7 days
  If it is left out: the claim is denied

Attached
  note.pdf (clinical notes)
  MRI of May (imaging report)

Rule and source
  63650: rule med-1; The payer's list https://payer.example/list
"""


def test_everything_that_the_facility_needs_is_on_it():
    assert packet(ORDER, "Medicare", PAR, [(0, REQUIRED)], MADE) == SHEET


def test_only_the_lines_of_the_process_are_on_it_each_once():
    sheet = packet(ORDER, "Medicare", PAR, [(0, REQUIRED), (0, REQUIRED)], MADE)
    assert sheet == SHEET
    assert "99213" not in sheet


def test_what_is_not_known_is_said_and_not_left_blank():
    order = Order("O-2", coverages=(Coverage(),), service_lines=(ServiceLine("63650"),))
    bare = Process("p", "Approval")
    sheet = packet(order, "Medicare", bare, [(0, Requirement("63650", Outcome.REQUIRED))], MADE)
    for words in (
        "packet for the responsible party",
        "born unknown",
        "63650, ? units, date open, place ?",
        "Diagnoses: none given",
        "Facility: not given",
        "Attached\n  nothing",
        "63650: rule none",
    ):
        assert words in sheet
