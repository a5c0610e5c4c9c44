"""A status pull puts a case where the payer says that it is."""

from authwright.cases.states import State
from authwright.core.run import HaltReason
from authwright.engine.services import WorkKind
from authwright.engine.submitting import Ended, Submitting
from authwright.engine.tracking import Tracking
from tests.unit.engine.conftest import CERTIFIED


def pended(bench):
    bench.portal.answer = {"reference_number": "P1", "status": "Pended"}
    Submitting(bench.services(), "clinic", bench.submission()).carry_out()


def pull(bench):
    return Tracking(bench.services(), "clinic", bench.case_id).carry_out()


def test_a_pended_request_that_was_approved(bench):
    pended(bench)
    bench.portal.answer = CERTIFIED
    assert pull(bench) is Ended.ANSWERED
    assert (bench.state(), bench.due()[0].kind) == (State.CERTIFIED, "submit")


def test_still_pended_is_pulled_again_later(bench):
    pended(bench)
    assert pull(bench) is Ended.ANSWERED
    assert bench.state() == State.IN_REVIEW


def test_a_case_that_is_decided_is_not_pulled(bench):
    Submitting(bench.services(), "clinic", bench.submission()).carry_out()
    assert pull(bench) is Ended.NOTHING_TO_DO


def test_a_portal_that_is_down_is_asked_later(bench):
    pended(bench)
    bench.portal.down = True
    assert pull(bench) is Ended.LOOKS_AGAIN
    assert bench.work() == []


def test_a_status_that_nobody_knows_is_for_a_person(bench):
    pended(bench)
    bench.portal.answer = {"reference_number": "P1", "status": "Routed"}
    assert pull(bench) is Ended.WAITS_FOR_PERSON
    assert bench.work() == [WorkKind.STATUS_UNCLEAR]


def queues(bench):
    with bench.store.practice("clinic", read_only=True) as session:
        return [(item.kind, item.queue) for item in session.worklist.of_case(bench.case_id)]


def test_a_case_that_the_sop_hands_over_is_work_of_that_queue(bench):
    pended(bench)
    bench.portal.answer, bench.portal.queue = CERTIFIED, "eligibility team"
    assert pull(bench) is Ended.ANSWERED
    assert queues(bench) == [(WorkKind.HANDED_OVER, "eligibility team")]


def test_what_a_person_of_a_queue_is_asked_is_work_of_that_queue(bench):
    bench.portal.plan, bench.portal.queue = [HaltReason.ASKED_PERSON], "appeals desk"
    Submitting(bench.services(), "clinic", bench.submission()).carry_out()
    assert queues(bench) == [(WorkKind.HALTED, "appeals desk")]
