"""Cases move by the table, each move is in the ledger, and no update is lost."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from authwright.cases.states import Event, State, TransitionError
from authwright.core.order import Coverage, Order, Patient
from authwright.core.requirement import Outcome, Requirement, Source
from authwright.store import LostUpdateError, Store
from authwright.store.cases import CaseFacts
from authwright.store.orders import Change

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_a_case_is_a_draft_first_and_keeps_its_document(store: Store, case_id: str) -> None:
    with store.practice("clinic", read_only=True) as session:
        assert session.cases.document(case_id) == {"notes": "n"}
        case = session.cases.get(case_id)
    assert (case.state, case.payer, case.date_of_service) == (State.READY, "cypress", date(2026, 12, 1))
    assert case.created_at == AT


def test_a_move_is_in_the_ledger_in_the_same_transaction(store: Store, case_id: str) -> None:
    with store.practice("clinic") as session:
        moved = session.cases.move(case_id, Event.SUBMISSION_STARTED, actor="Jane", at=AT, note="by portal")
    with store.practice("clinic") as session:
        entry, payload = session.ledger.history(case_id)[-1]
    assert moved.state is State.SUBMITTING
    assert (entry.kind, entry.actor, entry.at) == ("case.moved", "Jane", AT)
    assert payload == {
        "event": "submission-started",
        "was": "ready",
        "now": "submitting",
        "note": "by portal",
    }


def test_a_block_that_fails_leaves_neither_move_nor_entry(store: Store, case_id: str) -> None:
    with pytest.raises(RuntimeError), store.practice("clinic") as session:
        session.cases.move(case_id, Event.SUBMISSION_STARTED, actor="Jane", at=AT)
        raise RuntimeError
    with store.practice("clinic") as session:
        assert session.cases.get(case_id).state is State.READY
        assert len(session.ledger.history(case_id)) == 2


def test_an_impossible_move_is_refused(store: Store, case_id: str) -> None:
    with pytest.raises(TransitionError), store.practice("clinic") as session:
        session.cases.move(case_id, Event.CERTIFIED, actor="Jane", at=AT)
        session.cases.move(case_id, Event.SENT, actor="Jane", at=AT)
    with store.practice("clinic") as session:
        assert session.cases.get(case_id).state is State.READY


def test_an_old_version_is_refused(store: Store, case_id: str) -> None:
    with store.practice("clinic") as session:
        seen = session.cases.get(case_id).version
        session.cases.revise(case_id, document={"notes": "new"}, actor="Jane", at=AT, version=seen)
    with pytest.raises(LostUpdateError, match="changed since"), store.practice("clinic") as session:
        session.cases.move(case_id, Event.WITHDRAWN, actor="Joe", at=AT, version=seen)


def test_of_two_moves_at_once_one_is_refused(store: Store, case_id: str) -> None:
    """Both have read the case before either writes (SQLite lets them write one after the other)."""
    start, results = threading.Barrier(2), []
    with store.practice("clinic") as session:
        version = session.cases.get(case_id).version

    def move() -> None:
        start.wait()
        try:
            with store.practice("clinic") as session:
                session.cases.move(case_id, Event.SUBMISSION_STARTED, actor="x", at=AT, version=version)
                results.append("moved")
        except LostUpdateError:
            results.append("refused")

    threads = [threading.Thread(target=move) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["moved", "refused"]
    with store.practice("clinic") as session:
        assert session.ledger.verify() == []


def test_cases_are_found_by_what_they_are_sorted_by(store: Store, case_id: str) -> None:
    with store.practice("clinic") as session:
        order = session.cases.get(case_id).order_id
        soon = CaseFacts(payer="aetna", due_at=AT + timedelta(hours=1), date_of_service=date(2026, 11, 30))
        late = CaseFacts(payer="aetna", due_at=AT + timedelta(days=9))
        second = session.cases.open(order, {}, late, actor="Jane", at=AT)
        first = session.cases.open(order, {}, soon, actor="Jane", at=AT)
    with store.practice("clinic", read_only=True) as session:
        find = session.cases.find
        assert [c.id for c in find()] == [first.id, second.id, case_id]
        assert [c.id for c in find(payer="aetna", due_before=AT + timedelta(days=1))] == [first.id]
        assert [c.id for c in find(states=[State.READY])] == [case_id]
        assert [c.id for c in find(service_from=date(2026, 12, 1))] == [case_id]
        assert [c.id for c in find(service_to=date(2026, 11, 30))] == [first.id]
        assert [c.id for c in find(portal="hub")] == [case_id]
        assert [c.id for c in find(limit=1, offset=1)] == [second.id]
        assert {c.id for c in session.cases.of_order(order)} == {case_id, first.id, second.id}
        assert session.cases.counts() == {State.READY: 1, State.DRAFT: 2}


def test_a_member_is_found_by_the_exact_id(store: Store, case_id: str) -> None:
    with store.practice("clinic", read_only=True) as session:
        assert [c.id for c in session.cases.of_member("w123 456 789")] == [case_id]
        assert session.cases.of_member("W12345678") == ()
        assert session.cases.of_member("") == ()


def test_an_unknown_case_is_a_key_error(store: Store) -> None:
    with pytest.raises(KeyError, match="nothing"), store.practice("clinic") as session:
        session.cases.get("nothing")


def test_an_order_read_twice_is_one_order(store: Store) -> None:
    order = Order("O-7", Patient("Ann", "Example", date(1961, 2, 3)), (Coverage(member_id="M1"),))
    other = Order("O-7", Patient("ann", "Example", date(1961, 2, 3)), (Coverage(member_id="M2"),))
    changes = []
    for given in (order, order, other, other):
        with store.practice("clinic") as session:
            record, change = session.orders.add(given, source="csv", actor="Jane", at=AT)
            changes.append(change)
            assert record.order == given
    assert changes == [Change.NEW, Change.SAME, Change.CHANGED, Change.SAME]
    with store.practice("clinic") as session:
        assert session.orders.by_external_id("O-7") == record
        assert session.orders.get(record.id) == record
        assert session.orders.of_member("M2") == (record,)
        assert session.orders.of_member("M1") == ()


def test_requirements_are_those_of_the_last_answer(store: Store, case_id: str) -> None:
    first = Requirement("72148", Outcome.UNKNOWN)
    last = Requirement(
        "72148", Outcome.REQUIRED, verify=True, sources=(Source("List", "https://example.org"),)
    )
    with store.practice("clinic") as session:
        session.requirements.replace(case_id, [(1, first), (2, first)], actor="Jane", at=AT)
    with store.practice("clinic") as session:
        session.requirements.replace(case_id, [(1, last)], actor="Jane", at=AT)
    with store.practice("clinic", read_only=True) as session:
        assert session.requirements.of_case(case_id) == ((1, last),)
