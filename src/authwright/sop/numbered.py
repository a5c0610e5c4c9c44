"""One field after the other for the elements of a list: "repeat this for CPT 2 and CPT 3"."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, Condition, ConditionKind, Step, Value
from authwright.sop.errors import ReadingError
from authwright.sop.openings import Reading
from authwright.sop.playback import told
from authwright.sop.scene import Scene
from authwright.sop.tokens import Tokens, words_of

_AGAIN = re.compile(
    r"(?:(?P<lead>(?:if|when|should|where) [^,]+|for (?:more|further|other|additional) [^,]+), )?"
    r"(?:repeat|do) (?:this|it|that|the same|the above|this step)(?: again)? (?:for|in|with) (?P<labels>.+)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?P<stem>.*?\D)(?P<number>\d{1,2})")
_ENTRIES = frozenset({Action.FILL, Action.SELECT})


def next_fields(tokens: Tokens, scene: Scene) -> Reading | None:
    """The step before once more, in the fields numbered after its own, for the elements after its own.

    Each under the condition that the case has such an element. None when the labels aren't numbered so.
    """
    found = _AGAIN.fullmatch(words_of(tokens).strip(" ."))
    before = scene.steps[-1] if scene.steps else None
    if before is not None and before.action is Action.CONDITION and len(before.body) == 1:
        before = before.body[0]
    if found is None or before is None or before.action not in _ENTRIES or not isinstance(before.target, str):
        return None
    own = _NUMBERED.fullmatch(before.target)
    labels = [x.strip(' "') for x in re.split(r",? and |, ", found["labels"])]
    numbered = [_NUMBERED.fullmatch(label) for label in labels]
    if own is None or not all(n and n["stem"] == own["stem"] for n in numbered):
        return None
    if before.value is None or "[]." not in (before.value.ref or "") or before.once:
        raise ReadingError(
            "SOP014", tokens[0].start, "what goes into the further fields is not said",
            'write a step for each: "enter the ... in LABEL 2"',
        )  # fmt: skip
    if before is scene.steps[-1]:
        scene.steps[-1] = told(replace(before, value=replace(before.value, index=int(own["number"]))))
    at = tokens[0].start
    copies = [_copy(before, label, before.value, scene, at) for label in labels]
    return Reading(tuple(copies))


def _copy(before: Step, label: str, value: Value, scene: Scene, at: int) -> Step:
    number = int(label.rsplit(" ", 1)[-1])
    words = (value.words or "").rstrip("0123456789 ")
    chosen = replace(value, index=number, words=f"{words} {number}")
    condition = Condition(
        ConditionKind.PRESENT, f"there is {words} {number}", subject=value.ref, values=(chosen,)
    )
    again = told(
        replace(before, target=label, value=chosen, position=scene.ctx.position(at), words=scene.ctx.words)
    )
    return scene.ctx.step(Action.CONDITION, at, condition=condition, body=(again,))
