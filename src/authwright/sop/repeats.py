"""Doing earlier steps again: "repeat steps 3 to 5 for each further service line", "do the same for every document"."""

import re

from authwright.core.workflow import Action, Step
from authwright.sop.bounds import MOST_ROUNDS, split_bound
from authwright.sop.conditions import read_condition
from authwright.sop.context import Context
from authwright.sop.data_words import list_of, path_of
from authwright.sop.errors import ReadingError
from authwright.sop.openings import Reading
from authwright.sop.scene import Scene
from authwright.sop.settling import refuse_unseen
from authwright.sop.tokens import Tokens, tokenise, words_of

_EACH = (
    r"(?:each|every|all|any)(?: of)?(?: the)?(?: (?:further|other|additional|remaining|more|next|following))?"
)
_STEPS = re.compile(
    r"(?:then )?(?:repeat|redo|do) (?:steps? )(?P<a>\w+)(?: ?(?:to|through|-|\u2013|and|thru) ?(?:step )?(?P<b>\w+))?(?: again)? "
    rf"(?:for {_EACH} (?P<each>[\w ]+?)|until (?P<until>.+))",
    re.IGNORECASE,
)
_SAME = re.compile(
    rf"(?:and |then )?(?:repeat|do) (?:this|the same|it|that|these steps|the above)(?: again)? (?:for {_EACH} (?P<each>[\w ]+?)|until (?P<until>.+))",
    re.IGNORECASE,
)


def repeat_steps(tokens: Tokens, scene: Scene) -> Reading | None:
    """The steps of earlier items, wrapped into a loop; they must be those just before."""
    words = words_of(tokens).strip(" .")
    text, limit = split_bound(words)
    found = _STEPS.fullmatch(text) or _SAME.fullmatch(text)
    if found is None:
        return None
    at = tokens[0].start
    first = found.groupdict().get("a")
    begin = _begin(first, found.groupdict().get("b") or first, scene, at) if first else _last_item(scene, at)
    body = tuple(scene.steps[begin:])
    if not body:
        raise ReadingError(
            "SOP014", at, "what to repeat is not clear", "put it right after the steps it repeats"
        )
    if any(s.once for s in body):
        raise ReadingError(
            "SOP014", at, "what is sent once can't be repeated", "end the repeated steps before it"
        )
    loop = _loop(found, body, limit, scene.ctx, at)
    scene.steps[begin:] = [loop]
    return Reading(())


def _loop(found: re.Match[str], body: tuple[Step, ...], limit: int | None, ctx: Context, at: int) -> Step:
    if until := found["until"]:
        condition = read_condition(tokenise(until))
        refuse_unseen(condition, tokenise(until))
        return ctx.step(Action.REPEAT, at, condition=condition, body=body, limit=limit or MOST_ROUNDS)
    path = path_of(found["each"])
    each = list_of(path) if path else None
    if each is None:
        raise ReadingError(
            "SOP017",
            at,
            f'"{found["each"]}" is no list of the case',
            "for each goes over service lines, diagnoses or documents",
        )
    return ctx.step(Action.REPEAT, at, each=each, body=body)


def _begin(first: str, last: str | None, scene: Scene, at: int) -> int:
    """Where the steps from item `first` on begin; the range must reach up to here."""
    starts = scene.ctx.starts
    begin = starts.get(first.lower())
    if begin is None or begin > len(scene.steps):
        raise ReadingError(
            "SOP014", at, f"this section has no step {first} before this one", "count its numbered steps"
        )
    order = list(starts)
    if last is None or last.lower() not in starts or order.index(last.lower()) + 1 != len(order):
        raise ReadingError(
            "SOP014", at, f"between step {last} and this one something else is done",
            "put it right after the last step that it repeats",
        )  # fmt: skip
    return begin


def _last_item(scene: Scene, at: int) -> int:
    begin = scene.ctx.item_start
    if begin < len(scene.steps):
        return begin
    starts = list(scene.ctx.starts.values())
    if not starts:
        raise ReadingError(
            "SOP014", at, "what to repeat is not clear", "put it right after the steps it repeats"
        )
    return starts[-1]
