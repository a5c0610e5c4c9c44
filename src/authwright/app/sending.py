"""What is ready goes in line for its portal; the worker sends it."""

from collections.abc import Collection
from dataclasses import dataclass

from authwright.app.installation import Installation
from authwright.cases.states import State
from authwright.core.workflow import Purpose
from authwright.engine.services import DueKind, WorkKind
from authwright.engine.submitting import start
from authwright.engine.tracking import PULLED
from authwright.store.cases import Case, CaseFacts
from authwright.store.store import PracticeSession


@dataclass(frozen=True, slots=True)
class InLine:
    """Case ids: put in line, and left where they are with the reason in words."""

    cases: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def send_ready(installation: Installation, *, actor: str, only: Collection[str] = ()) -> InLine:
    """Put every ready case in line, or of these only (ids of cases, numbers of orders): each of them is
    either put in line or refused with the reason."""
    installation.sound_library()
    cases: list[str] = []
    refused: list[tuple[str, str]] = []
    with installation.store.practice(installation.settings.practice_id) as session:
        wanted = _wanted(session, only)
        refused += [(name, "there is no case or order of that name") for name in wanted.unknown]
        for case in wanted.cases:
            if case.state not in _SENDABLE:
                if only:
                    refused.append((case.id, f"it is {case.state}, and only a ready case is sent"))
                continue
            if reason := _put_in_line(installation, session, case, actor):
                refused.append((case.id, reason))
            else:
                cases.append(case.id)
    return InLine(tuple(cases), tuple(refused))


_SENDABLE = frozenset({State.READY, State.SUBMITTING, State.IN_DOUBT})


@dataclass(frozen=True, slots=True)
class _Wanted:
    cases: tuple[Case, ...]
    unknown: tuple[str, ...] = ()


def _wanted(session: PracticeSession, only: Collection[str]) -> _Wanted:
    if not only:
        return _Wanted(session.cases.find(states=_SENDABLE, limit=10_000))
    cases: list[Case] = []
    unknown: list[str] = []
    for name in only:
        order = session.orders.by_external_id(name)
        found = session.cases.of_order(order.id) if order else ()
        if not found:
            try:
                found = (session.cases.get(name),)
            except KeyError:
                unknown.append(name)
        cases += found
    return _Wanted(tuple(cases), tuple(unknown))


def _put_in_line(installation: Installation, session: PracticeSession, case: Case, actor: str) -> str:
    """Why the case can't be sent, or "" when it is in line. The settings may name a portal since."""
    now = installation.clock.now()
    portal_id = case.portal or installation.settings.filing.get(case.payer, "")
    if not portal_id:
        return f"the settings name no portal for {case.payer}: add it under [filing], or send it by hand"
    portal = installation.portal(portal_id)
    if reason := portal.refused.get(Purpose.SUBMIT):
        key = f"{WorkKind.SOP_NOT_APPROVED}:{case.id}"
        session.worklist.add(WorkKind.SOP_NOT_APPROVED, reason, actor=actor, at=now, case_id=case.id, key=key)
        return reason
    if case.portal != portal_id:
        facts = CaseFacts(case.payer, case.plan, portal_id, case.urgency, case.date_of_service, case.due_at)
        session.cases.revise(case.id, actor=actor, at=now, facts=facts)
    for kind in (WorkKind.NO_PORTAL, WorkKind.SOP_NOT_APPROVED):
        session.worklist.settle(f"{kind}:{case.id}", "it is in line now", actor=actor, at=now)
    start(session, case.id, portal, actor=actor, at=now)
    return ""


def pull_statuses(installation: Installation, *, only: Collection[str] = ()) -> tuple[str, ...]:
    """Make the status of everything that is at a payer (or only these cases) due now; the cases."""
    with installation.store.practice(installation.settings.practice_id) as session:
        found = session.cases.find(states=PULLED, limit=10_000)
        cases = tuple(c.id for c in found if c.portal and (not only or c.id in only))
        for case_id in cases:
            session.due.add(
                DueKind.STATUS, installation.clock.now(), case_id=case_id, key=f"status:{case_id}"
            )
    return cases
