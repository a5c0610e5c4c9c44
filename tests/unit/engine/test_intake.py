"""Orders become cases: each course, and what happens when the same order is read again."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from authwright.cases.states import Event, State
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
from authwright.core.requirement import (
    Advice,
    Channel,
    Outcome,
    Process,
    Requirement,
    RequirementQuery,
    Responsible,
    Source,
)
from authwright.engine.intake import Intake, Practice, Taken
from authwright.rules import InsuranceEntry, InsuranceMap, Library, Payer
from authwright.rules.payer import Grouping
from authwright.store import Store, open_store
from authwright.store.insurance_names import InsuranceName
from authwright.store.orders import Change
from authwright.vault.seal import KeyRing

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
NPI = Provider(npi="1234567893", organization="EXAMPLE")
KNEE = ServiceLine("27447", ("RT",), Decimal(1), start=DAY, end=DAY, place_of_service="22")
ORDER = Order(
    "O-1",
    patient=Patient("Jane", "Doe", date(1960, 1, 2)),
    coverages=(Coverage("UHC CHOICE PLUS", member_id="W1"),),
    service_lines=(KNEE,),
    diagnoses=(Diagnosis("M17.11"),),
    ordering_provider=NPI,
    rendering_provider=NPI,
    facility=NPI,
)
REVIEW = Process("review", "Prior authorization", responsible=Responsible.RENDERING)
PAR = Process(
    "par",
    "Prior Authorization Request (PAR)",
    responsible=Responsible.FACILITY,
    channels=(Channel("fax", "+1 800 555 0100", "8 to 5"),),
    if_left_out="the claim is denied",
)


def required(code: str, *processes: Process, **more) -> Requirement:
    return Requirement(code, Outcome.REQUIRED, processes=processes or (REVIEW,), **more)


def not_required(code: str) -> Requirement:
    return Requirement(code, Outcome.NOT_REQUIRED)


@dataclass
class Desk:
    """A practice with a payer of plain answers: `answers` go by code, or by payer and code."""

    store: Store
    answers: dict[object, Requirement] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    insurances: dict[str, InsuranceEntry] = field(
        default_factory=lambda: {
            "uhc choice plus": InsuranceEntry("UHC CHOICE PLUS", "uhc", funding="fully-insured")
        }
    )
    filing: dict[str, str] = field(default_factory=lambda: {"uhc": "hub"})
    grouping: Grouping = field(default_factory=Grouping)
    asked: list[RequirementQuery] = field(default_factory=list)

    def require(self, query: RequirementQuery) -> Requirement:
        self.asked.append(query)
        own = self.answers.get((query.payer, query.code)) or self.answers.get(query.code)
        found = own or Requirement(query.code, Outcome.UNKNOWN)
        return replace(found, coverage=query.coverage)

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(2, "No such file or directory", path)
        return self.files[path]

    def take(self, *orders: Order) -> list[Taken]:
        payers = {"uhc": Payer("uhc", "UnitedHealthcare", grouping=self.grouping)}
        payers["medicare"] = Payer("medicare", "Medicare")
        practice = Practice(
            library=Library(payers, {}, {}),
            insurances=InsuranceMap(self.insurances),
            acts_as=(Responsible.ORDERING, Responsible.RENDERING),
            filing=self.filing,
            require=self.require,
            read_document=self.read,
        )
        with self.store.practice("clinic") as session:
            return Intake(session, practice, "Jane", AT).take_in(orders, source="csv")

    def cases(self) -> list:
        with self.store.practice("clinic", read_only=True) as session:
            return sorted(session.cases.find(), key=lambda c: (c.created_at, c.date_of_service, c.id))

    def states(self) -> list[State]:
        return [case.state for case in self.cases()]

    def document(self, case_id: str) -> dict:
        with self.store.practice("clinic", read_only=True) as session:
            return session.cases.document(case_id)

    def codes(self) -> list[list[str]]:
        documents = (self.document(case.id) for case in self.cases())
        return sorted([line["code"] for line in d["service_lines"]] for d in documents)

    def open(self) -> list[tuple[str, str]]:
        with self.store.practice("clinic", read_only=True) as session:
            return [(item.kind, item.why) for item in session.worklist.open_items()]

    def work_of(self, case_id: str) -> list[tuple[str, bool, str]]:
        with self.store.practice("clinic", read_only=True) as session:
            return [(i.kind, i.done, i.resolution) for i in session.worklist.of_case(case_id)]

    def entries(self) -> list[str]:
        with self.store.practice("clinic", read_only=True) as session:
            return [entry.kind for entry in session.ledger.entries()]

    def move(self, case_id: str, *events: Event) -> None:
        with self.store.practice("clinic") as session:
            for event in events:
                session.cases.move(case_id, event, actor="Jane", at=AT)


@pytest.fixture
def desk(tmp_path, sqlite_file) -> Iterator[Desk]:
    store = open_store(sqlite_file(), KeyRing([bytes(range(32))]), tmp_path / "evidence")
    store.add_practice("clinic", "Northside Clinic", at=AT)
    yield Desk(store)
    store.close()


# What becomes of an order


def test_what_is_required_of_us_and_whole_is_ready_for_its_portal(desk):
    desk.answers = {"27447": required("27447", rule="uhc-1")}
    (taken,) = desk.take(ORDER)
    (case,) = desk.cases()
    assert (taken.order, taken.change, taken.cases) == ("O-1", Change.NEW, (case.id,))
    assert (case.state, case.payer, case.portal, case.date_of_service) == (State.READY, "uhc", "hub", DAY)
    assert case.due_at == datetime(2026, 12, 1, tzinfo=UTC)
    document = desk.document(case.id)
    assert document["coverage"]["payer"] == "UnitedHealthcare"
    assert document["request"]["process"] == "review"
    assert desk.open() == []
    assert (desk.asked[0].funding, desk.asked[0].request_date) == ("fully-insured", AT.date())
    with desk.store.practice("clinic", read_only=True) as session:
        assert [(n, r.rule) for n, r in session.requirements.of_case(case.id)] == [(1, "uhc-1")]


def test_a_payer_without_a_portal_is_for_a_person_to_send(desk):
    desk.answers, desk.filing = {"27447": required("27447")}, {}
    desk.take(ORDER)
    assert desk.states() == [State.READY]
    ((kind, why),) = desk.open()
    assert kind == "no-portal"
    assert "the settings name no portal for UnitedHealthcare: send it by hand" in why


def test_lines_go_together_by_date_and_place(desk):
    later = date(2026, 12, 9)
    lines = (
        KNEE,
        replace(KNEE, code="20610"),
        replace(KNEE, code="22551", start=later),
        replace(KNEE, code="22552", place_of_service="24"),
        replace(KNEE, code="99213"),
    )
    desk.answers = {c: required(c) for c in ("27447", "20610", "22551", "22552")}
    desk.answers["99213"] = not_required("99213")
    (taken,) = desk.take(replace(ORDER, service_lines=lines))
    assert desk.codes() == [["22551"], ["22552"], ["27447", "20610"]]
    assert len(taken.cases) == 3 and desk.states() == [State.READY] * 3
    assert sorted(case.date_of_service for case in desk.cases()) == [DAY, DAY, later]


def test_a_request_has_no_more_codes_than_the_payer_takes(desk):
    codes = ["27447", "20610", "22551"]
    desk.answers = {c: required(c) for c in codes}
    desk.grouping = Grouping(max_codes=2)
    desk.take(replace(ORDER, service_lines=tuple(replace(KNEE, code=c) for c in codes)))
    assert desk.codes() == [["22551"], ["27447", "20610"]]


def test_everything_that_is_missing_is_asked_at_once(desk):
    desk.answers = {"27447": required("27447", replace(REVIEW, documents=("imaging report",)))}
    order = replace(
        ORDER,
        patient=Patient("Jane", "Doe"),
        coverages=(Coverage("UHC CHOICE PLUS"),),
        rendering_provider=Provider(),
        urgency=Urgency.EXPEDITED,
    )
    desk.take(order)
    assert desk.states() == [State.INCOMPLETE]
    assert desk.open() == [
        (
            "missing",
            "Missing: the patient's date of birth; the member ID; the rendering provider's NPI; "
            "the clinician's reason for the urgency; a document: imaging report.",
        )
    ]


def test_documents_are_kept_and_one_that_cannot_be_read_is_listed(desk):
    desk.answers, desk.files = {"27447": required("27447")}, {"note.txt": b"knee"}
    desk.take(replace(ORDER, documents=(Document("note.txt"), Document("mri.pdf", "imaging report"))))
    (case,) = desk.cases()
    assert case.state is State.INCOMPLETE
    assert desk.open() == [("missing", "Missing: the file mri.pdf (No such file or directory).")]
    (kept,) = desk.document(case.id)["documents"]
    assert (kept["path"], kept["kind"]) == ("note.txt", "clinical notes")
    with desk.store.practice("clinic", read_only=True) as session:
        assert session.evidence.read(kept["evidence"]) == b"knee"


def test_what_the_hospital_must_obtain_is_left_to_it_with_a_packet(desk):
    source = Source("Rule of the payer", "https://payer.example/rule")
    desk.answers = {"27447": required("27447", PAR, rule="med-1", sources=(source,))}
    desk.take(ORDER)
    (case,) = desk.cases()
    assert case.state is State.ELSEWHERE
    words = "PAR packet ready, the hospital is responsible, a person sends it."
    assert desk.open() == [("packet", words)]
    with desk.store.practice("clinic", read_only=True) as session:
        (record,) = session.evidence.of_case(case.id)
        sheet = session.evidence.read(record.content_hash).decode()
    assert (record.kind, record.name) == ("packet", "O-1-packet.txt")
    assert "Prior Authorization Request (PAR): packet for the facility" in sheet
    assert "27447: rule med-1; Rule of the payer https://payer.example/rule" in sheet
    assert "packet.made" in desk.entries()


def test_the_packet_names_what_is_still_missing_in_it(desk):
    desk.answers = {"27447": required("27447", PAR)}
    desk.take(replace(ORDER, facility=Provider(), documents=(Document("mri.pdf"),)))
    ((_, why),) = desk.open()
    assert why.endswith(
        "a person sends it. Still missing in it: the facility's NPI; "
        "the file mri.pdf (No such file or directory)."
    )


def test_what_no_rule_decides_is_a_question(desk):
    advice = Advice("Joint replacement", "usual", "the payer's provider line")
    desk.answers = {"27447": Requirement("27447", Outcome.UNKNOWN, advice=advice)}
    desk.take(ORDER)
    assert desk.states() == [State.DRAFT]
    assert desk.open() == [
        (
            "requirement",
            "No rule says whether UnitedHealthcare wants an approval for 27447 (Joint replacement: usual): "
            "ask the payer. Contact: the payer's provider line.",
        )
    ]


def test_a_question_about_one_line_stands_beside_the_request_for_the_other(desk):
    desk.answers = {"27447": required("27447")}
    desk.take(replace(ORDER, service_lines=(KNEE, replace(KNEE, code="20610"))))
    assert (desk.states(), desk.codes()) == ([State.READY], [["27447"]])
    assert [kind for kind, _ in desk.open()] == ["requirement"]


def test_what_needs_no_approval_is_done(desk):
    desk.answers = {"27447": not_required("27447")}
    desk.take(ORDER)
    assert (desk.states(), desk.open()) == ([State.NOT_REQUIRED], [])


def test_an_order_without_code_or_date_is_incomplete_and_nothing_is_asked_of_the_rules(desk):
    desk.take(replace(ORDER, service_lines=(replace(KNEE, start=None),)))
    assert (desk.states(), desk.asked) == ([State.INCOMPLETE], [])
    assert desk.open() == [("missing", "Missing: the date of service of 27447.")]


# Insurance names


def second(order: Order, **changes) -> Order:
    return replace(order, id="O-2", patient=Patient("John", "Roe", date(1970, 1, 2)), **changes)


def test_an_unmapped_name_is_one_question_however_many_orders_it_stands_in(desk):
    desk.insurances = {}
    spaced = (Coverage("uhc  Choice Plus", member_id="W2"),)
    desk.take(ORDER, second(ORDER, coverages=spaced))
    assert desk.states() == [State.DRAFT, State.DRAFT]
    assert desk.open() == [
        (
            "insurance-name",
            'Which payer, plan and funding is "UHC CHOICE PLUS"? Add it to the insurance map.',
        )
    ]


def test_a_name_answered_in_the_store_decides_its_orders_and_finishes_the_question(desk):
    desk.insurances, desk.answers = {}, {"27447": required("27447")}
    desk.take(ORDER, second(ORDER))
    with desk.store.practice("clinic") as session:
        (item,) = session.worklist.open_items()
        session.insurance_names.answer(InsuranceName("UHC Choice Plus", "uhc"), actor="Jane", at=AT)
    again = desk.take(ORDER, second(ORDER))
    assert [taken.change for taken in again] == [Change.SAME, Change.SAME]
    assert (desk.states(), desk.open()) == ([State.READY, State.READY], [])
    with desk.store.practice("clinic", read_only=True) as session:
        asked = session.worklist.get(item.id)
    assert (asked.done, asked.resolution, asked.done_by) == (True, "the name is mapped now", "Jane")


def test_a_name_mapped_by_the_file_finishes_the_question_too(desk):
    mapped, desk.insurances = desk.insurances, {}
    desk.answers = {"27447": required("27447")}
    desk.take(ORDER)
    desk.insurances = mapped
    desk.take(ORDER)
    assert (desk.states(), desk.open()) == ([State.READY], [])


def test_an_unmapped_name_stays_a_question_while_another_is_mapped(desk):
    other = second(ORDER, coverages=(Coverage("BLUE CARD PPO", member_id="X1"),))
    desk.answers = {"27447": required("27447")}
    desk.take(ORDER, other)
    assert [kind for kind, _ in desk.open()] == ["insurance-name"]
    desk.take(ORDER, other)
    assert [kind for kind, _ in desk.open()] == ["insurance-name"]


def test_what_else_an_unmapped_order_lacks_is_asked_beside_the_name(desk):
    desk.insurances = {}
    desk.take(replace(ORDER, diagnoses=()))
    assert desk.states() == [State.INCOMPLETE]
    assert sorted(kind for kind, _ in desk.open()) == ["insurance-name", "missing"]


# A second insurance

BOTH = replace(ORDER, coverages=(*ORDER.coverages, Coverage("MEDICARE PART B", member_id="M1")))


def test_what_only_the_second_insurance_wants_never_goes_to_the_first(desk):
    desk.insurances["medicare part b"] = InsuranceEntry("MEDICARE PART B", "medicare")
    desk.answers = {("uhc", "27447"): not_required("27447"), ("medicare", "27447"): required("27447")}
    desk.take(BOTH)
    assert desk.states() == [State.DRAFT]
    ((kind, why),) = desk.open()
    assert kind == "requirement"
    assert why.startswith("27447: Medicare, the second insurance, wants an approval (Prior authorization)")


def test_what_both_want_is_sent_to_the_first_and_asked_for_the_second(desk):
    desk.insurances["medicare part b"] = InsuranceEntry("MEDICARE PART B", "medicare")
    desk.answers = {"27447": required("27447"), ("medicare", "27447"): required("27447", PAR)}
    desk.take(BOTH)
    (case,) = desk.cases()
    assert (case.state, case.payer) == (State.READY, "uhc")
    assert desk.document(case.id)["request"]["process"] == "review"
    ((_, why),) = desk.open()
    assert "Medicare, the second insurance, wants an approval (Prior Authorization Request (PAR))" in why


def test_a_second_insurance_that_nobody_has_mapped_is_a_question(desk):
    desk.answers = {"27447": required("27447")}
    desk.take(BOTH)
    assert desk.states() == [State.READY]
    assert [why for kind, why in desk.open() if kind == "insurance-name"] == [
        'Which payer, plan and funding is "MEDICARE PART B"? Add it to the insurance map.'
    ]


# The same order again


def test_the_same_file_twice_changes_nothing(desk):
    other = second(ORDER, service_lines=(replace(KNEE, code="99213"),))
    left = replace(second(ORDER), id="O-3", service_lines=(replace(KNEE, code="63650"),))
    desk.answers = {"27447": required("27447"), "99213": not_required("99213")}
    desk.answers["63650"] = required("63650", PAR)
    desk.take(ORDER, other, left)
    before = (desk.cases(), desk.open(), desk.entries())
    again = desk.take(ORDER, other, left)
    assert again == [Taken(o, Change.SAME, ()) for o in ("O-1", "O-2", "O-3")]
    assert (desk.cases(), desk.open(), desk.entries()) == before


def test_an_order_whose_missing_value_has_come_is_decided_anew(desk):
    desk.answers = {"27447": required("27447")}
    desk.take(replace(ORDER, coverages=(Coverage("UHC CHOICE PLUS"),)))
    (case,) = desk.cases()
    assert case.state is State.INCOMPLETE
    (taken,) = desk.take(ORDER)
    assert (taken.change, taken.cases) == (Change.CHANGED, (case.id,))
    assert desk.states() == [State.READY]
    assert desk.document(case.id)["coverage"]["member_id"] == "W1"
    assert desk.work_of(case.id) == [("missing", True, "the order was read again")]
    with desk.store.practice("clinic", read_only=True) as session:
        assert [c.id for c in session.cases.of_member("W1")] == [case.id]


def test_a_question_that_still_stands_keeps_its_item_and_assignee(desk):
    lacking = replace(ORDER, coverages=(Coverage("UHC CHOICE PLUS"),))
    desk.answers = {"27447": required("27447")}
    desk.take(lacking)
    with desk.store.practice("clinic") as session:
        (item,) = session.worklist.open_items()
        session.worklist.assign(item.id, "Maria", actor="Jane", at=AT)
    desk.take(lacking)
    with desk.store.practice("clinic", read_only=True) as session:
        (still,) = session.worklist.open_items()
    assert (still.id, still.assignee) == (item.id, "Maria")
    desk.take(replace(lacking, diagnoses=()))
    assert desk.open() == [("missing", "Missing: the member ID; a diagnosis code.")]
    assert [done for _, done, _ in desk.work_of(item.case_id)] in ([True, False], [False, True])


def test_a_document_that_can_be_read_now_completes_the_same_order(desk):
    desk.answers = {"27447": required("27447")}
    order = replace(ORDER, documents=(Document("note.txt"),))
    desk.take(order)
    assert desk.states() == [State.INCOMPLETE]
    desk.files = {"note.txt": b"knee"}
    (taken,) = desk.take(order)
    assert (taken.change, desk.states(), desk.open()) == (Change.SAME, [State.READY], [])


def test_an_order_changed_before_sending_is_decided_anew(desk):
    desk.answers = {"27447": required("27447"), "27130": required("27130")}
    (first,) = desk.take(ORDER)
    (taken,) = desk.take(replace(ORDER, service_lines=(replace(KNEE, code="27130"),)))
    assert taken == Taken("O-1", Change.CHANGED, first.cases)
    assert (desk.codes(), desk.states()) == ([["27130"]], [State.READY])


def test_an_order_changed_after_sending_is_for_a_person(desk):
    desk.answers = {"27447": required("27447"), "27130": required("27130")}
    (first,) = desk.take(ORDER)
    desk.move(first.cases[0], Event.SUBMISSION_STARTED, Event.SENT)
    (taken,) = desk.take(replace(ORDER, service_lines=(replace(KNEE, code="27130"),)))
    assert taken == Taken("O-1", Change.CHANGED, first.cases)
    assert (desk.codes(), desk.states()) == ([["27447"]], [State.SUBMITTED])
    ((kind, why),) = desk.open()
    assert kind == "order-changed"
    assert why.startswith("Order O-1 was changed after its request went out.")


def test_a_second_request_is_withdrawn_when_the_order_asks_for_less(desk):
    desk.answers = {"27447": required("27447"), "27130": required("27130")}
    both = (KNEE, replace(KNEE, code="27130", start=date(2026, 12, 9), units=None))
    (first,) = desk.take(replace(ORDER, service_lines=both))
    assert len(first.cases) == 2
    (taken,) = desk.take(ORDER)
    (kept,) = taken.cases
    (gone,) = set(first.cases) - {kept}
    states = {case.id: case.state for case in desk.cases()}
    assert states == {kept: State.READY, gone: State.WITHDRAWN}
    assert desk.open() == []
    with desk.store.practice("clinic", read_only=True) as session:
        notes = [p.get("note") for e, p in session.ledger.history(gone) if e.kind == "case.moved"]
    assert notes[-1] == "the order asks for less"
