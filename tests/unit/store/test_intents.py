"""Intents are durable before the act, one at a time, and only under the present lease."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from authwright.core.ports import Intent, LeaseLostError
from authwright.store import Store
from authwright.store.intents import IntentError
from authwright.store.leases import Lease
from authwright.store.submissions import Attempt, SubmissionStatus

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def submission(store: Store, case_id: str) -> str:
    with store.practice("clinic") as session:
        attempt = Attempt(case_id, "key-1", "submit", "portal", "hub", "hub/jane")
        return session.submissions.start(attempt, actor="Jane", at=AT).id


def acquire(store: Store, at: datetime = AT, holder: str = "run-1") -> Lease | None:
    with store.practice("clinic") as session:
        return session.leases.acquire("hub/jane", holder, at=at, duration=MINUTE)


@pytest.fixture
def lease(store: Store) -> Lease:
    got = acquire(store)
    assert got is not None
    return got


class TestIntents:
    def test_an_intent_is_open_until_resolved(self, store: Store, submission: str, lease: Lease) -> None:
        log = store.intent_log("clinic", submission, lease)
        assert log.open_intent() is None
        log.record(step_line=16, page_fingerprint="f" * 64, at=AT)
        assert log.open_intent() == Intent(submission, 16, "f" * 64, lease.token, AT)
        with store.practice("clinic") as session:
            assert [i.submission for i in session.intents.all_open()] == [submission]
        log.resolve("sent", at=AT)
        assert log.open_intent() is None

    def test_a_second_intent_waits_for_the_first(self, store: Store, submission: str, lease: Lease) -> None:
        log = store.intent_log("clinic", submission, lease)
        log.record(step_line=16, page_fingerprint="a", at=AT)
        with pytest.raises(IntentError, match="open intent"):
            log.record(step_line=20, page_fingerprint="a", at=AT)

    @pytest.mark.parametrize("outcome", ["sent", "adopted"])
    def test_a_step_that_was_sent_is_not_sent_again(
        self, store: Store, submission: str, lease: Lease, outcome: str
    ) -> None:
        log = store.intent_log("clinic", submission, lease)
        log.record(step_line=16, page_fingerprint="a", at=AT)
        log.resolve(outcome, at=AT)
        with pytest.raises(IntentError, match="sent already"):
            log.record(step_line=16, page_fingerprint="a", at=AT)
        log.record(step_line=18, page_fingerprint="a", at=AT)

    def test_a_step_that_was_surely_not_sent_may_be(
        self, store: Store, submission: str, lease: Lease
    ) -> None:
        log = store.intent_log("clinic", submission, lease)
        log.record(step_line=16, page_fingerprint="a", at=AT)
        log.resolve("not-sent", at=AT)
        log.record(step_line=16, page_fingerprint="b", at=AT)
        assert log.open_intent() is not None

    def test_nothing_is_decided_twice(self, store: Store, submission: str, lease: Lease) -> None:
        log = store.intent_log("clinic", submission, lease)
        log.record(step_line=16, page_fingerprint="a", at=AT)
        log.resolve("sent", at=AT)
        with pytest.raises(IntentError, match="no open intent"):
            log.resolve("not-sent", at=AT)
        with pytest.raises(ValueError, match="adopted"):
            log.resolve("perhaps", at=AT)

    def test_without_the_lease_no_intent(self, store: Store, submission: str, lease: Lease) -> None:
        log = store.intent_log("clinic", submission, lease)
        with pytest.raises(LeaseLostError, match="ran out"):
            log.record(step_line=16, page_fingerprint="a", at=AT + 2 * MINUTE)
        acquire(store, AT + 2 * MINUTE, "run-2")
        with pytest.raises(LeaseLostError, match="passed on"):
            log.record(step_line=16, page_fingerprint="a", at=AT)
        assert log.open_intent() is None

    def test_without_the_lease_nobody_says_that_it_was_not_sent(
        self, store: Store, submission: str, lease: Lease
    ) -> None:
        log = store.intent_log("clinic", submission, lease)
        log.record(step_line=16, page_fingerprint="a", at=AT)
        acquire(store, AT + 2 * MINUTE, "run-2")
        with pytest.raises(LeaseLostError):
            log.resolve("not-sent", at=AT + 2 * MINUTE)
        log.resolve("sent", at=AT + 2 * MINUTE)

    def test_intents_and_outcomes_are_in_the_ledger(
        self, store: Store, submission: str, lease: Lease, case_id: str
    ) -> None:
        log = store.intent_log("clinic", submission, lease)
        log.record(step_line=16, page_fingerprint="a", at=AT)
        log.resolve("sent", at=AT)
        with store.practice("clinic") as session:
            kinds = [entry.kind for entry, _ in session.ledger.history(case_id)]
        assert kinds[-2:] == ["intent.recorded", "intent.resolved"]

    def test_an_intent_outlives_the_death_of_its_process(
        self, store: Store, submission: str, lease: Lease, url: str
    ) -> None:
        script = f"""
