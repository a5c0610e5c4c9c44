"""A worker dies, the connection is lost, a second worker comes: the payer has the request exactly once.

Real processes: the practice hub, and `authwright worker` on a practice's folder. What the payer received
is what counts. Everything waits for events of the hub or rows of the store, never for a time.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from authwright.app import approvals, rehearsals
from authwright.app.demo import scenario
from authwright.app.init import init
from authwright.app.installation import Installation, opened
from authwright.app.intake import take_orders
from authwright.app.sending import send_ready
from authwright.app.settings import FILE_NAME
from authwright.app.sops import of_portal
from authwright.app.system import SystemClock
from authwright.cases.states import State
from authwright.core.clock import today
from authwright.store.store import PracticeSession

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
ACTOR = "Dana Ruiz"
ORDER = scenario.VISITS[0]
SUBMIT = "/hub/app/api/requests"
PATIENCE = 100.0
NEVER = 3600


@dataclass(frozen=True)
class Hub:
    url: str
    control: str

    def get(self, call: str) -> Any:
        with urllib.request.urlopen(f"{self.control}hub/{call}", timeout=PATIENCE + 10) as answer:
            return json.load(answer)

    def post(self, call: str, **body: Any) -> None:
        data, headers = json.dumps(body).encode(), {"content-type": "application/json"}
        request = urllib.request.Request(f"{self.control}hub/{call}", data, headers)
        urllib.request.urlopen(request, timeout=10).close()

    def happened(self, event: str, count: int = 1) -> None:
        assert self.get(f"wait?event={event}&count={count}&timeout={PATIENCE:.0f}")["reached"], event

    def use_up_the_fault(self) -> None:
        """Whether the dead worker's request has met the fault or was never sent: the next one doesn't."""
        with suppress(OSError, HTTPException):
            urllib.request.urlopen(urllib.request.Request(self.url.removesuffix("/hub/") + SUBMIT, b"{}"))

    def count(self, event: str) -> int:
        return len(self.get(f"events?event={event}")["events"])


@pytest.fixture(scope="module")
def served() -> Iterator[Hub]:
    command = [sys.executable, "-m", "authwright_sandbox", "--profile", "none", "--settle-seconds", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        yield Hub(told["portals"]["hub"], told["control"])
        process.terminate()


@pytest.fixture
def hub(served: Hub) -> Hub:
    served.post("reset")
    served.post("faults", allow_code_reuse=True)
    return served


def descendants(pid: int) -> list[int]:
    """Every process below `pid`, whatever group it has put itself into (Chromium has its own)."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it has just ended
        children.setdefault(parent, []).append(int(stat.parent.name))
    below = children.get(pid, [])
    return [*below, *(deep for child in below for deep in descendants(child))]


