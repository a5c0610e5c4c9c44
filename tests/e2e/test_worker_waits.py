"""`authwright worker` meets a CAPTCHA, waits at the worklist, and goes on with what a person answers."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from authwright.app import approvals, rehearsals, terms
from authwright.app.demo import scenario
from authwright.app.init import init
from authwright.app.installation import Installation, opened
from authwright.app.intake import take_orders
from authwright.app.settings import FILE_NAME
from authwright.app.sops import compile_file
from authwright.app.system import SystemClock
from authwright.cases.states import Event, State
from authwright.core.clock import today
from authwright.core.workflow import Purpose
from authwright.engine.services import DueKind
from authwright.store.submissions import Attempt, SubmissionStatus

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
PAGE = Path(__file__).parents[1] / "data" / "pages" / "captcha.html"
ACTOR, PATIENCE = "Dana Ruiz", 60.0
SOP = """---
id: door/status
purpose: status
portal: door
---
# What the door says

## Sign in
1. Go to the sign-in page and sign in.

## Check the status
1. Read the status.
"""
PORTAL = """portal: door
name: The door
settle_seconds: 3
statuses:
  Not Certified: not-certified
"""
PROGRAM = [sys.executable, "-c", "from authwright.cli.main import main; main()"]


def authwright(*words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*PROGRAM, *words], capture_output=True, text=True, timeout=60, env=os.environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Installation]:
    """One request is at a payer whose portal has a CAPTCHA at its door; its status is due."""
    clock, folder = SystemClock(), tmp_path / "clinic"
    on = today(clock)
    init(folder, scenario.PRACTICE_ID, scenario.PRACTICE_NAME, at=clock.now())
    scenario.write_files(folder, on)
    head, first = scenario.orders_csv(on).splitlines(keepends=True)[:2]
    (folder / "orders.csv").write_text(head + first)
    answer = "<h1>Welcome</h1><p>Status: <b>Not Certified</b></p>"
    (tmp_path / "page.html").write_text(PAGE.read_text().replace("<h1>Welcome</h1>", answer))
    url = f"{(tmp_path / 'page.html').as_uri()}?picture"
    settings = scenario.settings_toml("http://127.0.0.1/")
    (folder / FILE_NAME).write_text(
        f'{settings}\n[portals.door]\nbase_url = "{url}"\nwait_for_person_seconds = {PATIENCE:.0f}\n'
    )
    for name, text in (("sops/status.md", SOP), ("portals/door.yaml", PORTAL)):
        file = folder / "library" / "door" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    with opened(folder, clock) as made:
        _cleared(made, url, on)
        _at_the_payer(made)
        yield made


def _cleared(practice: Installation, url: str, on: date) -> None:
    folder, clock = practice.settings.folder, practice.clock
    workflow = compile_file(folder / "library/door/sops/status.md").workflow
    assert workflow is not None
    approvals.add(folder, approvals.SopApproval(workflow.id, workflow.meaning_hash, ACTOR, on))
    rehearsals.add(folder, rehearsals.of([workflow], on=on, portal=url, by=ACTOR))
    terms.add(folder, terms.TermsRead("door", terms.Decision.ALLOWED, ACTOR, on))
    for name, value in (("username", "pat"), ("password", "secret-1")):
        about = {"owner": ACTOR, "permission": "may be used", "permitted_on": on}
        practice.secrets.put(f"door.{name}", value, **about, actor=ACTOR, at=clock.now())  # type: ignore[arg-type]


def _at_the_payer(practice: Installation) -> None:
    take_orders(practice, practice.settings.folder / "orders.csv", actor=ACTOR)
    at = practice.clock.now()
    with practice.store.practice(scenario.PRACTICE_ID) as session:
        (case,) = session.cases.find(states=[State.READY])
        attempt = Attempt(
            case_id=case.id,
            key=f"{case.id}:1",
            purpose=Purpose.SUBMIT,
            channel="portal",
            portal="door",
            account="door",
            workflow="door/submit",
            meaning_hash="m1",
        )
        sent = session.submissions.start(attempt, actor=ACTOR, at=at)
        session.cases.move(case.id, Event.SUBMISSION_STARTED, actor=ACTOR, at=at)
        session.cases.move(case.id, Event.SENT, actor=ACTOR, at=at)
        session.submissions.put_status(
            sent.id, SubmissionStatus.SENT, actor=ACTOR, at=at, reference_number="A1"
        )
        session.due.add(DueKind.STATUS, at, case_id=case.id, key=f"status:{case.id}")


def waiting(practice: Installation, kind: str) -> str:
    """The id of the open item of that kind, once there is one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with practice.store.practice(scenario.PRACTICE_ID, read_only=True) as session:
            items = session.worklist.open_items()
        if found := [item.id for item in items if item.kind == kind]:
            return found[0]
        time.sleep(0.05)
    raise AssertionError([(item.kind, item.why) for item in items])


def test_the_worker_goes_on_with_the_letters(practice: Installation, tmp_path: Path) -> None:
    own = ("--practice", str(practice.settings.folder))
    log = tmp_path / "worker.log"
    with log.open("w") as out:
        command = [*PROGRAM, "worker", *own, "--tick", "0.1", "--until-idle"]
        worker = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        item = waiting(practice, "captcha")
        picture = tmp_path / "page.png"
        told = authwright("worklist", "show", item[:8], "--picture", str(picture), *own).stdout
        assert told.startswith("The portal asks whether a person is there\n")
        assert f"authwright worklist answer {item[:8]} LETTERS" in told
        assert picture.read_bytes().startswith(b"\x89PNG")
        authwright("worklist", "answer", item[:8], "k7pqx", *own)
        assert worker.wait(PATIENCE) == 0, log.read_text()
    finally:
        worker.kill()
        worker.wait()
    (case,) = json.loads(authwright("cases", "list", *own, "--json").stdout)["cases"]
    assert case["state"] == "not-certified", authwright("worklist", "list", *own).stdout


def test_a_worker_that_is_told_to_end_asks_nobody_any_more(practice: Installation, tmp_path: Path) -> None:
    own = ("--practice", str(practice.settings.folder))
    with (tmp_path / "worker.log").open("w") as out:
        worker = subprocess.Popen([*PROGRAM, "worker", *own, "--tick", "0.1"], stdout=out, stderr=out)
    try:
        item = waiting(practice, "captcha")
        worker.terminate()
        assert worker.wait(PATIENCE) == 0, (tmp_path / "worker.log").read_text()
    finally:
        worker.kill()
        worker.wait()
    with practice.store.practice(scenario.PRACTICE_ID, read_only=True) as session:
        left = session.worklist.get(item)
        (due,) = session.due.of_case(left.case_id)
    assert (left.done, left.resolution) == (True, "the worker ends; the next run asks again")
    assert due.kind == "status"