import os, signal
from datetime import datetime
from pathlib import Path
from authwright.store import open_store
from authwright.store.leases import Lease
from authwright.vault.seal import KeyRing
at = datetime.fromisoformat({AT.isoformat()!r})
store = open_store({url!r}, KeyRing([bytes(range(32))]), Path("unused"))
lease = Lease("hub/jane", "run-1", {lease.token}, at)
store.intent_log("clinic", {submission!r}, lease).record(step_line=16, page_fingerprint="a", at=at)
os.kill(os.getpid(), signal.SIGKILL)
"""
        done = subprocess.run(
            [sys.executable, "-c", script], env=os.environ, check=False, capture_output=True
        )
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        found = store.intent_log("clinic", submission, lease).open_intent()
        assert found is not None
        assert found.step_line == 16


class TestLeases:
    def test_nobody_gets_it_while_someone_has_it(self, store: Store, lease: Lease) -> None:
        assert acquire(store, holder="run-2") is None
        assert acquire(store, holder="run-1") is None

    def test_each_lease_has_a_higher_token(self, store: Store, lease: Lease) -> None:
        tokens = [lease.token]
        for n in range(1, 4):
            later = acquire(store, AT + n * MINUTE)
            assert later is not None
            tokens.append(later.token)
        assert tokens == sorted(set(tokens))

    def test_a_released_lease_is_free_at_once(self, store: Store, lease: Lease) -> None:
        with store.practice("clinic") as session:
            session.leases.release(lease, at=AT)
            assert session.leases.held(at=AT) == ()
        again = acquire(store, holder="run-2")
        assert again is not None
        assert again.token > lease.token

    def test_a_renewed_lease_lasts_longer(self, store: Store, lease: Lease) -> None:
        with store.practice("clinic") as session:
            longer = session.leases.renew(lease, at=AT, duration=5 * MINUTE)
            assert session.leases.held(at=AT) == (longer,)
        assert acquire(store, AT + 4 * MINUTE, "run-2") is None

    def test_a_lost_lease_is_neither_renewed_nor_given_back(self, store: Store, lease: Lease) -> None:
        taken = acquire(store, AT + MINUTE, "run-2")
        with store.practice("clinic") as session:
            with pytest.raises(LeaseLostError):
                session.leases.renew(lease, at=AT, duration=MINUTE)
            session.leases.release(lease, at=AT + MINUTE)
            assert session.leases.held(at=AT + MINUTE) == (taken,)

    def test_a_broken_lease_is_free_and_its_holder_is_fenced(self, store: Store, lease: Lease) -> None:
        with store.practice("clinic") as session:
            session.leases.break_open("hub/jane", actor="adoption", at=AT)
        with store.practice("clinic") as session:
            with pytest.raises(LeaseLostError):
                session.leases.check("hub/jane", lease.token, at=AT)
            assert [e.kind for e in session.ledger.entries()][-1] == "lease.broken"
        assert acquire(store, holder="run-2") is not None

    def test_of_many_at_once_one_gets_it(self, store: Store) -> None:
        start, got = threading.Barrier(6), []

        def run(n: int) -> None:
            start.wait()
            got.append(acquire(store, holder=f"run-{n}"))

        in_threads(run, 6)
        winners = [lease for lease in got if lease]
        assert len(got) == 6
        assert len(winners) == 1


def in_threads(work: Callable[[int], None], number: int) -> None:
    threads = [threading.Thread(target=work, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class TestSubmissions:
    def test_the_same_key_is_the_same_submission(self, store: Store, submission: str, case_id: str) -> None:
        with store.practice("clinic") as session:
            again = session.submissions.start(Attempt(case_id, "key-1", "submit", "fax"), actor="x", at=AT)
            assert again.id == submission
            assert again.attempt.channel == "portal"
            assert len(session.submissions.of_case(case_id)) == 1

    def test_where_it_stands_and_what_came_back(self, store: Store, submission: str) -> None:
        with store.practice("clinic") as session:
            put = session.submissions.put_status
            put(submission, SubmissionStatus.IN_DOUBT, actor="x", at=AT)
            assert [s.id for s in session.submissions.unfinished()] == [submission]
            put(
                submission,
                SubmissionStatus.SENT,
                actor="x",
                at=AT,
                reference_number="A77",
                result={"read": {"status": "Pended"}},
            )
            put(submission, SubmissionStatus.SENT, actor="x", at=AT)
        with store.practice("clinic", read_only=True) as session:
            found = session.submissions.get(submission)
            assert (found.status, found.reference_number, found.finished_at) == ("sent", "A77", AT)
            assert session.submissions.by_reference("a77") == (found,)
            assert session.submissions.unfinished() == ()
            assert session.submissions.result(submission, dict) == {"read": {"status": "Pended"}}
