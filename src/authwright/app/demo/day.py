"""The demo's day, from the morning's orders to the evening's claims, each step by the product itself."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from authwright.app import approvals, rehearsals, report
from authwright.app.approvals_import import bring_in
from authwright.app.claim_files import ClaimsReport, check_file, requirements_of
from authwright.app.demo import scenario
from authwright.app.demo.claim_file import write_837p
from authwright.app.demo.sandbox import Sandbox
from authwright.app.init import init
from authwright.app.installation import Installation, opened
from authwright.app.intake import take_orders
from authwright.app.log import to_file
from authwright.app.sending import pull_statuses, send_ready
from authwright.app.settings import FILE_NAME
from authwright.app.sops import of_portal
from authwright.app.summary import Summary
from authwright.app.system import new_worker_id
from authwright.app.views import CaseView, all_cases, waiting
from authwright.browser.files import NoEvidence
from authwright.cases.states import State
from authwright.core.clock import Clock, today
from authwright.core.diagnostics import Diagnostic
from authwright.engine.guides import halted_in_words
from authwright.engine.worker import Pace, Worker
from authwright.formats.certifications import read_certifications

ACTOR = "Dana Ruiz"
_QUICK = Pace(tick=timedelta(milliseconds=250))
# Longer than the demo's payer takes to decide on what it has pended.
_PATIENCE_SECONDS = 30.0


@dataclass(slots=True)
class Day:
    """What the day came to. `report` is the HTML report, `findings` what was wrong in the files."""

    folder: Path
    report: Path = Path()
    summary: Summary = field(default_factory=lambda: Summary((), ()))
    findings: list[Diagnostic] = field(default_factory=list)
    received: int = 0
    seconds: float = 0.0


def run(folder: Path, sandbox: Sandbox, clock: Clock, say: Callable[[str], None]) -> Day:
    """One day in a new practice's folder. `say` is told what happens, a line at a time."""
    day, on, started = Day(folder), today(clock), time.monotonic()
    init(folder, scenario.PRACTICE_ID, scenario.PRACTICE_NAME, at=clock.now())
    scenario.write_files(folder, on)
    (folder / FILE_NAME).write_text(scenario.settings_toml(sandbox.hub_url), encoding="utf-8")
    sandbox.tell("rules", {"rules": scenario.PAYER_RULES})
    with opened(folder, clock, redactor=to_file(folder)) as practice:
        _set_up(practice, say)
        _bring_in_approvals(practice, day, say)
        _take_orders(practice, day, say)
        _rehearse(practice, say)
        with _worker(practice) as worker:
            _send(practice, worker, say)
            _follow(practice, worker, say)
        claims = _check_claims(practice, on, say)
        day.received = len(sandbox.ask("received")["received"])
        _write_report(practice, day, claims)
    day.seconds = time.monotonic() - started
    return day


def _set_up(practice: Installation, say: Callable[[str], None]) -> None:
    """What an owner does once: keep the portal's credential, read the SOPs back and approve them."""
    on = today(practice.clock)
    for name, value in scenario.CREDENTIALS.items():
        practice.secrets.put(
            f"hub.{name}",
            value,
            owner="Sam Ortiz, authorization specialist",
            permission="may be used for prior authorizations of this practice",
            permitted_on=on,
            actor=ACTOR,
            at=practice.clock.now(),
        )
    read_back = 0
    for compiled in of_portal(practice.library_folders, "hub").values():
        if (workflow := compiled.workflow) is not None:
            approval = approvals.SopApproval(workflow.id, workflow.meaning_hash, ACTOR, on)
            approvals.add(practice.settings.folder, approval)
            approvals.keep(practice.settings.folder, workflow)
            read_back += 1
    say(f"{read_back} SOPs in plain English compiled and approved; the portal's credential is in the vault.")


def _bring_in_approvals(practice: Installation, day: Day, say: Callable[[str], None]) -> None:
    file = practice.settings.folder / "certifications.csv"
    known, found = read_certifications(file.read_bytes(), file.name)
    day.findings += found
    with practice.store.practice(practice.settings.practice_id) as session:
        came = bring_in(session, known, practice.library, actor=ACTOR, at=practice.clock.now())
    say(f"{came.new} approvals from before were brought in.")


