"""What `sop check` finds beyond the language: no "once", no "If interrupted", unknown data, jumps."""

from collections.abc import Iterable, Iterator

from authwright.core.data_names import BY_PATH
from authwright.core.diagnostics import Diagnostic, Severity, did_you_mean, in_order
from authwright.core.workflow import (
    LEAVES_A_MARK,
    Action,
    ConditionKind,
    SectionRole,
    Step,
    Value,
    Workflow,
)
from authwright.sop.data_words import known_words

# Labels that look as if they send something.
SENDS = frozenset({"submit", "send", "finish", "attest", "file", "transmit"})


def check_sop(workflow: Workflow, file: str) -> list[Diagnostic]:
    """Codes SOP030 to SOP037. `file` is the name used in the diagnostics."""
    checks = (_once, _interrupted, _names, _jumps, _people)
    return in_order(d for check in checks for d in check(workflow, file))


def walk(steps: Iterable[Step]) -> Iterator[Step]:
    """Every step, nested ones after the step that holds them."""
    for step in steps:
        yield step
        yield from walk(step.body)
        yield from walk(step.otherwise)


def _diagnostic(
    file: str,
    step: Step,
    code: str,
    message: str,
    hint: str,
    severity: Severity,
    suggestions: tuple[str, ...] = (),
) -> Diagnostic:
    at = step.position
    return Diagnostic(file, at.line, at.column, code, message, hint, suggestions, severity)


def looks_like_sending(step: Step) -> bool:
    if step.action is not Action.CLICK or not isinstance(step.target, str):
        return False
    return step.target.lower().split(" ")[0] in SENDS


def _task_steps(workflow: Workflow) -> Iterator[Step]:
    for section in workflow.sections:
        if section.role in (SectionRole.TASK, SectionRole.OTHERWISE):
            yield from walk(section.steps)


def _once(workflow: Workflow, file: str) -> Iterator[Diagnostic]:
    marks = workflow.purpose in LEAVES_A_MARK
    severity = Severity.ERROR if marks else Severity.WARNING
    once = [s for s in _task_steps(workflow) if s.once]
    for step in _task_steps(workflow):
        if looks_like_sending(step) and not step.once:
            message = f'clicking "{step.target}" looks as if it sends something to the payer'
            hint = f'write "click {step.target} once", so that it is never done twice'
            yield _diagnostic(file, step, "SOP030", message, hint, severity)
    sends = [s for s in _task_steps(workflow) if looks_like_sending(s)]
    if marks and not once and not sends:
        yield Diagnostic(
            file,
            0,
            0,
            "SOP031",
            f'an SOP of purpose {workflow.purpose} has no step with "once"',
            'write "once" at the step that leaves a mark at the payer',
        )
    for section in workflow.sections:
        if section.role is SectionRole.IF_INTERRUPTED:
            for step in walk(section.steps):
                if step.once or looks_like_sending(step):
                    message = '"If interrupted" only looks; it must not send'
                    yield _diagnostic(file, step, "SOP033", message, "remove this step", Severity.ERROR)


def _interrupted(workflow: Workflow, file: str) -> Iterator[Diagnostic]:
    steps = workflow.steps_in(SectionRole.IF_INTERRUPTED)
    if any(s.once for s in _task_steps(workflow)) or workflow.purpose in LEAVES_A_MARK:
        if not steps:
            severity = Severity.ERROR if workflow.purpose in LEAVES_A_MARK else Severity.WARNING
            yield Diagnostic(
                file,
                0,
                0,
                "SOP032",
                'the section "If interrupted" is missing',
                "say where to look for the request, what a hit looks like, and the page's words for no hit",
                severity=severity,
            )
            return
        if not any(s.action is Action.STOP and s.outcome == "not-sent" for s in walk(steps)):
            yield Diagnostic(
                file,
                steps[0].position.line,
                steps[0].position.column,
                "SOP034",
                '"If interrupted" does not say how "not sent" shows; a person must decide each time',
                'add: If it says "...", the request was not sent.',
                severity=Severity.WARNING,
            )


def _names(workflow: Workflow, file: str) -> Iterator[Diagnostic]:
    for section in workflow.sections:
        for step in walk(section.steps):
            for value in _values(step):
                if value.ref and not value.read and value.ref not in BY_PATH:
                    words = (value.words or value.ref).removeprefix("the ")
                    yield _diagnostic(
                        file,
                        step,
                        "SOP035",
                        f'"{words}" is no name of data known here; the case must hold "{value.ref}"',
                        "see docs/reference/data-names.md for the names",
                        Severity.WARNING,
                        did_you_mean(words, known_words()),
                    )


def _values(step: Step) -> list[Value]:
    values = list(step.condition.values) if step.condition else []
    return [*values, step.value] if step.value else values


def _jumps(workflow: Workflow, file: str) -> Iterator[Diagnostic]:
    """A jump back past the sending step would send again."""
    for section in workflow.sections:
        sent = False
        for step in walk(section.steps):
            sent = sent or step.once
            if step.action is Action.GO_TO and sent:
                message = "this jumps back past the step that sends"
                hint = "stop with an outcome instead, or hand over to a person"
                yield _diagnostic(file, step, "SOP036", message, hint, Severity.ERROR)
            if step.action is Action.REPEAT and any(s.once for s in walk(step.body)):
                message = "the sending step stands in a loop"
                yield _diagnostic(file, step, "SOP036", message, "send after the loop", Severity.ERROR)


def _people(workflow: Workflow, file: str) -> Iterator[Diagnostic]:
    """Conditions that no program can decide stop each run for a person: worth knowing."""
    for section in workflow.sections:
        for step in walk(section.steps):
            if step.condition and step.condition.kind is ConditionKind.SAID:
                message = f'a person will be asked whether "{step.condition.words}"'
                hint = 'say what the page shows or what the case holds, such as: if the page says "..."'
                yield _diagnostic(file, step, "SOP037", message, hint, Severity.WARNING)
