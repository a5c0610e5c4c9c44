"""CASE.json: the data of one case for `authwright sop run`, and whether it has what the SOP needs."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from authwright.core.data_names import BY_PATH, LISTS, in_table, look_up_all, one_of_list, question_of
from authwright.core.diagnostics import Diagnostic, did_you_mean
from authwright.core.workflow import (
    Action,
    ConditionKind,
    Section,
    SectionRole,
    Step,
    Value,
    Workflow,
    from_json,
)
from authwright.runner.data import items_in, missing_in
from authwright.runner.program import all_workflows, flat, used_sections

_JSON_HINT = "names and texts stand in double quotes, and no comma stands before a closing bracket"


def read_case(text: str, file: str) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """The nested case and what is wrong with the file; None when it is no case at all."""
    found: list[Diagnostic] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [k for k, _ in pairs]
        found.extend(_twice(text, file, key) for key in dict.fromkeys(keys) if keys.count(key) > 1)
        return dict(pairs)

    try:
        case = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        where = Diagnostic(
            file, error.lineno, error.colno, "RUN001", f"this is not JSON: {error.msg}", _JSON_HINT
        )
        return None, [where]
    if not isinstance(case, dict):
        message = f"a case is an object with names and values, and this is {_kind(case)}"
        hint = 'begin with {"patient": {...}, "coverage": {...}, "service_lines": [...]}'
        return None, [Diagnostic(file, 1, 1, "RUN002", message, hint)]
    return case, found


def read_workflow(data: bytes, file: str) -> tuple[Workflow | None, list[Diagnostic]]:
    """A compiled workflow and what is wrong with the file."""
    try:
        return from_json(data), []
    except msgspec.MsgspecError as error:
        message = f"this is not a compiled workflow: {error}"
        hint = "compile the SOP again, or give the .md file itself"
        return None, [Diagnostic(file, 0, 0, "RUN005", message, hint)]


def lacking(
    workflow: Workflow, case: Mapping[str, Any], file: str, library: Mapping[str, Workflow] | None = None
) -> list[Diagnostic]:
    """Data that steps without a condition need and the case hasn't got, all at once; those of the SOPs that
    it uses among them."""
    found: dict[str, Diagnostic] = {}
    known = library or {}
    read = {
        s.save_as for one in all_workflows(workflow, known) for part in one.sections for s in flat(part.steps)
    }
    sections = [s for s in workflow.sections if s.role in _CERTAIN]
    handled = frozenset(_handled(s for part in sections for s in flat(part.steps)))
    for step, of, loops in _unconditional(workflow, sections, known):
        for value in _needed(step):
            if value.ref and not value.read and value.ref not in found and value.ref not in read | handled:
                where = missing_in(case, value.ref, loops)
                if where is not None:
                    needs = f"line {step.position.line} of {'the SOP' if of is workflow else of.id}"
                    found[value.ref] = _lacks(case, file, value, needs, where, loops)
    return list(found.values())


def documents_lacking(case: Mapping[str, Any], file: str, there: Iterable[str]) -> list[Diagnostic]:
    """Documents of the case that aren't among the files that are `there`."""
    known = set(there)
    paths = [str(p) for p in document_paths(case) if str(p) not in known]
    hint = "paths are relative to the case's own file"
    return [Diagnostic(file, 0, 0, "RUN006", f"there is no document {path}", hint) for path in paths]


def document_paths(case: Mapping[str, Any]) -> list[str]:
    return [
        str(p)
        for d in items_in(case, "documents")
        for p in look_up_all({"documents": [d]}, "documents[].path")
    ]


Loops = tuple[str, ...]

_CERTAIN = frozenset({SectionRole.SIGN_IN, SectionRole.BEFORE, SectionRole.TASK})


def _unconditional(
    workflow: Workflow, sections: Iterable[Section], library: Mapping[str, Workflow]
) -> Iterator[tuple[Step, Workflow, Loops]]:
    """Each step that is surely done, with the SOP that it is of and the lists that are gone over there.
    They don't use one another in a circle: that is found before."""
    for section in sections:
        for step, loops in _surely_done(section.steps):
            other = library.get(str(step.target)) if step.action is Action.USE else None
            if other is not None:
                yield from _unconditional(other, used_sections(other, step.section), library)
            yield step, workflow, loops


