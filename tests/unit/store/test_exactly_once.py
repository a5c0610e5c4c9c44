"""Any interleaving of runs, clocks and deaths: what the intent log lets through is sent once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from authwright.core.order import Order
from authwright.core.ports import LeaseLostError
from authwright.store import open_store, schema
from authwright.store.cases import CaseFacts
from authwright.store.intents import IntentError
from authwright.store.leases import Lease
from authwright.store.submissions import Attempt
from authwright.vault.seal import KeyRing

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


class Runs(RuleBasedStateMachine):
    """Runs take the account, act when they are let, and wake up late with leases they had before.

    `sent` is the payer's side: what really arrived there, whether or not anyone wrote it down.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        url = f"sqlite:///{self.folder.name}/store.db"
        schema.upgrade(url)
        self.store = open_store(url, KeyRing([bytes(32)]), Path(self.folder.name) / "evidence")
        self.store.add_practice("clinic", "Clinic", at=START)
        with self.store.practice("clinic") as session:
            record, _ = session.orders.add(Order("O-1"), source="csv", actor="x", at=START)
            case = session.cases.open(record.id, {}, CaseFacts(), actor="x", at=START)
            attempt = Attempt(case.id, "k", "submit", "portal", account="hub/jane")
            self.submission = session.submissions.start(attempt, actor="x", at=START).id
        self.now, self.runs, self.leases, self.sent = START, 0, list[Lease](), 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(seconds=st.sampled_from([1, 30, 59, 60, 61]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def a_run_wants_the_account(self) -> None:
        self.runs += 1
        with self.store.practice("clinic") as session:
            lease = session.leases.acquire("hub/jane", f"run-{self.runs}", at=self.now, duration=LEASE)
        held = bool(self.leases) and self.leases[-1].expires_at > self.now
        assert (lease is None) == held
        if lease:
            self.leases.append(lease)

    @precondition(lambda self: self.leases)
    @rule(which=st.integers(0, 20), arrives=st.booleans(), dies=st.booleans())
    def a_run_sends(self, which: int, arrives: bool, dies: bool) -> None:
        lease = self.leases[which % len(self.leases)]
        log = self.store.intent_log("clinic", self.submission, lease)
        try:
            log.record(step_line=16, page_fingerprint="f", at=self.now)
        except (LeaseLostError, IntentError):
            return
        assert lease == self.leases[-1]
        assert lease.expires_at > self.now
        self.sent += arrives
        if not dies:
            log.resolve("sent" if arrives else "not-sent", at=self.now)

    @precondition(lambda self: self.leases)
    @rule(which=st.integers(0, 20))
    def a_run_looks_for_it_at_the_payer(self, which: int) -> None:
        lease = self.leases[which % len(self.leases)]
        log = self.store.intent_log("clinic", self.submission, lease)
        if log.open_intent() is None:
            return
        if self.sent:
            log.resolve("adopted", at=self.now)
            return
        holds = lease == self.leases[-1] and lease.expires_at > self.now
        try:
            log.resolve("not-sent", at=self.now)
        except LeaseLostError:
            assert not holds
        else:
            assert holds, "a run without the lease said that nothing was sent"

    @invariant()
    def it_arrived_once_at_most(self) -> None:
        assert self.sent <= 1

    @invariant()
    def at_most_one_intent_is_open(self) -> None:
        with self.store.practice("clinic", read_only=True) as session:
            assert len(session.intents.all_open()) <= 1


TestRuns = Runs.TestCase
TestRuns.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
