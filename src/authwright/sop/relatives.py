"""Clauses that describe a thing: "the claim you are asking about", "the encounter in question".

Which claim it is, is settled by the case, so the description may be passed over. What describes
something that the case does not hold ("the option you like best") stays an error.
"""

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.edges import noun_at, preposition_at, separator_at
from authwright.sop.operands import Operand
from authwright.sop.tokens import Kind, Tokens

_PRONOUNS = w.words_set("who which whom whose that where")
_TELLING = w.SUBJECTS | _PRONOUNS
_AFTER = w.words_set("concerned involved affected selected chosen wanted described mentioned")
_IDIOMS = (("in", "question"), ("of", "interest"), ("of", "your", "choice"), ("at", "hand"))
_SHOWN_BY_IT = w.words_set("shows gives displays returns prints lists assigns says")
_TARGETS = (w.PLACED) - {"from"}


def relative_end(tokens: Tokens, i: int, head: Operand | None) -> int:
    """The index after the description at `i`; 0 when none stands there or `head` is not the case's."""
    if head is None or tokens[i].kind is not Kind.WORD:
        return 0
    if head.shape == "pronoun" and head.det and tokens[i].text in w.SUBJECTS and _wanted(tokens, i):
        return _end(tokens, i + 1)  # "the one you want"
    if head.text.lower() in _ENTERED and _you_entered(tokens, i):
        return _end(tokens, i + 1)
    if tokens[i].text == "it" and i + 1 < len(tokens) and tokens[i + 1].low in _SHOWN_BY_IT:
        return i + 2
    told = tokens[i].text in _TELLING or preposition_at(tokens, i)
    if (
        told
        and head.det
        and head.shape == "plain"
        and not _SAYS_NOTHING.intersection(head.text.lower().split())
    ):
        if tokens[i].text in w.SUBJECTS and head.text and not head.noun:
            return _end(tokens, i + 1)
        if tokens[i].text in ("that", "which") and tokens[i + 1 : i + 2] and tokens[i + 1].low in w.SUBJECTS:
            return _end(tokens, i + 2)
        if preposition_at(tokens, i) and tokens[i + 1 : i + 2] and tokens[i + 1].low in ("which", "whom"):
            return _end(tokens, i + 2)
        of_another = (
            tokens[i].text in ("that", "which") and tokens[i + 1 : i + 2] and tokens[i + 1].low in _REDUCED
        )
        if of_another and _verb_soon(tokens, i + 1):
            return _end(tokens, i + 2)  # "the locations that the user should lose"
        if tokens[i].text == "where" and tokens[i + 1 : i + 2] and tokens[i + 1].text in w.SUBJECTS:
            return _end(tokens, i + 2)  # "a phone number where you can be reached"
        if tokens[i].text == "who" and head.text.split(" ")[-1] in _PEOPLE and not head.noun:
            return _end(tokens, i + 1)  # "the therapist who treats the patient"
    belongs = head.is_label and head.det == "the" and not head.noun and tokens[i].text in ("that", "which")
    if belongs and [t.low for t in tokens[i + 1 : i + 3]] in _WHOSE and _verb_soon(tokens, i + 1):
        return _end(tokens, i + 1)  # "the Branch that the patient belongs to"
    ongoing = tokens[i].text.endswith("ing") and i + 1 < len(tokens) and tokens[i + 1].low in w.DETERMINERS
    if ongoing and head.shape == "plain" and head.det and (tokens[i].low,) not in w.PREPOSITIONS:
        return _end(tokens, i + 1)  # "the clinical data supporting the reason"
    if told_of := _told_of_shown(tokens, i, head):
        return told_of
    if not is_of_case(head):
        return 0
    token = tokens[i]
    if token.low in ("in", "of", "at"):
        for idiom in _IDIOMS:
            if tuple(t.low for t in tokens[i : i + len(idiom)]) == idiom:
                return i + len(idiom)
    if token.low in _AFTER:
        return i + 1
    if token.text == "to" and i + 2 < len(tokens) and tokens[i + 1].text == "be":
        return _end(tokens, i + 2)
    after_preposition = preposition_at(tokens, i)
    if after_preposition and tokens[i + 1 : i + 2] and tokens[i + 1].low in ("which", "whom"):
        return _end(tokens, i + 2)
    if token.text in _REDUCED and _verb_soon(tokens, i):
        return _end(tokens, i + 1)
    if token.text in w.SUBJECTS or (token.text in _PRONOUNS and not _compares(tokens, i)):
        return _end(tokens, i + 1)
    return 0


# What is shown of itself, and what a message says: "the disclaimer that is highlighted", "the warning that
# no document is attached".
_COMES = w.words_set(
    "comes come appears appear opens open displays display shows show pops pop follows follow"
)
_SAYING = w.words_set(
    "warning message notice note alert prompt banner error statement reminder window pop-up dialog"
)
_SORTS_OUT = w.words_set("first last second third selected checked ticked not only")


