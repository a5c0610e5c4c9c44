"""Roundabout wording put plainly before a sentence is read: "be sure to click" is "click".

Two tables. `_PHRASES` holds words that mean the same wherever they stand; `_WRAPPERS` words that wrap
an instruction and say nothing more. To teach the compiler another roundabout way, add it there.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.brackets import without_brackets
from authwright.sop.errors import two_readings
from authwright.sop.left_out import left_out, picked_on_computer, with_paths, without_remark, worded
from authwright.sop.recast import recast
from authwright.sop.tokens import Kind, Token, Tokens, words_of
from authwright.sop.verbs import Verb

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
    "provided you": "if you",
    "provided the": "if the",
    "providing that": "if",
    "assuming that": "if",
    "assuming": "if",
    "on condition that": "if",
    "except when": "unless",
    "except if": "unless",
    "once more": "again",
    "from and to dates": "start and end dates",
    "begin and end dates": "start and end dates",
    "beginning and ending dates": "start and end dates",
    "from and through dates": "start and end dates",
    "person to contact": "contact",
    "person to call": "contact",
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
    "and after this": "and then",
    "and afterwards": "and then",
    "with the help of": "with",
    "by means of": "with",
    "by way of": "via",
    "start typing": "type",
    "begin typing": "type",
    "start to type": "type",
    "begin to type": "type",
    "drag and drop": "drag",
    "place a check mark": "tick the box",
    "put a check mark": "tick the box",
    "place a checkmark": "tick the box",
    "put a checkmark": "tick the box",
    "place a check": "tick the box",
    "put a check": "tick the box",
    "put a tick": "tick the box",
    "give it a": "wait a",
    "give it an": "wait an",
    "give it some": "wait some",
    "give it about": "wait about",
    "give it up to": "wait up to",
    "give it at least": "wait at least",
    "from within": "from",
    "from inside": "from",
    "save your changes": "save",
    "save the changes": "save",
    "save your work": "save",
    "save your entries": "save",
    "auth": "authorization",
    "auths": "authorizations",
    "point and click": "click",
    "point your browser to": "go to",
    "log out and back in": "log out and log in",
    "sign out and back in": "sign out and sign in",
    "log off and back on": "log off and log on",
}
_WRAPPERS = (
    "be sure to; make sure to; make sure you; be careful to; remember to; don't forget to; do not forget to; "
    "go ahead and; you need to; you will need to; you'll need to; you want to; you will want to; "
    "you'll want to; come back later and; come back and; you have to; "
    "you will have to; you'll have to; you are to; you must; you should; "
    "you then; you will then; it is time to; it's time to; start by; begin by; finish by; end by; "
    "continue by; proceed by; conclude by; start with; begin with; finish with; finish off with; end with; "
    "conclude with; finish up with; all you need to do is; what you do is; next you; now you; then you"
)
# In front of an act, these say from where it is done: "Starting in the chart, ...".
_BEGUN = w.words_set("starting beginning staying remaining still while working")


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


_REPLACED = {tuple(k.split()): tuple(v.split()) for k, v in _PHRASES.items()}
_PHRASES_AT = _by_first(_REPLACED)
_WRAPPERS_AT = _by_first(tuple(x.split()) for x in _WRAPPERS.split("; "))


def plain_wording(tokens: Tokens) -> Tokens:
    """The sentence with the tables' phrases replaced and wrappers around its first verb left out."""
    tokens = _without_how(without_brackets(tokens))
    out: list[Token] = []
    tokens = without_remark(tokens)
    tokens = picked_on_computer(tokens)
    i = 0
    while i < len(tokens):
        if tokens[i].text == "|" and i:
            out.append(replace(tokens[i], kind=Kind.PUNCT, text=">", low=">"))
            i += 1
            continue
        if tokens[i].text in _DASHES and (mark := _dash_means(tokens, i)):
            out.append(replace(tokens[i], kind=Kind.PUNCT, text=mark, low=mark))
            i += 1
            continue
        if after := left_out(tokens, i):
            i = after
            continue
        found = _phrase_at(tokens, i)
        if (
            found
            and found[1] == ("if",)
            and i
            and [t.text for t in tokens[i : i + 3]] != ["in", "case", "of"]
            and tokens[i].text == "in"
        ):
            if tokens[0].low in _LOOKS:
                break  # "read the number in case you are asked for it": why
            raise two_readings(
                tokens[i].start, '"in case" says when this is done, or only what it is good for',
                'write "if ..." at the beginning', "leave the reason out",
            )  # fmt: skip
        if found is None:
            out.append(tokens[i])
            i += 1
            continue
        length, words = found
        out += [worded(tokens[i], word, first=k == 0) for k, word in enumerate(words)]
        i += length
    return recast(_unwrapped(_said_plainly(with_paths(tuple(out)))))