def is_locked(database: Path) -> bool:
    connection = sqlite3.connect(database, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


@dataclass
class Worker:
    """`authwright worker` as a process of its own."""

    process: subprocess.Popen[str]

    def kill(self, *, browser_too: bool = True) -> None:
        """SIGKILL: nothing of it can be cleaned up. Without `browser_too` Chromium is left behind."""
        everyone = [self.process.pid, *(descendants(self.process.pid) if browser_too else ())]
        for pid in everyone:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()

    def suspend(self, databases: Iterable[Path]) -> None:
        """Stop it where it holds no write lock: SQLite lets nobody else write while a sleeper has one."""
        while True:
            self.process.send_signal(signal.SIGSTOP)
            if not any(map(is_locked, databases)):
                return
            self.wake()

    def wake(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        """In order; whatever is under way is finished."""
        if self.process.poll() is None:
            self.wake()
            self.process.terminate()
            self.process.wait(PATIENCE)


@dataclass
class Clinic:
    """A practice's folder with one case in line for the hub, and the workers at work on it."""

    practice: Installation
    hub: Hub
    case: str
    log: Path
    workers: list[Worker] = field(default_factory=list)

    def worker(self) -> Worker:
        """Start one. What was noted of used codes is forgotten, or it would wait for the next: the hub
        takes them again here."""
        folder = self.practice.settings.folder
        shutil.rmtree(folder / "sessions", ignore_errors=True)
        command = [sys.executable, "-c", "from authwright.cli.main import main; main()", "worker"]
        options = ["--practice", str(folder), "--tick", "0.1", "--dead-after", "2"]
        with self.log.open("a") as log:
            process = subprocess.Popen([*command, *options], stdout=log, stderr=log, text=True)
        self.workers.append(Worker(process))
        return self.workers[-1]

    @property
    def databases(self) -> list[Path]:
        return sorted(self.practice.settings.folder.glob("*.db"))

    @property
    def state(self) -> State:
        with self._session() as session:
            return session.cases.get(self.case).state

    def intents(self) -> list[str]:
        """The outcomes of every intent of the case, in order; "" for an open one."""
        with self._session() as session:
            attempts = session.submissions.of_case(self.case)
            records = [r for a in attempts for r in session.intents.of_submission(a.id)]
        return [record.intent.outcome for record in records]

    def nothing_due_now(self) -> bool:
        with self._session() as session:
            return not session.due.of_case(self.case)

    def ledger(self, kind: str) -> list[dict[str, Any]]:
        with self._session() as session:
            return [data for entry, data in session.ledger.history(self.case) if entry.kind == kind]

    def workers_known(self) -> int:
        return len(self.practice.store.workers.alive_after(datetime.min.replace(tzinfo=UTC)))

    def waits_until(self, true: Callable[[], Any], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, f"{what}\n{self.state}\n{self._told()}"
            time.sleep(0.03)

    def certified_once(self) -> None:
        """The case gets there, and payer, case and ledger tell of one and the same request."""
        self.waits_until(lambda: self.state is State.CERTIFIED, "the case is certified")
        for worker in self.workers:
            worker.end()
        received = self.hub.get("received")["received"]
        assert [entry["result"] for entry in received] == ["answered"], received
        (sent,) = received
        assert sent["payload"]["member_id"] == ORDER.member
        assert [line["procedure_code"] for line in sent["payload"]["lines"]] == [ORDER.code]
        with self._session() as session:
            held = [record.certification.number for record in session.certifications.all()]
            assert held == [sent["reference_number"]]
            assert session.submissions.of_case(self.case)[-1].reference_number == sent["reference_number"]
            assert not session.intents.all_open()
            assert session.ledger.verify() == []
            assert [item.why for item in session.worklist.open_items()] == []

    def _told(self) -> str:
        with self._session() as session:
            work = [item.why for item in session.worklist.open_items()]
            history = [f"{entry.kind} {data}" for entry, data in session.ledger.history(self.case)]
        return "\n".join([*work, *history, self.log.read_text()[-3000:]])

    @contextmanager
    def _session(self) -> Iterator[PracticeSession]:
        with self.practice.store.practice(scenario.PRACTICE_ID, read_only=True) as session:
            yield session


@pytest.fixture
def clinic(hub: Hub, tmp_path: Path) -> Iterator[Clinic]:
    clock, folder = SystemClock(), tmp_path / "clinic"
    init(folder, scenario.PRACTICE_ID, scenario.PRACTICE_NAME, at=clock.now())
    on = today(clock)
    scenario.write_files(folder, on)
    head, first = scenario.orders_csv(on).splitlines(keepends=True)[:2]
    (folder / "orders.csv").write_text(head + first)
    settings = scenario.settings_toml(hub.url).replace("settle_seconds = 4", "settle_seconds = 3")
    (folder / FILE_NAME).write_text(settings)
    with opened(folder, clock) as practice:
        for name, value in scenario.CREDENTIALS.items():
            practice.secrets.put(
                f"hub.{name}",
                value,
                owner="Sam Ortiz",
                permission="may be used",
                permitted_on=on,
                actor=ACTOR,
                at=clock.now(),
            )
        for compiled in of_portal(practice.library_folders, "hub").values():
            if flow := compiled.workflow:
                approvals.add(folder, approvals.SopApproval(flow.id, flow.meaning_hash, ACTOR, on))
                rehearsals.add(folder, rehearsals.of([flow], on=on, portal=hub.url, by=ACTOR))
        take_orders(practice, folder / "orders.csv", actor=ACTOR)
        (case,) = send_ready(practice, actor=ACTOR).cases
        made = Clinic(practice, hub, case, tmp_path / "workers.log")
        try:
            yield made
        finally:
            for worker in made.workers:
                worker.kill()


everything_or_the_program = pytest.mark.parametrize(
    "browser_too", [True, False], ids=["browser-dies-too", "browser-left-behind"]
)


def test_killed_before_the_intent_starts_from_the_top(clinic: Clinic, hub: Hub) -> None:
    first = clinic.worker()
    hub.happened("signed-in")
    first.kill()
    assert clinic.intents() == []
    clinic.worker()
    clinic.certified_once()
    assert clinic.intents() == ["sent"]


def test_killed_between_intent_and_receipt_is_sent_after_two_looks(clinic: Clinic, hub: Hub) -> None:
    hub.post("faults", fail_next={"path": SUBMIT, "method": "POST", "how": "drop"})
    first = clinic.worker()
    clinic.waits_until(clinic.intents, "the intent is written down")
    first.kill()
    assert clinic.intents() == [""]
    hub.use_up_the_fault()
    clinic.worker()
    clinic.certified_once()
    assert clinic.intents() == ["not-sent", "sent"]
    looks = clinic.ledger("submission.looked")
    assert [(look["finding"], look["second"]) for look in looks] == [("not-sent", False), ("not-sent", True)]


@everything_or_the_program
def test_accepted_and_listed_after_the_sender_died(clinic: Clinic, hub: Hub, browser_too: bool) -> None:
    """The first look finds nothing, although the payer has it: the dashboard lags."""
    hub.post("faults", hold_next="before-accept", list_delay_seconds=NEVER)
    first = clinic.worker()
    hub.happened("submit-held")
    first.kill(browser_too=browser_too)
    hub.post("release", accept=True)
    hub.happened("submit-accepted")
    clinic.worker()
    clinic.waits_until(lambda: clinic.ledger("submission.looked"), "a first look")
    hub.post("faults", list_delay_seconds=0)
    clinic.certified_once()
    assert clinic.intents() == ["adopted"]
    assert [look["finding"] for look in clinic.ledger("submission.looked")] == ["not-sent", "found"]


def test_refused_after_the_sender_died_is_sent_again_once(clinic: Clinic, hub: Hub) -> None:
    hub.post("faults", hold_next="before-accept")
    first = clinic.worker()
    hub.happened("submit-held")
    first.kill()
    hub.post("release", accept=False)
    clinic.worker()
    clinic.certified_once()
    assert clinic.intents() == ["not-sent", "sent"]
    assert len(clinic.ledger("submission.looked")) == 2


def test_killed_after_acceptance_is_adopted(clinic: Clinic, hub: Hub) -> None:
    hub.post("faults", hold_next="after-accept")
    first = clinic.worker()
    hub.happened("submit-held")
    first.kill()
    hub.post("release", accept=True)
    clinic.worker()
    clinic.certified_once()
    assert clinic.intents() == ["adopted"]


def test_killed_twice(clinic: Clinic, hub: Hub) -> None:
    """The worker that takes over dies as well, before it has looked."""
    hub.post("faults", hold_next="after-accept", list_delay_seconds=NEVER)
    first = clinic.worker()
    hub.happened("submit-held")
    first.kill()
    hub.post("release", accept=True)
    second = clinic.worker()
    clinic.waits_until(lambda: clinic.state is State.IN_DOUBT, "the second worker has taken over")
    second.kill()
    hub.post("faults", list_delay_seconds=0)
    clinic.worker()
    clinic.certified_once()
    assert clinic.intents() == ["adopted"]


def test_an_answer_that_is_lost_is_looked_up(clinic: Clinic, hub: Hub) -> None:
    """On a connection that was kept open, Chromium by itself would send the same POST once more."""
    lost = {"path": SUBMIT, "method": "POST", "how": "accept-then-drop"}
    hub.post("faults", keep_alive=True, fail_next=lost)
    clinic.worker()
    clinic.certified_once()
    assert clinic.intents() == ["adopted"]
    assert hub.count("submit-received") == 1


def test_a_second_worker_in_mid_submission_does_nothing(clinic: Clinic, hub: Hub) -> None:
    hub.post("faults", hold_next="before-accept")
    clinic.worker()
    hub.happened("submit-held")
    clinic.worker()
    clinic.waits_until(lambda: clinic.workers_known() == 2, "the second worker is at work")
    # Put in line once more: whoever takes it must find the account in use.
    (due,) = send_ready(clinic.practice, actor=ACTOR).cases
    assert due == clinic.case
    clinic.waits_until(lambda: clinic.nothing_due_now(), "the second run is in line")
    assert clinic.intents() == [""]
    hub.post("release", accept=True)
    clinic.certified_once()
    assert clinic.intents() == ["sent"]
    assert hub.count("submit-received") == 1


def test_a_worker_that_slept_before_sending_sends_nothing(clinic: Clinic, hub: Hub) -> None:
    """Taken for dead and taken over, it wakes up with an old lease token."""
    first = clinic.worker()
    hub.happened("signed-in")
    first.suspend(clinic.databases)
    clinic.worker()
    clinic.waits_until(lambda: clinic.state is State.CERTIFIED, "the second worker has sent it")
    first.wake()
    first.end()
    clinic.certified_once()
    assert clinic.intents() == ["sent"]
    assert hub.count("submit-received") == 1


def test_a_worker_that_slept_while_sending_changes_nothing(clinic: Clinic, hub: Hub) -> None:
    """The second worker has adopted the request when the first one wakes up and reads the answer."""
    hub.post("faults", hold_next="after-accept")
    first = clinic.worker()
    hub.happened("submit-held")
    first.suspend(clinic.databases)
    hub.post("release", accept=True)
    clinic.worker()
    clinic.waits_until(lambda: clinic.state is State.CERTIFIED, "the second worker has adopted it")
    first.wake()
    first.end()
    clinic.certified_once()
    assert clinic.intents() == ["adopted"]
