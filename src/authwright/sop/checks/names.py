"""Names of data: unknown ones, such as are read and not used, and such as are used before they are read."""

from collections.abc import Iterator

from authwright.core.data_names import BY_PATH, one_of_list, question_of
from authwright.core.data_table import DATA_NAMES
from authwright.core.diagnostics import Diagnostic, Severity, did_you_mean
from authwright.core.run import RECORDED
from authwright.core.workflow import LEAVES_A_MARK, Action, ConditionKind, Purpose, SectionRole, Step
from authwright.sop.checks.facts import impossible
from authwright.sop.checks.seen import Branch, Seen, Visit, conditions_of, values_of
from authwright.sop.data_words import known_words, path_of

# Here what is read is what the SOP is for: it is shown as the answer.
_ANSWERS = frozenset(Purpose) - LEAVES_A_MARK - {Purpose.SIGN_IN}
_PASSES = (
    (SectionRole.SIGN_IN, SectionRole.TASK),
    (SectionRole.IF_INTERRUPTED,),
    (SectionRole.OTHERWISE,),
)
_OF_ITS_VALUE = frozenset(
    {ConditionKind.EQUALS, ConditionKind.LESS, ConditionKind.MORE, ConditionKind.STARTS_WITH}
)
_OF_THE_CASE = _OF_ITS_VALUE | {ConditionKind.PRESENT}


def check(seen: Seen) -> Iterator[Diagnostic]:
    reads = [v for v in seen.visits if v.step.action is Action.READ and v.step.save_as]
    known = {v.step.save_as for v in reads} | {
        v.step.save_as for v in seen.visits if v.step.action is Action.KEEP
    }
    yield from _unknown(seen, known)
    yield from _records(seen)
    yield from _before_read(seen, reads)
    yield from _never_read(seen, reads)
    if seen.workflow.purpose not in _ANSWERS:
        yield from _never_used(seen, reads)


def _unknown(seen: Seen, known: set[str | None]) -> Iterator[Diagnostic]:
    for visit in seen.visits:
        for ref, words in _named(visit.step):
            if ref in BY_PATH or ref in known or ref in seen.around.names or question_of(ref):
                continue
            if any(f.kind is ConditionKind.PRESENT and f.subject == ref and f.holds for f in visit.facts):
                continue  # told where it is asked about
            bare = words.removeprefix("the ")
            yield seen.at(
                visit.step,
                "SOP035",
                f'"{bare}" is no name of data known here; {_who_holds(visit, ref)}',
                "see docs/reference/data-names.md for the names",
                suggestions=did_you_mean(bare, known_words()),
            )


def _who_holds(visit: Visit, ref: str) -> str:
    """Where a name that the table doesn't hold is looked for."""
    branch, of_list, name = ref.partition("[].")
    each = next((s.each for s in reversed(visit.loops) if s.each), None)
    if of_list:
        who, name = f"each {one_of_list(branch)} of the case", name
    else:
        who, name = f"the {one_of_list(each)} or the case" if each else "the case", ref
    asked = any(c.kind is ConditionKind.PRESENT and c.subject == ref for c in conditions_of(visit.step))
    return f'{who} {"may" if asked else "must"} hold "{name}"'


_TELLING = frozenset({"name", "code", "npi"})
_ONE_VALUE = frozenset({Action.FILL, Action.SELECT, Action.CHECK, Action.VERIFY, Action.CLICK})


def _records(seen: Seen) -> Iterator[Diagnostic]:
    """Where one value is needed, a name of several data says nothing: the patient, the diagnosis."""
    for visit in seen.visits:
        for ref in sorted(_needs_one(visit.step)):
            parts = [n for n in DATA_NAMES if n.path.startswith((f"{ref}.", f"{ref}[]."))]
            if parts:
                words = BY_PATH[ref].words[0] if ref in BY_PATH else ref
                message = f"the {words} has several data, and one value is needed here"
                near = tuple(n.words[0] for n in parts if n.path.rpartition(".")[2] in _TELLING)
                yield seen.at(visit.step, "SOP035", message, "say which of them is meant", suggestions=near)


def _needs_one(step: Step) -> set[str]:
    values = [step.value] if step.value and step.action in _ONE_VALUE else []
    values += [v for c in conditions_of(step) for v in (*c.values, *c.without)]
    subjects = {c.subject for c in conditions_of(step) if c.kind in _OF_ITS_VALUE and c.subject}
    return subjects | {v.ref for v in values if v.ref and not v.read}


def _named(step: Step) -> Iterator[tuple[str, str]]:
    """(path, the author's words) of everything that the step takes from the case."""
    for value in values_of(step):
        if value.ref and not value.read:
            yield value.ref, value.words or value.ref
    for condition in conditions_of(step):
        if condition.kind in _OF_THE_CASE and condition.subject:
            yield condition.subject, condition.subject.rpartition("[].")[2].replace("_", " ")


