"""Sentences recast as the plain instruction that they are: "look the patient up", "explain in X why ..."."""

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.edges import preposition_at
from authwright.sop.left_out import worded
from authwright.sop.plain_acts import plain_act
from authwright.sop.tokens import Kind, Token, Tokens

_JOINTS = frozenset({",", ";", ":", "then", "and"})
_SEPARABLE = frozenset({"look", "pull", "bring", "call"})


def recast(tokens: Tokens) -> Tokens:
    """Unchanged when the sentence is none of these."""
    i = -1
    while (i := i + 1) < len(tokens):  # a recast sentence can be shorter or longer
        if (
            i == 0
            or (tokens[i - 1].low in _JOINTS and tokens[i - 1].kind is not Kind.QUOTED)
            or _allowed(tokens, i)
        ):
            tokens = _at(tokens, i)
    return tokens


_MAY = frozenset({"can", "may", "could", "also"})


def _allowed(tokens: Tokens, i: int) -> bool:
    """ "You can also ...": an act begins behind it."""
    if not i or tokens[i - 1].low not in _MAY:
        return False
    low = [t.low for t in tokens[max(0, i - 3) : i]]
    low = low[:-1] if low[-1:] == ["also"] else low
    return low[-2:] in (["you", "can"], ["you", "may"], ["you", "could"])


def _at(tokens: Tokens, i: int) -> Tokens:
    if tokens[i].kind is not Kind.WORD:
        return tokens
    for form in (_separated, _new_credential, _explained, _narrowed, _agreed, plain_act):
        if (found := form(tokens, i)) is not None:
            return found
    return tokens


def _separated(tokens: Tokens, i: int) -> Tokens | None:
    """ "Look the patient up in Search" as "look up the patient in Search"."""
    if tokens[i].low not in _SEPARABLE or i + 3 > len(tokens) or tokens[i + 1].low not in w.DETERMINERS:
        return None
    for k in range(i + 3, min(i + 7, len(tokens))):
        if tokens[k].kind is not Kind.WORD or tokens[k].low in _JOINTS:
            return None
        if tokens[k].text == "up":
            return (*tokens[: i + 1], tokens[k], *tokens[i + 1 : k], *tokens[k + 1 :])
    return None


_MADE = frozenset({"create", "make", "invent"})
_CREDENTIALS = frozenset({"password", "username", "pin", "passcode"})


def _new_credential(tokens: Tokens, i: int) -> Tokens | None:
    """ "Create a password" as "enter a password"; what an email asks for is no field of this page."""
    if tokens[i].low not in _MADE:
        return None
    end = next((k for k in range(i + 1, len(tokens)) if tokens[k].low in _JOINTS), len(tokens))
    named = {t.low for t in tokens[i + 1 : end]}
    outside = any(t.low in ("from", "through", "with") for t in tokens[i + 1 :])
    if outside or tokens[i + 1 : i + 2] == () or tokens[i + 1].low not in w.DETERMINERS:
        return None
    return (
        (*tokens[:i], worded(tokens[i], "enter", first=True), *tokens[i + 1 :])
        if named & _CREDENTIALS
        else None
    )


_EXPLAINS = frozenset({"explain", "describe", "indicate", "state", "specify", "tell", "say"})
_ASKING = w.words_set("why what how which when where who whether if")