_LOOKS = w.words_set("read note see record copy write jot keep")
_DASHES = frozenset({"-", "\u2013", "\u2014", "--"})


def _dash_means(tokens: Tokens, i: int) -> str:
    """ "Member ID - the member ID": a colon; "click Pay - the page reloads": a semicolon."""
    if not i or i + 1 >= len(tokens) or tokens[i + 1].kind is not Kind.WORD:
        return ""
    if not tokens[i + 1].text[0].islower():
        return ""
    label = all(t.capital or t.low in ("of", "the") for t in tokens[:i])
    label = label and verbs.VERBS.get((tokens[0].low,)) not in (
        Verb.CLICK,
        Verb.OPEN,
        Verb.PRESS,
    )
    return ":" if label or (i == 1 and tokens[0].kind is Kind.QUOTED) else ";"


def _without_how(tokens: Tokens) -> Tokens:
    """ "Select the State, using the blue arrow to change it": how, with a control that has no name."""
    for i in range(3, len(tokens) - 1):
        if tokens[i - 1].text == "," and tokens[i].text == "using" and tokens[i + 1].low in ("the", "its"):
            rest = tokens[i:]
            plain = all(t.kind is Kind.WORD and t.text.islower() for t in rest)
            if plain and any(t.text in _ARROWS for t in rest[:5]):
                return tokens[: i - 1]
    return tokens


_ARROWS = frozenset({"arrow", "arrows", "triangle", "chevron", "caret"})


def _phrase_at(tokens: Tokens, i: int) -> tuple[int, tuple[str, ...]] | None:
    if tokens[i].kind is not Kind.WORD:
        return None
    for phrase in _PHRASES_AT.get(tokens[i].low, ()):
        run = tokens[i : i + len(phrase)]
        begins = i == 0 and phrase[0] not in ("auth", "auths")  # "Auth #: ...": a label
        if tuple(t.low for t in run) == phrase and _lower(run[1:]) and (begins or _lower(run[:1])):
            return len(phrase), _REPLACED[phrase]
    return None


def _lower(run: Tokens) -> bool:
    return all((t.kind is Kind.WORD and t.text[0].islower()) or not t.text[0].isalpha() for t in run)


def _said_plainly(tokens: Tokens) -> Tokens:
    """What tells of the reader's act instead of asking for it."""
    low = [t.low if t.kind is Kind.WORD else "" for t in tokens]
    tokens = _instrument_last(tokens)
    for i in range(1, len(tokens) - 3):
        effect = low[i : i + 2] == ["when", "you"] and low[i + 2] in _TOUCHING
        if effect and (told := _start_of_effect(tokens, low, i)) is not None:
            return (*tokens[:told], *tokens[i + 2 :])  # "The letter opens when you click X"
        if low[i : i + 2] == ["lets", "you"] and all(t.capital or t.kind is Kind.QUOTED for t in tokens[:i]):
            use, to = worded(tokens[0], "use", first=False), worded(tokens[i], "to", first=False)
            return (use, *tokens[:i], to, *tokens[i + 2 :])  # "Browse lets you choose a file"
    return _goes_in(tokens)


