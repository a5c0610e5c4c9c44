"""What does this payer require for this code, on this date, at this place? The answer, with its reasons.

The engine never guesses: nothing that speaks of the code is `unknown`; what hangs on a fact that
nobody gave is `conditional`, with the question; two rules that disagree ask for a person.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from authwright.core.codes import plain_diagnosis
from authwright.core.requirement import (
    Deadline,
    Outcome,
    Requirement,
    RequirementQuery,
    Why,
)
from authwright.rules import vocabulary
from authwright.rules.advice import AdviceBook
from authwright.rules.conditions import Facts, Holds
from authwright.rules.index import NEEDS_ACTION, Days, PayerRules, Ready
from authwright.rules.library import Library, UnknownPayer
from authwright.rules.payer import Exemption, Remains
from authwright.rules.processes import exemption_reaches, exempts, surely


def require(library: Library, query: RequirementQuery, today: dt.date) -> Requirement:
    """The requirement for one service line under one coverage.

    Without `request_date` the request counts as made today, or on the day of service if that is past.
    """
    payer = library.find_payer(query.payer)
    if isinstance(payer, UnknownPayer):
        near = f"; did you mean {', '.join(payer.suggestions)}?" if payer.suggestions else ""
        note = f"the payer library has no payer {query.payer!r}{near}"
        return Requirement(query.code, Outcome.UNKNOWN, query.coverage, notes=(note,))
    rules = library.rules_of(payer.payer)
    return _Question(rules, query, today).answer(library.advice)


def require_all(library: Library, queries: Sequence[RequirementQuery], today: dt.date) -> list[Requirement]:
    """The requirement of each line; the lines of one coverage count as billed together."""
    codes = {q.coverage: {o.code for o in queries if o.coverage == q.coverage} for q in queries}
    together = (
        replace(q, also_billed=tuple(sorted((codes[q.coverage] | set(q.also_billed)) - {q.code})))
        for q in queries
    )
    return [require(library, q, today) for q in together]


@dataclass(frozen=True, slots=True)
class _Found:
    """A rule that holds, or that would if something asked for turned out right."""

    ready: Ready
    rank: tuple[int, ...]
    because: str
    questions: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Resolved:
    """The rules that count after the more specific ones have overruled others."""

    kept: tuple[_Found, ...] = ()
    overruled: tuple[_Found, ...] = ()
    clash: tuple[_Found, _Found] | None = None

    def gist(self) -> object:
        """What would have to differ for the answer to differ."""
        if self.clash:
            return "clash"
        entries = [f.ready.entry for f in self.kept]
        what = {(p, e.reviewer, e.responsible) for e in entries for p in e.requires}
        return {e.answers for e in entries}, what, {e.question for e in entries}


class _Question:
    """One query on its way to an answer."""

    def __init__(self, rules: PayerRules, query: RequirementQuery, today: dt.date) -> None:
        self.rules, self.query = rules, query
        self.payer, self.book = rules.payer, rules.book
        self.days = Days(query.date, query.request_date or min(today, query.date))
        self.notes: list[str] = []
        self.facts = _facts(rules, query, self.notes)
        self.why: list[Why] = []
        self.verify = False

    def answer(self, advice: AdviceBook) -> Requirement:
        matched, open_ones = self._look()
        resolved = _resolve(matched)
        if not matched:
            resolved = self._by_absence(resolved, open_ones)
        if open_ones:
            gist = resolved.gist()
            deciding = [f for f in open_ones if _resolve([*matched, f]).gist() != gist]
            if deciding:
                return self._conditional(deciding, resolved)
        if resolved.clash:
            return self._clash(resolved.clash)
        if not resolved.kept:
            return self._unknown(advice)
        return self._settled(resolved)

    def _look(self) -> tuple[list[_Found], list[_Found]]:
        """The rules that name the code: those that hold, and those that hang on an open question."""
        matched: list[_Found] = []
        open_ones: list[_Found] = []
        code = self.facts.code
        for timeline in self.rules.naming(code):
            state = timeline.state(code, self.days)
            if state.ready is None:
                self.why.append(Why(timeline.rule, False, state.because))
                self.verify = self.verify or state.before_known_start
                continue
            self._weigh(state.ready, matched, open_ones)
        return matched, open_ones

    def _weigh(self, ready: Ready, matched: list[_Found], open_ones: list[_Found]) -> None:
        verdict = ready.conditions.verdict(self.facts)
        because = f"{ready.says}; {verdict.because}" if verdict.because else ready.says
        if verdict.holds is Holds.NO:
            self.why.append(Why(ready.entry.rule, False, verdict.because))
            return
        found = _Found(ready, ready.rank(self.facts.code), because, verdict.questions, verdict.unless)
        (matched if verdict.holds is Holds.YES else open_ones).append(found)

    def _by_absence(self, resolved: _Resolved, open_ones: list[_Found]) -> _Resolved:
        """A list that says it is exhaustive answers for every code it doesn't hold."""
        exhaustive: list[_Found] = []
        for ready in self.rules.complete_on(self.days):
            self._weigh(ready, exhaustive, open_ones)
        return _resolve(exhaustive) if exhaustive else resolved

    def _settled(self, resolved: _Resolved) -> Requirement:
        kept = resolved.kept
        for found in kept:
            self.why.append(Why(found.ready.entry.rule, True, found.because))
        winner = kept[0].ready.entry
        for found in resolved.overruled:
            because = f"{found.because}; but {winner.rule} is more specific"
            self.why.append(Why(found.ready.entry.rule, False, because))
        outcome = winner.answers
        self.verify = self.verify or self._is_weak(kept)
        questions = tuple(f.ready.entry.question for f in kept)
        return self._with_exemptions(self._assemble(outcome, kept, questions))

    def _conditional(self, deciding: list[_Found], resolved: _Resolved) -> Requirement:
        for found in deciding:
            self.why.append(Why(found.ready.entry.rule, False, f"not decided: {found.because}"))
        for found in resolved.kept:
            self.why.append(Why(found.ready.entry.rule, True, found.because))
        relevant = (*resolved.kept, *deciding)
        self.verify = self.verify or self._is_weak(relevant)
        questions = tuple(q for f in deciding for q in f.questions)
        return self._assemble(Outcome.CONDITIONAL, relevant, questions)

    def _clash(self, clash: tuple[_Found, _Found]) -> Requirement:
        one, other = (f.ready.entry for f in clash)
        for found in clash:
            self.why.append(Why(found.ready.entry.rule, True, found.because))
        self.verify = True
        question = (
            f"Two rules disagree: {one.rule} says {one.answers}, {other.rule} says {other.answers}. "
            f"Which holds? Ask {self.book.contact()}"
        )
        return self._assemble(Outcome.CONDITIONAL, clash, (question,))

    def _unknown(self, advice: AdviceBook) -> Requirement:
        contact = self.book.contact()
        note = f"no rule of {self.payer.name} decides {self.facts.code}: ask {contact}"
        return Requirement(
            self.query.code,
            Outcome.UNKNOWN,
            self.query.coverage,
            self.verify,
            advice=advice.about(self.facts.code, contact),
            why=tuple(self.why),
            notes=(*self.notes, note),
        )

    def _assemble(self, outcome: Outcome, found: Sequence[_Found], questions: Sequence[str]) -> Requirement:
        line = self.facts.line_of_business
        basis = self.rules.basis([f.ready for f in found], line, self.facts.state, self.days.request)
        notes = dict.fromkeys((*self.notes, *(n for f in found for n in f.unless), *basis.notes))
        if basis.by_request_date and self.query.request_date is None:
            notes[f"decided for a request made on {self.days.request}"] = None
        deadlines: tuple[Deadline, ...] = ()
        if outcome in NEEDS_ACTION and basis.processes:
            deadlines = self.book.deadlines(basis.processes, line, self.days.service, self.days.request)
        return Requirement(
            code=self.query.code,
            outcome=outcome,
            coverage=self.query.coverage,
            verify=self.verify,
            question=" ".join(dict.fromkeys(q for q in questions if q)),
            processes=basis.processes,
            deadlines=deadlines,
            rule=basis.rule,
            why=tuple(self.why),
            sources=basis.sources,
            notes=tuple(notes),
        )

    def _is_weak(self, found: Sequence[_Found]) -> bool:
        """Whether anything in the answer rests on weak sources alone."""
        if len(found) == 1:
            return self._weak(found[0].ready)
        strong_for: set[str] = set()
        needed: set[str] = set()
        for f in found:
            entry = f.ready.entry
            wanted = entry.requires or ("",)
            needed.update(wanted)
            if not self._weak(f.ready):
                strong_for.update(wanted)
        return not needed <= strong_for

    def _weak(self, ready: Ready) -> bool:
        if ready.is_weak or ready.read_on is None:
            return True
        return (self.days.request - ready.read_on).days > self.payer.refresh_days

    def _with_exemptions(self, answer: Requirement) -> Requirement:
        """The answer for an exempt provider; for others a note on each exemption there could be."""
        if answer.outcome is not Outcome.REQUIRED:
            return answer
        code, processes, day = self.facts.code, answer.processes, self.days.service
        notes: list[str] = []
        for exemption in self.payer.exemptions:
            if not (
                exemption_reaches(exemption, code, processes, day)
                and surely(exemption.lines_of_business, self.facts.line_of_business)
                and surely(exemption.states, self.facts.state)
            ):
                continue
            if exempts(exemption, self.query):
                return self._exempt(answer, exemption)
            notes.append(
                f"{exemption.name or exemption.id}: {exemption.note or 'an exempt provider needs none'}"
            )
        return replace(answer, notes=(*answer.notes, *notes)) if notes else answer

    def _exempt(self, answer: Requirement, exemption: Exemption) -> Requirement:
        why = Why(exemption.id, True, f"the provider is exempt: {exemption.name or exemption.id}")
        sources = (*answer.sources, *((exemption.source.source(),) if exemption.source else ()))
        answer = replace(answer, rule=exemption.id, why=(why, *answer.why), sources=sources)
        if exemption.remains is Remains.NOTIFICATION:
            facts, day = self.facts, self.days.request
            kept = answer.processes
            if exemption.notification:
                told = self.book.process(exemption.notification, facts.line_of_business, facts.state, day)
                kept = (told,)
            note = "exempt from review; the notification is still due"
            return replace(
                answer, outcome=Outcome.NOTIFICATION_ONLY, processes=kept, notes=(*answer.notes, note)
            )
        rejected = ("a request will be rejected: send none",) if exemption.remains is Remains.REJECTED else ()
        return replace(
            answer, outcome=Outcome.EXEMPT, processes=(), deadlines=(), notes=(*answer.notes, *rejected)
        )


