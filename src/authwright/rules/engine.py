"""What does this payer require for this code, on this date, at this place? The answer, with its reasons.

The engine never guesses: nothing that speaks of the code is `unknown`; what hangs on a fact that
nobody gave is `conditional`, with the question; two rules that disagree ask for a person.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from authwright.core.codes import plain_diagnosis
from authwright.core.diagnostics import did_you_mean
from authwright.core.requirement import (
    Advice,
    Outcome,
    Process,
    Requirement,
    RequirementQuery,
    Source,
    Why,
)
from authwright.rules import vocabulary
from authwright.rules.conditions import Facts, Holds
from authwright.rules.index import NEEDS_ACTION, Days, PayerRules, Ready
from authwright.rules.library import Library, UnknownPayer
from authwright.rules.payer import Payer, Remains
from authwright.rules.processes import exemption_reaches, exempts, surely
from authwright.rules.values import Confidence


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
    return _Question(rules, query, today).answer()


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
        self.facts = _facts(self.payer, query, self.notes)
        self.why: list[Why] = []
        self.verify = False

    def answer(self) -> Requirement:
        matched, open_ones = self._look()
        resolved = _resolve(matched)
        if not matched:
            resolved = self._by_absence(resolved, open_ones)
        gist = resolved.gist()
        deciding = [f for f in open_ones if _resolve([*matched, f]).gist() != gist]
        if deciding:
            return self._conditional(deciding, resolved)
        if resolved.clash:
            return self._clash(resolved.clash)
        if not resolved.kept:
            return self._unknown()
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

    def _unknown(self) -> Requirement:
        contact = self.book.contact()
        note = f"no rule of {self.payer.name} decides {self.facts.code}: ask {contact}"
        return Requirement(
            self.query.code,
            Outcome.UNKNOWN,
            self.query.coverage,
            self.verify,
            advice=Advice("", "not known", contact),
            why=tuple(self.why),
            notes=(*self.notes, note),
        )

    def _assemble(self, outcome: Outcome, found: Sequence[_Found], questions: Sequence[str]) -> Requirement:
        entries = [f.ready.entry for f in found]
        line = self.facts.line_of_business
        processes: dict[str, Process] = {}
        sources: dict[Source, None] = {}
        rules: dict[str, None] = {}
        notes: dict[str, None] = {}
        for f in found:
            entry = f.ready.entry
            rules[entry.rule] = None
            for process in self.book.of_entry(entry, line, self.days.request):
                processes.setdefault(process.id, process)
            sources.update(f.ready.sources)
            notes.update(dict.fromkeys((*f.unless, *entry.notes)))
        all_processes = tuple(processes.values())
        if any(e.clock.value == "request-date" for e in entries) and self.query.request_date is None:
            notes[f"decided for a request made on {self.days.request}"] = None
        deadlines = (
            self.book.deadlines(all_processes, line, self.days.service, self.days.request)
            if outcome in NEEDS_ACTION
            else ()
        )
        return Requirement(
            code=self.query.code,
            outcome=outcome,
            coverage=self.query.coverage,
            verify=self.verify,
            question=" ".join(dict.fromkeys(q for q in questions if q)),
            processes=all_processes,
            deadlines=deadlines,
            rule=", ".join(rules),
            why=tuple(self.why),
            sources=tuple(sources),
            notes=(*self.notes, *notes),
        )

    def _is_weak(self, found: Sequence[_Found]) -> bool:
        """Whether anything in the answer rests on weak sources alone."""
        strong_for: set[str] = set()
        needed: set[str] = set()
        for f in found:
            entry = f.ready.entry
            wanted = entry.requires or ("",)
            needed.update(wanted)
            if not self._weak(entry.read_on, f.ready):
                strong_for.update(wanted)
        return not needed <= strong_for

    def _weak(self, read_on: dt.date | None, ready: Ready) -> bool:
        entry = ready.entry
        if entry.confidence is not Confidence.HIGH or entry.start.day is None or read_on is None:
            return True
        return (self.days.request - read_on).days > self.payer.refresh_days

    def _with_exemptions(self, answer: Requirement) -> Requirement:
        if answer.outcome is not Outcome.REQUIRED:
            return answer
        for exemption in self.payer.exemptions:
            if not exemption_reaches(exemption, self.facts.code, answer.processes, self.days.service):
                continue
            if not surely(exemption.lines_of_business, self.facts.line_of_business):
                continue
            if not surely(exemption.states, self.facts.state):
                continue
            if not exempts(exemption, self.query):
                note = (
                    f"{exemption.name or exemption.id}: {exemption.note or 'an exempt provider needs none'}"
                )
                answer = replace(answer, notes=(*answer.notes, note))
                continue
            return self._exempt(answer, exemption.id)
        return answer

    def _exempt(self, answer: Requirement, id_: str) -> Requirement:
        exemption = next(e for e in self.payer.exemptions if e.id == id_)
        why = Why(exemption.id, True, f"the provider is exempt: {exemption.name or exemption.id}")
        sources = (*answer.sources, *((exemption.source.source(),) if exemption.source else ()))
        answer = replace(answer, rule=exemption.id, why=(why, *answer.why), sources=sources)
        if exemption.remains is Remains.NOTIFICATION:
            kept = tuple(p for p in answer.processes if p.id == exemption.notification) or answer.processes
            known = self.payer.process(exemption.notification)
            if known and not any(p.id == known.id for p in kept):
                kept = (Process(known.id, known.name, known.reviews, responsible=known.responsible),)
            note = "exempt from review; the notification is still due"
            return replace(
                answer, outcome=Outcome.NOTIFICATION_ONLY, processes=kept, notes=(*answer.notes, note)
            )
        rejected = ("a request will be rejected: send none",) if exemption.remains is Remains.REJECTED else ()
        return replace(
            answer, outcome=Outcome.EXEMPT, processes=(), deadlines=(), notes=(*answer.notes, *rejected)
        )


def _facts(payer: Payer, query: RequirementQuery, notes: list[str]) -> Facts:
    """The query in the payer's terms. A word that isn't known counts as not said, with a note."""
    plan = payer.plan(query.plan) if query.plan else None
    line = vocabulary.line_of_business(query.line_of_business)
    if query.plan and plan is None:
        line = line or vocabulary.line_of_business(query.plan)
        if not line:
            near = did_you_mean(query.plan, [n for p in payer.plans for n in (p.id, p.name)])
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            notes.append(f"{payer.name} has no plan {query.plan!r} in the library{hint}")
    if plan is None and len(payer.plans) == 1:
        plan = payer.plans[0]
    return Facts(
        code=query.code.upper(),
        plan=plan.id if plan else "",
        line_of_business=line
        or (plan.line_of_business if plan else "")
        or (payer.lines_of_business[0] if len(payer.lines_of_business) == 1 else ""),
        funding=vocabulary.funding(query.funding) or (plan.funding if plan else ""),
        state=query.state.upper() or (plan.states[0] if plan and len(plan.states) == 1 else ""),
        place=query.place,
        facility_type=vocabulary.facility_type(query.facility_type),
        modifiers=tuple(m.upper() for m in query.modifiers),
        diagnoses=tuple(map(plain_diagnosis, query.diagnoses)),
        billed_with=tuple(c.upper() for c in query.also_billed),
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
