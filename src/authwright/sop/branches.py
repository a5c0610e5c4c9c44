"""Branches: "Depending on the status:" over bullets, each a case and what to do then.

A chain of conditions; when none holds a person is asked, unless a bullet says what to do in all other cases.
"""

import re
from dataclasses import dataclass, replace

from authwright.core.workflow import Action, Condition, ConditionKind, Position, Step, Value
from authwright.sop.clauses import condition_end
from authwright.sop.conditions import read_condition
from authwright.sop.context import Context
from authwright.sop.data_words import path_of, snake
from authwright.sop.errors import ReadingError
from authwright.sop.keyed import split_key
from authwright.sop.openings import Reading
from authwright.sop.playback import told
from authwright.sop.scene import Branch, Scene
from authwright.sop.structure import Item
from authwright.sop.tokens import Kind, Tokens, tokenise, words_of

_DO = r"(?:,? (?:do|take|choose|follow)(?: one of)? (?:this|these|the following)(?: things)?|,? (?:this is )?what to do(?: next)?)?"
_NOW = r"(?:(?:now|then|next|and then),? )?"
_HEADS = tuple(
    re.compile(rf"{_NOW}{pattern}{_DO}:?", re.IGNORECASE)
    for pattern in (
        r"(?:depending|based|according|going) (?:on|to|by) (?P<what>.+?)",
        r"(?:what (?:happens|to do|you do|comes|follows)(?: next| then| now)?|the (?:next step|rest)) (?:then )?depends on (?P<what>.+?)",
        r"(?:act |go |sort |decide )?by (?P<what>.+?)",
        r"(?:check|look at|see|read) (?P<what>.+?) and (?:act on it|act accordingly|do what fits|proceed accordingly)",
    )
)
_LISTS = re.compile(
    r"(?P<what>.+?)(?: (?:can|may|could|will|might) (?:be|say|show|read)(?: one of)?)?(?: is)?:?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:what (?:the page|the screen|it|the portal|the result)? ?(?:says|shows|comes(?: up)?|appears|you see|is shown|happens)(?: next| then)?"
    r"|(?:the )?(?:message|answer|page|screen|next page)(?: shown| displayed| on the page| that (?:appears|comes up))?)",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"(?:if )?(?:(?:it is |it's )?(?:anything|something|everything|all|any|none)(?: else| of (?:these|them|the above|the others))?"
    r"|otherwise|else|(?:in |for )?(?:all|any|every) other(?: cases?| \w+)?|(?:any|an|some) ?other(?: \w+)?|the rest|other(?: \w+)?"
    r"|(?:if )?(?:none|neither) (?:of (?:these|them|the above) )?(?:fits|applies|matches))",
    re.IGNORECASE,
)
_IT_IS = re.compile(r"(?:it is|it's|it says|it shows|it reads|the status is|for|with) ", re.IGNORECASE)
_OUR_WORDS = re.compile(
    r"(?: (?:shown|displayed|you see|on the page|there|that is shown|of the (?:request|case|claim)))+$",
    re.IGNORECASE,
)


UNDECIDED = "is none of those that the SOP names: decide what to do"


def branch_head(tokens: Tokens, scene: Scene) -> Reading | None:
    """A sentence over cases."""
    if not scene.last or not _is_over_cases(scene.item):
        return None
    words = words_of(tokens)
    found = next((m for p in _HEADS if (m := p.fullmatch(words))), None)
    if found is None and (
        words.endswith(":") or " can be" in words.lower() or " may be" in words.lower() or len(tokens) < 4
    ):
        found = _LISTS.fullmatch(words)
        if found is None or len(found["what"].split()) > 5 or found["what"].split()[0].lower() in _OPENERS:
            return None
    return Reading(header=Branch(subject=found["what"].strip(), at=tokens[0].start)) if found else None


_OPENERS = frozenset({"if", "when", "for", "unless", "enter", "fill", "click", "type", "select", "choose", "do", "each",
                      "once", "after", "note", "then", "first", "complete", "check", "set", "attach"})  # fmt: skip


def _is_over_cases(item: Item) -> bool:
    """Every sub-item is a case with what to do then."""
    return bool(item.children) and all(_case_of(child) is not None for child in item.children)


@dataclass(frozen=True, slots=True)
class Case:
    """One bullet: its key, and what to do (with the offset at which that begins in the item's text)."""

    key: Tokens
    rest: Tokens


def _case_of(item: Item) -> Case | None:
    try:
        return case_of(tokenise(item.source.text), children=bool(item.children))
    except ReadingError:
        return None


