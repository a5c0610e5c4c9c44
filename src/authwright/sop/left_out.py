"""What a sentence says that asks nothing: whose computer, what comes by itself, remarks, other ways."""

from dataclasses import replace

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.tokens import Kind, Token, Tokens

_MAY_BE_LEFT_OUT = w.words_set("( , that which on from in")
_COMPUTERS = w.words_set("computer pc desktop laptop machine workstation device drive desktop's")
_REMARKS = tuple(
    tuple(x.split())
    for x in ("note that", "remember that", "keep in mind that", "bear in mind that", "be aware that")
)
_PICKS = w.words_set("find locate select choose pick")
_LOCAL = w.words_set("own local hard work office")
_PLACED = w.words_set("found located shown listed displayed available")


def with_paths(tokens: Tokens) -> Tokens:
    """ "..., then Menu > Claims", "In Menu > Claims, ...": the click that is left out before a path."""
    if len(tokens) > 4 and tokens[0].low in ("in", "under", "from", "on") and _is_path(tokens):
        comma = next(i for i, t in enumerate(tokens) if t.text == ",")
        act = worded(tokens[comma], "then", first=False)
        return (worded(tokens[0], "click", first=True), *tokens[1 : comma + 1], act, *tokens[comma + 1 :])
    for i in range(1, len(tokens) - 2):
        if tokens[i - 1].text != "then" or not (tokens[i].capital or tokens[i].kind is Kind.QUOTED):
            continue
        end = i
        while end < len(tokens) and (tokens[end].capital or tokens[end].kind is Kind.QUOTED):
            end += 1
        if end < len(tokens) and tokens[end].text == ">" and not any(t.text == ">" for t in tokens[:i]):
            click = replace(tokens[i], kind=Kind.WORD, text="click", low="click", end=tokens[i].start)
            return (*tokens[:i], click, *tokens[i:])
    return tokens


def _is_path(tokens: Tokens) -> bool:
    """ "In Menu > Claims, ...": capitals and arrows up to the first comma."""
    comma = next((i for i, t in enumerate(tokens) if t.text == "," and t.kind is Kind.PUNCT), 0)
    way = tokens[1:comma]
    named = all(t.capital or t.kind is Kind.QUOTED or t.text in (">", "&", "the", "of", "and") for t in way)
    return named and any(t.text == ">" for t in way)


def left_out(tokens: Tokens, i: int) -> int:
    """Behind "(or click X)", another way to the same; behind ", found" before the place of a label."""
    if tokens[i].low not in _MAY_BE_LEFT_OUT:
        return 0
    texts = [t.low for t in tokens[i : i + 3]]
    if texts[:2] == ["(", "or"] and len(texts) == 3 and texts[2] in verbs.FIRST_WORDS:
        close = next((k for k in range(i, len(tokens)) if tokens[k].text == ")"), None)
        return close + 1 if close else 0
    if i and texts[:2] == [",", "or"] and len(texts) == 3 and _goes_on_by_itself(tokens, i + 2):
        return next((k for k in range(i + 1, len(tokens)) if tokens[k].text == ";"), len(tokens))
    if i and texts[0] in ("on", "from", "in") and (length := _own_computer(tokens, i + 1)):
        return i + 1 + length  # "the file on your PC"
    if i and texts[0] in ("that", "which") and (length := _comes_up(tokens, i + 1)):
        return i + 1 + length  # "the window that opens"
    placed = len(texts) == 3 and texts[1] in _PLACED and (texts[2],) in w.PREPOSITIONS
    return i + 2 if i and texts[0] == "," and placed else 0


def _goes_on_by_itself(tokens: Tokens, i: int) -> bool:
    """ ", or the system uses today": what happens otherwise, and nobody does it."""
    if tokens[i].text not in ("the", "it", "they") or i < 4:
        return False
    ahead = [t.text for t in tokens[i + 1 : i + 5]]
    return next(
        (x in verbs.FINITE or x.rstrip("s") in verbs.FIRST_WORDS for x in ahead if x.endswith("s")), False
    )


def _own_computer(tokens: Tokens, i: int) -> int:
    """Length of "your computer", "the local drive": where files are, and nothing of the page."""
    if i >= len(tokens) or tokens[i].text not in ("your", "the", "my", "our", "this"):
        return 0
    for k in (i + 1, i + 2):
        if k < len(tokens) and tokens[k].low in _COMPUTERS and (k == i + 1 or tokens[k - 1].low in _LOCAL):
            return k + 1 - i
    return 0


def picked_on_computer(tokens: Tokens) -> Tokens:
    """ "Find the notes on your computer" as "attach the notes": what is picked there is a file."""
    for k in range(3, len(tokens) - 1):
        if tokens[k].low not in ("on", "from") or not _own_computer(tokens, k + 1):
            continue
        for i in range(k - 1, -1, -1):
            if i and tokens[i - 1].low not in ("and", "then", ",", ";", ":", ">"):
                continue
            if tokens[i].low in _PICKS and tokens[i + 1].low in w.DETERMINERS:
                return (*tokens[:i], worded(tokens[i], "attach", first=True), *tokens[i + 1 :])
            break
    return tokens


def without_remark(tokens: Tokens) -> Tokens:
    """ "Remember that X", "keep in mind that X": X, which is told."""
    low = [t.low for t in tokens[:5]]
    start = 1 if low[:1] == ["please"] else 0
    for remark in _REMARKS:
        if tuple(low[start : start + len(remark)]) == remark and len(tokens) > start + len(remark) + 1:
            return tokens[start + len(remark) :]
    return tokens


def _comes_up(tokens: Tokens, i: int) -> int:
    """Length of "appears", "pops up", "comes next" at the end of a phrase."""
    if i >= len(tokens) or tokens[i].low not in verbs.SHOWN_THEN | {"comes", "follows", "results", "drops"}:
        return 0
    length = (
        2
        if i + 1 < len(tokens) and tokens[i + 1].low in ("up", "next", "then", "below", "now", "down")
        else 1
    )
    after = tokens[i + length].low if i + length < len(tokens) else ","
    return length if after in (",", ".", ";", ":", "and", "then") or after in verbs.FIRST_WORDS else 0


def worded(token: Token, word: str, *, first: bool) -> Token:
    if not word[0].isalnum():
        return replace(token, kind=Kind.PUNCT, text=word, low=word)
    text = word[0].upper() + word[1:] if first and token.text[0].isupper() else word
    return replace(token, kind=Kind.WORD, text=text, low=word)
