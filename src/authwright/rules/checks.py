"""What is wrong with a library as a whole: `check` beyond what a single file's reading finds."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations

from authwright.core.diagnostics import Diagnostic, Severity, did_you_mean, in_order
from authwright.core.requirement import Requirement, RequirementQuery
from authwright.rules.choices import Choice
from authwright.rules.engine import disagree, require
from authwright.rules.entry import Entry, Example, When
from authwright.rules.index import PayerRules, Ready, Timeline
from authwright.rules.library import Library
from authwright.rules.payer import Payer
from authwright.rules.values import Bounds
from authwright.rules.vocabulary import fold


def check_library(library: Library) -> list[Diagnostic]:
    """Every finding about references, dates, contradictions and examples, in the order of the files."""
    found: list[Diagnostic] = [*_shared_names(library)]
    for id_, payer in library.payers.items():
        rules = library.rules_of(id_)
        found += _payer_references(payer, library)
        for entry in rules.entries:
            found += _entry_references(entry, payer)
            found += _examples(entry, library)
        for timeline in rules.timelines:
            found += _timeline(timeline)
        found += _contradictions(rules)
    return in_order(found)


def _at(
    entry: Entry, key: str, code: str, message: str, hint: str = "", near: tuple[str, ...] = ()
) -> Diagnostic:
    line, column = entry.mark(key)
    return Diagnostic(entry.file, line, column, code, message, hint, near)


def _shared_names(library: Library) -> Iterator[Diagnostic]:
    owners: dict[str, Payer] = {}
    for payer in library.payers.values():
        for name in dict.fromkeys((payer.payer, payer.name, *payer.aliases, *payer.x12_ids)):
            owner = owners.setdefault(fold(name), payer)
            if owner is not payer:
                message = f"the name {name!r} leads to {owner.name} already"
                yield Diagnostic(*payer.mark(name), "RUL022", message, "a name leads to one payer")


def _payer_references(payer: Payer, library: Library) -> Iterator[Diagnostic]:
    """Ids inside of payer.yaml that lead nowhere."""
    processes = [p.id for p in payer.processes]
    channels = [c.id for c in payer.channels]
    reviewers = [r.id for r in payer.reviewers]
    used: list[tuple[str, str, str, list[str]]] = []
    for p in payer.processes:
        used += [(f"process {p.id}", "channel", c, channels) for c in p.channels]
        used += [(f"process {p.id}", "reviewer", p.reviewer, reviewers)] if p.reviewer else []
    by_place = [
        *(("a turnaround", t.processes) for t in payer.turnarounds),
        *((f"the deadline {d.kind}", d.processes) for d in payer.deadlines),
        *((f"the claim rule {c.id}", c.processes) for c in payer.claim_rules),
        *((f"the exemption {e.id}", e.processes) for e in payer.exemptions),
        *((f"the reviewer {r.id}", r.processes) for r in payer.reviewers),
    ]
    used += [(where, "process", id_, processes) for where, ids in by_place for id_ in ids]
    for exemption in payer.exemptions:
        if exemption.notification:
            used.append((f"exemption {exemption.id}", "process", exemption.notification, processes))
    used += [("portals", "portal", id_, list(library.portals)) for id_ in payer.portals]
    for where, kind, id_, known in used:
        if id_ not in known:
            message = f"{where} names the {kind} {id_!r}, which isn't there"
            near = did_you_mean(id_, known)
            hint = "" if near else f"add it, or name one of: {', '.join(known) or 'none yet'}"
            yield Diagnostic(*payer.mark(id_), "RUL023", message, hint, near)


def _entry_references(entry: Entry, payer: Payer) -> Iterator[Diagnostic]:
    processes = [p.id for p in payer.processes]
    for id_ in entry.requires:
        if id_ not in processes:
            near = did_you_mean(id_, processes)
            hint = "" if near else f"its processes are {', '.join(processes) or 'none yet'}"
            yield _at(entry, "requires", "RUL024", f"{payer.name} has no process {id_!r}", hint, near)
    reviewers = [r.id for r in payer.reviewers]
    if entry.reviewer and entry.reviewer not in reviewers:
        near = did_you_mean(entry.reviewer, reviewers)
        hint = "" if near else f"its reviewers are {', '.join(reviewers) or 'none yet'}"
        yield _at(entry, "reviewer", "RUL025", f"{payer.name} has no reviewer {entry.reviewer!r}", hint, near)
    plans = [p.id for p in payer.plans]
    for id_ in sorted(entry.when.plans.named | entry.when.plans.barred):
        if id_ not in plans:
            near = did_you_mean(id_, plans)
            hint = "" if near else f"its plans are {', '.join(plans) or 'none yet'}"
            yield _at(entry, "when", "RUL026", f"{payer.name} has no plan {id_!r}", hint, near)


def _timeline(timeline: Timeline) -> Iterator[Diagnostic]:
    """Entries of one rule that leave each other no day, and withdrawals of what hasn't begun."""
    for one, other in combinations((r for r in timeline.lists if not r.entry.broken), 2):
        if one.first_day == other.first_day and one.entry.clock is other.entry.clock:
            line = one.entry.mark()[0]
            yield _at(
                other.entry,
                "from",
                "RUL027",
                f"{timeline.rule} already has an entry from {one.first_day} ({one.entry.file}, line {line})",
                "an entry lasts until the next of the same rule: give one of the two another rule name",
            )
    for gone in timeline.withdrawals:
        if not timeline.lists or gone.entry.broken:
            continue
        for code in sorted(gone.entry.withdraws.single):
            yield from _withdrawal(timeline, gone, code)


