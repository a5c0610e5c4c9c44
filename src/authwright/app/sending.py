"""What is ready goes in line for its portal; the worker sends it."""

from collections.abc import Collection
from dataclasses import dataclass

from authwright.app.installation import Installation
from authwright.cases.states import State
from authwright.core.workflow import Purpose
from authwright.engine.services import DueKind, WorkKind
from authwright.engine.submitting import start
from authwright.engine.tracking import PULLED


@dataclass(frozen=True, slots=True)
class InLine:
    """Case ids: put in line, and left where they are with the reason in words."""

    cases: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def send_ready(installation: Installation, *, actor: str, only: Collection[str] = ()) -> InLine:
    """Put every ready case (or only these) in line; cases of a portal that may not be driven stay."""
    cases: list[str] = []
    refused: list[tuple[str, str]] = []
    with installation.store.practice(installation.settings.practice_id) as session:
        now = installation.clock.now()
        for case in session.cases.find(states=[State.READY, State.SUBMITTING, State.IN_DOUBT], limit=10_000):
            if not case.portal or (only and case.id not in only):
                continue
            portal = installation.portal(case.portal)
            if reason := portal.refused.get(Purpose.SUBMIT):
                session.worklist.add(
                    WorkKind.SOP_NOT_APPROVED,
                    reason,
                    actor=actor,
                    at=now,
                    case_id=case.id,
                    key=f"{WorkKind.SOP_NOT_APPROVED}:{case.id}",
                )
                refused.append((case.id, reason))
                continue
            start(session, case.id, portal, actor=actor, at=now)
            cases.append(case.id)
    return InLine(tuple(cases), tuple(refused))


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
