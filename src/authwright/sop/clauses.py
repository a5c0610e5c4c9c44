"""A sentence cut into clauses: what comes first, under which condition, then one verb after the other."""

from dataclasses import dataclass, field
from itertools import pairwise

from authwright.core.workflow import Condition, ConditionKind
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.edges import preposition_at, separator_at
from authwright.sop.operands import scan_operand
from authwright.sop.tokens import Kind, Token, Tokens
from authwright.sop.verbs import Verb


@dataclass(frozen=True, slots=True)
class VerbAt:
    verb: Verb
    words: str
    length: int


@dataclass(slots=True)
class Clause:
    """One verb with the words that follow it. `button` is set when the verb is itself the label."""

    verb: VerbAt
    rest: Tokens
    start: Token
    once: bool = False
    joined: str = ""
    last: bool = False
    """Nothing stands behind it in the sentence."""
    button: str = ""
    suffix: Tokens = ()
    """From "if", "unless", "until" on, when that stands after the act."""
    extra: list[Condition] = field(default_factory=list)
    over: list[tuple[int, int]] = field(default_factory=list)
    """Offsets of what the reading of its items passes over: reasons, purposes, what is told of a thing."""


IF_WORDS = frozenset({"if", "when", "whenever", "unless", "where", "should"})
AFTER_WORDS = frozenset({"once", "after", "before", "until"})
_LEADS = IF_WORDS | {"for"}
_CASES = IF_WORDS | {"once", "after", "for"}
_TOLD_OF = w.DETERMINERS | {"it"}
_PLACES = w.INSIDE | {"for"}
_NO_VERB_BEFORE = w.words_set(
    "to you will can may must should would could not i they we he she that which who be the a an your their "
    "its this in on of for from with by at under as each every or any no"
)


