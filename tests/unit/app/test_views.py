"""A case as people look at it."""

import pytest

from authwright.app.views import all_cases, case_view
from authwright.cases.states import Event, State
from authwright.core.certification import Certification, CertifiedCode, Determination, DeterminationStatus
from authwright.core.order import Coverage, Order, Patient
from authwright.core.run import RunOutcome, RunResult, StepRecord
from authwright.store.cases import CaseFacts
from authwright.store.submissions import Attempt, SubmissionStatus

from .conftest import AT, DAY

SENT = (Event.FOUND_COMPLETE, Event.SUBMISSION_STARTED, Event.SENT)


@pytest.fixture
def writing(practice):
    with practice.store.practice("clinic") as session:
        yield session


def test_a_case_is_gathered_from_everywhere(practice, ready_case):
    case_id = ready_case(codes=("27447", "20610"))
    with practice.store.practice("clinic") as session:
        session.worklist.add("halted", "look at it", actor="Jane", at=AT, case_id=case_id)
        session.evidence.keep(b"x", kind="document", name="n", actor="Jane", at=AT, case_id=case_id)
    with practice.store.practice("clinic", read_only=True) as session:
        view = case_view(session, case_id)
    assert (view.patient, view.codes, view.state_words) == ("Doe, Jane", "27447, 20610", "Ready to send")
    assert view.waits_for == ("look at it",)
    assert [e.name for e in view.evidence] == ["n"]
    sentences = [h.sentence for h in view.timeline]
    assert sentences[0] == "The order came in."
    assert sentences[-1] == "A person is asked: look at it"
    assert "Now: Ready to send." in sentences


def test_what_was_done_waits_for_nobody(writing):
    order, _ = writing.orders.add(
        Order("O-9", patient=Patient(last_name="Roe")), source="csv", actor="J", at=AT
    )
    case = writing.cases.open(order.id, {}, CaseFacts(), member_id="", actor="J", at=AT)
    item = writing.worklist.add("halted", "look", actor="J", at=AT, case_id=case.id)
    writing.worklist.finish(item.id, "seen", actor="J", at=AT)
    view = case_view(writing, case.id)
    assert (view.waits_for, view.patient, view.codes) == ((), "Roe", "")


@pytest.mark.parametrize(("payer", "waits"), [("", True), ("unitedhealthcare", False)])
def test_an_unmapped_name_is_what_its_case_waits_for(writing, payer, waits):
    order = Order("O-9", coverages=(Coverage("BLUE CARD", payer=payer),))
    record, _ = writing.orders.add(order, source="csv", actor="J", at=AT)
    case = writing.cases.open(record.id, {}, CaseFacts(payer=payer), member_id="", actor="J", at=AT)
    words = 'Waits until someone says which payer "BLUE CARD" is.'
    assert (words in case_view(writing, case.id).waits_for) is waits


def test_the_number_is_the_approvals_else_the_decisions_else_the_attempts(practice, ready_case):
    case_id = ready_case(events=SENT)
    with practice.store.practice("clinic") as session:
        assert (case_view(session, case_id).number, case_view(session, case_id).was_sent) == ("", False)
        attempt = Attempt(case_id, f"{case_id}:1", "submit", "portal", "hub")
        submission = session.submissions.start(attempt, actor="J", at=AT)
        steps = (StepRecord(1, 5, "click", "Click Submit.", milliseconds=1500),)
        session.submissions.put_status(
            submission.id,
            SubmissionStatus.SENT,
            actor="J",
            at=AT,
            reference_number="R1",
            result=RunResult(RunOutcome.DONE, sent=True, steps=steps),
        )
        view = case_view(session, case_id)
        assert (view.number, view.was_sent, view.runs[0].seconds) == ("R1", True, 1.5)
        decision = Determination(DeterminationStatus.PENDED, "Pended", reference_number="D1")
        session.determinations.record(case_id, decision, actor="J", at=AT)
        assert case_view(session, case_id).number == "D1"
        approval = Certification("A1", "unitedhealthcare", "W1", (CertifiedCode("27447"),), DAY, DAY)
        session.certifications.record(approval, actor="J", at=AT, case_id=case_id)
        assert case_view(session, case_id).number == "A1"


def test_a_case_that_is_not_there_is_a_key_error(writing):
    with pytest.raises(KeyError, match="nothing"):
        case_view(writing, "nothing")


def test_all_cases_come_in_the_order_of_their_orders_and_by_state(practice, ready_case):
    for number in (3, 1, 2):
        ready_case(f"O-{number}", events=SENT if number == 2 else (Event.FOUND_COMPLETE,))
    with practice.store.practice("clinic", read_only=True) as session:
        assert [v.order.id for v in all_cases(session)] == ["O-1", "O-2", "O-3"]
        assert [v.order.id for v in all_cases(session, states=(State.SUBMITTED,))] == ["O-2"]
