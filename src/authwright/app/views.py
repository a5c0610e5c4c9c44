"""A case as people look at it: everything about it, gathered from the store in one reading."""

from dataclasses import dataclass
from datetime import datetime

from authwright.cases.states import State
from authwright.cases.wording import STATES, happened
from authwright.core.certification import Certification, Determination
from authwright.core.order import Order
from authwright.core.requirement import Requirement
from authwright.core.run import RunResult
from authwright.store.cases import Case
from authwright.store.evidence import EvidenceRecord
from authwright.store.store import PracticeSession
from authwright.store.submissions import Submission
from authwright.store.worklist import WorkItem


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    actor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt with what its run recorded. `result` is None when it never came to an end."""

    submission: Submission
    result: RunResult | None

    @property
    def as_whom(self) -> str:
        """With whose credentials it was done and for whom; "" when that isn't known."""
        return self.result.as_whom if self.result else ""

    @property
    def seconds(self) -> float:
        return sum(step.milliseconds for step in self.result.steps) / 1000 if self.result else 0.0


@dataclass(frozen=True, slots=True)
class CaseView:
    case: Case
    order: Order
    requirements: tuple[tuple[int, Requirement], ...]
    runs: tuple[Run, ...]
    determinations: tuple[Determination, ...]
    certifications: tuple[Certification, ...]
    evidence: tuple[EvidenceRecord, ...]
    work: tuple[WorkItem, ...]
    timeline: tuple[Happening, ...]

    @property
    def state_words(self) -> str:
        return STATES[self.case.state]

    @property
    def patient(self) -> str:
        return f"{self.order.patient.last_name}, {self.order.patient.first_name}".strip(", ")

    @property
    def codes(self) -> str:
        return ", ".join(line.code for line in self.order.service_lines)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Why a person is needed, in words; nothing when none is."""
        own = tuple(item.why for item in self.work if not item.done)
        name = self.order.coverages[0].insurance_name if self.order.coverages else ""
        if name and not self.case.payer and self.case.state in (State.DRAFT, State.INCOMPLETE):
            # One question on the worklist stands for every order with that name.
            return (*own, f'Waits until someone says which payer "{name}" is.')
        return own

    @property
    def number(self) -> str:
        """The number at the payer: of the approval, else of the last decision, else of the attempt."""
        if self.certifications:
            return self.certifications[-1].number
        if self.determinations and self.determinations[-1].reference_number:
            return self.determinations[-1].reference_number
        return next((r.submission.reference_number for r in reversed(self.runs)), "")

    @property
    def was_sent(self) -> bool:
        return any(run.submission.status == "sent" for run in self.runs)


def case_view(session: PracticeSession, case_id: str) -> CaseView:
    """Raises KeyError with the id."""
    case = session.cases.get(case_id)
    submissions = session.submissions.of_case(case_id)
    return CaseView(
        case=case,
        order=session.orders.get(case.order_id).order,
        requirements=session.requirements.of_case(case_id),
        runs=tuple(Run(s, session.submissions.result(s.id, RunResult)) for s in submissions),
        determinations=tuple(r.determination for r in session.determinations.of_case(case_id)),
        certifications=tuple(r.certification for r in session.certifications.of_case(case_id)),
        evidence=session.evidence.of_case(case_id),
        work=session.worklist.of_case(case_id),
        timeline=_timeline(session, case_id),
    )


def _timeline(session: PracticeSession, case_id: str) -> tuple[Happening, ...]:
    told = (
        Happening(entry.at, entry.actor, happened(entry.kind, payload))
        for entry, payload in session.ledger.history(case_id)
    )
    return tuple(h for h in told if h.sentence)


def all_cases(session: PracticeSession, *, states: tuple[State, ...] = ()) -> list[CaseView]:
    """Every case, in the order in which the orders came in."""
    views: list[CaseView] = []
    while page := session.cases.find(states=states, limit=200, offset=len(views)):
        views += [case_view(session, case.id) for case in page]
    return sorted(views, key=lambda v: (v.case.created_at, v.order.id, v.case.id))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item of the worklist with whose it is; `order` and `patient` are "" when it is nobody's own."""

    item: WorkItem
    order: str
    patient: str


def waiting(session: PracticeSession) -> tuple[Waiting, ...]:
    """What waits for a person, the most urgent first."""
    return tuple(waiting_of(session, item) for item in session.worklist.open_items())


def waiting_of(session: PracticeSession, item: WorkItem) -> Waiting:
    """The item with whose it is."""
    if not item.case_id:
        return Waiting(item, "", "")
    order = session.orders.get(session.cases.get(item.case_id).order_id).order
    return Waiting(item, order.id, f"{order.patient.last_name}, {order.patient.first_name}".strip(", "))
