"""Orders become cases: insurance mapped, requirement asked, request put together, course decided.

One order gives one case for each request that the payer wants, or one case that says why there is none.
What a person must answer goes to the worklist; one unmapped insurance name is one question, however
many orders it stands in.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from authwright.cases.assemble import RequestDraft, case_data, group, missing
from authwright.cases.decide import Course, Decision, decide, of_second, queries
from authwright.cases.packet import packet
from authwright.cases.states import Event, State
from authwright.core.order import Coverage, Document, Order
from authwright.core.requirement import Outcome, Requirement, RequirementQuery, Responsible
from authwright.engine.services import WorkKind
from authwright.rules import InsuranceMap, Library
from authwright.store.cases import CaseFacts
from authwright.store.orders import Change, OrderRecord
from authwright.store.store import PracticeSession
from authwright.store.worklist import WorkItem

# While a case is here nothing has been sent for it, and it may still be decided anew.
UNSENT = frozenset({State.DRAFT, State.INCOMPLETE, State.READY, State.ELSEWHERE, State.NOT_REQUIRED})
# What may have been waiting for an answer that is there now, when the same order is read again.
_MAY_HAVE_BEEN_ANSWERED = frozenset({State.DRAFT, State.INCOMPLETE})


@dataclass(frozen=True, slots=True)
class Practice:
    """What intake needs to know of the practice: its map, its roles, and where it files."""

    library: Library
    insurances: InsuranceMap
    acts_as: Collection[Responsible]
    filing: Mapping[str, str]
    require: Callable[[RequirementQuery], Requirement]
    read_document: Callable[[str], bytes]
    """The bytes of an order's document by its path; raises OSError."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one order. `cases` are ids, of new cases and of those that were decided anew."""

    order: str
    change: Change
    cases: tuple[str, ...]


