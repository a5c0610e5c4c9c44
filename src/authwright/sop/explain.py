"""The playback: what was understood, as JSON for scripts and as text for the author to approve."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from authwright.core.diagnostics import Diagnostic
from authwright.core.workflow import Action, Condition, SectionRole, Step, Value, Workflow
from authwright.sop.account import ROLE_WORDS, Account, Row
from authwright.sop.data_words import path_of


def explain_json(workflow: Workflow | None, diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """The form of `authwright sop explain --json`: flat steps in order of doing, and diagnostics.

    A condition puts its words on every step that it governs; a repeat stands before its body, whose
    steps have its index in `inside`.
    """
    steps: list[dict[str, Any]] = []
    for section in workflow.sections if workflow else ():
        if section.role is not SectionRole.BEFORE:
            _flatten(section.steps, steps, (), None)
    return {"steps": steps, "diagnostics": [d.as_json() for d in diagnostics]}


def _flatten(
    steps: Sequence[Step], out: list[dict[str, Any]], conditions: tuple[str, ...], inside: int | None
) -> None:
    for step in steps:
        if step.action is Action.CONDITION and step.condition:
            words = _condition_words(step.condition)
            _flatten(step.body, out, (*conditions, words), inside)
            _flatten(step.otherwise, out, (*conditions, f"otherwise (not: {words})"), inside)
            continue
        out.append(_flat(step, conditions, inside))
        if step.suggest:
            out.append({**out[-1], "action": Action.SELECT.value, "target_kind": "dropdown"})
        _flatten(step.body, out, conditions, len(out) - 1 if step.action is Action.REPEAT else inside)


def _condition_words(condition: Condition) -> str:
    return condition.words


def _flat(step: Step, conditions: tuple[str, ...], inside: int | None) -> dict[str, Any]:
    own = step.condition.words if step.condition else f"for each of {step.each}" if step.each else None
    words = [*conditions, own] if own else list(conditions)
    target = list(step.target) if isinstance(step.target, tuple) else step.target
    return {
        "line": step.position.line,
        "column": step.position.column,
        "action": step.action.value,
        "target": target,
        "target_kind": step.target_kind.value if step.target_kind else None,
        "value": _read_value(step) if step.action is Action.READ else _value(step.value),
        "condition": " and ".join(words) or None,
        "inside": inside,
        "once": step.once,
        "in_words": step.in_words,
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {"literal": value.literal} if value.ref is None else {"ref": value.ref, "words": value.words}


def _read_value(step: Step) -> dict[str, Any]:
    """What is read goes into a name of data: the table's, or the author's own."""
    words = (step.save_as or "").replace("_", " ")
    return {"ref": path_of(words) or step.save_as, "words": words}


Paint = Callable[[str, str], str]
"""A text in the style of its kind: heading, author, meaning, mark, finding."""

WIDTH = 100


def explain_text(account: Account, paint: Paint = lambda kind, text: text, width: int = WIDTH) -> str:
    """Under each sentence of the author what will be done, in other words; the end says what is sent."""
    lines = [paint("heading", account.title)]
    lines += _wrapped("", ", ".join(account.facts), width)
    lines += [paint("finding", _finding(d)) for d in account.findings]
    for part in account.parts:
        lines += ["", paint("heading", part.title)]
        lines.append(f"({ROLE_WORDS[part.role]})")
        for row in part.rows:
            lines += _row(row, part.role, paint, width)
    lines += ["", *_end(account, paint, width)]
    return "\n".join(lines)


def _row(row: Row, role: SectionRole, paint: Paint, width: int) -> Iterator[str]:
    margin = "   " * row.depth
    yield from (paint("author", x) for x in _wrapped(f"{row.line:>4}  {margin}", row.words, width))
    if role is not SectionRole.BEFORE:
        for meaning in row.meanings:
            colon = ":" if meaning.action in _HEADS else ""
            lead = f"      {margin}{'   ' * meaning.depth}-> "
            yield from (paint("meaning", x) for x in _wrapped(lead, meaning.text + colon, width))
            if meaning.mark:
                lead = " " * len(lead)
                yield from (paint("mark", x) for x in _wrapped(lead, MARK_WORDS, width))
    for found in row.findings:
        yield from (paint("finding", x) for x in _wrapped(f"      {margin}!! ", _finding(found), width))


_HEADS = frozenset({Action.CONDITION, Action.REPEAT})
MARK_WORDS = "THIS IS SENT TO THE PAYER, one time only"


def _wrapped(lead: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 40), initial_indent=lead, subsequent_indent=" " * len(lead)) or [
        lead
    ]


def _finding(found: Diagnostic) -> str:
    near = f"did you mean: {', '.join(found.suggestions)}" if found.suggestions else ""
    more = "; ".join(filter(None, (found.hint, near)))
    return f"{found.severity} {found.code}: {found.message}{f' ({more})' if more else ''}"


def _end(account: Account, paint: Paint, width: int) -> Iterator[str]:
    kind = "mark" if account.marks or account.unsaid or account.unread else "heading"
    yield from (paint(kind, sentence) for sentence in sent_words(account))
    if account.needs:
        yield from _wrapped("Needs: ", "; ".join(account.needs), width)
    yield f"Meaning {account.meaning[:12]}"


def sent_words(account: Account) -> list[str]:
    """What leaves a mark at the payer, honestly said."""
    used = ", ".join(account.used)
    elsewhere = [f"What is sent by {used}, which it uses, is said there."] if used else []
    elsewhere += [
        f'But {m.words}, at line {m.line}, looks as if it sends and does not say "once".'
        for m in account.unsaid
    ]
    if account.unread:
        errors = "1 error" if account.unread == 1 else f"{account.unread} errors"
        elsewhere.append(f"But it has {errors}: what could not be read is missing here, and it can't be run.")
    if not account.marks:
        return ["Nothing here is sent to the payer.", *elsewhere]
    sent = [f"Sent to the payer once, at line {mark.line}: {mark.words}." for mark in account.marks]
    return [*sent, *elsewhere]
