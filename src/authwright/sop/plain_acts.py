"""Everyday acts put as what is done on the page: "save it", "edit the Visit Limit", "mark it as Done"."""

from collections.abc import Callable
from dataclasses import replace

from authwright.sop import words as w
from authwright.sop.data_words import longest_name
from authwright.sop.edges import preposition_at
from authwright.sop.left_out import worded
from authwright.sop.tokens import Kind, Token, Tokens

_JOINTS = frozenset({",", ";", ":", "then", "and", "or"})


def plain_act(tokens: Tokens, i: int) -> Tokens | None:
    """The sentence with the act at `i` recast; None when it is none of these."""
    for form in _FORMS.get(tokens[i].low, ()):
        if (found := form(tokens, i)) is not None:
            return found
    return None


_BUTTONS = {"save": "Save", "submit": "Submit"}
_WHOLE = w.RECORDS | w.words_set("form forms changes page entry entries record note information work it them")
_AGAIN = w.words_set("again once too afterwards")


def _saved(tokens: Tokens, i: int) -> Tokens | None:
    """ "Save it", "submit the form again": the button that says so."""
    label = _BUTTONS.get(tokens[i].low)
    if label is None or i + 1 >= len(tokens):
        return None
    k = i + 1
    if label == "Save" and [t.text for t in tokens[k : k + 2]] in (["before", "you"], ["at", "the"]):
        quoted = Token(Kind.QUOTED, label, label.lower(), tokens[i].start, tokens[i].end)
        return (*tokens[:i], worded(tokens[i], "click", first=True), quoted, *tokens[k:])
    if tokens[k].text in ("the", "your", "this"):
        k += 1
    whole = k < len(tokens) and tokens[k].text in _WHOLE and (k > i + 1 or tokens[k].text in ("it", "them"))
    if whole and k + 1 < len(tokens) and tokens[k].text in w.RECORDS and tokens[k + 1].text in _WHOLE:
        k += 1  # "the authorization request"
    if not whole or not _ends(tokens, k + 1):
        return None
    quoted = Token(Kind.QUOTED, label, label.lower(), tokens[i].start, tokens[k].end)
    rest = tokens[k + 1 :]
    if rest and rest[0].text == "again":
        rest = rest[1:]
    return (*tokens[:i], worded(tokens[i], "click", first=True), quoted, *rest)


def _ends(tokens: Tokens, k: int) -> bool:
    while k < len(tokens) and tokens[k].text in _AGAIN:
        k += 1
    return k >= len(tokens) or (tokens[k].kind is not Kind.QUOTED and tokens[k].low in _STOPS)


_STOPS = _JOINTS | w.words_set("if when unless once after at to")
_EDITS = w.words_set("edit adjust modify correct update revise amend change overwrite")


def _edited(tokens: Tokens, i: int) -> Tokens | None:
    """ "Edit the Visit Limit", "change the start date if it is wrong": the case's own is entered there."""
    if tokens[i].low not in _EDITS or i + 1 >= len(tokens):
        return None
    k = i + 2 if tokens[i + 1].low in ("the", "its", "your", "their") else i + 1
    if k >= len(tokens):
        return None
    end = next((n for n in range(k, len(tokens)) if n > k and _ends(tokens, n)), len(tokens))
    run = tokens[k:end]
    to_value = end < len(tokens) and tokens[end].text == "to"
    if to_value or any(preposition_at(tokens, n) for n in range(k, end)):
        return None
    named = all(t.capital for t in run) and k > i + 1
    quoted = len(run) == 1 and run[0].kind is Kind.QUOTED
    known = k > i + 1 and longest_name(tokens, k, end) == len(run) and run[-1].low not in w.RECORDS | w.LISTED
    if not run or not (named or quoted or known):
        return None
    if named and tokens[i].low == "change" and run[-1].low not in _TYPED:  # chosen in the field of that name
        data = tuple(replace(t, text=t.low) for t in run)
        inside = replace(run[-1], text="in", low="in", start=run[-1].end)
        choose = worded(tokens[i], "choose", first=True)
        return (*tokens[:i], choose, tokens[i + 1], *data, inside, *run, *tokens[end:])
    if quoted:  # a label, and no text to be typed
        run = (replace(run[0], kind=Kind.WORD, text="the", low="the", end=run[0].start), *run)
        return (*tokens[:i], worded(tokens[i], "enter", first=True), *run, *tokens[end:])
    return (*tokens[:i], worded(tokens[i], "enter", first=True), *tokens[i + 1 :])


