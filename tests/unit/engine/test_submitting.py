"""An attempt is at the payer exactly once, whatever dies in between."""

from datetime import timedelta

import pytest

from authwright.cases.states import State
from authwright.core.run import HaltReason, Lookup, LookupFinding, RunOutcome, RunResult
from authwright.core.workflow import Purpose
from authwright.engine.services import DueKind, WorkKind
from authwright.engine.submitting import Ended, Submitting, halted_in_words
from authwright.engine.tracking import Tracking
from authwright.store.submissions import SubmissionStatus
from tests.unit.engine.conftest import CERTIFIED, SETTLE, Killed, portal_access


def carry_out(bench, submission, *, worker="worker-1", second=False):
    return Submitting(bench.services(worker), "clinic", submission, second_look=second).carry_out()


def killed(bench, submission):
    with pytest.raises(Killed):
        carry_out(bench, submission)


def test_an_answer_is_written_into_the_case(bench):
    submission = bench.submission()
    assert carry_out(bench, submission) is Ended.ANSWERED
    assert bench.state() == State.CERTIFIED
    with bench.store.practice("clinic", read_only=True) as session:
        assert session.submissions.get(submission).reference_number == "AUTH1"
        (record,) = session.certifications.of_case(bench.case_id)
    approval = record.certification
    assert (approval.number, approval.codes[0].code, approval.codes[0].units) == ("AUTH1", "27447", 1)
    assert (str(approval.start), str(approval.end), approval.places) == ("2026-12-01", "2027-02-28", ("22",))


def test_a_second_carrying_out_does_nothing(bench):
    submission = bench.submission()
    carry_out(bench, submission)
    assert carry_out(bench, submission) is Ended.NOTHING_TO_DO
    assert len(bench.portal.received) == 1


def test_one_case_is_not_tried_twice_at_the_same_time(bench):
    assert bench.submission() == bench.submission()


@pytest.mark.parametrize("death", ["killed-before-intent", "killed-before-click", "killed-after-click"])
def test_killed_around_the_sending_step(bench, death):
    """The lease of the dead is broken by whoever takes over; here it has run out by itself."""
    bench.portal.plan = [death]
    submission = bench.submission()
    killed(bench, submission)
    bench.clock.move(timedelta(hours=1))
    ended = carry_out(bench, submission, worker="worker-2")
    if death == "killed-before-click":
        assert ended is Ended.LOOKS_AGAIN
        bench.clock.move(timedelta(seconds=5))
        assert carry_out(bench, submission, worker="worker-2", second=True) is Ended.SENDS_AGAIN
        assert bench.state() == State.READY
        ended = carry_out(bench, bench.submission(), worker="worker-2")
    assert ended is Ended.ANSWERED
    assert bench.portal.received == ["R1"]
    assert bench.state() == State.CERTIFIED


def test_killed_after_the_answer_was_read(bench):
    bench.portal.plan = ["killed-after-resolve"]
    submission = bench.submission()
    killed(bench, submission)
    bench.clock.move(timedelta(hours=1))
    assert carry_out(bench, submission, worker="worker-2") is Ended.ANSWERED
    assert (bench.portal.received, bench.state()) == (["R1"], State.CERTIFIED)


def test_a_lost_answer_is_looked_for(bench):
    bench.portal.plan = ["no-answer"]
    submission = bench.submission()
    assert carry_out(bench, submission) is Ended.LOOKS_AGAIN
    assert bench.state() == State.IN_DOUBT
    assert carry_out(bench, submission) is Ended.ANSWERED
    assert (bench.portal.received, bench.portal.looks, bench.state()) == (["R1"], 1, State.CERTIFIED)


def test_not_found_before_the_portal_has_settled_proves_nothing(bench):
    """The portal has the request and lists it late: one look finds nothing, the second one does."""
    bench.portal.plan, bench.portal.lists = ["no-answer"], False
    submission = bench.submission()
    carry_out(bench, submission)
    assert carry_out(bench, submission) is Ended.LOOKS_AGAIN
    (due,) = (item for item in bench.due() if item.kind == DueKind.SECOND_LOOK)
    assert due.due_at - bench.clock.now() >= SETTLE
    assert carry_out(bench, submission, second=True) is Ended.LOOKS_AGAIN
    bench.clock.move(SETTLE)
    bench.portal.lists = True
    assert carry_out(bench, submission, second=True) is Ended.ANSWERED
    assert bench.portal.received == ["R1"]


