"""The page's words for values of ours: "choose Outpatient Procedure for outpatient services, ..."."""

import re
from dataclasses import dataclass, replace

from authwright.core.workflow import Action, Condition, ConditionKind, Option, Step, TargetKind, Value
from authwright.sop.conditions import read_condition
from authwright.sop.context import Context
from authwright.sop.data_words import path_of
from authwright.sop.errors import ReadingError
from authwright.sop.openings import Reading
from authwright.sop.playback import told
from authwright.sop.scene import Scene
from authwright.sop.tokens import Kind, Token, Tokens, tokenise, words_of

_ELSE = re.compile(
    r"(?:otherwise|else|in all other cases|for (?:all|any|every)(?:thing)?(?: (?:the )?(?:others?|else))?)",
    re.IGNORECASE,
)
_CHOOSE = re.compile(
    r"(?:choose|select|pick|use|take|set it to|it is|which is|that is|they (?:say|use|call it)|enter)\b ?",
    re.IGNORECASE,
)
_CHOOSING = frozenset({"choose", "select", "pick", "use", "take"})
_ASKS = re.compile(r" (?:if|when|where|unless) ")
_FOR = re.compile(r"^(?P<shown>.+?) (?P<word>for|if|when|where|unless|means|stands for) (?P<ours>.+)$")


@dataclass(frozen=True, slots=True)
class Pair:
    """One of the page's words and what it stands for; `word` is "for", "if", "when", "unless" or "else"."""

    shown: str
    word: str
    ours: str


def mapping(tokens: Tokens, scene: Scene) -> Reading | None:
    """A sentence that says which option stands for which value of ours, with the field before a colon,
    behind "in", or in the step before."""
    if (bracketed := _in_brackets(tokens, scene)) is not None:
        return bracketed
    head, rest = _label_part(tokens)
    words = words_of(rest)
    start = _CHOOSE.match(words)
    if start is None and head is None:
        return None
    pairs = pairs_in(tokenise(words[start.end() :] if start else words))
    if pairs is None or len(pairs) < 2:
        return None
    at = tokens[0].start
    label, pairs = _field_behind(pairs)
    place = head or label or (scene.ctx.label.text if scene.ctx.label else None)
    if place is None:
        return _of_last(pairs, scene, at)
    subject = path_of(re.sub(r"^the ", "", place.lower()))
    options = options_of(pairs, subject, at)
    step = scene.ctx.step(Action.SELECT, at, target=place, target_kind=TargetKind.DROPDOWN, options=options)
    return Reading((step,))


