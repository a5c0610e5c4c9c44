"""The last search once more: "try once more with only the claim ID", "search again with only the name"."""

import re
from dataclasses import dataclass

from authwright.core.workflow import Action, SectionRole, Step, TargetKind, Value
from authwright.sop.amend import flat
from authwright.sop.data_words import path_of, reference
from authwright.sop.errors import ReadingError
from authwright.sop.openings import Reading
from authwright.sop.playback import told
from authwright.sop.scene import Scene
from authwright.sop.tokens import Tokens, words_of

_AGAIN = r"(?:once more|one more time|again|once again|a second time|once)"
_TRY = rf"(?:try|search|look|repeat the search|do the search|run the search|repeat this search|search for it|try the search|try it|retry)(?: {_AGAIN})?(?: {_AGAIN})?"
_ONLY = r"(?:only|just|nothing but)"
_USING = r"(?:with|by|using|for|on)"
_WITH = re.compile(
    rf"(?:and |then |clear (?:the|all)(?: the)? (?:other )?fields(?: and|,) |clear everything(?: and|,)? |blank everything out(?: and|,)? )?"
    rf"{_TRY},?(?: this time)? (?:{_ONLY} {_USING}|{_USING} {_ONLY}) (?P<what>(?:the |its )?[\w' #]+?)(?: (?:in|into) \"?(?P<label>[^\"]+?)\"?)?(?: alone)?",
    re.IGNORECASE,
)
_SAME = re.compile(
    rf"(?:try|search|look|retry|do it|do this|repeat it|try it)(?: {_AGAIN})+|retry(?: the (?:step|search))?|repeat the (?:search|step)(?: {_AGAIN})?"
    r"|do the same (?:step )?again|try the (?:step|same) again",
    re.IGNORECASE,
)


_VERBS = frozenset({"try", "search", "look", "repeat", "do", "run", "retry", "and", "then"})
_LONGEST = 20  # words of "and try once more with only ..."


@dataclass(frozen=True, slots=True)
class Search:
    """The last search: what was filled in, and the step that started it."""

    fields: tuple[Step, ...]
    start: Step | None


def retry(tokens: Tokens, scene: Scene) -> Reading | None:
    words = words_of(tokens).strip(" .,")
    at = tokens[0].start
    if found := _WITH.fullmatch(words):
        return Reading(_with_only(found, scene, at))
    if _SAME.fullmatch(words):
        return Reading(_same(scene, at))
    return None


def ends_with_retry(tokens: Tokens) -> int | None:
    """Where "and try once more [with only ...]" begins behind another act; None when nowhere."""
    for i in range(max(1, len(tokens) - _LONGEST), len(tokens) - 1):
        joint = tokens[i - 1].low in (",", "and", "then", "&")
        if not joint or tokens[i].low not in _VERBS:
            continue
        words = words_of(tokens[i:]).strip(" .,")
        if _WITH.fullmatch(words) or _SAME.fullmatch(words):
            return i
    return None


def _same(scene: Scene, at: int) -> tuple[Step, ...]:
    """ "Try again": in a handler the interrupted step is done again anyway; else the last search is."""
    if scene.ctx.role is SectionRole.OTHERWISE:
        return (scene.ctx.step(Action.NOTE, at),)
    search = last_search(scene.steps)
    if search is None or search.start is None:
        raise ReadingError(
            "SOP014",
            at,
            "what to try again is not clear: no search stands before this",
            'write "click Search again"',
        )
    return (_copy(search.start, scene, at),)


def _with_only(found: re.Match[str], scene: Scene, at: int) -> tuple[Step, ...]:
    search = last_search(scene.steps)
    if search is None or not search.fields:
        raise ReadingError(
            "SOP014",
            at,
            "there is no search before this that could be tried again",
            "name each field and the button",
        )
    chosen = [s for s in search.fields if s.action is not Action.FILL]
    if chosen:
        raise ReadingError(
            "SOP013", at, f'two readings: "{chosen[0].target}" keeps what was chosen in it, or is cleared as well',
            'write "clear LABEL" for each field and "click Search"',
        )  # fmt: skip
    what, label = found["what"].strip(), (found["label"] or "").strip()
    bare = re.sub(r"^(?:the|its) ", "", what, flags=re.IGNORECASE)
    kept = _field_of(bare, label, search)
    if kept is None and not label:
        labels = ", ".join(f'"{s.target}"' for s in search.fields)
        raise ReadingError(
            "SOP016", at, f'none of the fields {labels} took "{what}"', 'write "with only the ... in LABEL"'
        )
    steps: list[Step] = []
    target = label or (kept.target if kept else None)
    for field in search.fields:
        if str(field.target).lower() != str(target).lower():
            steps.append(_cleared(field, scene, at))
    value = kept.value if kept and kept.value else reference(what, bare)
    steps.append(
        scene.ctx.step(
            Action.FILL,
            at,
            target=target,
            target_kind=TargetKind.FIELD,
            value=value,
            search=search.start is None,
        )
    )
    if search.start is not None:
        steps.append(_copy(search.start, scene, at))
    return tuple(steps)


def _field_of(bare: str, label: str, search: Search) -> Step | None:
    path = path_of(bare)
    for step in search.fields:
        same_label = str(step.target or "").lower() in {x for x in (label.lower(), bare.lower()) if x}
        same_value = not label and path is not None and step.value is not None and step.value.ref == path
        if same_label or same_value:
            return step
    return None


def _cleared(field: Step, scene: Scene, at: int) -> Step:
    return scene.ctx.step(
        Action.FILL,
        at,
        target=field.target,
        target_kind=field.target_kind,
        section=field.section,
        value=Value(literal=""),
    )


def _copy(step: Step, scene: Scene, at: int) -> Step:
    return told(
        scene.ctx.step(
            Action(step.action), at, target=step.target, target_kind=step.target_kind, section=step.section,
            beside=step.beside, value=step.value, search=step.search,
        )
    )  # fmt: skip


def last_search(steps: list[Step]) -> Search | None:
    """The entries just before the last click or key, or the last look-up in a search field."""
    done = [s for s in flat(steps) if s.action not in (Action.NOTE, Action.WAIT, Action.CONDITION)]
    for i in range(len(done) - 1, -1, -1):
        step = done[i]
        if step.action is Action.FILL and step.search:
            return Search((step,), None)
        if step.action in (Action.CLICK, Action.PRESS_KEY):
            fields: list[Step] = []
            k = i - 1
            while k >= 0 and done[k].action in (Action.FILL, Action.SELECT) and not done[k].once:
                fields.insert(0, done[k])
                k -= 1
            if fields:
                return Search(tuple(fields), step)
    return None