def _surely_done(steps: tuple[Step, ...], loops: Loops = ()) -> Iterator[tuple[Step, Loops]]:
    for step in steps:
        if step.action is Action.REPEAT:
            yield from _surely_done(step.body, (*loops, step.each) if step.each else loops)
        elif step.action is not Action.CONDITION:
            yield step, loops


_ENDS = frozenset({Action.HUMAN, Action.STOP, Action.GO_TO})


def _handled(steps: Iterable[Step]) -> Iterator[str]:
    """Data whose absence the SOP itself provides for: "If the phone is missing, ask a person for it"."""
    for step in steps:
        asked = step.condition
        if step.action is not Action.CONDITION or asked is None or asked.all_of:
            continue
        for part in (asked, *asked.any_of):
            branch = step.body if part.negated else step.otherwise if part is asked else ()
            if (
                part.kind is ConditionKind.PRESENT
                and part.subject
                and any(s.action in _ENDS for s in flat(branch))
            ):
                yield part.subject


def _needed(step: Step) -> list[Value]:
    if step.action is Action.SIGN_IN:
        return [
            Value(ref="credentials.username", words="the user name"),
            Value(ref="credentials.password", words="the password"),
        ]
    if step.value is None or step.action in (Action.UPLOAD, Action.ENTER_CODE):
        return []
    if step.action is Action.VERIFY and step.max_length is not None:
        return []  # what isn't there isn't too long
    return [step.value]


def _lacks(
    case: Mapping[str, Any], file: str, value: Value, needs: str, where: str, loops: Loops
) -> Diagnostic:
    said = value.words or value.ref or ""
    message = f"the case has no {said.removeprefix('the ')}{where}, which {needs} needs"
    ref = value.ref or ""
    if question := question_of(ref):
        hint = f'give it as clinical.answers: {{"question": "{question}", "answer": "..."}}'
        return Diagnostic(file, 0, 0, "RUN004", message, hint)
    if not in_table(ref) and (hint := _in_lists(case, ref, loops)):
        return Diagnostic(file, 0, 0, "RUN004", message, hint)
    hint = f"give it as {ref}" + _aliases(ref)
    near = did_you_mean(ref, [p for p in _paths(case) if p not in BY_PATH], limit=2)
    return Diagnostic(file, 0, 0, "RUN004", message, hint, near)


def _in_lists(case: Mapping[str, Any], ref: str, loops: Loops) -> str:
    """What to do about a name outside of the table that may stand, or stands, in the elements of a list."""
    if loops:
        return f"give it as {ref} in each {one_of_list(loops[-1])}, or once in the case for all of them"
    holds = next((p for p in LISTS if any(look_up_all(item, ref) for item in items_in(case, p))), "")
    one = one_of_list(holds)
    return f'the {one} has it: use it in a step under "For each {one}:", or give it as {ref}' if holds else ""


def _aliases(ref: str) -> str:
    aliases = BY_PATH[ref].aliases if ref in BY_PATH else ()
    return f" (or {', '.join(aliases[:2])})" if aliases else ""


def _paths(node: Any, path: str = "") -> Iterator[str]:
    """The paths of everything in the case, lists as `name[]`."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _paths(value, f"{path}.{key}" if path else str(key))
    elif isinstance(node, list) and any(isinstance(v, Mapping) for v in node):
        for value in node:
            yield from _paths(value, f"{path}[]")
    else:
        yield path


def _twice(text: str, file: str, key: str) -> Diagnostic:
    places = [m.start() for m in re.finditer(re.escape(json.dumps(key)) + r"\s*:", text)]
    at = places[1] if len(places) > 1 else 0
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    message = f'"{key}" is given twice here: only the last would count'
    return Diagnostic(file, line, column, "RUN003", message, "keep one of them")


def _kind(value: Any) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
