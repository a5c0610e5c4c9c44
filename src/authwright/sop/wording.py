"""Roundabout wording put plainly before a sentence is read: "be sure to click" is "click".

Two tables. `_PHRASES` holds words that mean the same wherever they stand; `_WRAPPERS` words that wrap
an instruction and say nothing more. To teach the compiler another roundabout way, add it there.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from authwright.sop import words as w
from authwright.sop.tokens import Kind, Token, Tokens

_PHRASES: dict[str, str] = {
    "in order to": "to",
    "so as to": "to",
    "as well as": "and",
    "along with": "and",
    "together with": "and",
    "and / or": "or",
    "and/or": "or",
    "prior to": "before",
    "in case": "if",
    "in the event that": "if",
    "in the event": "if",
    "provided that": "if",
    "providing that": "if",
    "assuming that": "if",
    "assuming": "if",
    "on condition that": "if",
    "except when": "unless",
    "except if": "unless",
    "make use of": "use",
    "make a note of": "note",
    "take a note of": "note",
    "take note of": "note",
    "do a search for": "search for",
    "run a search for": "search for",
    "perform a search for": "search for",
    "over on": "on",
    "over in": "in",
    "back on": "on",
    "back in": "in",
    "after which you": ", then",
    "after which": ", then",
    "and after that": "and then",
    "with the help of": "with",
    "by means of": "with",
    "by way of": "via",
    "start typing": "type",
    "begin typing": "type",
    "start to type": "type",
    "begin to type": "type",
    "drag and drop": "drag",
    "point and click": "click",
}
_WRAPPERS = (
    "be sure to; make sure to; make sure you; be careful to; remember to; don't forget to; do not forget to; "
    "go ahead and; you need to; you will need to; you'll need to; you want to; you will want to; "
    "you'll want to; you have to; you will have to; you'll have to; you are to; you must; you should; "
    "you then; you will then; it is time to; it's time to; start by; begin by; finish by; end by; "
    "continue by; proceed by; conclude by; start with; begin with; finish with; finish off with; end with; "
    "conclude with; finish up with; all you need to do is; what you do is; next you; now you; then you"
)
# In front of an act, these say from where it is done: "Starting in the chart, ...".
_BEGUN = w.words_set("starting beginning staying remaining still while working")
_BY_TABLE = sorted(
    ((tuple(k.split()), tuple(v.split())) for k, v in _PHRASES.items()), key=lambda p: -len(p[0])
)
_BY_WRAPPER = sorted((tuple(x.split()) for x in _WRAPPERS.split("; ")), key=lambda p: -len(p))
_LONGEST = 4


def _by_first(
    table: Iterable[tuple[tuple[str, ...], tuple[str, ...]]],
) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """The table by the first word of each phrase: most words of a sentence begin none."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase, words in table:
        found.setdefault(phrase[0], []).append((phrase, words))
    return found


_BY_FIRST = _by_first(_BY_TABLE)


def plain_wording(tokens: Tokens) -> Tokens:
    """The sentence with the tables' phrases replaced and wrappers around its first verb left out."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        found = _phrase_at(tokens, i)
        if found is None:
            out.append(tokens[i])
            i += 1
            continue
        length, words = found
        out += [_worded(tokens[i], word, first=k == 0) for k, word in enumerate(words)]
        i += length
    return _unwrapped(tuple(out))


def _phrase_at(tokens: Tokens, i: int) -> tuple[int, tuple[str, ...]] | None:
    if tokens[i].kind is not Kind.WORD:
        return None
    for phrase, words in _BY_FIRST.get(tokens[i].low, ()):
        run = tokens[i : i + len(phrase)]
        if tuple(t.low for t in run) == phrase and _lower(run[1:]) and (i == 0 or _lower(run[:1])):
            return len(phrase), words
    return None


def _lower(run: Tokens) -> bool:
    return all((t.kind is Kind.WORD and t.text[0].islower()) or not t.text[0].isalpha() for t in run)


def _worded(token: Token, word: str, *, first: bool) -> Token:
    if not word[0].isalnum():
        return replace(token, kind=Kind.PUNCT, text=word, low=word)
    text = word[0].upper() + word[1:] if first and token.text[0].isupper() else word
    return replace(token, kind=Kind.WORD, text=text, low=word)


def _unwrapped(tokens: Tokens) -> Tokens:
    """Wrappers count where an instruction may begin: at the start and after a comma or "then"."""
    i = 0
    while i < len(tokens):
        if i == 0 or tokens[i - 1].low in (",", ";", ":", "then", "and", "?"):
            tokens = _unwrapped_at(tokens, i)
        i += 1
    return tokens


def _unwrapped_at(tokens: Tokens, i: int) -> Tokens:
    for phrase in _BY_WRAPPER:
        run = tokens[i : i + len(phrase)]
        if tuple(t.low for t in run) != phrase or not _lower(run[1:]):
            continue
        after = tokens[i + len(phrase) :]
        verb = _verb_of(after, phrase[-1])
        if verb is not None:
            return (*tokens[:i], verb, *after[1:])
        if phrase[-1] == "with" and after and (after[0].kind is Kind.QUOTED or after[0].capital):
            return (*tokens[:i], _worded(tokens[i], "click", first=True), *after)
    if i == 0 and tokens and tokens[0].low in _BEGUN and _place_follows(tokens):
        return tokens[1:]
    return tokens


def _place_follows(tokens: Tokens) -> bool:
    return (
        len(tokens) > 2
        and tokens[1].low in ("in", "on", "from", "at", "under", "within")
        and any(t.text == "," for t in tokens)
    )


def _verb_of(after: Tokens, joint: str) -> Token | None:
    """The verb as an instruction has it: after "by" and "with" it stands with -ing."""
    if not after or after[0].kind is not Kind.WORD:
        return None
    if joint in ("by", "with", "is") and after[0].low in w.GERUNDS:
        base = w.GERUNDS[after[0].low]
        return replace(after[0], text=base, low=base)
    if joint not in ("by", "with") and (after[0].low in w.FIRST_WORDS or after[0].low in w.VAGUE_VERBS):
        return after[0]
    return None


_NOTHING_TO_DO = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:in order )?to [a-z][\w-]* .*",  # "To see the details, ..."
        r"for (?:(?:the|more|any|your|a|its) )?(?:\w+ )?(?:details?|information|reasons?|help|history|list|"
        r"view|overview|explanation|copy|convenience|reference|records|purposes?)\b.*",
        r"with (?:all|everything|it|that|this|them|the \w+|your \w+)(?: of (?:it|them|that|this))?"
        r"(?: \w+)? (?:\w+ed|filled in|filled out|done|set|chosen|shown|open)",
        r"before (?:you|we|any|anything|that|this|all|\w+ing)\b.*",
        r"having \w+ .*",
        r"(?:later|afterwards?|from|early|first)(?: on| there| here| of all)",
        r"(?:once|when|while)(?: you are| you're| you get)? (?:t?here|inside|(?:signed |logged )?in|on it)",
        r"(?:at|from) (?:this|that) (?:point|stage|moment)(?: on)?",
        r"(?:as (?:usual|always|before)|again|as a rule|as a (?:first|last|next|final) step|in most cases|"
        r"on the (?:next|following|same) (?:page|screen|step|window|form|list)|last of all|"
        r"at (?:the end|the (?:beginning|start)|last|any time)|this time|back there|here|there)",
    )
)


def tells_nothing_to_do(words: str) -> bool:
    """ "With everything entered, ...", "To see more, ...": when or why, and nothing to do or decide."""
    return any(pattern.fullmatch(words) for pattern in _NOTHING_TO_DO)
