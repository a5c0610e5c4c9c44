"""What stands in brackets and is an act or a condition, without its brackets."""

from dataclasses import replace

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.tokens import Kind, Tokens


def without_brackets(tokens: Tokens) -> Tokens:
    """Unchanged when what stands in brackets only tells more."""
    return _acts_in_brackets(_unbracketed(_goes_on_in_brackets(tokens)))


def _goes_on_in_brackets(tokens: Tokens) -> Tokens:
    """ "Choose a Category (and a Subcategory if there is one), ...": what else is done, without brackets."""
    for i in range(2, len(tokens) - 2):
        if tokens[i].text != "(" or tokens[i].kind is not Kind.PUNCT or tokens[i + 1].text != "and":
            continue
        close = next((k for k in range(i, len(tokens)) if tokens[k].text == ")"), None)
        acts = tokens[i + 2].low in w.DETERMINERS | verbs.FIRST_WORDS or tokens[i + 2].capital
        if close is not None and acts:
            comma = replace(tokens[i], text=",", low=",")
            return (*tokens[:i], comma, *tokens[i + 1 : close], *tokens[close + 1 :])
    return tokens


def _unbracketed(tokens: Tokens) -> Tokens:
    """ "Select Dispute (only if the claim is final)": the condition at the end without its brackets."""
    if not tokens or tokens[-1].text != ")" or tokens[-1].kind is not Kind.PUNCT:
        return tokens
    opens = [i for i, t in enumerate(tokens) if t.kind is Kind.PUNCT and t.text == "("]
    if not opens or opens[-1] < 2 or opens[-1] + 3 >= len(tokens):
        return tokens
    inner = tokens[opens[-1] + 1 : -1]
    low = [t.low for t in inner]
    if low[:2] == ["only", "if"] or low[0] in ("if", "unless") or low[:2] == ["only", "when"]:
        return (*tokens[: opens[-1]], *inner)
    return tokens


def _acts_in_brackets(tokens: Tokens) -> Tokens:
    """ "Search for the person (click Find), then ...": what stands in brackets is done next."""
    for i in range(1, len(tokens) - 2):
        if tokens[i].text != "(" or tokens[i].kind is not Kind.PUNCT or tokens[i + 1].text not in _CLICKS:
            continue
        close = next((k for k in range(i, len(tokens)) if tokens[k].text == ")"), None)
        if close is None or not (tokens[i + 2].capital or tokens[i + 2].kind is Kind.QUOTED):
            return tokens
        comma = replace(tokens[i], text=",", low=",")
        then = replace(tokens[i], kind=Kind.WORD, text="then", low="then")
        return (*tokens[:i], comma, then, *tokens[i + 1 : close], *tokens[close + 1 :])
    return tokens


_CLICKS = frozenset({"click", "press", "hit", "tap"})