def verb_at(tokens: Tokens, i: int, *, first: bool) -> VerbAt | None:
    """The verb that begins at `i` when an instruction may begin there; `first`: may be capitalised."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    longest = verbs.LONGEST_FROM.get(token.low, 0)
    if not longest or token.kind is not Kind.WORD or (token.text[0].isupper() and not first):
        return None
    for length in range(min(longest, len(tokens) - i), 0, -1):
        run = tokens[i : i + length]
        phrase = tuple(t.low for t in run)
        if phrase in verbs.VERBS and all(t.kind is Kind.WORD for t in run) and _lower(run[1:]):
            verb = VerbAt(verbs.VERBS[phrase], " ".join(phrase), length)
            return verb if first or _has_object(tokens, i + length, verb) else None
    return None


def _lower(run: Tokens) -> bool:
    return all(not t.text[0].isupper() for t in run)


def _has_object(tokens: Tokens, i: int, verb: VerbAt) -> bool:
    """Mid-sentence, "type", "note", "status" are verbs only when something to act on follows."""
    if verb.verb is Verb.STOP:
        return i >= len(tokens) or is_joint(tokens[i]) or tokens[i].low in ("with", "here")
    if verb.verb in verbs.INTRANSITIVE or verb.verb is Verb.CLOSE:
        return True
    if i >= len(tokens):
        return False
    if tokens[i].kind is Kind.WORD and (separator_at(tokens, i) or tokens[i].low in ("of", "is", "are")):
        return False
    if tokens[i].kind is Kind.PUNCT:
        return False
    if verb.verb is Verb.HUMAN and len(verb.words.split()) == 1:
        return tokens[i].capital or tokens[i].low in w.POINTING
    if verb.verb is Verb.ASSIGN:  # "the left hand menu" hands nothing over
        return tokens[i].low in w.POINTING | {"to"}
    preposition = preposition_at(tokens, i)
    return preposition is None or verb.verb in (
        Verb.CLICK,
        Verb.FILL,
        Verb.CHECK,
        Verb.SEARCH,
        Verb.OPEN,
    )


def is_joint(token: Token) -> bool:
    return token.kind is not Kind.QUOTED and token.low in (",", ";", "and", "then", "or", ":", "&", "(", ")")


def starts_clause(tokens: Tokens, i: int) -> bool:
    """An instruction begins at `i`, after a separator or at the very start."""
    if i == 0:
        return verb_at(tokens, 0, first=True) is not None
    if not is_joint(tokens[i - 1]):
        return False
    return verb_at(tokens, i, first=tokens[i - 1].text == ":") is not None or button_at(tokens, i) > 0


# "..., and submit": as the last word these are the button to press.
_ENDS_WITH = w.words_set("save submit continue finish confirm update apply proceed send cancel close")


_AFTER_THEN = verbs.BUTTON_VERBS | verbs.ACTS


def button_at(tokens: Tokens, i: int) -> int:
    """Length of a capitalised label that is itself the instruction: "..., and Save", "then Send to Plan"."""
    if i >= len(tokens):
        return 0
    token = tokens[i]
    if token.text in verbs.LONE_BUTTONS and is_joint(tokens[i - 1] if i else token):
        return 1 if i + 1 == len(tokens) or tokens[i + 1].text in _AFTER_LONE else 0
    labels = verbs.BUTTON_VERBS
    if i and tokens[i - 1].low == "then":
        labels = _AFTER_THEN
    if i and i + 1 == len(tokens) and token.low in _ENDS_WITH and tokens[i - 1].low in ("and", "then"):
        return 1
    if not token.capital or token.low not in labels or i == 0 or tokens[i - 1].text == "&":
        return 0
    if not (is_joint(tokens[i - 1]) and tokens[i - 1].text != ":"):
        return 0
    if i + 1 == len(tokens) or separator_at(tokens, i + 1) or tokens[i + 1].low in w.PRONOUNS:
        return 1
    if (
        tokens[i - 1].low == "then"
        and token.low in verbs.BUTTON_VERBS
        and (run := _label_after_then(tokens, i))
    ):
        return run
    if tokens[i + 1].low in ("to", "for", "in") and tokens[i + 1].text[0].islower():
        found = scan_operand(tokens, i + 2) if i + 2 < len(tokens) else None
        if found and found[0].shape == "named" and tokens[i + 1].low == "to":
            return found[1] - i
    return 0


def _label_after_then(tokens: Tokens, i: int) -> int:
    """ "..., then Add New Line if there are others": capitals up to a joint, a condition or the end."""
    end = i
    while end < len(tokens) and tokens[end].kind is Kind.WORD and tokens[end].capital:
        end += 1
    ends = end == len(tokens) or is_joint(tokens[end]) or tokens[end].text in ("if", "when", "unless")
    return end - i if ends and end > i + 1 else 0


_AFTER_LONE = w.words_set("until once it them if unless when and , ;")


def bare_verb(tokens: Tokens, i: int) -> VerbAt | None:
    """A lower-case verb at `i` with no comma before it: "If it is discharged click Re-Open"."""
    if i == 0 or tokens[i - 1].low in _NO_VERB_BEFORE or preposition_at(tokens, i - 1):
        return None
    if tokens[i - 1].text.endswith(("'s", "s'")):
        return None  # "the patient's open chart"
    found = verb_at(tokens, i, first=False)
    if found and found.verb is Verb.OPEN and " " in found.words:
        return found
    clear = (
        Verb.CLICK, Verb.SELECT, Verb.FILL, Verb.STOP, Verb.CLOSE, Verb.UPLOAD, Verb.PRESS,
        Verb.CHECK, Verb.UNCHECK, Verb.DOWNLOAD,
    )  # fmt: skip
    ambiguous_nouns = {
        "complete",
        "add",
        "end",
        "stop",
        "close",
        "input",
        "give",
        "put",
        "pick",
        "take",
        "hit",
        "mark",
        "supply",
    }
    if found is None or found.verb not in clear:
        return None
    label = tokens[i + found.length : i + found.length + 1]
    named = bool(label) and (label[0].capital or label[0].kind is Kind.QUOTED)
    return found if found.words not in ambiguous_nouns or (found.words == "pick" and named) else None


def condition_end(tokens: Tokens, start: int) -> tuple[int, int] | None:
    """Where a condition ends and its main clause begins, for a condition whose words begin at `start`.

    A comma (or "then", a colon) before an instruction; failing that, a bare verb; failing that the
    only comma. None when it reaches to the end of the sentence.
    """
    for i in range(start + 1, len(tokens)):
        if tokens[i - 1].text in (",", ":", ";") and tokens[i - 1].kind is Kind.PUNCT:
            lead = i
            while lead < len(tokens) - 1 and tokens[lead].low in w.SEQUENCE_WORDS:
                lead += 1
            if _instruction(tokens, lead):
                return i - 1, lead
        elif tokens[i - 1].low == "then" and _instruction(tokens, i):
            return i - 1, i
    for i in range(start + 2, len(tokens)):
        if bare_verb(tokens, i) or _you_may(tokens, i):
            return i, i
    for i in range(start + 1, len(tokens)):
        if tokens[i].kind is Kind.PUNCT and tokens[i].text in (",", ":"):
            return i, i + 1
    return None


def _instruction(tokens: Tokens, i: int) -> bool:
    if i >= len(tokens):
        return False
    if _you_may(tokens, i):
        return True
    return (
        verb_at(tokens, i, first=True) is not None
        or button_at(tokens, i) > 0
        or tokens[i].low in _LEADS
        or _unread(tokens, i)
    )


def _unread(tokens: Tokens, i: int) -> bool:
    """ "correct the error": an act with a verb that isn't read. It ends the condition all the same."""
    known = tokens[i].text in verbs.UNREAD
    return known and i + 1 < len(tokens) and tokens[i + 1].low in w.POINTING


