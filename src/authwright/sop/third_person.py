"""Instructions told of somebody: "The user selects X", "The code is to be entered in Y".

Read as what they mean to the reader: "select X", "enter the code in Y". "Y is entered" does not say who does
it.
"""

from dataclasses import replace

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.tokens import Kind, Token, Tokens

_READERS = w.words_set("user agent specialist biller representative operator employee coordinator clerk")
_DUTY = {("must",): 1, ("should",): 1, ("shall",): 1, ("has", "to"): 2, ("needs", "to"): 2, ("then",): 1}
_DONE = {
    "clicked": "click", "pressed": "press", "selected": "select", "chosen": "choose", "entered": "enter",
    "typed": "type", "ticked": "tick", "recorded": "note", "noted": "note", "added": "add",
    "attached": "attach", "uploaded": "upload", "provided": "provide", "supplied": "supply",
}  # fmt: skip
# What stands before "be clicked": that it is asked for, or only allowed.
_ASKED = (("is", "to"), ("are", "to"), ("must",), ("should",), ("shall",), ("has", "to"), ("have", "to"),
          ("needs", "to"), ("need", "to"), ("ought", "to"))  # fmt: skip
_ALLOWED = (("can",), ("may",), ("can", "also"), ("may", "also"))
# A rule of the form rather than an act: "at least one diagnosis has to be entered".
_RULES = w.words_set("at no only other additional further more up not any all both either")
_ON_CASE = ("on", "the", "case")
_BY_ITSELF = w.words_set("automatically already been by itself")


def to_reader(tokens: Tokens) -> Tokens:
    """The sentence as an instruction; unchanged when it is none of these."""
    return _active(_spoken_to(tokens))


def _spoken_to(tokens: Tokens) -> Tokens:
    """ "The user opens Claims and clicks Find" as "open Claims and click Find"."""
    low = [t.low for t in tokens]
    if len(low) < 3 or low[0] != "the" or low[1] not in _READERS:
        return tokens
    start = 2
    for words, length in _DUTY.items():
        if tuple(low[start : start + length]) == words:
            start += length
            if words != ("then",):
                return tokens[start:]
    first = _base(tokens[start])
    if first is None:
        return tokens
    rest: list[Token] = [first]
    for before, token in zip(tokens[start:], tokens[start + 1 :], strict=False):
        joined = before.low in ("and", "then", ",") and before.kind is not Kind.QUOTED
        rest.append((_base(token) if joined else None) or token)
    return tuple(rest)


def _base(token: Token) -> Token | None:
    """ "selects" as "select", "presses" as "press"."""
    if token.kind is not Kind.WORD or token.capital or not token.low.endswith("s"):
        return None
    stems = (token.low[:-1], token.low[:-2] if token.low.endswith("es") else "")
    known = next((x for x in stems if x in verbs.FIRST_WORDS), None)
    return replace(token, text=known, low=known) if known else None


def _active(tokens: Tokens) -> Tokens:
    """ "The code is to be entered in Value" as "enter the code in Value"."""
    if _BY_ITSELF.intersection(t.low for t in tokens if t.kind is Kind.WORD):
        return tokens
    out: list[Token] = []
    start = 0
    allowed = False
    while (found := _participle(tokens, start)) is not None:
        done, be, asked = found
        end = _clause_end(tokens, done)
        rest = tokens[done + 1 : end]
        verb = _DONE[tokens[done].low]
        if verb == "note" and tuple(t.low for t in rest[-3:]) != _ON_CASE:
            return tokens
        lead, subject = _led(tokens[start:be])
        named = bool(subject) and any(t.capital or t.kind is Kind.QUOTED for t in subject[-1:])
        if not subject or subject[0].low in _RULES or not (asked or (named and not out)):
            return tokens
        allowed = allowed or not asked
        if subject[0].low in w.DETERMINERS:
            subject = (replace(subject[0], text=subject[0].low), *subject[1:])
        out += (*lead, Token(Kind.WORD, verb, verb, subject[0].start, subject[0].start), *subject, *rest)
        joint = end
        while joint < len(tokens) and tokens[joint].low in (",", "and", "then"):
            out.append(tokens[joint])
            joint += 1
        start = joint
        if start >= len(tokens):
            break
    if not out or _participle(tokens, start) is not None:
        return tokens
    may = (Token(Kind.WORD, "optionally", "optionally", out[0].start, out[0].start),) if allowed else ()
    return (*may, *out, *tokens[start:])


def _participle(tokens: Tokens, start: int) -> tuple[int, int, bool] | None:
    """(participle, what stands before its "be", whether it is asked for) of the first "is to be clicked",
    "must be selected", "may be added" from `start` on."""
    for i in range(start + 2, len(tokens)):
        if tokens[i].kind is not Kind.WORD or tokens[i].text not in _DONE or tokens[i - 1].text != "be":
            continue
        for asked, forms in ((True, _ASKED), (False, _ALLOWED)):
            for form in forms:
                be = i - 1 - len(form)
                if be > start and tuple(t.low for t in tokens[be : i - 1]) == form:
                    return None if _told_if(tokens[start:be]) else (i, be, asked)
    return None


def _told_if(before: Tokens) -> bool:
    """ "If Other is selected, ..." states a condition."""
    return any(t.low in _CONDITIONS and t.kind is Kind.WORD for t in before)


_CONDITIONS = w.words_set("if when where once until unless after before that which while as what whatever")


def _clause_end(tokens: Tokens, done: int) -> int:
    """Up to the joint before the next "is to be clicked"; else to the end."""
    following = _participle(tokens, done)
    if following is None:
        return len(tokens)
    return next(
        (
            i for i in range(done + 1, following[1])
            if tokens[i].low in (",", "and") and tokens[i].kind is not Kind.QUOTED
        ),
        len(tokens),
    )  # fmt: skip


def _led(before: Tokens) -> tuple[Tokens, Tokens]:
    """ "In "Search By", "Claim Number"" as the place with its comma, and what is chosen there."""
    comma = next((i for i, t in enumerate(before) if t.text == "," and t.kind is Kind.PUNCT), None)
    if comma is None or before[0].low not in ("in", "under", "on", "from", "for", "at"):
        return (), before
    return before[: comma + 1], before[comma + 1 :]
