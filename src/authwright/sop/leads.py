"""Words around an instruction: order, restrictions in brackets, "optional", "once"."""

import re
from dataclasses import replace

from authwright.core.workflow import Condition, ConditionKind
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.clauses import verb_at
from authwright.sop.edges import closing, preposition_at
from authwright.sop.errors import ReadingError
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.verbs import Verb


def parts_of(tokens: Tokens) -> list[Tokens]:
    """Cut at semicolons, which separate as full stops do."""
    parts: list[Tokens] = []
    start = depth = 0
    for i, token in enumerate(tokens):
        if token.kind is Kind.PUNCT:
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            goes_on = i + 1 < len(tokens) and tokens[i + 1].low in ("otherwise", "else")
            if token.text == ";" and depth <= 0 and not goes_on:
                parts.append(tokens[start:i])
                start = i + 1
    parts.append(tokens[start:])
    return _with_skips([p for p in parts if p]) or [tokens]


def _with_skips(parts: list[Tokens]) -> list[Tokens]:
    """ "Select Type; skip this if it is greyed out": the condition of the part before."""
    out: list[Tokens] = []
    for part in parts:
        low = [t.low for t in part]
        at = next((i for i, x in enumerate(low) if x in ("if", "unless", "when")), None)
        skips = low[:1] in (["skip"], ["omit"], ["ignore"]) and low[1:2] in (["this"], ["it"], ["that"])
        if out and skips and at in (2, 3) and part[at + 1 :]:
            word = "if" if low[at] == "unless" else "unless"
            lead = replace(part[at], text=word.capitalize(), low=word)
            comma = replace(part[-1], kind=Kind.PUNCT, text=",", low=",")
            act = (replace(out[-1][0], text=out[-1][0].low), *out[-1][1:])
            out[-1] = (lead, *part[at + 1 :], comma, *act)
        else:
            out.append(part)
    return out


def split_otherwise(tokens: Tokens) -> tuple[Tokens, Tokens]:
    """ "click Done, otherwise click Back": what to do, and what else."""
    for i in range(2, len(tokens) - 1):
        if tokens[i].text in ("otherwise", "else") and tokens[i - 1].text in (",", ";", "and", "or"):
            rest = tokens[i + 1 :]
            return tokens[: i - 1], rest[1:] if rest[0].text == "," else rest
    return tokens, ()


COMMENTS = w.words_set(
    "note tip important warning caution reminder hint careful attention beware remember fyi nb "
    "path navigation route"
)


def is_prohibition(tokens: Tokens) -> bool:
    """ "Do not click Back": nothing is done, as nothing else than what is written ever is."""
    low = [t.low for t in tokens[:2]]
    stops = verb_at(tokens, 0, first=True)
    if stops is not None and stops.verb is Verb.STOP:
        return False
    limits = next((t for t in tokens[1:3] if t.low in ("include", "enter", "type", "add", "put")), None)
    forbids = low == ["do", "not"] or low[:1] in (["don't"], ["never"], ["avoid"])
    if forbids and limits is not None:
        raise ReadingError(
            "SOP012", limits.start, "this limits what is entered, and nothing would hold to it",
            "say what is entered instead, where it is entered",
        )  # fmt: skip
    return forbids


def leading_aside(tokens: Tokens) -> tuple[Condition | None, Tokens]:
    """ "(Consolidated providers only) Click ...": a restriction that a person knows."""
    if not tokens or tokens[0].text != "(" or tokens[0].kind is not Kind.PUNCT:
        return None, tokens
    close = closing(tokens, 0)
    inner = tokens[1:close]
    low = [t.low for t in inner]
    rest = tokens[close + 1 :]
    if low and (low[-1] == "only" or low[0] in ("if", "for", "only", "optional", "when")):
        return Condition(ConditionKind.SAID, words_of(inner)), rest
    return None, rest


def without_lead_words(tokens: Tokens) -> Tokens:
    """ "Then,", "First", "Finally," and brackets at the start tell the order only."""
    while tokens and tokens[0].kind is Kind.WORD and tokens[0].low in w.SEQUENCE_WORDS:
        if (
            len(tokens) > 1
            and tokens[0].low == "next"
            and preposition_at((replace(tokens[0], text="next"), *tokens[1:]), 0)
        ):
            break
        tokens = tokens[1:]
        if tokens and tokens[0].text in (",", ":"):
            tokens = tokens[1:]
    return tokens


