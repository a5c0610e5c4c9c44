"""Sentences without a verb that still say what to do: "Claims > Search", "Then Submit"."""

from authwright.sop import verbs
from authwright.sop.edges import separator_at
from authwright.sop.operands import scan_operand
from authwright.sop.tokens import Kind, Token, Tokens


def with_verb(tokens: Tokens, *, led: bool) -> Tokens:
    """The fragment with the "click" that it leaves out; unchanged when it is none.

    `led`: a place was named before ("In the side menu: Claims, then Search").
    """
    if _is_path(tokens) or _is_button(tokens, led=led) or (led and _is_labels(tokens)):
        click = Token(Kind.WORD, "click", "click", tokens[0].start, tokens[0].start)
        return (click, *tokens)
    return tokens


def _is_path(tokens: Tokens) -> bool:
    """ "Lists > Claims, then ...": labels up to the first arrow."""
    arrow = next((i for i, t in enumerate(tokens) if t.text == ">" and t.kind is Kind.PUNCT), None)
    return bool(arrow) and all(t.kind is Kind.QUOTED or t.capital or t.text == "&" for t in tokens[:arrow])


# With a name behind them these are what the button says: "Save Note", not an act with an object.
_SAVES = frozenset({"save", "submit", "finish", "continue", "cancel"})


def _is_button(tokens: Tokens, *, led: bool) -> bool:
    """ "Submit.", "Save, and then ...", "Then Save Changes": what is to be clicked is the verb itself."""
    first = tokens[0]
    if not first.capital or first.low not in verbs.BUTTON_VERBS:
        return False
    end = 1
    while end < len(tokens) and tokens[end].capital and (led or first.low in _SAVES):
        end += 1
    return end == len(tokens) or (
        separator_at(tokens, end) in (",", "and", "then") and tokens[end].low != "&"
    )


def _is_labels(tokens: Tokens) -> bool:
    """Nothing but labels, with "then", "and" or commas between them."""
    i = 0
    while i < len(tokens):
        found = scan_operand(tokens, i)
        if found is None or not (found[0].is_label or (tokens[i].capital and not found[0].det)):
            return False
        i = found[1]
        start = i
        while i < len(tokens) and (separator_at(tokens, i) in (",", "and", "then")):
            i += 1
        if i < len(tokens) and i == start:
            return False
    return True
