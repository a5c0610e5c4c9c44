"""Where a case's way through an SOP ends, once its steps are read: handing over, stopping, nothing to do."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, ConditionKind, Step
from authwright.sop.amend import same
from authwright.sop.playback import told

Steps = tuple[Step, ...]


def idle(step: Step) -> Step:
    """ "If you see a banner, ignore it": nobody need be asked whether it is there."""
    said = step.condition is not None and step.condition.kind is ConditionKind.SAID
    if step.action is not Action.CONDITION or not said or step.otherwise:
        return step
    if any(s.action is not Action.NOTE for s in step.body):
        return step
    return told(replace(step, action=Action.NOTE, body=()))


_BACK = re.compile(r"\b(?:it|that|this|them|these)\b", re.IGNORECASE)


def asked_with(body: Steps, words: str) -> Steps:
    """ "Ask a person to answer it": with the words of the condition, which say what "it" is."""
    return tuple(
        told(replace(s, target=f"{s.target} ({words})"))
        if s.action is Action.HUMAN and isinstance(s.target, str) and _BACK.search(s.target)
        else s
        for s in body
    )


_ENDS = frozenset({Action.STOP, Action.GO_TO, Action.HUMAN, Action.USE})


def branch_ended(step: Step) -> Step:
    """Whoever hands a case over in one case of several does not go on with it."""
    if step.action is not Action.CONDITION:
        return step
    body, otherwise = _handed_over(step.body), _handed_over(step.otherwise)
    unchanged = same(body, step.body) and same(otherwise, step.otherwise)
    return step if unchanged else replace(step, body=body, otherwise=otherwise)


def _handed_over(body: Steps) -> Steps:
    handing = [s for s in body if s.action is Action.ASSIGN and s.queue]
    body = ended(body)
    last = next((s for s in reversed(body) if s.action is not Action.NOTE), None)
    if not handing or last is None or last.action in _ENDS:
        return body
    return (*body, replace(handing[-1], action=Action.STOP, queue=None, in_words="The run ends here"))


def ended(steps: Steps) -> Steps:
    """ "Stop with outcome X and pass it to Y", "stop and ask a person": both happen, whatever their order
    on the page."""
    out = list(steps)
    for i in range(len(out) - 1):
        if (
            out[i].action is Action.STOP
            and out[i + 1].action in (Action.ASSIGN, Action.HUMAN)
            and _same_sentence(out[i], out[i + 1])
        ):
            out[i], out[i + 1] = out[i + 1], out[i]
    return tuple(out)


def _same_sentence(a: Step, b: Step) -> bool:
    return a.words == b.words and a.position.line == b.position.line