def _explained(tokens: Tokens, i: int) -> Tokens | None:
    """ "Explain in Details why ..." as "enter why ... in Details"."""
    if tokens[i].low not in _EXPLAINS or i + 2 >= len(tokens):
        return None
    enter = worded(tokens[i], "enter", first=True)
    if (
        i > 2
        and tokens[0].low in ("in", "under")
        and tokens[i - 1].text == ","
        and tokens[i + 1].low in _ASKING
    ):
        return (*tokens[:i], enter, *tokens[i + 1 :])
    end = next((k for k in range(i + 1, len(tokens)) if tokens[k].low in (",", ";", "then")), len(tokens))
    if tokens[i + 1].low in ("in", "under"):
        asked = next((k for k in range(i + 2, end) if tokens[k].low in _ASKING), None)
        if asked is None or not _is_label(tokens[i + 2 : asked]):
            return None
        return (*tokens[:i], enter, *tokens[asked:end], *tokens[i + 1 : asked], *tokens[end:])
    last = next((k for k in range(end - 1, i + 1, -1) if tokens[k].low in ("in", "under")), None)
    if last is None or not _is_label(tokens[last + 1 : end]):
        return None
    if last == i + 2 and tokens[i + 1].text in ("it", "this"):  # "explain it in Comments"
        return (*tokens[:i], enter, worded(tokens[i + 1], "why", first=False), *tokens[last:])
    return (*tokens[:i], enter, *tokens[i + 1 :])


def _is_label(tokens: Tokens) -> bool:
    if tokens and tokens[0].low == "the":
        tokens = tokens[1:]
    if tokens and tokens[-1].text in ("box", "field", "area") and len(tokens) > 1:
        return True
    return bool(tokens) and (tokens[0].capital or tokens[0].kind is Kind.QUOTED)


_LISTED = frozenset({"list", "search", "results", "it", "them", "table", "view"})


def _narrowed(tokens: Tokens, i: int) -> Tokens | None:
    """ "Narrow the list by Status" as "filter by Status"."""
    if tokens[i].low not in ("narrow", "filter"):
        return None
    k = i + 1
    while k < len(tokens) and (tokens[k].low in w.DETERMINERS | _LISTED | {"down"}):
        k += 1
    if k == i + 1 or k + 1 >= len(tokens) or tokens[k].text not in ("by", "with", "using"):
        return None
    if tokens[k - 1].low not in _LISTED | {"down"} or tokens[k + 1].low in verbs.GERUNDS:
        return None
    by = worded(tokens[k], "by", first=False)
    return (*tokens[:i], worded(tokens[i], "filter", first=True), by, *tokens[k + 1 :])


_TERMS = w.words_set(
    "terms conditions agreement disclosure statement policy disclaimer attestation notice license"
)


def _agreed(tokens: Tokens, i: int) -> Tokens | None:
    """ "Accept the Terms", "agree to the HIPAA Disclosure" as "tick the Terms"."""
    after = i + (2 if [t.low for t in tokens[i : i + 2]] == ["agree", "to"] else 1)
    if tokens[i].low not in ("accept", "agree") or (tokens[i].low == "agree" and after == i + 1):
        return None
    end = next((k for k in range(after, len(tokens)) if _ends(tokens, k)), len(tokens))
    last = tokens[end - 1].low
    if (
        end == after
        or not (last in _TERMS or (last in ("use", "service") and tokens[end - 2].low == "of"))
        or any(t.low == "by" for t in tokens[end : end + 1])
    ):
        return None
    label = _quoted(tokens[after:end])
    return (*tokens[:i], worded(tokens[i], "tick", first=True), *label, *tokens[end:])


def _ends(tokens: Tokens, k: int) -> bool:
    goes_on = tokens[k].low == "and" and k + 1 < len(tokens) and tokens[k + 1].capital
    joint = tokens[k].kind is not Kind.QUOTED and tokens[k].low in (",", ";", "and", "then", "by")
    goes_on = goes_on or tokens[k].low == "of"
    return (joint and not goes_on) or (not goes_on and preposition_at(tokens, k) is not None)


def _quoted(tokens: Tokens) -> Tokens:
    """ "the Terms and Conditions" with its label as one quoted token."""
    lead = tokens[:1] if tokens[0].low in w.DETERMINERS else ()
    rest = tokens[len(lead) :]
    if not rest or any(t.kind is not Kind.WORD for t in rest):
        return tokens
    text = " ".join(t.text for t in rest)
    return (*lead, Token(Kind.QUOTED, text, text.lower(), rest[0].start, rest[-1].end))