def _take_orders(practice: Installation, day: Day, say: Callable[[str], None]) -> None:
    came = take_orders(practice, practice.settings.folder / "orders.csv", actor=ACTOR)
    day.findings += came.diagnostics
    cases = sum(len(taken.cases) for taken in came.taken)
    say(f"{len(came.taken)} orders read: {cases} cases, each with what its payer requires.")


def _rehearse(practice: Installation, say: Callable[[str], None]) -> None:
    """Walk both SOPs of the day through the portal with the guard up, as an owner does before their first
    use: one with a case that is due anyway, the other with a request that is at the payer already."""
    portal = practice.portal("hub")
    compiled = of_portal(practice.library_folders, "hub")
    due = next(v for v in _cases(practice) if v.case.state is State.READY)
    with practice.store.practice(practice.settings.practice_id, read_only=True) as session:
        case = session.cases.document(due.case.id)
    known = {"submission": {"reference_number": scenario.KNOWN_REQUEST}}
    runs, on = practice.portal_runs(ACTOR), today(practice.clock)
    for sop, data in (("hub/submit-outpatient", case), ("hub/status", known)):
        workflow = compiled[sop].workflow
        assert workflow is not None
        result = runs.rehearse(portal, workflow, data, evidence=NoEvidence())
        if not rehearsals.reached(result, [workflow]):
            say(f"{sop} could not be rehearsed: {halted_in_words(result)}")
            continue
        done = rehearsals.of([workflow], on=on, portal=portal.base_url, by=ACTOR)
        rehearsals.add(practice.settings.folder, done)
        say(f"{sop} rehearsed in the portal: {len(result.steps)} steps, nothing sent.")


@contextmanager
def _worker(practice: Installation) -> Iterator[Worker]:
    services = practice.services(new_worker_id(), status_after=timedelta(hours=12))
    worker = Worker(services, practice.settings.engine_database_url, practice.keyring, pace=_QUICK)
    try:
        yield worker
    finally:
        worker.close()


def _send(practice: Installation, worker: Worker, say: Callable[[str], None]) -> None:
    line = send_ready(practice, actor=ACTOR)
    say(f"{len(line.cases)} requests are complete; they are sent in the portal, one after the other ...")
    worker.run(until_idle=True)
    for view in _cases(practice):
        if view.case.id in line.cases:
            say(_line(view))


def _line(view: CaseView) -> str:
    return f"  {view.order.id}  {view.codes}: {view.state_words}  {view.number}"


def _follow(practice: Installation, worker: Worker, say: Callable[[str], None]) -> None:
    """Pull the status of what is in review until the payer has decided, or patience is over."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    pulls = 0
    while (waiting := pull_statuses(practice)) and time.monotonic() < deadline:
        worker.run(until_idle=True)
        pulls += len(waiting)
        for view in _cases(practice):
            if view.case.id in waiting and view.case.state is not State.IN_REVIEW:
                say(f"{_line(view)}, by a status pull")
    if pulls:
        say(f"{pulls} status pulls followed what the payer had pended.")


def _check_claims(practice: Installation, on: date, say: Callable[[str], None]) -> ClaimsReport:
    numbers = {v.order.id: v.number for v in _cases(practice) if v.certifications}
    payer = practice.library.payers["unitedhealthcare"]
    text = write_837p(
        scenario.billed(on, numbers), payer=payer.name, payer_id="87726", at=practice.clock.now()
    )
    file = practice.settings.folder / "claims.837"
    file.write_text(text, encoding="ascii")
    with practice.store.practice(practice.settings.practice_id, read_only=True) as session:
        known = [record.certification for record in session.certifications.all()]
    with file.open("rb") as stream:
        checked = check_file(stream, file.name, known, *requirements_of(practice.library, on))
    say(f"{len(checked.claims)} claims checked against {len(known)} approvals before they leave.")
    return checked


def _write_report(practice: Installation, day: Day, claims: ClaimsReport) -> None:
    settings, at = practice.settings, practice.clock.now()
    with practice.store.practice(settings.practice_id) as session:
        day.summary = Summary(tuple(all_cases(session)), waiting(session), (claims,))
        day.report = report.write(
            session,
            day.folder / "report",
            day.summary,
            practice=settings.practice_name,
            actor=ACTOR,
            at=at,
        )


def _cases(practice: Installation) -> list[CaseView]:
    with practice.store.practice(practice.settings.practice_id, read_only=True) as session:
        return all_cases(session)