def _you_may(tokens: Tokens, i: int) -> bool:
    """ "you can skip this": addressed, with the verb behind it."""
    return (
        tokens[i].text == "you"
        and i + 2 < len(tokens)
        and tokens[i + 1].low in ("can", "may", "must", "should", "could")
        and verb_at(tokens, i + 2, first=False) is not None
    )


def split_clauses(tokens: Tokens) -> list[tuple[int, int, str]]:
    """(start, end, what joins it) of each clause of an instruction that begins with a verb.

    A conditional clause ("..., and if it fails, call them") is one piece up to the end.
    """
    starts = [0]
    i = 1
    while i < len(tokens):
        if is_joint(tokens[i - 1]) and _conditional_at(tokens, i):
            starts.append(i)
            break
        if is_joint(tokens[i - 1]) and tokens[i - 1].low in ("and", ",", "then") and told_at(tokens, i):
            starts.append(i)
            break
        if starts_clause(tokens, i) or (is_joint(tokens[i - 1]) and place_leads(tokens, i)):
            starts.append(i)
            i = _led_verb(tokens, i) or i
        i += 1
    bounds = [*starts, len(tokens)]
    pieces: list[tuple[int, int, str]] = []
    for begin, end in pairwise(bounds):
        stop = end
        while stop > begin and is_joint(tokens[stop - 1]) and not _closes(tokens[begin:stop]):
            stop -= 1
        joined = ""
        k = begin - 1
        while k >= 0 and is_joint(tokens[k]):
            joined = tokens[k].low if tokens[k].low in ("or", "then") else joined or tokens[k].low
            k -= 1
        pieces.append((begin, stop, joined))
    return pieces


def told_at(tokens: Tokens, i: int) -> bool:
    """ "..., and another appears": what the page then does, to the end of the sentence."""
    if tokens[i].low not in _TOLD_OF or tokens[i].text[0].isupper():
        return False
    for k in range(i + 1, min(i + 5, len(tokens))):
        if tokens[k].kind is not Kind.WORD or is_joint(tokens[k]):
            return False
        if tokens[k].text in verbs.SHOWN_THEN:
            return not any(is_joint(t) and t.low != "and" for t in tokens[k:])
    return False


def place_leads(tokens: Tokens, i: int) -> bool:
    """ "..., and on the Review page press Send": a place, then its verb, with nothing between them."""
    return _led_verb(tokens, i) > 0