def optional(tokens: Tokens) -> tuple[bool, Tokens]:
    """ "Optional: ...", "You can also ...", "You must ..."."""
    low = [t.low for t in tokens[:4]]
    if low[:1] in (["optional"], ["optionally"]):
        rest = tokens[1:]
        return True, rest[1:] if rest and rest[0].text in (":", ",") else rest
    if low[:1] == ["you"] and len(low) > 2:
        i = 2
        if low[1:3] in (["need", "to"], ["have", "to"]) or low[1:3] == ["will", "need"]:
            i = 4 if low[1:4] == ["will", "need", "to"] else 3
        elif low[1] not in ("can", "may", "should", "must", "could"):
            return False, tokens
        while i < len(tokens) and tokens[i].low in ("also", "then", "now"):
            i += 1
        rest = tokens[i:]
        if rest and low[1] in ("should", "may", "will") and rest[0].low in verbs.HAPPENS:
            return False, tokens  # "you should get a number": told, not asked
        if rest and verb_at(rest, 0, first=True):
            skips = rest[0].low in ("leave", "skip", "ignore", "stop")
            return low[1] in ("can", "may", "could") and not skips, rest
    return False, tokens


def only_order(text: str) -> bool:
    """ "everything is entered", "done": tells when, and nothing that could be otherwise."""
    if re.search(r"\b(?:is|are|status)\b.* [A-Z]", text):
        return False  # "the status is Open"
    plain = re.sub(r"\bthe (?:\w+ ){0,2}(?=(?:is|has|have|are))", "it ", text.lower())
    return any(re.fullmatch(p, t) for p in w.DONE_PHRASES for t in (plain, text.lower()))


def without_once(rest: Tokens) -> tuple[Tokens, bool]:
    words = [t.low if t.kind is Kind.WORD else '""' for t in rest]
    for tail in (
        ["once", "and", "only", "once"],
        ["once", "only"],
        ["only", "once"],
        ["exactly", "once"],
        ["once"],
    ):
        if words[-len(tail) :] == tail and rest[-1].kind is Kind.WORD:
            return rest[: -len(tail)], True
    return rest, False


_ORDER_TAILS = (
    ["at", "the", "end"],
    ["when", "done"],
    ["as", "well"],
    ["too"],
    ["again"],
    ["afterwards"],
    ["first"],
)


_BEFORE_GOING = re.compile(
    r"(?:^| )(?:before|prior to) (?:you )?"
    r"(?:leav(?:e|ing)|continu(?:e|ing)|go(?:ing)? on|mov(?:e|ing) on|proceed(?:ing)?|submit(?:ting)?)"
    r"(?: (?:it|the (?:page|screen|form|portal|request)))?$"
)


_AS_SHOWN = (["exactly", "as"], ["just", "as"], ["as", "it"], ["as", "they"], ["as", "shown"])


def without_order(rest: Tokens) -> Tokens:
    words = [t.low if t.kind is Kind.WORD else '""' for t in rest]
    for i in range(1, len(rest) - 2):
        manner = words[i : i + 2] in (
            ["exactly", "as"],
            ["just", "as"],
            ["as", "it"],
            ["as", "they"],
            ["as", "shown"],
        )
        if manner and rest[i].text.islower() and words[-1] not in ("as", "it", "is", "are"):
            return rest[:i]
    for i in range(1, len(rest) - 1):
        then = words[i + 1]
        if rest[i].text == "before" and (then in w.SUBJECTS | {"anything"} or then in verbs.GERUNDS):
            return rest[:i]
    tail_of = re.search(_BEFORE_GOING, " ".join(words))
    if tail_of and not any(t.capital for t in rest[-len(tail_of[0].split()) :]):
        return rest[: -len(tail_of[0].split())]
    if words == ["first"] and not rest[0].capital:
        return ()  # "Log on first"
    for tail in _ORDER_TAILS:
        if (
            len(words) > len(tail)
            and words[-len(tail) :] == tail
            and all(not t.capital for t in rest[-len(tail) :])
        ):
            return rest[: -len(tail)]
    return rest