def test_surely_not_found_is_sent_anew_as_another_attempt(bench):
    bench.portal.plan = ["not-received"]
    first = bench.submission()
    carry_out(bench, first)
    carry_out(bench, first)
    bench.clock.move(SETTLE)
    assert carry_out(bench, first, second=True) is Ended.SENDS_AGAIN
    second = bench.submission()
    assert second != first
    assert carry_out(bench, second) is Ended.ANSWERED
    assert bench.portal.received == ["R1"]
    with bench.store.practice("clinic", read_only=True) as session:
        assert session.submissions.get(first).status is SubmissionStatus.NOT_SENT


def test_a_search_that_does_not_repeat_the_question_proves_nothing(bench):
    bench.portal.plan, bench.portal.echoes = ["not-received"], False
    submission = bench.submission()
    carry_out(bench, submission)
    assert carry_out(bench, submission, second=True) is Ended.WAITS_FOR_PERSON
    assert (bench.work(), bench.state()) == ([WorkKind.IN_DOUBT], State.IN_DOUBT)


def test_an_sop_without_if_interrupted_ends_with_a_person(bench):
    bench.portal.plan = ["no-answer"]
    plain = bench.access.workflows[Purpose.SUBMIT]
    no_look = type(plain)(plain.id, plain.title, plain.purpose, plain.portal, (), meaning_hash="m1")
    bench.access = portal_access(workflows={Purpose.SUBMIT: no_look})
    submission = bench.submission()
    carry_out(bench, submission)
    assert carry_out(bench, submission) is Ended.WAITS_FOR_PERSON
    assert bench.work() == [WorkKind.IN_DOUBT]


def test_a_halt_before_sending_leaves_the_case_ready_and_says_why(bench):
    bench.portal.plan = [HaltReason.AMBIGUOUS]
    assert carry_out(bench, bench.submission()) is Ended.WAITS_FOR_PERSON
    assert (bench.state(), bench.portal.received) == (State.READY, [])
    with bench.store.practice("clinic", read_only=True) as session:
        (item,) = session.worklist.open_items()
    assert item.why == "Line 9 of the SOP: expected NPI; found 2 fields called NPI (control-ambiguous)."


def test_a_portal_that_is_down_is_tried_again_and_then_left_to_a_person(bench):
    bench.portal.down = True
    assert carry_out(bench, bench.submission()) is Ended.SENDS_AGAIN
    assert carry_out(bench, bench.submission()) is Ended.SENDS_AGAIN
    assert carry_out(bench, bench.submission()) is Ended.WAITS_FOR_PERSON
    assert (bench.work(), bench.state()) == ([WorkKind.PORTAL_DOWN], State.READY)


def test_two_runs_never_use_one_account_at_once(bench):
    submission = bench.submission()
    with bench.store.practice("clinic") as session:
        session.leases.acquire("hub:hub", "someone", at=bench.clock.now(), duration=timedelta(minutes=5))
    assert carry_out(bench, submission) is Ended.BUSY
    assert bench.portal.received == []


def test_a_slow_run_whose_lease_was_broken_cannot_send(bench):
    submission = bench.submission()
    original = bench.portal._send

    def broken_meanwhile(intents, lease_check):
        with bench.store.practice("clinic") as session:
            session.leases.break_open("hub:hub", actor="worker-2", at=bench.clock.now())
        return original(intents, lease_check)

    bench.portal._send = broken_meanwhile
    assert carry_out(bench, submission) is Ended.BUSY
    assert bench.portal.received == []


def test_a_run_that_wakes_up_after_it_was_taken_over_says_nothing_of_the_case(bench):
    submission = bench.submission()
    original = bench.portal._send

    def slept(intents, lease_check):
        bench.portal._send = original
        with bench.store.practice("clinic") as session:
            session.leases.break_open("hub:hub", actor="worker-2", at=bench.clock.now())
        assert carry_out(bench, submission, worker="worker-2") is Ended.ANSWERED
        return bench.portal._cut_off()

    bench.portal._send = slept
    assert carry_out(bench, submission) is Ended.BUSY
    assert (bench.portal.received, bench.state(), bench.work()) == (["R1"], State.CERTIFIED, [])
    assert carry_out(bench, submission) is Ended.NOTHING_TO_DO


