"""Another SOP in the place of steps: "sign in as in 'hub/sign-in'", "follow hub/find first"."""

import re

from authwright.core.workflow import Action, Step
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.tokens import Tokens, words_of

_ID = r'"?(?P<id>[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_/-]*)"?'
_SIGN = r"(?:sign(?:ing)?[ -]?(?:in|on)|log(?:ging)?[ -]?(?:in|on)|login)"
_AS = (
    r"(?:as (?:described |explained |shown |written |told |set out |laid out |given )?in|as per|per|the way|like(?: in)?|the same as in|same as(?: in)?|"
    r"following|according to|with|by|using|see|use|=|:|-|\u2013)"
)
_DO = r"(?:see|use|follow|do|run|go through|carry out|apply|perform|work through|same as(?: in)?|as in|the same as(?: in)?|complete)"
_NOUN = r"(?:the )?(?:sop |procedure |instructions? (?:of |in )?|steps (?:of |in )?)?"
_SECTION = r'(?:the )?(?:section |part )?(?:"(?P<section>[^"]+)"|(?P<named>[A-Z][\w ]+?)) (?:of|in|from) '
_TAIL = (
    r"(?: (?:says|does|describes|explains|shows|tells you))?(?: first)?"
    r"(?:,? (?:and )?then (?:come back|go on|continue|return|carry on)(?: here| with this| below)?)?"
)
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_SIGN},? ?(?:the portal )?(?:{_AS} )?{_NOUN}{_ID}{_TAIL}",
        rf"{_SIGN},? ?\((?:see |as in )?{_ID}\)",
        rf"{_SIGN} ?[:=,-] ?{_DO} {_NOUN}{_ID}{_TAIL}",
        rf"(?:first )?{_DO} (?:{_SECTION})?{_NOUN}{_ID}{_TAIL}",
        rf"{_ID}(?: first)?",
    )
)


def other_sop(tokens: Tokens, ctx: Context) -> Step | None:
    """The USE that these words, the whole of a clause or sentence, ask for."""
    if all("/" not in t.text for t in tokens):
        return None
    words = words_of(tokens)
    for pattern in _FORMS:
        if found := pattern.fullmatch(words):
            held = found.groupdict()
            part = held.get("section") or held.get("named")
            return ctx.step(Action.USE, tokens[0].start, target=held["id"], section=part)
    return None


def clause_of_other(clause: Clause, ctx: Context) -> list[Step] | None:
    """The same for one clause among others."""
    if all("/" not in t.text for t in clause.rest):
        return None
    words = f"{clause.verb.words} {words_of(clause.rest)}"
    found = next((m for p in _FORMS if (m := p.fullmatch(words))), None)
    if found is None:
        return None
    held = found.groupdict()
    part = held.get("section") or held.get("named")
    return [ctx.step(Action.USE, clause.start.start, target=held["id"], section=part)]


def names_other_sop(tokens: Tokens) -> bool:
    """Whether the sentence asks to do another SOP."""
    words = words_of(tokens)
    return "/" in words and any(form.fullmatch(words) for form in _FORMS)
