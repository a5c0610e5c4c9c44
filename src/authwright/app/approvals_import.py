"""Approvals that exist already: imported from a file, or put down by hand with their proof."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from authwright.cases.states import State, event_of, possible
from authwright.core.certification import APPROVES, Certification, ObtainedBy, Proof
from authwright.rules import Library, UnknownPayer
from authwright.store.store import PracticeSession

# A case like these takes no approval any more, and doesn't stand in the way of one that does.
_OVER = frozenset({State.WITHDRAWN, State.VOID_DUPLICATE, State.EXPIRED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Imported:
    """`known` were there already, word for word; `cases` are cases that the approvals settled;
    `unknown_payers` are names that the library doesn't know: no claim will find those approvals."""

    new: int
    known: int
    cases: int
    unknown_payers: tuple[str, ...] = ()


def bring_in(
    session: PracticeSession,
    certifications: Sequence[Certification],
    library: Library,
    *,
    actor: str,
    at: datetime,
) -> Imported:
    """Keep each approval under its payer's id, and put it to the one open case that it fits."""
    new = known = settled = 0
    for given in certifications:
        approval = _under_payer_id(given, library)
        there = session.certifications.by_number(approval.number, payer=approval.payer)
        if any(record.certification == approval for record in there):
            known += 1
            continue
        case_id = _case_for(session, approval)
        session.certifications.record(approval, actor=actor, at=at, case_id=case_id)
        new += 1
        settled += bool(case_id and _settle(session, case_id, approval, actor=actor, at=at))
    names = dict.fromkeys(c.payer for c in certifications)
    unknown = tuple(n for n in names if isinstance(library.find_payer(n), UnknownPayer))
    return Imported(new, known, settled, unknown)


def _under_payer_id(certification: Certification, library: Library) -> Certification:
    """The payer's id where the library knows the name; a name that it doesn't know stays as it is."""
    payer = library.find_payer(certification.payer)
    if isinstance(payer, UnknownPayer):
        return certification
    return replace(certification, payer=payer.payer)


def _case_for(session: PracticeSession, approval: Certification) -> str:
    """The open case of the same member whose codes and first date the approval covers; "" unless just one."""
    codes = {c.code for c in approval.codes}
    fitting = [
        case.id
        for case in session.cases.of_member(approval.member_id)
        if case.payer == approval.payer
        and case.state not in _OVER
        and _within(case.date_of_service, approval)
        and {line.code for line in session.orders.get(case.order_id).order.service_lines} <= codes
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _within(day: date | None, approval: Certification) -> bool:
    if day is None:
        return False
    return (approval.start is None or approval.start <= day) and (approval.end is None or day <= approval.end)


def _settle(
    session: PracticeSession, case_id: str, approval: Certification, *, actor: str, at: datetime
) -> bool:
    """An approval without a number, or by voice only, leaves its case open."""
    if approval.status not in APPROVES or not approval.number or _by_voice_only(approval.proof):
        return False
    event = event_of(approval.status)
    if event not in possible(session.cases.get(case_id).state):
        return False
    session.cases.move(case_id, event, actor=actor, at=at, note=f"approval {approval.number}")
    return True


def _by_voice_only(proof: Proof) -> bool:
    return proof.method is ObtainedBy.PHONE and not (proof.representative and proof.at)
