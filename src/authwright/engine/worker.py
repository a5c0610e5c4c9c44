"""The worker: the one process that launches DBOS. It takes what is due, runs it, and takes over the
runs of workers that have died."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from authwright.core.ports import Sealer
from authwright.engine.durable import Durable, Job
from authwright.engine.services import DueKind, Services
from authwright.store import StoreAwayError
from authwright.store.due import DueItem
from authwright.store.store import PracticeSession

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the worker looks around, after how much silence another worker is dead, and how many
    looks in a row may fail because the database doesn't answer (locked by a process that sleeps,
    started anew) before the worker ends."""

    tick: timedelta = timedelta(seconds=1)
    dead_after: timedelta = timedelta(seconds=30)
    most_away: int = 20


class Worker:
    """Runs in the calling thread until `stop` is set; DBOS runs the jobs in threads of its own."""

    def __init__(
        self, services: Services, engine_database_url: str, sealer: Sealer, *, pace: Pace | None = None
    ) -> None:
        self.stop = threading.Event()
        services = replace(services, stopping=self.stop.is_set)
        self._services, self._pace = services, pace or Pace()
        self._store, self._now = services.store, services.clock.now
        self._store.workers.beat(services.worker, at=self._now())
        self._durable = Durable(services, engine_database_url, sealer)

    def run(self, *, until_idle: bool = False, idle_check: Callable[[], bool] = lambda: True) -> None:
        """Work until stopped; with `until_idle`, until nothing is due now, in line or under way (and
        `idle_check` agrees)."""
        away = 0
        while not self.stop.is_set():
            try:
                idle = self._tick() and until_idle and not self._durable.unfinished() and idle_check()
                away = 0
            except StoreAwayError:
                away += 1
                if away > self._pace.most_away:
                    raise
                _log.warning("the database doesn't answer; trying again", extra={"times": away})
                idle = False
            if idle:
                return
            self.stop.wait(self._pace.tick.total_seconds())

    def _tick(self) -> bool:
        """One look around; True when nothing was due."""
        self._store.workers.beat(self._services.worker, at=self._now())
        self._take_over_from_the_dead()
        return not self._take_what_is_due()

    def close(self) -> None:
        """End in order: the run under way is finished, and nobody will take this worker for dead."""
        self._durable.close()
        self._store.workers.forget(self._services.worker)

    def _take_what_is_due(self) -> int:
        taken = 0
        for practice in self._store.practices():
            with self._store.practice(practice.id) as session:
                items = session.due.claim(self._services.worker, at=self._now(), kinds=list(DueKind))
                jobs = [self._job(session, practice.id, item) for item in items]
            for item, job in zip(items, jobs, strict=True):
                # In line first, then done: a death between the two puts the same id in line again.
                self._durable.enqueue(job)
                with self._store.practice(practice.id) as session:
                    session.due.finish(item.id, self._services.worker, at=self._now())
            taken += len(items)
        return taken

    def _job(self, session: PracticeSession, practice: str, item: DueItem) -> Job:
        kind = DueKind(item.kind)
        subject = item.case_id if kind is DueKind.STATUS else item.subject
        attempts = session.submissions.of_case(item.case_id)
        attempt = attempts[-1].attempt
        return Job(
            f"{kind}-{item.id}", kind, practice, subject, f"{practice}:{attempt.portal}:{attempt.account}"
        )

    def _take_over_from_the_dead(self) -> None:
        """Runs of a worker that has been silent for too long are put in line again, after its leases
        are broken: if it is only slow, its fencing tokens stop it from sending anything."""
        silent_since = self._now() - self._pace.dead_after
        for dead in self._store.workers.silent_since(silent_since):
            if dead.executor == self._services.worker:
                continue
            if not self._store.workers.take_over(dead.executor, silent_since=silent_since, at=self._now()):
                continue
            for practice in self._store.practices():
                with self._store.practice(practice.id) as session:
                    self._free(session, dead.executor)
            runs = self._durable.take_over(dead.executor)
            _log.warning("took over from a dead worker", extra={"dead": dead.executor, "runs": runs})
            self._store.workers.forget(dead.executor)

    def _free(self, session: PracticeSession, dead: str) -> None:
        session.due.release_all(dead)
        for lease in session.leases.held(at=self._now()):
            if lease.holder == dead:
                session.leases.break_open(lease.account, actor=self._services.worker, at=self._now())