_TYPED = w.words_set(
    "date dates number name amount limit units visits hours quantity phone fax email address notes comments "
    "npi id code"
)


def _marked(tokens: Tokens, i: int) -> Tokens | None:
    """ "Mark the task as Done" as "set the task to Done"."""
    if tokens[i].low not in ("mark", "flag") or i + 3 >= len(tokens):
        return None
    for k in range(i + 2, min(i + 6, len(tokens) - 1)):
        if tokens[k].kind is Kind.WORD and tokens[k].low in _JOINTS:
            return None
        if tokens[k].text == "as" and (tokens[k + 1].capital or tokens[k + 1].kind is Kind.QUOTED):
            to = worded(tokens[k], "to", first=False)
            return (
                *tokens[:i],
                worded(tokens[i], "set", first=True),
                *tokens[i + 1 : k],
                to,
                *tokens[k + 1 :],
            )
    return None


_TELLS = w.words_set("explain describe state say tell specify indicate")
_ASKING = w.words_set("why what how which when where who whether")


def _explained_in(tokens: Tokens, i: int) -> Tokens | None:
    """ "Use the Message box to explain why ..." as "enter why ... in the Message box"."""
    if tokens[i].low != "use":
        return None
    for k in range(i + 2, min(i + 9, len(tokens) - 2)):
        if tokens[k].kind is Kind.WORD and tokens[k].low in _JOINTS:
            return None
        if tokens[k].text == "to" and tokens[k + 1].low in _TELLS and tokens[k + 2].low in _ASKING:
            end = next((n for n in range(k, len(tokens)) if tokens[n].low in (",", ";")), len(tokens))
            inside = worded(tokens[k], "in", first=False)
            enter = worded(tokens[i], "enter", first=True)
            return (*tokens[:i], enter, *tokens[k + 2 : end], inside, *tokens[i + 1 : k], *tokens[end:])
    return None


_ENTERS = w.words_set("enter type add key give put")
_CLICKS = w.words_set("click press hit select")


def _after_each(tokens: Tokens, i: int) -> Tokens | None:
    """ "Enter each code and press Add after each one" as "for each code, enter it and press Add"."""
    if i or tokens[0].low not in _ENTERS or len(tokens) < 7 or tokens[1].low not in ("each", "every"):
        return None
    tail = [t.low for t in tokens[-3:]]
    cut = (
        3
        if tail in (["after", "each", "one"], ["for", "each", "one"])
        else 2
        if tail[1:] == ["after", "each"]
        else 0
    )
    click = next(
        (n for n in range(3, len(tokens)) if tokens[n].text in _CLICKS and tokens[n - 1].text == "and"), 0
    )
    length = longest_name(tokens, 2, len(tokens))
    if not cut or not click or not length:
        return None
    behind = tokens[2 + length : click - 1]
    comma = replace(tokens[1], kind=Kind.PUNCT, text=",", low=",")
    enter = replace(tokens[0], text=tokens[0].low)
    it = replace(tokens[1], text="it", low="it")
    loop = worded(tokens[0], "for", first=True)
    return (loop, *tokens[1 : 2 + length], comma, enter, it, *behind, *tokens[click - 1 : -cut])


def _by_control(tokens: Tokens, i: int) -> Tokens | None:
    """ "Go back with Edit" as "click Edit"."""
    with_label = [t.low for t in tokens[i : i + 3]] == ["go", "back", "with"] and _is_label(tokens, i + 3)
    return (*tokens[:i], worded(tokens[i], "click", first=True), *tokens[i + 3 :]) if with_label else None


