"""Where a run of the worker waits for a person: the question is an item of the worklist, and the answer is
what the item is finished with. Whoever answers is another process, perhaps on another machine."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from authwright.core.person import Question
from authwright.core.ports import LeaseLostError
from authwright.engine.guides import of_kind
from authwright.engine.services import LEASE_DURATION, Services, WorkKind
from authwright.store.leases import Lease

WAITING = (WorkKind.CAPTCHA, WorkKind.QUESTION)
"""The kinds of item that are answered, while a run waits for it."""


@dataclass(slots=True)
class WorklistDesk:
    """A core.person.Desk of a run that holds `lease`, which is renewed as long as the run waits."""

    services: Services
    practice: str
    case_id: str
    submission_id: str
    lease: Lease
    seconds: float
    _item: str = ""

    def park(self, question: Question) -> None:
        now, worker = self.services.clock.now(), self.services.worker
        kind = WorkKind.CAPTCHA if question.kind.of_captcha else WorkKind.QUESTION
        until = now + timedelta(seconds=self.seconds)
        key = f"{kind}:{self.case_id}"
        with self.services.store.practice(self.practice) as session:
            # Of a run that died while it waited: its picture is another.
            session.worklist.settle(key, "another run asks now", actor=worker, at=now)
            picture = session.evidence.keep(
                question.picture,
                kind="screenshot",
                name="question",
                note=question.words,
                actor=worker,
                at=now,
                case_id=self.case_id,
                submission_id=self.submission_id,
            )
            item = session.worklist.add(
                kind,
                f'"{question.words}" The run waits for an answer until {until:%H:%M:%S} UTC.',
                actor=worker,
                at=now,
                case_id=self.case_id,
                due_at=until,
                key=key,
                guide=replace(of_kind(kind), picture=picture),
            )
        self._item = item.id

    def answer(self) -> str:
        """Raises LeaseLostError when the account has passed on, or this worker is about to end: then the
        next run asks again."""
        self._keep_account()
        with self.services.store.practice(self.practice, read_only=True) as session:
            item = session.worklist.get(self._item)
        return item.resolution if item.done else ""

    def leave(self, how: str) -> None:
        with self.services.store.practice(self.practice) as session:
            if not session.worklist.get(self._item).done:
                now = self.services.clock.now()
                session.worklist.finish(self._item, how, actor=self.services.worker, at=now)

    def _keep_account(self) -> None:
        try:
            self._renew(self.services.clock.now())
        except LeaseLostError as error:
            self.leave(str(error))
            raise

    def _renew(self, now: datetime) -> None:
        if self.services.stopping():
            raise LeaseLostError("the worker ends; the next run asks again")
        if now < self.lease.expires_at - LEASE_DURATION / 2:
            return
        with self.services.store.practice(self.practice) as session:
            self.lease = session.leases.renew(self.lease, at=now, duration=LEASE_DURATION)
