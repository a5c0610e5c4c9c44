"""The worker: due rows become durable runs, and the runs of dead workers are taken over."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from dbos import DBOS

from authwright.cases.states import Event, State
from authwright.engine.durable import SealedJson
from authwright.engine.services import WorkKind
from authwright.engine.worker import Pace, Worker
from authwright.store import StoreAwayError
from authwright.vault.seal import KeyRing

KEYRING = KeyRing([bytes(range(32))])
QUICK = Pace(tick=timedelta(milliseconds=20), dead_after=timedelta(seconds=30))


@pytest.fixture
def work(bench, tmp_path):
    """Run a worker until nothing is left to do."""

    def run_here(worker):
        made = Worker(bench.services(worker), f"sqlite:///{tmp_path}/engine.db", KEYRING, pace=QUICK)
        try:
            made.run(until_idle=True)
        finally:
            made.close()

    def run(worker="worker-1"):
        # In a thread of its own: a browser test may have left an event loop in the main thread.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(run_here, worker).result()

    return run


def test_what_is_due_is_run(bench, work):
    bench.submission()
    work()
    assert (bench.state(), bench.portal.received) == (State.CERTIFIED, ["R1"])
    assert bench.store.workers.alive_after(bench.clock.now() - timedelta(days=1)) == ()


def away():
    return StoreAwayError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))


def test_a_database_that_is_locked_for_a_while_only_delays(bench, work, monkeypatch):
    bench.submission()
    beat, failures = bench.store.workers.beat, [away(), away()]

    def locked_at_first(worker, *, at):
        if bench.store.workers.alive_after(at - timedelta(days=1)) and failures:
            raise failures.pop()
        beat(worker, at=at)

    monkeypatch.setattr(bench.store.workers, "beat", locked_at_first)
    work()
    assert (bench.state(), failures) == (State.CERTIFIED, [])


def test_a_database_that_stays_away_ends_the_worker(bench, work, monkeypatch):
    beats = iter([None])

    def never_again(worker, *, at):
        if next(beats, away()):
            raise away()

    monkeypatch.setattr(bench.store.workers, "beat", never_again)
    with pytest.raises(StoreAwayError):
        work()


def test_nothing_in_the_engines_database_can_be_read(bench, work, tmp_path):
    submission = bench.submission()
    work()
    dump = "\n".join(sqlite3.connect(tmp_path / "engine.db").iterdump())
    inputs = [line for line in dump.splitlines() if "portal-run" in line and "INSERT" in line]
    assert inputs
    assert submission not in dump
    assert "answered" not in dump


def test_a_run_that_breaks_on_a_mistake_of_ours_reaches_a_person(bench, work):
    bench.portal.answer = None
    bench.submission()
    work()
    assert WorkKind.PROGRAM_ERROR in bench.work()


def test_a_dead_workers_run_is_taken_over(bench, work, tmp_path, monkeypatch):
    """The first worker has put the run in line, holds the account and has recorded its intent; then
    it is gone without a word."""
    submission = bench.submission()
    dead = "worker-dead"
    bench.store.workers.beat(dead, at=bench.clock.now())
    with bench.store.practice("clinic") as session:
        lease = session.leases.acquire("hub:hub", dead, at=bench.clock.now(), duration=timedelta(days=1))
        session.due.claim(dead, at=bench.clock.now())
        session.cases.move(bench.case_id, Event.SUBMISSION_STARTED, actor=dead, at=bench.clock.now())
    log = bench.store.intent_log("clinic", submission, lease)
    log.record(step_line=30, page_fingerprint="f", at=bench.clock.now())
    bench.portal.received.append("R1")
    bench.clock.move(timedelta(minutes=1))
    work("worker-2")
    assert (bench.state(), bench.portal.received, bench.portal.looks) == (State.CERTIFIED, ["R1"], 1)


def test_a_worker_that_gives_signs_of_life_keeps_what_it_has(bench, work):
    bench.submission()
    bench.store.workers.beat("worker-busy", at=bench.clock.now())
    with bench.store.practice("clinic") as session:
        session.due.claim("worker-busy", at=bench.clock.now())
    work("worker-2")
    assert (bench.state(), bench.portal.received) == (State.READY, [])


def test_sealed_json_round_trip():
    sealed = SealedJson(KEYRING)
    token = sealed.serialize({"args": ["a", 1], "kwargs": {}})
    assert "args" not in token
    assert sealed.deserialize(token) == json.loads('{"args": ["a", 1], "kwargs": {}}')


def test_an_error_is_kept_in_words():
    sealed = SealedJson(KEYRING)
    assert str(sealed.deserialize(sealed.serialize(ValueError("two fields")))) == "ValueError: two fields"


@pytest.fixture(autouse=True)
def nothing_launched():
    yield
    DBOS.destroy()
    Path("authwright.db").unlink(missing_ok=True)