def _used(step: Step) -> set[str]:
    names = {v.ref for v in values_of(step) if v.ref}
    subjects = {c.subject for c in conditions_of(step) if c.subject}
    return names | subjects | ({"status"} if _asks_status(step) else set())


def _asks_status(step: Step) -> bool:
    return any(c.kind is ConditionKind.STATUS for c in conditions_of(step))


def _never_used(seen: Seen, reads: list[Visit]) -> Iterator[Diagnostic]:
    used = {name for v in seen.visits for name in _used(v.step)}
    told: set[str] = set()
    for visit in reads:
        name = visit.step.save_as or ""
        if name in RECORDED or name in used or name in told or _of_answer(name):
            continue
        told.add(name)
        words = name.replace("_", " ")
        yield seen.at(
            visit.step, "SOP041", f"the {words} is read, and then neither used nor kept", _use_for(words)
        )


def _of_answer(name: str) -> bool:
    """What the payer certifies is the answer to the request: who reads the run wants to see it."""
    return (path_of(name.replace("_", " ")) or "").startswith("certification.")


def _use_for(words: str) -> str:
    path = path_of(words) or ""
    means = path.rpartition(".")[2]
    if path.startswith("submission.") and means in RECORDED:
        means = means.replace("_", " ")
        return f'write "read the {words} as the {means}": under that name it is recorded'
    if words.endswith((" number", " id")):
        return f'is it what the payer calls this request, write "read the {words} as the reference number"'
    return f'add "keep the {words} on the case", or leave the reading out'


def _before_read(seen: Seen, reads: list[Visit]) -> Iterator[Diagnostic]:
    """Within one pass: signing in and the work, looking after an interruption, what is watched for."""
    order = {id(v.step): n for n, v in enumerate(seen.visits)}
    for roles in _PASSES:
        own = [r for r in reads if r.section.role in roles]
        names = {r.step.save_as for r in own}
        for visit in seen.of(*roles):
            refs = {v.ref for v in values_of(visit.step) if v.ref and v.ref not in BY_PATH}
            for name in sorted(r for r in refs if r in names):
                of_it = [r for r in own if r.step.save_as == name]
                before = [r for r in of_it if order[id(r.step)] < order[id(visit.step)]]
                yield from _one_use(seen, visit, name.replace("_", " "), of_it, before)


def _never_read(seen: Seen, reads: list[Visit]) -> Iterator[Diagnostic]:
    """A condition on what nothing reads: it would count as empty, and the run take that way."""
    for roles in _PASSES:
        known = {r.step.save_as for r in reads if r.section.role in roles}
        for visit in seen.of(*roles):
            for condition in conditions_of(visit.step):
                if condition.kind is ConditionKind.READ_EQUALS and condition.subject not in known:
                    words = (condition.subject or "").replace("_", " ")
                    message = f"the {words} is asked about here, and nothing reads it"
                    hint = f"read it before: Read the {words}."
                    yield seen.at(visit.step, "SOP042", message, hint, Severity.ERROR)


def _one_use(
    seen: Seen, use: Visit, words: str, readings: list[Visit], before: list[Visit]
) -> Iterator[Diagnostic]:
    line = readings[0].step.position.line
    if not before:
        message = f"the {words} is used here, and read only at line {line}"
        yield seen.at(use.step, "SOP042", message, "read it before it is used")
    elif not _surely(before, use):
        message = f"the {words} is used here in every case, and was read only in some"
        hint = f"use it under the same condition as it is read (line {line})"
        yield seen.at(use.step, "SOP042", message, hint)


def _surely(before: list[Visit], use: Visit) -> bool:
    """Whether each way to the use has passed one of the readings."""
    taken = [_choices(r) for r in before]
    ways = {_ways(branches) for branches in taken}
    grown = True
    while grown:  # read in both branches of a condition is read after it
        both = {w[:-1] for w in ways if w and (*w[:-1], (w[-1][0], not w[-1][1])) in ways}
        grown = not both <= ways
        ways |= both
    on = set(_ways(use.branches))
    if any(set(w) <= on for w in ways) or any(all(_holds(b, use) for b in branches) for branches in taken):
        return True
    passed_by = [f for branches in taken if len(branches) == 1 for f in branches[0].other.facts]
    return impossible(passed_by, use.facts)


def _choices(reading: Visit) -> tuple[Branch, ...]:
    """The branches that decide whether a run that comes to a later step has passed the reading: not those
    whose other way ended the run."""
    return tuple(b for b in reading.branches if not b.ends_other)


def _ways(branches: tuple[Branch, ...]) -> tuple[tuple[int, bool], ...]:
    return tuple((id(b.step), b.holds) for b in branches)


def _holds(branch: Branch, use: Visit) -> bool:
    same_way = any(b.step is branch.step and b.holds == branch.holds for b in use.branches)
    if same_way or (branch.facts and set(branch.facts) <= set(use.facts)):
        return True
    return impossible(branch.other.facts, use.facts)