def case_of(tokens: Tokens, *, children: bool) -> Case | None:
    if not tokens:
        return None
    first = tokens[0].low
    if first in ("if", "when", "for") and (end := condition_end(tokens, 0)) and tokens[end[0]].text == ",":
        return Case(tokens[1 : end[0]], tokens[end[1] :])
    parts = split_key(tokens, arrows=True)
    if parts is None or not parts[0] or len(parts[0]) > 14 or not (parts[1] or children):
        return None
    key = parts[0]
    if first in ("if", "when") and len(key) > 1:
        key = key[1:]
    return Case(key, parts[1])


def is_other(key: Tokens) -> bool:
    return all(t.kind is not Kind.QUOTED for t in key) and _ELSE.fullmatch(words_of(key)) is not None


def case_condition(subject: str, key: Tokens, ctx: Context) -> Condition:
    """That the subject is one of the key's values. Raises ReadingError."""
    words = words_of(key)
    if match := _IT_IS.match(words):
        key = tokenise(words[match.end() :]) if key[0].kind is not Kind.QUOTED else key
    values = _values(key)
    bare = re.sub(r"^(?:the |its |their )", "", _OUR_WORDS.sub("", subject), flags=re.IGNORECASE).strip(' ".')
    said = f"the {bare} is {words}"
    if _PAGE.fullmatch(subject.strip()) or not values:
        if not values or any(t.kind is not Kind.QUOTED and t.low not in (",", "or") for t in key):
            return _read_whole(words, key)
        first, *others = (Condition(ConditionKind.SHOWS, said, subject=v.literal) for v in values)
        return replace(first, any_of=tuple(others))
    if bare.split(" ")[0].lower() in ("what", "which", "how", "who", "whether"):
        raise ReadingError(
            "SOP016", key[0].start, f'what the cases depend on is not clear: "{bare}"',
            'name the label ("Depending on Document Type:"), or "what the page says"',
        )  # fmt: skip
    name = snake(bare)
    if bare.lower() == "status" or (bare.lower().endswith(" status") and name not in ctx.reads):
        return Condition(ConditionKind.STATUS, said, values=values)
    if name in ctx.reads:
        return Condition(ConditionKind.READ_EQUALS, said, subject=name, values=values)
    if path := path_of(bare):
        return Condition(ConditionKind.EQUALS, said, subject=path, values=values)
    label = bare if bare[:1].isupper() else " ".join(x[:1].upper() + x[1:] for x in bare.split())
    return Condition(ConditionKind.FIELD, said, subject=label, values=values)


def _read_whole(words: str, key: Tokens) -> Condition:
    """A key that is a condition of its own: "the home page appears"."""
    condition = read_condition(key)
    if condition.kind is ConditionKind.SAID:
        raise ReadingError(
            "SOP027", key[0].start, f'"{words}" is what the page says, or what happens',
            "put what the page says in quotation marks",
        )  # fmt: skip
    return condition


def _values(key: Tokens) -> tuple[Value, ...]:
    values: list[Value] = []
    current: list[str] = []
    for token in (*key, None):
        if token is None or (token.kind is not Kind.QUOTED and token.low in (",", "or", "/")):
            if current:
                values.append(Value(literal=" ".join(current)))
            current = []
        else:
            current.append(token.text)
    return tuple(values)


def chained(
    cases: list[tuple[Condition | None, tuple[Step, ...], Position]], subject: str, ctx: Context, at: int
) -> tuple[Step, ...]:
    """The cases as conditions, each looked at when the ones before it don't hold. None is "anything else"."""
    others = [body for condition, body, _ in cases if condition is None]
    named = [case for case in cases if case[0] is not None]
    if len(others) > 1 or (others and cases[-1][0] is not None):
        raise ReadingError("SOP028", at, "what to do in all other cases stands last, and once")
    seen: list[str] = []
    for condition, _, _ in named:
        for value in condition.values if condition else ():
            if value.literal and value.literal.lower() in seen:
                raise ReadingError("SOP028", at, f'"{value.literal}" is there twice', "one case for each")
            seen.append((value.literal or "").lower())
    place = cases[-1][2]  # said nowhere: it is shown behind the last of the cases
    asked = replace(_asked(subject, ctx, at), position=place, words="(in all other cases)")
    rest = others[0] if others else (asked,)
    for condition, body, place in reversed(named):
        step = ctx.step(Action.CONDITION, at, condition=condition, body=body, otherwise=rest)
        rest = (replace(step, position=place, words=condition.words if condition else ""),)
    return tuple(told(step) for step in rest)


def _asked(subject: str, ctx: Context, at: int) -> Step:
    bare = re.sub(r"^(?:the |its )", "", subject.strip(' ":.'), flags=re.IGNORECASE)
    return ctx.step(Action.HUMAN, at, target=f"the {bare} {UNDECIDED}")