def _withdrawal(timeline: Timeline, gone: Ready, code: str) -> Iterator[Diagnostic]:
    naming = [r for r in timeline.lists if r.names(code)]
    if not naming:
        hint = f"{timeline.rule} never named it; correct the code, or give the withdrawal a rule of its own"
        yield _at(gone.entry, "withdraws", "RUL028", f"withdraws {code}, which the rule doesn't name", hint)
    elif all(r.first_day >= gone.first_day for r in naming):
        first = naming[0]
        yield _at(
            first.entry,
            "from",
            "RUL029",
            f"names {code} from {first.first_day}, but it is withdrawn from {gone.first_day}",
            f"correct one of the days or leave {code} out; the withdrawal is on line {gone.entry.mark()[0]}",
        )


def _contradictions(rules: PayerRules) -> Iterator[Diagnostic]:
    """Pairs of rules that can hold at once, disagree, and are equally specific."""
    reported: set[tuple[int, int]] = set()
    for code in rules.codes():
        timelines = rules.naming(code)
        if len(timelines) < 2:
            continue
        spans = [span for t in timelines for span in _spans(t, code)]
        for (a, a_from, a_until), (b, b_from, b_until) in combinations(spans, 2):
            key = (id(a.entry), id(b.entry))
            if key in reported or not disagree(a, b) or a.rank(code) != b.rank(code):
                continue
            start, end = max(a_from, b_from), min(a_until, b_until)
            if start <= end and _can_both_hold(a.when, b.when):
                reported.add(key)
                yield _contradiction(a, b, code, start)


def _contradiction(a: Ready, b: Ready, code: str, start: dt.date) -> Diagnostic:
    one, other = sorted((a.entry, b.entry), key=lambda e: (e.overlay, e.file, e.mark()))
    reason = f"{other.answers} here, {one.answers} in {one.rule} ({one.file}, line {one.mark()[0]})"
    if one.answers is other.answers:
        reason = f"the same process has another reviewer in {one.rule} ({one.file}, line {one.mark()[0]})"
    return _at(
        other,
        "",
        "RUL030",
        f"{other.rule} and {one.rule} disagree on {code} from {start}: {reason}",
        "say in `when` where each holds, or end one of them",
    )


def _spans(timeline: Timeline, code: str) -> Iterator[tuple[Ready, dt.date, dt.date]]:
    """For each entry that names the code: its first and last day in force."""
    one_day = dt.timedelta(days=1)
    for ready in (*timeline.lists, *timeline.withdrawals):
        if not ready.names(code) or ready.entry.broken:
            continue
        later = [
            r.first_day for r in timeline.lists if r.first_day > ready.first_day and _follows(r, ready, code)
        ]
        later += [
            r.first_day for r in timeline.withdrawals if r.first_day > ready.first_day and r.names(code)
        ]
        end = min((day - one_day for day in later), default=dt.date.max)
        yield ready, ready.first_day, min(end, ready.entry.until or dt.date.max)


