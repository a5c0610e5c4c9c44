"""From what a run read in the portal to the case: determination, certification, the next duty.

Status makes an approval, not the number. Whatever can't be understood is for a person: the case
stays where it is and the worklist says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from authwright.cases.states import State, event_of, possible
from authwright.core.certification import (
    APPROVES,
    Certification,
    CertifiedCode,
    Determination,
    DeterminationStatus,
    ObtainedBy,
    Proof,
)
from authwright.core.data_names import look_up, look_up_all
from authwright.core.dates import parse_date
from authwright.engine.services import DueKind, WorkKind
from authwright.rules.portal import PortalFile
from authwright.store.store import PracticeSession

# Outcomes with which an SOP may stop instead of reading a status.
_STOPPED: Mapping[str, DeterminationStatus] = {
    "not required": DeterminationStatus.NOT_REQUIRED,
    "duplicate": DeterminationStatus.DUPLICATE,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a run read, as the SOP named it, with what outcome it stopped, and to which queue of the worklist
    the SOP hands the case over ("" for none)."""

    read: Mapping[str, str]
    stopped_with: str = ""
    queue: str = ""

    @property
    def number(self) -> str:
        return self.read.get("reference_number", "") or self.read.get("decision_id", "")


def determination(reading: Reading, portal: PortalFile) -> Determination | None:
    """The payer's decision, or None when its words stand for none."""
    words = reading.read.get("status", "")
    if reading.stopped_with:
        status = _STOPPED.get(reading.stopped_with)
        words = words or reading.stopped_with
    else:
        status = portal.status(words)
    if status is None:
        return None
    return Determination(status, words, reading.number, reason=reading.read.get("reason", ""))


def tells_all(reading: Reading, portal: PortalFile) -> bool:
    """Whether the answer can be recorded as it stands. A row of a portal's list often can't: it leaves
    out an approval's dates."""
    decision = determination(reading, portal)
    if decision is None:
        return False
    return decision.status is not DeterminationStatus.CERTIFIED or _dates(reading) is not None


def _dates(reading: Reading) -> tuple[date, date] | None:
    start = parse_date(reading.read.get("certified_start_date", ""))
    end = parse_date(reading.read.get("certified_end_date", ""))
    return (start, end) if start and end and start <= end else None


def certification(
    reading: Reading, status: DeterminationStatus, case: Mapping[str, Any], payer: str
) -> Certification | str:
    """The approval of a request that was certified as it was asked for, or in words what is missing."""
    dates = _dates(reading)
    if not reading.number:
        return "the payer says approved but gave no number: an approval without a number stays open"
    if dates is None:
        return "the approval's dates could not be read: record them from the payer's page"
    return Certification(
        number=reading.number,
        payer=payer,
        member_id=str(look_up(case, "coverage.member_id") or ""),
        codes=tuple(_certified_code(line) for line in case.get("service_lines", ())),
        start=dates[0],
        end=dates[1],
        rendering_npi=str(look_up(case, "rendering_provider.npi") or ""),
        facility_npi=str(look_up(case, "facility.npi") or ""),
        places=tuple(dict.fromkeys(map(str, look_up_all(case, "service_lines[].place_of_service")))),
        status=status,
        process=str(look_up(case, "request.process") or ""),
        proof=Proof(ObtainedBy.PORTAL),
    )


def _certified_code(line: Mapping[str, Any]) -> CertifiedCode:
    modifiers = line.get("modifiers") or ()
    units = line.get("units")
    return CertifiedCode(str(line["code"]), tuple(modifiers), Decimal(str(units)) if units else None)


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes an answer down in one transaction of the practice."""

    session: PracticeSession
    portal: PortalFile
    actor: str
    at: datetime
    status_after: timedelta

    def take(self, case_id: str, reading: Reading, *, submission_id: str) -> DeterminationStatus | None:
        """Move the case to where the payer's answer puts it. Returns what the answer was, if understood."""
        if reading.queue:
            words = reading.read.get("status", "") or reading.stopped_with or "no status"
            why = f'The SOP hands this case over to {reading.queue}. The portal answered "{words}".'
            self._ask(WorkKind.HANDED_OVER, case_id, why, reading.queue)
        decision = determination(reading, self.portal)
        if decision is None:
            words = reading.read.get("status", "") or reading.stopped_with or "nothing"
            self._ask(
                WorkKind.STATUS_UNCLEAR,
                case_id,
                f'The portal answered "{words}", which is no decision that Authwright knows. '
                "Look at the page's picture and record what it means.",
            )
            self._pull_later(case_id)
            return None
        self.session.determinations.record(
            case_id, decision, actor=self.actor, at=self.at, submission_id=submission_id
        )
        if not self._approve(case_id, decision, reading):
            return decision.status
        event, state = event_of(decision.status), self.session.cases.get(case_id).state
        if event not in possible(state):
            self._ask(
                WorkKind.STATUS_UNCLEAR,
                case_id,
                f'The portal answered "{decision.payer_words}" to a case that is {state}: these do not go '
                "together. Look at the payer's page and record what holds.",
            )
            return decision.status
        self.session.cases.move(case_id, event, actor=self.actor, at=self.at, note=decision.payer_words)
        self._follow_up(case_id, decision)
        return decision.status

    def _approve(self, case_id: str, decision: Determination, reading: Reading) -> bool:
        """Record the certification of an approval. False: the case must wait for a person first."""
        if decision.status not in APPROVES:
            return True
        if decision.status is not DeterminationStatus.CERTIFIED:
            self._ask(
                WorkKind.APPROVAL_TO_RECORD,
                case_id,
                f'The payer answered "{decision.payer_words}" ({decision.reference_number}): what was '
                "approved differs from what was asked for. Record the codes, units and dates that hold.",
            )
            return True
        case = self.session.cases.get(case_id)
        approval = certification(reading, decision.status, self.session.cases.document(case_id), case.payer)
        if isinstance(approval, str):
            self._ask(WorkKind.APPROVAL_TO_RECORD, case_id, approval[0].upper() + approval[1:] + ".")
            return False
        self.session.certifications.record(approval, actor=self.actor, at=self.at, case_id=case_id)
        return True

    def _follow_up(self, case_id: str, decision: Determination) -> None:
        if decision.status is DeterminationStatus.PENDED:
            self._pull_later(case_id)
            return
        self.session.due.drop(case_id=case_id, kinds=[DueKind.STATUS])
        if decision.status is DeterminationStatus.NOT_CERTIFIED:
            reason = f" Reason given: {decision.reason}." if decision.reason else ""
            self._ask(
                WorkKind.ADVERSE,
                case_id,
                f"Not certified ({decision.reference_number}).{reason} "
                "Decide on peer-to-peer, a corrected request or an appeal before its deadline.",
            )
        if decision.status is DeterminationStatus.DUPLICATE:
            self._ask(
                WorkKind.DUPLICATE,
                case_id,
                f"The payer has this request already as {decision.reference_number or 'another request'}. "
                "Find out who sent it, and record its approval when there is one.",
            )

    def _pull_later(self, case_id: str) -> None:
        if self.session.cases.get(case_id).state in (State.SUBMITTED, State.IN_REVIEW):
            due = self.at + self.status_after
            self.session.due.add(DueKind.STATUS, due, case_id=case_id, key=f"status:{case_id}")

    def _ask(self, kind: WorkKind, case_id: str, why: str, queue: str = "") -> None:
        key = f"{kind}:{case_id}"
        self.session.worklist.add(
            kind, why, actor=self.actor, at=self.at, case_id=case_id, key=key, queue=queue
        )