def _in_brackets(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Select the setting in Request Type (Outpatient Procedure for outpatient, ...)"."""
    texts = [t.text if t.kind is Kind.PUNCT else "" for t in tokens]
    if "(" not in texts or ")" not in texts:
        return None
    begin, end = texts.index("("), texts.index(")")
    pairs = pairs_in(tokens[begin + 1 : end]) if end > begin + 1 else None
    if pairs is None or len(pairs) < 2 or begin == 0:
        return None
    *before, last = scene.read((*tokens[:begin], *tokens[end + 1 :])) or (None,)
    if last is None or last.action is not Action.SELECT or last.options:
        raise ReadingError(
            "SOP016", tokens[begin].start, "in which list these are chosen is not said",
            'write "in LABEL, choose A for ..., B for ..."',
        )  # fmt: skip
    subject = last.value.ref if last.value else None
    chosen = replace(last, options=options_of(pairs, subject, tokens[begin].start))
    return Reading((*before, told(chosen)))


def _of_last(pairs: list[Pair], scene: Scene, at: int) -> Reading | None:
    last = scene.steps[-1] if scene.steps else None
    if (last is None or last.action is not Action.SELECT) and any(p.word == "else" for p in pairs):
        return None  # "Select Yes for X if ..., otherwise select No": a condition, no mapping
    if last is None or last.action is not Action.SELECT or last.options:
        raise ReadingError(
            "SOP016",
            at,
            "in which list these are chosen is not said",
            'write "in LABEL, choose A for ..., B for ..."',
        )
    subject = last.value.ref if last.value else None
    scene.steps[-1] = scene.ctx.step(
        Action.SELECT, at, target=last.target, target_kind=last.target_kind, section=last.section,
        value=last.value, options=options_of(pairs, subject, at),
    )  # fmt: skip
    return Reading(())


def _label_part(tokens: Tokens) -> tuple[str | None, Tokens]:
    """ "Choose the service type: A for ..., B for ..." or "Level of Care: A for ...": the field, the rest."""
    colon = next((i for i, t in enumerate(tokens) if t.text == ":" and t.kind is Kind.PUNCT), None)
    if tokens[0].low in ("in", "under", "for", "from") and not colon:
        verb = next((i for i, t in enumerate(tokens) if t.text in _CHOOSING), None)
        place = [
            t for t in tokens[1:verb] if t.low not in ("the", ",", "field", "list", "drop-down", "dropdown")
        ]
        if verb and place and all(t.capital or t.kind is Kind.QUOTED or t.low in ("of", "to") for t in place):
            return words_of(tuple(place)).strip('"'), tokens[verb:]
    if not colon or colon + 1 >= len(tokens):
        return None, tokens
    head = tokens[:colon]
    if head[0].kind is Kind.WORD and head[0].low in ("choose", "select", "pick", "set", "enter"):
        head = head[1:]
    if head and head[0].low == "the":
        text = words_of(head[1:])
        head_words = " ".join(x[:1].upper() + x[1:] for x in text.split()) if text.islower() else text
    else:
        head_words = words_of(head)
    if any(t.text == "," or (t.low in ("if", "for", "when") and t.kind is Kind.WORD) for t in head):
        return None, tokens
    return head_words.strip('"') or None, tokens[colon + 1 :]


def pairs_in(tokens: Tokens) -> list[Pair] | None:
    """ "A for x, B for y and C otherwise" as pairs; None when a part is none."""
    found: list[Pair] = []
    for part in _parts(tokens):
        text = re.sub(r"^(?:and|or) ", "", words_of(part))
        if match := re.fullmatch(
            r"(?:otherwise|else),? (?P<shown>.+)|(?P<shown2>.+?) (?:otherwise|else|in all other cases|for (?:everything|all|anything) else|for all others)",
            text,
        ):
            found.append(Pair(_label(match["shown"] or match["shown2"]), "else", ""))
        elif (match := _FOR.match(text)) and match["word"] == "for" and _ASKS.search(match["ours"]):
            return None  # "Yes for Expedited if ...": the field, and the case in which it is chosen
        elif (match := _FOR.match(text)) and _is_shown(match["shown"]):
            found.append(Pair(_label(match["shown"]), match["word"].lower(), match["ours"]))
        elif found and not _is_shown(text) and found[-1].word != "else":
            found[-1] = replace(found[-1], ours=f"{found[-1].ours}, {text}")
        else:
            return None
    return found


def _parts(tokens: Tokens) -> list[Tokens]:
    parts: list[Tokens] = []
    current: list[Token] = []
    for i, token in enumerate(tokens):
        joint = token.kind is Kind.PUNCT and token.text in (",", ";")
        joint = joint or (
            token.low in ("and", "or") and i + 1 < len(tokens) and _begins_pair(tokens[i + 1 :])
        )
        if joint:
            parts.append(tuple(current))
            current = []
        else:
            current.append(token)
    parts.append(tuple(current))
    return [p for p in parts if p]


def _begins_pair(tokens: Tokens) -> bool:
    text = words_of(tokens)
    match = _FOR.match(text)
    return match is not None and _is_shown(match["shown"])


def _is_shown(words: str) -> bool:
    """A label of the page: quoted or capitalised."""
    return words.startswith('"') or words[:1].isupper() or words[:1].isdigit()


def _label(words: str) -> str:
    return words.strip(' "')


def _field_behind(pairs: list[Pair]) -> tuple[str | None, list[Pair]]:
    """ "..., B for y in Request Type": the label behind the last pair."""
    last = pairs[-1]
    if found := re.fullmatch(
        r'(?P<ours>.+?) (?:in|under) (?:the )?(?:"(?P<q>[^"]+)"|(?P<n>[A-Z][\w/ ]+))(?: (?:field|list|drop-?down))?',
        last.ours,
    ):
        return found["q"] or found["n"], [*pairs[:-1], replace(last, ours=found["ours"])]
    return None, pairs


def options_of(pairs: list[Pair], subject: str | None, at: int) -> tuple[Option, ...]:
    """Each pair with the condition under which its word is chosen. Raises ReadingError."""
    options: list[Option] = []
    for pair in pairs:
        if pair.word == "else":
            options.append(Option(pair.shown, _none_of([o.condition for o in options], at)))
            continue
        options.append(Option(pair.shown, _condition(pair, subject, at)))
    shown = [o.shown.lower() for o in options]
    if len(set(shown)) < len(shown):
        raise ReadingError(
            "SOP028", at, "one of the page's words is there twice", 'join them: "A for x or y"'
        )
    return tuple(options)


def _none_of(before: list[Condition], at: int) -> Condition:
    if not before:
        raise ReadingError("SOP014", at, "otherwise than what?", "begin with the cases")
    first, *rest = (replace(c, negated=not c.negated) for c in before)
    return replace(first, all_of=tuple(rest), words="otherwise")


_NOUNS = re.compile(
    r" (?:services?|requests?|admissions?|patients?|cases?|orders?|claims?|stays?|members?|care|ones?)$",
    re.IGNORECASE,
)


def _condition(pair: Pair, subject: str | None, at: int) -> Condition:
    if pair.word in ("if", "when", "where", "unless"):
        condition = read_condition(tokenise(pair.ours), negated=pair.word == "unless")
        if condition.kind is ConditionKind.SAID:
            raise _unreadable(pair, at)
        return condition
    said = f"it is for {pair.ours}" if pair.word == "for" else pair.ours
    choices = [
        re.sub(r"^(?:a|an|the|any) ", "", x.strip(), flags=re.IGNORECASE)
        for x in re.split(r",? or |, | and ", pair.ours)
    ]
    if subject is None:
        known = [read_condition(tokenise(f"the request is {_NOUNS.sub('', x)}")) for x in choices]
        if all(c.kind is not ConditionKind.SAID for c in known):
            first, *rest = (replace(c, words=said) for c in known)
            return replace(first, any_of=tuple(rest))
        raise _unreadable(pair, at)
    literals = tuple(Value(literal=_NOUNS.sub("", x.strip('"')) or x) for x in choices)
    return Condition(ConditionKind.EQUALS, said, subject=subject, values=literals)


def _unreadable(pair: Pair, at: int) -> ReadingError:
    return ReadingError(
        "SOP029", at, f'which data of the case "{pair.ours}" is, is not said',
        f'write "{pair.shown} if the ... is ...", or name the data: "In LABEL choose the ...:" and a list below',
    )  # fmt: skip


def pair_of(left: str, right: str, separator: str, at: int) -> Pair:
    """The two sides of a bullet or of a table's row: the page's word is quoted or capitalised."""
    if match := re.match(r"(?P<word>for|if|when|unless|means) (?P<ours>.+)", right):
        return Pair(_label(left), match["word"].replace("means", "for"), match["ours"])
    if match := re.match(r"(?P<word>for|if|when|unless) (?P<ours>.+)", left, re.IGNORECASE):
        return Pair(_label(right), match["word"].lower(), match["ours"])
    if _ELSE.fullmatch(left.strip()):
        return Pair(_label(right), "else", "")
    if _ELSE.fullmatch(right.strip()):
        return Pair(_label(left), "else", "")
    if _is_shown(right) and not _is_shown(left):
        return Pair(_label(right), "for", left)
    if _is_shown(left) and not _is_shown(right):
        return Pair(_label(left), "for", right)
    raise ReadingError(
        "SOP013", at, f'two readings: "{left}" is the page\'s word, or "{right}" is',
        f'write "{_label(left)}" for {_label(right).lower()}, or "{_label(right)}" for {_label(left).lower()}',
    )  # fmt: skip


def ready_for_mapping(steps: list[Step]) -> Step | None:
    """The choice just before, to which a list of the page's words may belong."""
    last = steps[-1] if steps else None
    if last is None or last.action is not Action.SELECT or last.options or last.value is None:
        return None
    return last if last.value.ref else None


def mapped(step: Step, pairs: list[Pair], ctx: Context, at: int) -> Step:
    subject = step.value.ref if step.value else None
    return ctx.step(
        Action.SELECT, at, target=step.target, target_kind=step.target_kind, section=step.section,
        value=step.value, options=options_of(pairs, subject, at),
    )  # fmt: skip