def _told_of_shown(tokens: Tokens, i: int, head: Operand) -> int:
    if tokens[i].text not in ("that", "which") or not head.det or i + 2 > len(tokens) - 0:
        return 0
    after = tokens[i + 1 :]
    end = _end(tokens, i + 1)
    run = {t.low for t in tokens[i + 1 : end]}
    says = _SAYING.intersection(head.spoken_words)
    named = bool(head.text) and not _SAYS_NOTHING.intersection(head.text.lower().split())
    if not after or _SORTS_OUT & run or any(t.kind is Kind.QUOTED for t in tokens[i + 1 : end]):
        return 0
    if says and after[0].low not in ("says", "reads", "has", "contains", "shows"):
        return end
    shown = (
        after[0].low in _COMES
        or _given(after)
        or (after[0].low in ("is", "are") and after[1:] != () and after[1].low.endswith("ed"))
    )
    return end if named and shown and head.noun not in ("row", "button", "link", "icon") else 0


_GIVERS = w.words_set("system portal page site screen payer plan application tool response it")
_GIVES = w.words_set(
    "assigns gives generates creates returns shows displays provides issues sends issued assigned gave "
    "generated returned"
)
_GET = w.words_set("receive get see")


def _given(after: Tokens) -> bool:
    """ "(the number) that the system assigns", "that you receive", "that was assigned"."""
    low = [t.low for t in after[:4]]
    if low[:1] in (["the"], ["this"]):
        low = low[1:]
    by_page = len(low) > 1 and low[0] in _GIVERS and low[1] in _GIVES
    to_you = low[:1] == ["you"] and bool(_GET.intersection(low[1:3]))
    return by_page or to_you or (low[:1] in (["was"], ["were"]) and low[1:2] != [] and low[1] in _GIVES)


# With one of these nothing is named, whatever is told of it.
_SAYS_NOTHING = w.words_set(
    "option options choice item items thing things entry entries button link icon label word words field box "
    "answer response text value one ones action information details"
)
_WHOSE = [["the", who] for who in ("patient", "member", "client", "provider", "request", "claim")]
_REDUCED = w.words_set("the this your our")
_HAVE = verbs.FINITE | w.words_set("should must needs gave sent provided want wants belong need have got")


def _verb_soon(tokens: Tokens, i: int) -> bool:
    """ "the payer this patient has": a subject and its verb right after the noun."""
    for k in range(i + 1, min(i + 5, len(tokens))):
        if tokens[k].kind is not Kind.WORD or separator_at(tokens, k):
            return False
        if k > i + 1 and tokens[k].text in _HAVE:
            return True
    return False


_WANTING = w.words_set("want need mean asking looking looked searched requested")


def _wanted(tokens: Tokens, i: int) -> bool:
    return any(t.text in _WANTING for t in tokens[i + 1 : i + 4])


_PEOPLE = w.words_set(
    "therapist clinician nurse physician doctor provider specialist surgeon practitioner prescriber contact"
)
_ENTERED = w.words_set("information details data entries answers values")
_TYPED = w.words_set("entered provided typed gave submitted")


def _you_entered(tokens: Tokens, i: int) -> bool:
    """ "the information you (have) entered": what was typed before."""
    low = [t.low for t in tokens[i : i + 3] if t.low != "have"]
    return low[:1] == ["you"] and low[1:2] != [] and low[1] in _TYPED


def is_of_case(head: Operand) -> bool:
    """A thing that the case holds one of: known by the table, or a record kept about it."""
    words = head.text.lower()
    held = words in w.RECORDS or words.split(" ")[-1] in w.FILE_WORDS
    file = bool(head.det) and words.split(" ")[-1] in w.FILE_WORDS and not head.noun
    return bool(head.path) or (head.shape == "plain" and held) or file


def _compares(tokens: Tokens, i: int) -> bool:
    """ "that starts with it", "that has the member ID": says how to find it, so it is no mere description."""
    return i + 1 < len(tokens) and tokens[i + 1].low in verbs.COMPARING


def _end(tokens: Tokens, i: int) -> int:
    while i < len(tokens):
        if separator_at(tokens, i) or tokens[i].kind is not Kind.WORD or tokens[i].text == "using":
            return i
        found = preposition_at(tokens, i)
        if found and found[0] in _TARGETS and i + found[1] < len(tokens):
            target = i + found[1]
            if tokens[target].low in ("the", "its", "a"):
                target += 1
            if target < len(tokens) and _label_at(tokens, target):
                return i
        i += 1
    return i


def _label_at(tokens: Tokens, i: int) -> bool:
    return tokens[i].kind is Kind.QUOTED or tokens[i].capital or noun_at(tokens, i) > 0
