"""What stands before an act and is no "if": for which cases it is done, beside what, and what only tells."""

import re
from dataclasses import replace
from itertools import pairwise

from authwright.core.workflow import Action, Condition, ConditionKind, Step, Value
from authwright.sop import words as w
from authwright.sop.clauses import bare_verb, condition_end, is_joint, told_at, verb_at
from authwright.sop.conditions import read_condition
from authwright.sop.data_words import reference
from authwright.sop.edges import preposition_at
from authwright.sop.leads import is_prohibition
from authwright.sop.operands import scan_operand
from authwright.sop.settling import page_came
from authwright.sop.tokens import Kind, Tokens, tokenise, words_of
from authwright.sop.verbs import Verb

Steps = tuple[Step, ...]


def beside_each(tokens: Tokens) -> Tokens | None:
    """ "Next to each document, tick the box" as "for each document, tick the box next to it"."""
    first = (replace(tokens[0], text=tokens[0].low), *tokens[1:])
    found = preposition_at(first, 0)
    if (
        found is None
        or found[0] not in w.BESIDE
        or not tokens[found[1] :]
        or tokens[found[1]].low not in w.EVERY
    ):
        return None
    comma = next((i for i, t in enumerate(tokens) if t.text == ","), None)
    if comma is None or any(is_joint(t) for t in tokens[comma + 1 :]):
        return None
    near = tokenise("next to it")
    named = scan_operand(tokens[:comma], found[1])
    stop = named[1] if named else comma
    start = (replace(tokens[0], text="for", low="for"), *tokens[found[1] : stop])
    return (*start, *tokens[comma:], *(replace(t, start=tokens[-1].end, end=tokens[-1].end) for t in near))


_NOT_THERE = re.compile(
    r"\b(?:is|are) (?:not|no longer|un)[ ]?(?:available|possible|supported|offered|needed|required)\b"
    r"|\b(?:does|do|did) not (?:offer|support|allow|accept|require|need|have|exist|work|apply|show)\b"
)

# What then follows by itself, rather than what is done: "the payer may not answer".
_BY_OTHERS = re.compile(r"\b(?:is|are|will be|gets?) (?:then |automatically )?\w+ed\b")
_FOLLOWS = w.words_set("may might will would cannot can't won't nobody nothing usually")


def only_tells(steps: Steps, words: Tokens) -> bool:
    """A condition over something that is only told: somebody expects an act here. "Leave it blank" is one."""
    verb = verb_at(words, 0, first=True)
    refrains = is_prohibition(words) or (verb is not None and verb.verb is Verb.NOTHING)
    refrains = refrains or bool(
        words and words[0].low in w.DETERMINERS | {"it"} and _NOT_THERE.search(words_of(words))
    )
    refrains = refrains or bool(
        words and words[0].low in w.DETERMINERS and _BY_OTHERS.search(words_of(words))
    )
    refrains = refrains or page_came(words_of(words)) or bool(words and told_at(words, 0))
    refrains = refrains or any(t.text in _FOLLOWS or t.text in ("skip", "leave", "ignore") for t in words)
    return bool(steps) and all(s.action is Action.NOTE for s in steps) and not refrains


def record_in(lead: Tokens) -> Value | None:
    """ "To change an authorization, select it": what "it" is."""
    named = [
        t.low
        for before, t in pairwise(lead)
        if before.low in ("a", "an", "the") and t.low in w.RECORDS | _FILES
    ]
    return reference(f"the {named[0]}", named[0]) if len(named) == 1 else None


_FILES = frozenset({"file", "document", "attachment"})


def lead_end(tokens: Tokens) -> tuple[int, int] | None:
    """Where the lead-in ends: before the first act, even if a comma and another act come later."""
    end = condition_end(tokens, 0)
    for i in range(2, end[0] if end else 0):
        plain = verb_at(tokens, i, first=False) and tokens[i - 1].kind is Kind.WORD
        acts = bare_verb(tokens, i) or (plain and i + 1 < len(tokens) and tokens[i + 1].low in w.DETERMINERS)
        if acts and tokens[i - 1].low not in ("to", "and", "or") and not preposition_at(tokens, i - 1):
            return i, i
    return end


def circumstance(low: str, words: Tokens) -> Condition | None:
    """ "For urgent requests, ...", "With several locations, ...": in which cases this is done."""
    if low == "for":
        return _kind_of_case(words)
    if low == "depending" and words and all(t.kind is Kind.WORD for t in words):
        return Condition(ConditionKind.SAID, f"depending {words_of(words)}")
    if low == "with" and words and words[0].low in _INDEFINITE and all(t.kind is Kind.WORD for t in words):
        return Condition(ConditionKind.SAID, f"with {words_of(words)}")
    return None


_INDEFINITE = w.words_set("a an another more several multiple many no two three some any fewer less")

_DESCRIBES = w.words_set(
    "that which who whose with without insured covered enrolled needing requiring having"
)


def _named_kind(words: Tokens) -> bool:
    """ "For the MedSolutions portal", "for Aetna members": those of one name, of many that there are."""
    whole = all(t.kind is not Kind.PUNCT for t in words)
    return whole and len(words) > 1 and words[-1].text in w.KINDS_BY_NAME and any(t.capital for t in words)


def _kind_of_case(words: Tokens) -> Condition | None:
    """ "For urgent requests, ...": which cases this is done for. "For the details, ..." is none."""
    low = [t.low for t in words if t.kind is Kind.WORD]
    if _named_kind(words):
        return Condition(ConditionKind.SAID, f"for {words_of(words)}")
    if not low or len(low) != len(words) or any(verb_at(words, i, first=False) for i in range(len(low))):
        return None
    if low[0] in ("the", "this", "your", "each", "every", "all"):
        return None
    bare = low[1:] if low[0] in ("a", "an", "any", "no") else low
    described = next((i for i, x in enumerate(bare) if i and x in _DESCRIBES), None)
    if described and bare[described - 1].removesuffix("s") in w.CASE_NOUNS:
        return Condition(ConditionKind.SAID, f"for {words_of(words)}")
    if any(t.text != t.low and not t.text.isupper() for t in words):
        return None
    kinds = [x for x in bare if x in w.CASE_NOUNS or x.removesuffix("s") in w.CASE_NOUNS]
    one_of_many = low[0] in ("a", "an", "any") and bool(kinds)
    if not one_of_many and (not kinds or (bare == kinds[:1] and not kinds[0].endswith("s"))):
        return None
    said = words_of(words)
    if len(bare) == 2 and bare[1] in w.REQUEST_NOUNS:
        known = read_condition(tokenise(f"the request is {bare[0]}"))
        if known.kind is not ConditionKind.SAID:
            return replace(known, words=f"for {said}")
    return Condition(ConditionKind.SAID, f"for {said}")