def _start_of_effect(tokens: Tokens, low: list[str], end: int) -> int | None:
    """Where the effect of the act begins: at the start, or after "If ...,"; None when it is no effect."""
    commas = [k for k in range(end) if tokens[k].kind is Kind.PUNCT and tokens[k].text != "("]
    start = commas[0] + 1 if commas else 0
    clear = len(commas) < 2 and (not commas or low[0] in ("if", "when", "unless"))
    after = any(t.kind is Kind.PUNCT for t in tokens[end:])
    clear = clear and low[start] not in w.SUBJECTS
    return start if clear and not after and not _NEGATIVE.intersection(low[start:end]) else None


_TOUCHING = w.words_set("click press select choose tap hit tick check")
_NEGATIVE = w.words_set("not can't cannot won't never no nothing doesn't isn't")


def _instrument_last(tokens: Tokens) -> Tokens:
    """ "Using the search bar, find the claim" as "find the claim using the search bar"."""
    if not tokens or tokens[0].low not in ("with", "using", "via", "through"):
        return tokens
    comma = next((i for i, t in enumerate(tokens) if t.text == "," and t.kind is Kind.PUNCT), None)
    if comma is None or comma < 2 or not _verb_of(tokens[comma + 1 :], "to"):
        return tokens
    if tells_nothing_to_do(words_of(tokens[:comma])):
        return tokens
    act = tokens[comma + 1 :]
    if any(t.low in (",", "and", "then", "or", ";") for t in act):
        return tokens
    return (*act, worded(tokens[0], "using", first=False), *tokens[1:comma])


def _goes_in(tokens: Tokens) -> Tokens:
    """ "The member ID goes in Member ID": what is entered where."""
    for i in range(1, len(tokens) - 2):
        if tokens[i].text in ("goes", "go") and tokens[i + 1].text in ("in", "into"):
            enter = worded(tokens[0], "enter", first=False)
            first = replace(tokens[0], text=tokens[0].low) if tokens[0].low in w.DETERMINERS else tokens[0]
            return (enter, first, *tokens[1:i], *tokens[i + 1 :])
    return tokens


def _unwrapped(tokens: Tokens) -> Tokens:
    """Wrappers count where an instruction may begin: at the start and after a comma or "then"."""
    i = 0
    while i < len(tokens):
        if i == 0 or tokens[i - 1].low in (",", ";", ":", "then", "and", "?"):
            tokens = _unwrapped_at(tokens, i)
        i += 1
    return tokens


def _unwrapped_at(tokens: Tokens, i: int) -> Tokens:
    for phrase in _WRAPPERS_AT.get(tokens[i].low, ()):
        run = tokens[i : i + len(phrase)]
        if tuple(t.low for t in run) != phrase or not _lower(run[1:]):
            continue
        after = tokens[i + len(phrase) :]
        if phrase[0] == "you" and after and after[0].low in verbs.HAPPENS:
            continue
        verb = _verb_of(after, phrase[-1])
        if verb is not None:
            return (*tokens[:i], verb, *after[1:])
        named = after[1:] if after and after[0].low == "the" else after
        if phrase[-1] == "with" and named and (named[0].kind is Kind.QUOTED or named[0].capital):
            return (*tokens[:i], worded(tokens[i], "click", first=True), *after)
    if i + 1 < len(tokens) and tokens[i].low in ("there", "here") and _verb_of(tokens[i + 1 :], "to"):
        return (*tokens[:i], *tokens[i + 1 :])
    if tokens[i].low in ("keep", "continue", "go") and any(t.low == "until" for t in tokens[i:]):
        after = tokens[i + (2 if tokens[i].low == "go" else 1) :]
        if verb := _verb_of(after, "by"):
            return (*tokens[:i], verb, *after[1:])
    if means := _means_at(tokens, i):
        return (*tokens[:i], *means)
    limits = {t.low for t in tokens[i:] if t.kind is Kind.WORD} & {"if", "when", "once", "after"}
    if tokens[i].low == "only" and limits and (verb := _verb_of(tokens[i + 1 :], "to")):
        return (*tokens[:i], verb, *tokens[i + 2 :])
    if i == 0 and tokens and tokens[0].low in _BEGUN and _place_follows(tokens):
        return tokens[1:]
    return tokens