@dataclass(slots=True)
class Intake:
    session: PracticeSession
    practice: Practice
    actor: str
    at: datetime
    _reused: list[str] = field(default_factory=list)
    _stood: list[WorkItem] = field(default_factory=list)
    """What was asked about a case that is decided anew, and hasn't been asked again so far."""

    def take_in(self, orders: Sequence[Order], *, source: str) -> list[Taken]:
        return [self._take(order, source) for order in orders]

    def _take(self, order: Order, source: str) -> Taken:
        record, change = self.session.orders.add(order, source=source, actor=self.actor, at=self.at)
        before = self.session.cases.of_order(record.id)
        if change is Change.SAME and not all(c.state in _MAY_HAVE_BEEN_ANSWERED for c in before):
            return Taken(order.id, change, ())
        if change is Change.CHANGED and any(c.state not in UNSENT for c in before):
            case = next(c for c in before if c.state not in UNSENT)
            self._ask(
                WorkKind.ORDER_CHANGED,
                case.id,
                f"Order {order.id} was changed after its request went out. Compare them, and change, "
                "extend or withdraw the request at the payer.",
            )
            return Taken(order.id, change, (case.id,))
        self._reused = [c.id for c in before]
        self._stood = [i for c in before for i in self.session.worklist.of_case(c.id) if not i.done]
        cases = self._decide(record)
        for item in self._stood:
            self._no_question_any_more(item)
        for left in self._reused:
            self.session.cases.move(
                left, Event.WITHDRAWN, actor=self.actor, at=self.at, note="the order asks for less"
            )
        return Taken(order.id, change, cases)

    # -- deciding ----------------------------------------------------------------------------------

    def _decide(self, record: OrderRecord) -> tuple[str, ...]:
        order = replace(record.order, coverages=tuple(map(self._mapped, record.order.coverages)))
        first = order.coverages[0] if order.coverages else Coverage()
        if not first.payer:
            return (self._without_payer(record, order, first),)
        asked = queries(order, self.at.date())
        answers = [(number, self.practice.require(query)) for number, query in asked]
        payer_name = self._payer_name(first.payer)
        decision = decide(_of(answers, 1), self.practice.acts_as, payer_name)
        decision = self._with_seconds(decision, order, answers)
        if decision.course is Course.SEND:
            drafts = self._drafts(order, answers, decision)
            return tuple(self._request(record, order, draft, answers, decision) for draft in drafts)
        case_id = self._open(record, order, None, answers)
        if decision.course is Course.ELSEWHERE:
            self._elsewhere(case_id, order, answers, decision, payer_name)
        elif decision.course is Course.NOT_REQUIRED:
            self._move(case_id, Event.FOUND_NOT_REQUIRED)
        elif lacking := missing(order):
            self._incomplete(case_id, [m.words for m in lacking])
        self._ask_all(case_id, decision.questions)
        return (case_id,)

    def _with_seconds(
        self, decision: Decision, order: Order, answers: Sequence[tuple[int, Requirement]]
    ) -> Decision:
        """The first insurance's decision with what is to be asked about the insurances after it. An
        order that only one of those wants to approve isn't done."""
        asked: list[str] = []
        for place, coverage in enumerate(order.coverages[1:], 2):
            if coverage.payer:
                asked += of_second(_of(answers, place), self._payer_name(coverage.payer))
            elif coverage.insurance_name:
                self._ask_name(coverage.insurance_name)
        if not asked:
            return decision
        course = Course.ASK if decision.course is Course.NOT_REQUIRED else decision.course
        return replace(decision, course=course, questions=(*decision.questions, *asked))

    def _mapped(self, coverage: Coverage) -> Coverage:
        """The coverage with what the practice's map, or an answer on the worklist, says that it is."""
        if coverage.payer:
            return coverage
        entry = self.practice.insurances.look_up(coverage.insurance_name)
        answer = entry or self.session.insurance_names.look_up(coverage.insurance_name)
        if answer is None:
            return coverage
        self.session.worklist.settle(
            _name_key(coverage.insurance_name), "the name is mapped now", actor=self.actor, at=self.at
        )
        return replace(
            coverage,
            payer=answer.payer,
            plan=coverage.plan or answer.plan,
            line_of_business=coverage.line_of_business or answer.line_of_business,
            funding=coverage.funding or answer.funding,
            state=coverage.state or (entry.state if entry else ""),
        )

    def _without_payer(self, record: OrderRecord, order: Order, first: Coverage) -> str:
        case_id = self._open(record, order, None, [])
        if lacking := [m.words for m in missing(order)]:
            self._incomplete(case_id, lacking)
        if first.insurance_name:
            self._ask_name(first.insurance_name)
        return case_id

    def _ask_name(self, name: str) -> None:
        self.session.insurance_names.ask(name, at=self.at)
        key = _name_key(name)
        asked = next((q for q in self.session.insurance_names.questions() if _name_key(q) == key), name)
        self.session.worklist.add(
            WorkKind.INSURANCE,
            f'Which payer, plan and funding is "{asked}"? Add it to the insurance map.',
            actor=self.actor,
            at=self.at,
            key=key,
        )

    def _drafts(
        self, order: Order, answers: Sequence[tuple[int, Requirement]], decision: Decision
    ) -> list[RequestDraft]:
        """The requests for the lines that are ours to send, as the payer wants them grouped."""
        of_line = {number: r for number, r in _of(answers, 1) if r.outcome is Outcome.REQUIRED}
        nothing = Requirement("", Outcome.NOT_REQUIRED)
        wanted = [
            of_line[number] if number in decision.lines else nothing
            for number in range(len(order.service_lines))
        ]
        grouping = self.practice.library.payers[order.coverages[0].payer].grouping
        return group(order, wanted, grouping.max_codes)

    # -- what becomes of a case --------------------------------------------------------------------

    def _request(
        self,
        record: OrderRecord,
        order: Order,
        draft: RequestDraft,
        answers: Sequence[tuple[int, Requirement]],
        decision: Decision,
    ) -> str:
        own = [r for number, r in _of(answers, 1) if number in draft.lines]
        case_id = self._open(record, order, draft, answers)
        lacking = [m.words for m in missing(order, own)]
        lacking += self._keep_documents(case_id, order)
        if lacking:
            self._incomplete(case_id, lacking)
        else:
            self._move(case_id, Event.FOUND_COMPLETE)
            if order.coverages[0].payer not in self.practice.filing:
                name = self._payer_name(order.coverages[0].payer)
                self._ask(
                    WorkKind.NO_PORTAL,
                    case_id,
                    f"The request is ready, and the settings name no portal for {name}: send it by hand "
                    "and put its approval down with `authwright certifications add`.",
                )
        self._ask_all(case_id, decision.questions)
        return case_id

    def _elsewhere(
        self,
        case_id: str,
        order: Order,
        answers: Sequence[tuple[int, Requirement]],
        decision: Decision,
        payer_name: str,
    ) -> None:
        assert decision.process is not None
        needed = [(n, r) for n, r in _of(answers, 1) if n in decision.lines and r.outcome is Outcome.REQUIRED]
        lacking = [m.words for m in missing(order, [r for _, r in needed])]
        lacking += self._keep_documents(case_id, order)
        sheet = packet(order, payer_name, decision.process, needed, self.at.date())
        self.session.evidence.keep(
            sheet.encode(),
            kind="packet",
            name=f"{order.id}-packet.txt",
            actor=self.actor,
            at=self.at,
            case_id=case_id,
        )
        self.session.ledger.write("packet.made", actor=self.actor, at=self.at, case_id=case_id)
        self._move(case_id, Event.LEFT_TO_OTHERS)
        who = _WHO.get(decision.responsible, "someone else")
        lacks = f" Still missing in it: {'; '.join(lacking)}." if lacking else ""
        self._ask(
            WorkKind.PACKET,
            case_id,
            f"{_short(decision.process.name)} packet ready, {who} is responsible, a person sends it.{lacks}",
        )

    def _incomplete(self, case_id: str, lacking: Sequence[str]) -> None:
        self._move(case_id, Event.FOUND_INCOMPLETE)
        self._ask(WorkKind.MISSING, case_id, f"Missing: {'; '.join(lacking)}.")

    def _ask_all(self, case_id: str, questions: Sequence[str]) -> None:
        if questions:
            self._ask(WorkKind.REQUIREMENT, case_id, " ".join(questions))

    # -- writing it down ---------------------------------------------------------------------------

    def _open(
        self,
        record: OrderRecord,
        order: Order,
        draft: RequestDraft | None,
        answers: Sequence[tuple[int, Requirement]],
    ) -> str:
        """A case with its request and requirements: a new one, or one of the order's that is decided anew."""
        coverage = order.coverages[0] if order.coverages else Coverage()
        document = self._document(order, draft)
        starts = [line.start for n, line in enumerate(order.service_lines) if line.start and _in(draft, n)]
        facts = CaseFacts(
            payer=coverage.payer,
            plan=coverage.plan,
            portal=self.practice.filing.get(coverage.payer, ""),
            urgency=order.urgency,
            date_of_service=min(starts, default=None),
            due_at=_start_of(min(starts, default=None)),
        )
        if self._reused:
            case_id = self._reused.pop(0)
            self._move(case_id, Event.ORDER_CHANGED)
            self.session.cases.revise(
                case_id,
                actor=self.actor,
                at=self.at,
                document=document,
                facts=facts,
                member_id=coverage.member_id,
            )
        else:
            case_id = self.session.cases.open(
                record.id, document, facts, member_id=coverage.member_id, actor=self.actor, at=self.at
            ).id
        numbered = [(number + 1, r) for number, r in answers if _in(draft, number)]
        self.session.requirements.replace(case_id, numbered, actor=self.actor, at=self.at)
        return case_id

    def _document(self, order: Order, draft: RequestDraft | None) -> dict[str, Any]:
        document = case_data(order, draft)
        if order.coverages and order.coverages[0].payer:
            document["coverage"]["payer"] = self._payer_name(order.coverages[0].payer)
        if draft and draft.process:
            document["request"]["process"] = draft.process.id
        return document

    def _keep_documents(self, case_id: str, order: Order) -> list[str]:
        """Put the order's files into the evidence and their hashes into the request; what can't be read."""
        unreadable: list[str] = []
        kept: list[dict[str, Any]] = []
        for document in order.documents:
            try:
                digest = self._keep(case_id, document)
            except OSError as error:
                unreadable.append(f"the file {document.path} ({error.strerror or error})")
            else:
                kept.append({"path": document.path, "kind": document.kind, "evidence": digest})
        if kept:
            whole = self.session.cases.document(case_id) | {"documents": kept}
            self.session.cases.revise(case_id, actor=self.actor, at=self.at, document=whole)
        return unreadable

    def _keep(self, case_id: str, document: Document) -> str:
        return self.session.evidence.keep(
            self.practice.read_document(document.path),
            kind="document",
            name=document.path,
            note=document.kind,
            actor=self.actor,
            at=self.at,
            case_id=case_id,
        )

    def _no_question_any_more(self, item: WorkItem) -> None:
        self.session.worklist.finish(item.id, "the order was read again", actor=self.actor, at=self.at)

    def _payer_name(self, payer: str) -> str:
        known = self.practice.library.payers.get(payer)
        return known.name if known else payer

    def _move(self, case_id: str, event: Event) -> None:
        self.session.cases.move(case_id, event, actor=self.actor, at=self.at)

    def _ask(self, kind: WorkKind, case_id: str, why: str) -> None:
        """Put it on the worklist; what stands there already in the same words stays, with its assignee."""
        if stood := next((i for i in self._stood if (i.kind, i.case_id) == (kind, case_id)), None):
            self._stood.remove(stood)
            if stood.why == why:
                return
            self._no_question_any_more(stood)
        self.session.worklist.add(
            kind, why, actor=self.actor, at=self.at, case_id=case_id, key=f"{kind}:{case_id}"
        )


_WHO: Mapping[Responsible | None, str] = {
    Responsible.FACILITY: "the hospital",
    Responsible.SUPPLIER: "the supplier",
    Responsible.PCP: "the PCP",
    Responsible.MEMBER: "the member",
    Responsible.ORDERING: "the ordering provider",
    Responsible.RENDERING: "the rendering provider",
}


def _short(name: str) -> str:
    """The payer's own abbreviation where its name carries one: "Prior Authorization Request (PAR)"."""
    return name[name.rindex("(") + 1 : -1] if name.endswith(")") else name


def _name_key(name: str) -> str:
    return f"{WorkKind.INSURANCE}:{' '.join(name.upper().split())}"


def _of(answers: Sequence[tuple[int, Requirement]], place: int) -> list[tuple[int, Requirement]]:
    """The answers of one insurance; the first has place 1."""
    return [(number, r) for number, r in answers if r.coverage == place]


def _in(draft: RequestDraft | None, number: int) -> bool:
    return draft is None or number in draft.lines


def _start_of(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