def _follows(later: Ready, ready: Ready, code: str) -> bool:
    """A list ends the list before it; a withdrawal ends only when its code is named again."""
    return bool(ready.entry.codes) or later.names(code)


def _can_both_hold(a: When, b: When) -> bool:
    """Whether some question meets both conditions."""
    return all(_overlap(getattr(a, key), getattr(b, key)) for key in When.__slots__)


def _overlap(a: Choice | Bounds, b: Choice | Bounds) -> bool:
    if isinstance(a, Bounds) and isinstance(b, Bounds):
        lows = [n for n in (a.low, b.low) if n is not None]
        highs = [n for n in (a.high, b.high) if n is not None]
        return not lows or not highs or max(lows) <= min(highs)
    assert isinstance(a, Choice)
    assert isinstance(b, Choice)
    if not (a.named or b.named):
        return True
    if a.named and b.named:
        return any(b.allows(v) for v in a.named) or any(a.allows(v) for v in b.named)
    named, other = (a, b) if a.named else (b, a)
    return any(other.allows(v) for v in named.named)


def _examples(entry: Entry, library: Library) -> Iterator[Diagnostic]:
    for example in entry.examples:
        answer = require(library, question_of(example, entry), asked_on(example))
        if wrong := "; ".join(_differences(example, answer)):
            told = next((w.because for w in answer.why if w.rule == entry.rule), "")
            yield Diagnostic(
                entry.file,
                example.line,
                example.column,
                "RUL031",
                f"the example {example.title!r} fails: {wrong}",
                f"{entry.rule}: {told}" if told else "",
            )


def asked_on(example: Example) -> dt.date:
    """The day that stands for today when an example runs."""
    day = example.request_date or example.date
    assert day is not None
    return day


def question_of(example: Example, entry: Entry) -> RequirementQuery:
    """The question that an example asks. Without a code it is the entry's first."""
    code = example.code or next((c[:5] for c in (*entry.codes, *entry.withdraws)), "")
    return RequirementQuery(
        payer=entry.payer,
        code=code,
        date=example.date or asked_on(example),
        plan=example.plan,
        line_of_business=example.line_of_business,
        funding=example.funding,
        state=example.state,
        place=example.place,
        facility_type=example.facility_type,
        modifiers=example.modifiers,
        diagnoses=example.diagnoses,
        units=example.units,
        age=example.age,
        request_date=asked_on(example),
        also_billed=example.billed_with,
        coverage=example.coverage,
    )


def _differences(example: Example, answer: Requirement) -> Iterable[str]:
    want = example.expect
    if answer.outcome is not want.outcome:
        yield f"expected {want.outcome}, the answer is {answer.outcome}"
    names = [p.id for p in answer.processes]
    if want.process and sorted(want.process) != sorted(names):
        yield f"expected the process {', '.join(want.process)}, the answer has {', '.join(names) or 'none'}"
    reviewers = [p.reviewer for p in answer.processes]
    if want.reviewer is not None and want.reviewer not in reviewers:
        yield f"expected the reviewer {want.reviewer}, the answer has {', '.join(reviewers) or 'none'}"
    if want.rule is not None and want.rule not in answer.rule.split(", "):
        yield f"expected the rule {want.rule}, the answer rests on {answer.rule or 'none'}"
    if want.verify is not None and want.verify is not answer.verify:
        yield f"expected verify to be {_yes(want.verify)}, it is {_yes(answer.verify)}"
    responsible = [p.responsible for p in answer.processes]
    if want.responsible is not None and want.responsible not in responsible:
        found = ", ".join(map(str, responsible)) or "nobody"
        yield f"expected {want.responsible} to be responsible, the answer says {found}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def no_source_is_old(library: Library, today: dt.date) -> list[Diagnostic]:
    """A note for every entry whose source is older than the payer's refresh interval."""
    notes = []
    for id_, entries in library.entries.items():
        payer = library.payers.get(id_)
        for entry in entries if payer else ():
            assert payer is not None
            if entry.read_on and (today - entry.read_on).days > payer.refresh_days:
                line, column = entry.mark("source")
                message = f"{entry.rule} was last read on {entry.read_on}, over {payer.refresh_days} days ago"
                hint = "read the source again and correct `retrieved`"
                notes.append(
                    Diagnostic(entry.file, line, column, "RUL032", message, hint, severity=Severity.NOTE)
                )
    return in_order(notes)
