"""Rows of a payer-data table -> the text of a rules file.

A row is one code that a source names. Rows that say the same of a code (from several sources, or one
without the date that another has) are joined; codes that share everything become one entry. What a
source's words mean is never guessed: a `Translation` says so, and a row that it doesn't cover is left
out with a diagnostic. No entry is ever `complete`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from authwright.core.diagnostics import Diagnostic, Severity
from authwright.core.requirement import Outcome
from authwright.rules.tables import LEVELS, TableRow, level
from authwright.rules.yaml_text import flow, scalar

WhenKeys = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a table's words for a requirement mean. `left_out` says why such rows make no rule.

    `removed` means that the row's end is the day of a withdrawal. `states` are named by the words.
    """

    outcome: Outcome = Outcome.REQUIRED
    requires: tuple[str, ...] = ()
    question: str = ""
    removed: bool = False
    states: tuple[str, ...] = ()
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """What a setting's words mean: where it holds, and there another first day or meaning than the row's.

    No variant at all: other rows say it better.
    """

    when: WhenKeys = field(default_factory=dict)
    meaning: Meaning | None = None
    keep_words: bool = False
    start: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """From a source's words to the library's: `requirements`, `settings`, `scopes` by the exact words,
    `codes` adds conditions to single codes, `titles` names the hosts of sources. With
    `unknown_before` nothing else in the library names these codes at these places, so that the day
    before a rule begins is unknown; the examples then say so."""

    prefix: str
    requirements: Mapping[str, Meaning]
    settings: Mapping[str, tuple[Variant, ...]]
    scopes: Mapping[str, WhenKeys]
    codes: Mapping[str, WhenKeys] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    unknown_before: bool = False


@dataclass(frozen=True, slots=True)
class _Fact:
    """What is said of one code, by which rows."""

    code: str
    category: str
    meaning: Meaning
    when: tuple[tuple[str, str], ...]
    start: dt.date | None
    end: dt.date | None
    notes: tuple[str, ...]
    sources: tuple[TableRow, ...]
    question: Mapping[str, str] = field(default_factory=dict, compare=False)
    named_again: dt.date | None = None

    def said(self) -> tuple[object, ...]:
        return self.code, self.meaning, self.when


def rules_yaml(
    rows: Iterable[TableRow], translation: Translation, heading: str
) -> tuple[str, list[Diagnostic]]:
    """The text of a rules file for `rows`, and what was left out and why. Same rows, same text."""
    facts: list[_Fact] = []
    diagnostics: list[Diagnostic] = []
    for row in rows:
        found, problems = _facts(row, translation)
        facts += found
        diagnostics += problems
    groups = _group(_end_withdrawals(_join(facts)))
    names = _rule_names(groups, translation.prefix)
    lines = [f"# {line}" for line in heading.splitlines()]
    for name, group in zip(names, groups, strict=True):
        lines += _entries(name, group, translation)
    return "\n".join(lines) + "\n", diagnostics


def _facts(row: TableRow, translation: Translation) -> tuple[list[_Fact], list[Diagnostic]]:
    def left_out(message: str, hint: str) -> tuple[list[_Fact], list[Diagnostic]]:
        told = Diagnostic(row.file, row.line, 0, "RUL033", message, hint, severity=Severity.WARNING)
        return [], [told]

    meaning = translation.requirements.get(row.requirement)
    variants = translation.settings.get(row.setting)
    scope = translation.scopes.get(row.scope)
    for words, what, known in (
        (row.requirement, "requirement", meaning),
        (row.setting, "setting", variants),
        (row.scope, "plan scope", scope),
    ):
        if known is None:
            return left_out(
                f"{row.code}: no translation for the {what} {words!r}", "add it to the translation"
            )
    assert meaning is not None and variants is not None and scope is not None
    if meaning.left_out:
        return left_out(f"{row.code}: left out: {meaning.left_out}", "")
    facts = []
    for variant in variants:
        states = {"states": list(meaning.states)} if meaning.states else {}
        when = {**scope, **variant.when, **states, **translation.codes.get(row.code, {})}
        notes = tuple(n for n in (row.setting if variant.keep_words else "", row.note) if n)
        ordered = tuple(sorted((k, flow(v)) for k, v in when.items()))
        said = variant.meaning or meaning
        start = variant.start or row.start
        question = _question(when)
        facts.append(_Fact(row.code, row.category, said, ordered, start, row.end, notes, (row,), question))
    return facts, []