def _means_at(tokens: Tokens, i: int) -> Tokens:
    """ "Sort the list by clicking Status", "Send it with Submit Now": the act is what it is done with."""
    verb = tokens[i].low
    unread = i == 0 and verb not in verbs.FIRST_WORDS and len(tokens) > 1 and tokens[1].low in w.POINTING
    if tokens[i].kind is not Kind.WORD or not (verb in _BY_MEANS or unread):
        return ()
    for k in range(i + 1, len(tokens) - 1):
        token, following = tokens[k], tokens[k + 1]
        if token.kind is not Kind.WORD or token.low in (",", "and", "then", "or"):
            return ()
        if token.text == "by" and following.low in verbs.GERUNDS and following.low != "using":
            return (worded(following, verbs.GERUNDS[following.low], first=False), *tokens[k + 2 :])
        if verb not in _BY_MEANS:
            continue  # "override the warning by clicking Continue": only the act itself tells what is done
        control = tokens[k + 2 : k + 3] if following.low == "the" and verb != "open" else (following,)
        named = bool(control) and (control[0].kind is Kind.QUOTED or control[0].capital)
        if verb == "add" and (token.text not in ("through", "via") or tokens[i + 1].low not in w.PRONOUNS):
            continue
        if token.text in ("with", "via", "through") and named and verb not in verbs.FINDING:
            return (worded(tokens[i], "click", first=False), *tokens[k + 1 :])
    return ()


_ANSWERS = w.words_set("answer respond complete")
_GOALS = w.words_set(
    "add view see display show expand collapse delete remove edit start open close dismiss confirm"
)
_BY_MEANS = (verbs.VAGUE_VERBS | verbs.FINDING | _GOALS | {"agree", "accept", "sign"}) - _ANSWERS


def _place_follows(tokens: Tokens) -> bool:
    return (
        len(tokens) > 2
        and tokens[1].low in ("in", "on", "from", "at", "under", "within")
        and any(t.text in (",", ":") for t in tokens)
    )


def _verb_of(after: Tokens, joint: str) -> Token | None:
    """The verb as an instruction has it: after "by" and "with" it stands with -ing."""
    if not after or after[0].kind is not Kind.WORD:
        return None
    if joint in ("by", "with", "is") and after[0].low in verbs.GERUNDS:
        base = verbs.GERUNDS[after[0].low]
        return replace(after[0], text=base, low=base)
    if joint not in ("by", "with") and (
        after[0].low in verbs.FIRST_WORDS or after[0].low in verbs.VAGUE_VERBS
    ):
        return after[0]
    return None


_NOTHING_TO_DO = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:in order )?to (?!the )[a-z][\w-]*(?: .*)?",  # "To see the details, ..."
        r"for (?:(?:the|more|any|your|a|an|its|further) )?(?:[\w'\u2019]+ )?(?:details?|information|reasons?|"
        r"help|history|list|view|overview|status|results?|answers?|decision|outcome|explanation|copy|convenience|"
        r"reference|records|response|assistance|breakdown|summary|"
        r"purposes?)\b.*",
        r"with (?:all|everything|it|that|this|them|the [\w']+|your [\w']+)(?: of (?:it|them|that|this))?"
        r"(?: \w+)? (?:\w+ed|filled in|filled out|done|set|chosen|shown|open)"
        r"(?: (?:in|on) (?:the )?(?:\w+ ){0,2}\w+)?",
        r"for (?:more|further|additional|extra) .*",
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
