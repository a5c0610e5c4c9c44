"""The playback: what was understood, as JSON for scripts and as text for the author to approve."""

from collections.abc import Iterable, Sequence
from typing import Any

from authwright.core.diagnostics import Diagnostic
from authwright.core.workflow import Action, Condition, SectionRole, Step, Value, Workflow
from authwright.sop.data_words import path_of
from authwright.sop.naming import Naming
from authwright.sop.playback import say


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


_ROLE_WORDS = {
    SectionRole.SIGN_IN: "signing in",
    SectionRole.TASK: "the work",
    SectionRole.IF_INTERRUPTED: "only after an interruption: was it sent?",
    SectionRole.OTHERWISE: "watched for at every step",
}


def explain_text(workflow: Workflow, diagnostics: Sequence[Diagnostic] = ()) -> str:
    """Section by section, in other words than the author's; what leaves a mark is named at the end."""
    lines = [f"{workflow.title or workflow.id} ({workflow.id})"]
    lines.append(f"purpose {workflow.purpose}, portal {workflow.portal or '-'}")
    marks: list[Step] = []
    for section in workflow.sections:
        if section.role is SectionRole.BEFORE:
            continue
        lines += ["", f"{section.title} - {_ROLE_WORDS[section.role]}"]
        for number, step in enumerate(section.steps, 1):
            _tell(step, f"{number}.", 1, lines, marks)
    lines.append("")
    if marks:
        told = "; ".join(f"line {s.position.line}: {s.target or s.action}" for s in marks)
        lines.append(f"Leaves a mark at the payer: {told}")
    else:
        lines.append("Nothing here is marked as leaving a mark at the payer.")
    if workflow.data_used:
        lines.append(f"Needs from the case: {', '.join(workflow.data_used)}")
    lines.append(f"Meaning {workflow.meaning_hash[:12]}")
    return "\n".join(lines)


def _tell(step: Step, number: str, depth: int, lines: list[str], marks: list[Step]) -> None:
    if step.once:
        marks.append(step)
    colon = ":" if step.body else ""
    lines.append(f"{'   ' * depth}{number} {step.in_words or say(step)}{colon}")
    for index, inner in enumerate(step.body, 1):
        _tell(inner, f"{number}{index}.", depth + 1, lines, marks)
    if step.otherwise and step.condition:
        lines.append(f"{'   ' * depth}{number} If not ({Naming().condition(step.condition)}):")
        for index, inner in enumerate(step.otherwise, 1):
            _tell(inner, f"{number}{index}.", depth + 1, lines, marks)