def _join(facts: Sequence[_Fact]) -> list[_Fact]:
    """Rows that say the same of a code become one fact with several sources. A row without dates joins
    one that has them; where dates differ, the row that comes first in order of trust is taken."""
    joined: dict[tuple[object, ...], _Fact] = {}
    for fact in sorted(facts, key=lambda f: _trust(f.sources[0])):
        before = joined.get(fact.said())
        if before is None:
            joined[fact.said()] = fact
            continue
        joined[fact.said()] = replace(
            before,
            category=before.category if not before.category.startswith("(") else fact.category,
            start=before.start or fact.start,
            end=before.end or fact.end,
            notes=tuple(dict.fromkeys((*before.notes, *fact.notes))),
            sources=(*before.sources, *fact.sources),
        )
    return list(joined.values())


def _end_withdrawals(facts: Sequence[_Fact]) -> list[_Fact]:
    """A withdrawal of a code that another rule names again later ends on the day before."""
    ended: list[_Fact] = []
    for fact in facts:
        if fact.meaning.removed and fact.end:
            starts = (f.start for f in facts if f.code == fact.code and f is not fact)
            again = [start for start in starts if start and start > fact.end]
            if again:
                fact = replace(fact, named_again=min(again))
        ended.append(fact)
    return ended


def _trust(row: TableRow) -> tuple[bool, bool, int, str, int]:
    """The program's own page first, then dated rows, then the surer ones; the rest as in the tables."""
    own = ".gov/" in row.url or row.url.endswith(".gov")
    return (
        not own,
        row.end is None and row.start is None,
        LEVELS.index(level(row.confidence)),
        row.file,
        row.line,
    )


def _group(facts: Sequence[_Fact]) -> list[list[_Fact]]:
    """Codes that share everything but the code."""
    groups: dict[tuple[object, ...], list[_Fact]] = {}
    for fact in sorted(facts, key=lambda f: (f.category, str(f.start), f.code)):
        sources = tuple((s.url, s.published, s.confidence) for s in fact.sources)
        days = (fact.start, fact.end, fact.named_again)
        key = (fact.category, fact.meaning, fact.when, days, fact.notes, sources)
        groups.setdefault(key, []).append(fact)
    return list(groups.values())


def _rule_names(groups: Sequence[Sequence[_Fact]], prefix: str) -> list[str]:
    """The category as a name; a number tells apart the groups of one category."""
    names: list[str] = []
    for group in groups:
        slug = re.sub(r"[^a-z0-9]+", "-", group[0].category.split("(only")[0].casefold()).strip("-")
        name = f"{prefix}-{slug}"
        number = sum(n == name or re.fullmatch(re.escape(name) + r"-\d+", n) is not None for n in names)
        names.append(f"{name}-{number + 1}" if number else name)
    return names


def _entries(name: str, group: Sequence[_Fact], translation: Translation) -> list[str]:
    """A list entry, and for removed codes a withdrawal after it (or alone, if it never began)."""
    fact = group[0]
    codes = flow([f.code for f in group])
    before = "unknown" if translation.unknown_before else ""
    if not fact.meaning.removed:
        lines = _entry(name, f"codes: {codes}", fact, fact.start, fact.end, translation)
        return lines + _examples(fact, fact.start, before, fact.meaning.outcome)
    lines = []
    if fact.start and fact.end and fact.start < fact.end:
        begun = replace(fact, meaning=translation.requirements[_named_before(translation)])
        lines += _entry(name, f"codes: {codes}", begun, fact.start, None, translation)
        lines += _examples(begun, begun.start, before, begun.meaning.outcome)
        before = begun.meaning.outcome.value
    until = fact.named_again - _ONE_DAY if fact.named_again else None
    lines += _entry(name, f"withdraws: {codes}", fact, fact.end, until, translation)
    return lines + _examples(fact, fact.end, before, Outcome.NOT_REQUIRED)