def _led_verb(tokens: Tokens, i: int) -> int:
    found = preposition_at(tokens, i)
    if found is None or found[0] not in _PLACES:
        return 0
    for k in range(i + found[1] + 1, len(tokens)):
        if verb_at(tokens, k, first=False):
            before = tokens[: k - 1] if tokens[k - 1].text == "," else tokens[:k]
            place = scan_operand(before, i + found[1])
            whole = place is not None and place[1] == len(before)
            return k if place and whole and (found[0] != "for" or place[0].is_label) else 0
        if is_joint(tokens[k]) and tokens[k].text != ",":
            return 0
    return 0


def _closes(tokens: Tokens) -> bool:
    """Whether the last token is a bracket whose partner is in here too."""
    texts = [t.text for t in tokens if t.kind is Kind.PUNCT]
    return tokens[-1].text == ")" and texts.count("(") == texts.count(")")


def _conditional_at(tokens: Tokens, i: int) -> bool:
    """A conditional clause with an instruction of its own begins at `i`."""
    if tokens[i].low not in _CASES or tokens[i].text[0].isupper():
        return False
    if tokens[i].low == "for" and (i + 1 >= len(tokens) or tokens[i + 1].low not in ("each", "every")):
        return _other_case(tokens, i)
    if tokens[i].low == "once" and (i + 1 >= len(tokens) or is_joint(tokens[i + 1])):
        return False
    end = condition_end(tokens, i)
    return end is not None and _instruction(tokens, end[1])


def _other_case(tokens: Tokens, i: int) -> bool:
    """ "..., and for a continued stay pick Concurrent": a case of its own, up to its verb."""
    if tokens[i + 1 : i + 2] == () or tokens[i + 1].low not in ("a", "an", "any"):
        return False
    end = next((k for k in range(i + 2, len(tokens)) if is_joint(tokens[k])), len(tokens))
    comma = (
        end < len(tokens) and tokens[end].text == "," and verb_at(tokens, end + 1, first=False) is not None
    )
    return comma or any(bare_verb(tokens, k) for k in range(i + 2, end))


_SUFFIXES = ("if", "unless", "until", "when", "where")


def suffix_at(tokens: Tokens) -> int | None:
    """Index of the "if", "unless", "until", "only if" that stands after the act."""
    depth = told = 0
    for i in range(1, len(tokens)):
        if tokens[i].kind is Kind.PUNCT:
            depth += {"(": 1, ")": -1}.get(tokens[i].text, 0)
        if tokens[i - 1].text == "," and tokens[i].text in ("which", "who"):
            told = next((k for k in range(i, len(tokens)) if tokens[k].text == ","), len(tokens))
        if depth > 0 or i < told:
            continue  # "click X, which stays grey until ...": told of it
        if tokens[i].kind is Kind.WORD and tokens[i].text in (*_SUFFIXES, "once", "after", "as"):
            if tokens[i].text == "once" and (
                i + 1 >= len(tokens) or is_joint(tokens[i + 1]) or tokens[i + 1].low in ("only", *_SUFFIXES)
            ):
                continue
            if tokens[i].text == "as" and (i + 1 >= len(tokens) or tokens[i + 1].low not in ("soon", "long")):
                continue
            if tokens[i].text == "after" and preposition_at(tokens, i - 1):
                continue
            if tokens[i].text == "if" and tokens[i - 1].text in _FINDS_OUT and _is_aim(tokens, i - 1):
                continue
            if tokens[i].text == "where" and tokens[i + 1 : i + 2] and tokens[i + 1].text in w.SUBJECTS:
                continue  # "a number where you can be reached"
            return i
    return None


_FINDS_OUT = w.words_set("see check determine know verify confirm decide out learn")


def _is_aim(tokens: Tokens, i: int) -> bool:
    """ "Click X to see if ...": what is found out by it."""
    return i > 1 and "to" in (tokens[i - 1].text, tokens[i - 2].text)


OPTIONAL = Condition(ConditionKind.SAID, "optional")
