"""What is ready goes in line; what is at a payer is looked up."""

from dataclasses import replace

from authwright.app.sending import pull_statuses, send_ready
from authwright.cases.states import Event, State
from authwright.store.submissions import SubmissionStatus


def seen(practice, case_id):
    """(kinds of due work, statuses of the attempts, open worklist kinds) of a case."""
    with practice.store.practice("clinic", read_only=True) as session:
        due = sorted(d.kind for d in session.due.of_case(case_id))
        attempts = [s.status for s in session.submissions.of_case(case_id)]
        work = [i.kind for i in session.worklist.of_case(case_id) if not i.done]
    return due, attempts, work


def state(practice, case_id):
    with practice.store.practice("clinic", read_only=True) as session:
        return session.cases.get(case_id).state


def test_a_ready_case_of_an_approved_portal_is_put_in_line_once(practice, approve, ready_case):
    approve()
    case = ready_case()
    assert send_ready(practice, actor="Jane").cases == (case,)
    assert seen(practice, case) == (["submit"], [SubmissionStatus.OPEN], [])
    send_ready(practice, actor="Jane")
    assert seen(practice, case) == (["submit"], [SubmissionStatus.OPEN], [])


def test_what_may_not_be_run_stays_and_a_person_is_asked_once(practice, ready_case):
    case = ready_case()
    line = send_ready(practice, actor="Jane")
    assert line.cases == ()
    ((refused, why),) = line.refused
    assert refused == case and "is not approved as it stands" in why
    send_ready(practice, actor="Jane")
    assert seen(practice, case) == ([], [], ["sop-not-approved"])
    assert state(practice, case) is State.READY


def test_only_the_named_cases_go(practice, approve, ready_case):
    approve()
    first, second = ready_case("O-1"), ready_case("O-2", member="W2")
    assert send_ready(practice, actor="Jane", only=[second]).cases == (second,)
    assert seen(practice, first) == ([], [], [])


def test_what_is_not_ready_is_left_alone(practice, approve, ready_case):
    approve()
    ready_case("O-2", events=(Event.FOUND_INCOMPLETE,))
    ready_case("O-3", events=(Event.FOUND_COMPLETE, Event.SUBMISSION_STARTED, Event.SENT))
    line = send_ready(practice, actor="Jane")
    assert (line.cases, line.refused) == ((), ())


def test_a_portal_that_the_settings_name_since_is_used(practice, approve, ready_case):
    approve()
    case = ready_case("O-1", portal="")
    assert send_ready(practice, actor="Jane").cases == (case,)
    with practice.store.practice(practice.settings.practice_id, read_only=True) as session:
        assert session.cases.get(case).portal == "hub"


def test_without_any_portal_it_says_what_to_do(practice, approve, ready_case):
    approve()
    case = ready_case("O-1", portal="")
    without = replace(practice, settings=replace(practice.settings, filing={}))
    ((refused, why),) = send_ready(without, actor="Jane").refused
    assert refused == case and "add it under [filing], or send it by hand" in why


def test_what_was_named_and_cannot_go_says_why(practice, approve, ready_case):
    approve()
    case = ready_case("O-2", events=(Event.FOUND_INCOMPLETE,))
    line = send_ready(practice, actor="Jane", only=["O-2", "O-99"])
    assert line.cases == ()
    assert dict(line.refused) == {
        "O-99": "there is no case or order of that name",
        case: "it is incomplete, and only a ready case is sent",
    }


def test_a_status_is_pulled_of_what_is_at_a_payer(practice, ready_case):
    sent = (Event.FOUND_COMPLETE, Event.SUBMISSION_STARTED, Event.SENT)
    ready_case("O-1")
    at_payer = ready_case("O-2", events=sent)
    by_hand = ready_case("O-3", events=sent, portal="")
    other = ready_case("O-4", events=(*sent, Event.TAKEN_INTO_REVIEW))
    assert set(pull_statuses(practice)) == {at_payer, other}
    assert pull_statuses(practice, only=[at_payer]) == (at_payer,)
    assert seen(practice, at_payer)[0] == ["status"]
    assert seen(practice, by_hand)[0] == []