def _sorted_by(tokens: Tokens, i: int) -> Tokens | None:
    """ "Sort the table by Date Submitted": the heading of that column is clicked."""
    if tokens[i].low != "sort":
        return None
    k = next((n for n in range(i + 1, min(i + 5, len(tokens))) if tokens[n].text in ("by", "on")), 0)
    if not k or not _is_label(tokens, k + 1) or any(t.low in _JOINTS for t in tokens[i:k]):
        return None
    return (*tokens[:i], worded(tokens[i], "click", first=True), *tokens[k + 1 :])


def _tabbed(tokens: Tokens, i: int) -> Tokens | None:
    """ "Tab out of the field" as "press Tab"."""
    if tokens[i].low != "tab" or [t.low for t in tokens[i + 1 : i + 2]] not in (["out"], ["off"]):
        return None
    end = next((n for n in range(i + 1, len(tokens)) if tokens[n].low in _JOINTS), len(tokens))
    key = Token(Kind.WORD, "Tab", "tab", tokens[i].start, tokens[i].end)
    return (*tokens[:i], worded(tokens[i], "press", first=True), key, *tokens[end:])


def _is_label(tokens: Tokens, i: int) -> bool:
    i += i < len(tokens) and tokens[i].low == "the"
    return i < len(tokens) and (tokens[i].capital or tokens[i].kind is Kind.QUOTED)


_FIRST = w.words_set("read review check")
_SECOND = w.words_set("accept submit send confirm save complete print download")


def _both(tokens: Tokens, i: int) -> Tokens | None:
    """ "Review and submit the request" as "review the request, then submit the request"."""
    if (
        tokens[i].low not in _FIRST
        or [t.low for t in tokens[i + 1 : i + 2]] != ["and"]
        or i + 3 >= len(tokens)
    ):
        return None
    if tokens[i + 2].low not in _SECOND or tokens[i + 3].low not in w.DETERMINERS:
        return None
    end = next((n for n in range(i + 3, len(tokens)) if tokens[n].low in _JOINTS), len(tokens))
    thing = tokens[i + 3 : end]
    comma = replace(tokens[i + 1], kind=Kind.PUNCT, text=",", low=",")
    then = worded(tokens[i + 1], "then", first=False)
    return (*tokens[: i + 1], *thing, comma, then, tokens[i + 2], *thing, *tokens[end:])


_ROLES = w.words_set("role roles permission permissions access level profile title")


def _assigned(tokens: Tokens, i: int) -> Tokens | None:
    """ "Assign the role Biller to the user" as "set the role to Biller"."""
    if (
        tokens[i].low not in ("assign", "grant")
        or i + 2 >= len(tokens)
        or tokens[i + 1].low not in w.DETERMINERS
    ):
        return None
    noun = next((n for n in (i + 2, i + 3) if n < len(tokens) and tokens[n].low in _ROLES), 0)
    if not noun:
        return None
    end = next((n for n in range(noun + 1, len(tokens)) if tokens[n].low in _JOINTS | {"to"}), len(tokens))
    named = tokens[noun + 1 : end]
    after = next((n for n in range(end, len(tokens)) if tokens[n].low in _JOINTS), len(tokens))
    the = replace(tokens[i + 1], text="the", low="the")
    role = tokens[i + 2 : noun + 1]
    if not named or not (named[0].capital or named[0].kind is Kind.QUOTED):
        return None
    to = worded(tokens[noun], "to", first=False)
    return (*tokens[:i], worded(tokens[i], "set", first=True), the, *role, to, *named, *tokens[after:])


# Which forms begin with which word.
_FORMS: dict[str, tuple[Callable[[Tokens, int], Tokens | None], ...]] = {
    **dict.fromkeys(_BUTTONS, (_saved,)),
    **dict.fromkeys(_EDITS, (_edited,)),
    **dict.fromkeys(("mark", "flag"), (_marked,)),
    **dict.fromkeys(_ENTERS, (_after_each,)),
    **dict.fromkeys(_FIRST, (_both,)),
    **dict.fromkeys(("assign", "grant"), (_assigned,)),
    "use": (_explained_in,),
    "go": (_by_control,),
    "sort": (_sorted_by,),
    "tab": (_tabbed,),
}
