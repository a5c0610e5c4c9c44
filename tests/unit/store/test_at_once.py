"""The same thing begun by several workers at once is one thing."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from authwright.store import PracticeSession, Store
from authwright.store.submissions import Attempt

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("what", ["submission", "work", "due"])
def test_one_key_is_one_row(store: Store, case_id: str, what: str) -> None:
    begin: dict[str, Callable[[PracticeSession], str]] = {
        "submission": lambda s: (
            s.submissions.start(Attempt(case_id, "k", "submit", "portal"), actor="x", at=AT).id
        ),
        "work": lambda s: s.worklist.add("x", "why", actor="x", at=AT, key="k").id,
        "due": lambda s: s.due.add("status", AT, key="k").id,
    }
    start, ids, failures = threading.Barrier(5), [], []

    def work() -> None:
        start.wait()
        try:
            with store.practice("clinic") as session:
                ids.append(begin[what](session))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(ids) == 5
    assert len(set(ids)) == 1
    with store.practice("clinic", read_only=True) as session:
        assert session.ledger.verify() == []
        started = [e for e in session.ledger.entries() if e.kind in ("submission.started", "work.added")]
        assert len(started) == (what != "due")


def test_a_conflict_leaves_the_rest_of_the_transaction(store: Store, case_id: str) -> None:
    """On PostgreSQL an error undoes only what failed; here the second key is new and stays."""
    with store.practice("clinic") as session:
        session.worklist.add("x", "why", actor="x", at=AT, key="k")
    with store.practice("clinic") as session:
        session.leases.acquire("a", "h", at=AT, duration=timedelta(minutes=1))
        session.worklist.add("x", "again", actor="x", at=AT, key="k")
        session.worklist.add("x", "other", actor="x", at=AT, key="k2")
    with store.practice("clinic", read_only=True) as session:
        assert [i.why for i in session.worklist.open_items()] == ["again", "other"]
        assert len(session.leases.held(at=AT)) == 1