_COVERAGES = dict(enumerate(vocabulary.COVERAGES, 1))


def _facts(rules: PayerRules, query: RequirementQuery, notes: list[str]) -> Facts:
    """The query in the payer's terms. A word that isn't known counts as not said, with a note."""
    plan, line, note = rules.plan_and_line(query.plan, query.line_of_business)
    if note:
        notes.append(note)
    facility = vocabulary.facility_type(query.facility_type) or vocabulary.FACILITY_AT.get(query.place, "")
    return Facts(
        code=query.code.upper(),
        plan=plan.id if plan else "",
        line_of_business=line,
        funding=vocabulary.funding(query.funding) or (plan.funding if plan else ""),
        state=query.state.upper() or (plan.states[0] if plan and len(plan.states) == 1 else ""),
        place=query.place,
        facility_type=facility,
        coverage=_COVERAGES.get(query.coverage, ""),
        modifiers=tuple(m.upper() for m in query.modifiers) if query.modifiers else (),
        diagnoses=tuple(map(plain_diagnosis, query.diagnoses)) if query.diagnoses else (),
        billed_with=tuple(c.upper() for c in query.also_billed) if query.also_billed else (),
        units=query.units,
        age=query.age,
    )


def _resolve(found: Sequence[_Found]) -> _Resolved:
    """Of rules that disagree the more specific one counts; rules that agree count together."""
    if len(found) == 1:
        return _Resolved(tuple(found))
    kept: list[_Found] = []
    overruled: list[_Found] = []
    for one in sorted(found, key=lambda f: f.rank, reverse=True):
        against = [k for k in kept if disagree(k.ready, one.ready)]
        if not against:
            kept.append(one)
        elif any(k.rank == one.rank for k in against):
            return _Resolved((), (), (against[0], one))
        else:
            overruled.append(one)
    return _Resolved(tuple(kept), tuple(overruled))


def disagree(one: Ready, other: Ready) -> bool:
    """Two rules disagree when their outcomes differ, or one process has two reviewers or two people
    responsible. Two different processes are no disagreement: both must hold."""
    a, b = one.entry, other.entry
    if a.answers is not b.answers:
        return True
    shared = set(a.requires) & set(b.requires)
    return bool(shared) and (a.reviewer, a.responsible) != (b.reviewer, b.responsible)
