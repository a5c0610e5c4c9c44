"""A store on SQLite, a clock that stands still, and a portal of plain data in place of a browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from authwright.cases.states import Event
from authwright.core.certification import DeterminationStatus
from authwright.core.clock import FixedClock
from authwright.core.order import Coverage, Order
from authwright.core.run import Halt, HaltReason, Lookup, LookupFinding, RunOutcome, RunResult
from authwright.core.workflow import Position, Purpose, Section, SectionRole, Workflow
from authwright.engine.portals import PortalAccess
from authwright.engine.services import Services
from authwright.engine.submitting import start
from authwright.rules.portal import Automation, PortalFile
from authwright.store import Store, open_store
from authwright.store.cases import CaseFacts
from authwright.store.worklist import WorkItem
from authwright.vault.seal import KeyRing

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SETTLE = timedelta(minutes=15)
CASE = {
    "coverage": {"member_id": "W123456789"},
    "service_lines": [{"code": "27447", "units": "1", "modifiers": ["RT"], "place_of_service": "22"}],
    "rendering_provider": {"npi": "1234567893"},
    "facility": {"npi": "1366554871"},
}
STATUSES = {
    "Certified in Total": DeterminationStatus.CERTIFIED,
    "Certified - Partial": DeterminationStatus.PARTIAL,
    "Pended": DeterminationStatus.PENDED,
    "Not Certified": DeterminationStatus.NOT_CERTIFIED,
}
CERTIFIED = {
    "reference_number": "AUTH1",
    "status": "Certified in Total",
    "certified_start_date": "12/01/2026",
    "certified_end_date": "02/28/2027",
}


class Killed(BaseException):
    """Stands for the process being killed: nothing catches it on the way out."""


@dataclass
class FakePortal:
    """What the payer's side does when asked: `plan` holds what happens at each sending, then "answer".

    "answer", "no-answer" (received, the answer is lost), "not-received" (the line is cut before),
    "killed-before-intent", "killed-before-click", "killed-after-click", "killed-after-resolve", a
    HaltReason (halted before the sending step), or a result as it is.
    """

    plan: list[object] = field(default_factory=list)
    answer: dict[str, str] = field(default_factory=lambda: dict(CERTIFIED))
    received: list[str] = field(default_factory=list)
    lists: bool = True
    echoes: bool = True
    looks: int = 0
    down: bool = False
    stopped_with: str = ""
    queue: str = ""

    def __call__(self, portal, workflow, case, *, mode, intents, evidence, lease_check, desk):
        if self.down:
            halt = Halt(0, HaltReason.PORTAL_DOWN, "the sign-in page", "no connection")
            return RunResult(RunOutcome.FAILED, halt=halt)
        if workflow.purpose is Purpose.STATUS:
            return RunResult(
                RunOutcome.DONE,
                read=self.answer,
                stopped_with=self.stopped_with,
                assigned_queue=self.queue,
            )
        return self._look() if mode == "if-interrupted" else self._send(intents, lease_check)

    def _send(self, intents, lease_check):
        what = self.plan.pop(0) if self.plan else "answer"
        if isinstance(what, RunResult):
            return what
        if isinstance(what, HaltReason):
            halt = Halt(9, what, "NPI", "2 fields called NPI")
            return RunResult(RunOutcome.HALTED, halt=halt, assigned_queue=self.queue)
        if self.stopped_with:
            return RunResult(RunOutcome.DONE, read=self.answer, stopped_with=self.stopped_with)
        if what == "killed-before-intent":
            raise Killed
        intents.record(step_line=30, page_fingerprint="f", at=AT)
        lease_check()
        if what == "killed-before-click":
            raise Killed
        if what == "not-received":
            return self._cut_off()
        self.received.append(f"R{len(self.received) + 1}")
        if what == "killed-after-click":
            raise Killed
        if what == "no-answer":
            return self._cut_off()
        intents.resolve("sent", at=AT)
        if what == "killed-after-resolve":
            raise Killed
        return RunResult(RunOutcome.DONE, sent=True, read=self.answer)

    def _cut_off(self):
        halt = Halt(30, HaltReason.TIMED_OUT, "the answer page", "no answer in 30 s")
        return RunResult(RunOutcome.HALTED, halt=halt)

    def _look(self):
        self.looks += 1
        if self.received and self.lists:
            found = LookupFinding(Lookup.FOUND)
            return RunResult(RunOutcome.DONE, read=self.answer, lookup=found)
        echoed = ("W123456789",) if self.echoes else ()
        nothing = LookupFinding(Lookup.NOT_SENT, "No requests match", echoed)
        return RunResult(RunOutcome.DONE, stopped_with="not-sent", lookup=nothing)


def workflow(purpose: Purpose) -> Workflow:
    section = Section("If interrupted", SectionRole.IF_INTERRUPTED, Position(1, 1), ("look",))
    return Workflow(f"hub/{purpose}", "T", purpose, "hub", (section,), meaning_hash="m1")


def portal_access(**changes) -> PortalAccess:
    values = {
        "id": "hub",
        "base_url": "http://127.0.0.1/",
        "account": "hub",
        "settle": SETTLE,
        "file": PortalFile("hub", "Hub", Automation.ALLOWED, statuses=STATUSES),
        "workflows": {p: workflow(p) for p in (Purpose.SUBMIT, Purpose.STATUS)},
        "refused": {},
    }
    return PortalAccess(**values | changes)


@dataclass
class Bench:
    """Everything a test needs: the store, the clock, the portal, and a case that is ready."""

    store: Store
    clock: FixedClock
    portal: FakePortal
    access: PortalAccess
    case_id: str = ""

    def services(self, worker: str = "worker-1", **more) -> Services:
        return Services(self.store, self.clock, lambda _p, _id: self.access, self.portal, worker, **more)

    def submission(self) -> str:
        with self.store.practice("clinic") as session:
            return start(session, self.case_id, self.access, actor="Jane", at=self.clock.now()).id

    def state(self) -> str:
        with self.store.practice("clinic", read_only=True) as session:
            return session.cases.get(self.case_id).state

    def work(self) -> list[str]:
        return [item.kind for item in self.items()]

    def items(self) -> list[WorkItem]:
        with self.store.practice("clinic", read_only=True) as session:
            return list(session.worklist.open_items())

    def due(self):
        with self.store.practice("clinic", read_only=True) as session:
            return session.due.of_case(self.case_id)


@pytest.fixture
def bench(tmp_path: Path, sqlite_file: Callable[[], str]) -> Iterator[Bench]:
    store = open_store(sqlite_file(), KeyRing([bytes(range(32))]), tmp_path / "evidence")
    store.add_practice("clinic", "Northside Clinic", at=AT)
    made = Bench(store, FixedClock(AT), FakePortal(), portal_access())
    with store.practice("clinic") as session:
        order = Order("O-1", coverages=(Coverage(member_id="W123456789"),))
        record, _ = session.orders.add(order, source="csv", actor="Jane", at=AT)
        facts = CaseFacts(payer="unitedhealthcare", portal="hub", date_of_service=date(2026, 12, 1))
        case = session.cases.open(record.id, CASE, facts, member_id="W123456789", actor="Jane", at=AT)
        session.cases.move(case.id, Event.FOUND_COMPLETE, actor="Jane", at=AT)
        made.case_id = case.id
    yield made
    store.close()


@pytest.fixture(scope="session")
def made_tables(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from authwright.store import schema

    file = tmp_path_factory.mktemp("made") / "made.db"
    schema.upgrade(f"sqlite:///{file}")
    return file.read_bytes()


@pytest.fixture
def sqlite_file(tmp_path: Path, made_tables: bytes) -> Callable[[], str]:
    def make() -> str:
        file = tmp_path / "store.db"
        file.write_bytes(made_tables)
        return f"sqlite:///{file}"

    return make