def test_found_in_a_list_that_leaves_out_the_dates_is_read_in_full_by_the_status_sop(bench):
    bench.portal.plan = ["killed-after-click"]
    submission = bench.submission()
    killed(bench, submission)
    bench.clock.move(timedelta(hours=1))
    row = {name: CERTIFIED[name] for name in ("reference_number", "status")}
    bench.portal.answer = row
    assert carry_out(bench, submission, worker="worker-2") is Ended.LOOKS_AGAIN
    assert (bench.state(), bench.work()) == (State.SUBMITTED, [])
    pull = next(item for item in bench.due() if item.kind == DueKind.STATUS)
    assert pull.due_at == bench.clock.now()
    bench.portal.answer = dict(CERTIFIED)
    Tracking(bench.services("worker-2"), "clinic", bench.case_id).carry_out()
    assert bench.state() == State.CERTIFIED


def test_an_sop_that_is_not_approved_is_not_run(bench):
    submission = bench.submission()
    bench.access = portal_access(refused={Purpose.SUBMIT: "The SOP hub/submit is not approved as it stands."})
    assert carry_out(bench, submission) is Ended.WAITS_FOR_PERSON
    assert (bench.work(), bench.portal.received) == ([WorkKind.SOP_NOT_APPROVED], [])


def test_not_required_ends_the_case_with_its_decision_id(bench):
    bench.portal.answer, bench.portal.stopped_with = {"decision_id": "D77"}, "not required"
    assert carry_out(bench, bench.submission()) is Ended.ANSWERED
    assert bench.state() == State.NOT_REQUIRED
    with bench.store.practice("clinic", read_only=True) as session:
        (record,) = session.determinations.of_case(bench.case_id)
        assert session.certifications.of_case(bench.case_id) == ()
    assert record.determination.reference_number == "D77"


def test_a_duplicate_is_for_a_person(bench):
    bench.portal.answer, bench.portal.stopped_with = {"reference_number": "OLD9"}, "duplicate"
    carry_out(bench, bench.submission())
    assert (bench.state(), bench.work()) == (State.VOID_DUPLICATE, [WorkKind.DUPLICATE])


def test_pended_is_pulled_later(bench):
    bench.portal.answer = {"reference_number": "P1", "status": "Pended"}
    carry_out(bench, bench.submission())
    assert bench.state() == State.IN_REVIEW
    assert DueKind.STATUS in {item.kind for item in bench.due()}


def test_not_certified_says_what_to_decide(bench):
    bench.portal.answer = {"reference_number": "N1", "status": "Not Certified"}
    carry_out(bench, bench.submission())
    assert (bench.state(), bench.work()) == (State.NOT_CERTIFIED, [WorkKind.ADVERSE])


@pytest.mark.parametrize("lost", ["reference_number", "certified_end_date"])
def test_an_approval_without_number_or_dates_stays_open(bench, lost):
    bench.portal.answer = {k: v for k, v in CERTIFIED.items() if k != lost}
    carry_out(bench, bench.submission())
    assert (bench.state(), bench.work()) == (State.SUBMITTED, [WorkKind.APPROVAL_TO_RECORD])


def test_words_that_decide_nothing_are_for_a_person(bench):
    bench.portal.answer = {"reference_number": "X1", "status": "Contact Payer"}
    assert carry_out(bench, bench.submission()) is Ended.WAITS_FOR_PERSON
    assert (bench.state(), bench.work()) == (State.SUBMITTED, [WorkKind.STATUS_UNCLEAR])


def test_the_ledger_of_a_case_that_was_cut_off_holds(bench):
    bench.portal.plan = ["no-answer"]
    submission = bench.submission()
    carry_out(bench, submission)
    carry_out(bench, submission)
    with bench.store.practice("clinic", read_only=True) as session:
        kinds = [entry.kind for entry, _ in session.ledger.history(bench.case_id)]
        assert session.ledger.verify() == []
    assert kinds.index("intent.recorded") < kinds.index("submission.looked") < kinds.index("intent.resolved")


def test_an_unclear_look_tells_a_person_what_it_saw():
    saw = LookupFinding(Lookup.UNCLEAR, saw='1 row in the payer\'s list, none taken for the request: "A0"')
    assert halted_in_words(RunResult(RunOutcome.DONE, lookup=saw)) == (
        f"Found neither the request at the payer nor proof that it isn't there: {saw.saw}."
    )