_ONE_DAY = dt.timedelta(days=1)


def _examples(fact: _Fact, day: dt.date | None, before: str, outcome: Outcome) -> list[str]:
    """The day before a change (where it is known what held) and the day of it."""
    if day is None:
        return []
    asked = ", ".join(f"{key}: {value}" for key, value in {"code": fact.code, **fact.question}.items())
    lines = ["  examples:"]
    if before:
        lines.append(
            f"    - The day before: {{{asked}, date: {day - _ONE_DAY}, expect: {{outcome: {before}}}}}"
        )
    return [*lines, f"    - The first day: {{{asked}, date: {day}, expect: {{outcome: {outcome}}}}}"]


# What an example says where the condition only bars values: the first that isn't barred.
_ORDINARY = {
    "states": ("GA", "CO", "FL"),
    "places": ("22", "11", "24"),
    "facility_types": ("hospital-outpatient",),
    "diagnoses": ("M54.50",),
}
_ASKED_AS = {
    "plans": "plan",
    "lines_of_business": "line_of_business",
    "funding": "funding",
    "states": "state",
    "places": "place",
    "facility_types": "facility_type",
    "diagnoses": "diagnoses",
    "billed_with": "billed_with",
}


def _question(when: WhenKeys) -> dict[str, str]:
    """Facts for which the conditions hold."""
    question: dict[str, str] = {}
    for key, choice in when.items():
        if isinstance(choice, Mapping):
            barred = choice.get("not", ())
            values = [v for v in _ORDINARY[key] if v not in barred]
        else:
            assert isinstance(choice, (list, tuple))
            values = list(choice)
        question[_ASKED_AS[key]] = values[0]
    return question


def _named_before(translation: Translation) -> str:
    """What a removed code needed before: the translation's first requirement."""
    return next(iter(translation.requirements))


def _entry(
    name: str,
    codes: str,
    fact: _Fact,
    start: dt.date | None,
    until: dt.date | None,
    translation: Translation,
) -> list[str]:
    meaning = fact.meaning
    withdraws = codes.startswith("withdraws")
    lines = ["", f"- rule: {name}", f"  {codes}"]
    if fact.when and not (withdraws and fact.start):  # a withdrawal takes the scope of its list
        lines.append("  when: {" + ", ".join(f"{k}: {v}" for k, v in fact.when) + "}")
    if meaning.requires and not withdraws:
        lines.append(f"  requires: {flow(list(meaning.requires))}")
    if meaning.outcome is not Outcome.REQUIRED and not withdraws:
        lines.append(f"  outcome: {meaning.outcome}")
    if meaning.question and not withdraws:
        lines.append(f"  question: {scalar(meaning.question)}")
    lines.append(f"  from: {start or 'unknown'}")
    if until:
        lines.append(f"  until: {until}")
    lines.append("  source:")
    for row in fact.sources:
        lines += _source(row, translation)
    if fact.notes:
        lines.append("  notes:")
        lines += [f"    - {scalar(note)}" for note in fact.notes]
    return lines


def _source(row: TableRow, translation: Translation) -> list[str]:
    url, _, page = row.url.partition(" ")
    host = url.split("/")[2] if url.count("/") >= 2 else url
    title = translation.titles.get(host, f"page of {host}")
    parts = {"title": title, "url": url, "page": page, "published": row.published}
    lines = [f"      {key}: {scalar(value)}" for key, value in parts.items() if value]
    lines[0] = "    - " + lines[0].strip()
    if row.retrieved:
        lines.append(f"      retrieved: {row.retrieved}")
    lines.append(f"      confidence: {level(row.confidence)}")
    if row.confidence not in LEVELS:
        lines.append(f"      note: {scalar(row.confidence)}")
    return lines
