"""Where an operand ends: at a separator, a preposition or its control noun; how far a label runs."""

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.tokens import Kind, Tokens

_SEPARATORS = {
    ",": ",",
    ";": ";",
    "and": "and",
    "or": "or",
    "then": "then",
    "&": "and",
    ">": ">",
    "followed": "then",
}


_TAKES_IN = w.words_set("not sign log opt check fill drop built pay")


_PREPOSITIONAL = frozenset({"and", "or", "in", "on", "from", "for", "with", "by", "at", "to"})


_LABEL_JOINTS = w.words_set("of to the a an this your my for or in on and & - / by from with at #")


def separator_at(tokens: Tokens, i: int) -> str | None:
    token = tokens[i]
    return None if token.kind is Kind.QUOTED else _SEPARATORS.get(token.low)


def preposition_at(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """The longest preposition that stands at `i`, in lower case."""
    if i >= len(tokens) or tokens[i].kind is not Kind.WORD:
        return None
    for phrase in w.PREPOSITIONS_FROM.get(tokens[i].text, ()):
        run = tokens[i + 1 : i + len(phrase)]
        if len(run) + 1 == len(phrase) and all(t.text == p for t, p in zip(run, phrase[1:], strict=True)):
            return " ".join(phrase), len(phrase)
    return None


def noun_at(tokens: Tokens, i: int) -> int:
    """How many tokens from `i` on are a control or place noun in lower case; 0 when none."""
    longest = w.LONGEST_NOUN_FROM.get(tokens[i].low, 0) if i < len(tokens) else 0
    for length in range(min(longest, len(tokens) - i), 0, -1):
        run = tokens[i : i + length]
        if all(t.kind is Kind.WORD and not t.text[0].isupper() for t in run):
            phrase = tuple(t.low for t in run)
            if phrase in w.CONTROL_NOUNS or (length == 1 and phrase[0] in w.PLACE_NOUNS):
                return length
    return 0


_BEGINS = frozenset({"a", "an", "the", "this", "your", "their", "its", "our"})


PARTICIPLES = frozenset({"shown", "displayed", "listed", "found", "located"})


# After a name: "the units requested", "whichever place of service applies".
TRAILING = frozenset({"applies", "apply", "requested", "needed", "required", "above", "below"})
_BREAKS = w.SUBJECTS | _BEGINS | w.words_set("so because since while one is are was has")
_LATE = TRAILING | {"there", "here", "again", "too"}


def ends_operand(tokens: Tokens, i: int) -> bool:
    return (
        i >= len(tokens)
        or tokens[i].kind is not Kind.WORD
        or separator_at(tokens, i) is not None
        or preposition_at(tokens, i) is not None
        or tokens[i].low
        in ("that", "which", "who", "whose", "where", "titled", "named", "labelled", "labeled", "called")
        or (tokens[i].text == "it" and i + 1 < len(tokens) and tokens[i + 1].low.endswith("s"))
        or tokens[i].text in _BREAKS
        or (
            i + 1 < len(tokens)
            and tokens[i].text.endswith("ing")
            and tokens[i + 1].low in w.DETERMINERS
            and not (i and tokens[i - 1].low in w.DETERMINERS)
        )
        or (tokens[i].text in _LATE and (i + 1 == len(tokens) or preposition_at(tokens, i + 1) is not None))
        or (tokens[i].low in PARTICIPLES and preposition_at(tokens, i + 1) is not None)
        or tokens[i].text in ("itself", "themselves", "instead", "afterwards")
    )


_CLARIFIES = frozenset({"for", "to", "by"})


def with_small_words(tokens: Tokens, i: int, run: int, det: str) -> int:
    """ "New request", "Search terms": a label in sentence case. "the Reason for Revoking User field"."""
    j = i + run
    if j < len(tokens) and dates_of(tokens, j):
        return run
    if j + 1 < len(tokens) and tokens[j].text == "this" and tokens[j + 1].text in _ONES_OWN:
        return j + 2 + _for_days(tokens, j + 2) - i  # "Remember this device"
    k = j
    while k < len(tokens) and k - j < 3 and not ends_operand(tokens, k) and not tokens[k].capital:
        last = k > j - 1 and (
            k + 1 >= len(tokens) or (ends_operand(tokens, k + 1) and tokens[k + 1].low not in w.DETERMINERS)
        )
        named = tokens[k].low in w.PROPERTY_NOUNS and last
        verb = tokens[k].low in verbs.FIRST_WORDS and not named
        if tokens[k].low.endswith("ly") or tokens[k].low in w.ADVERBS or verb:
            return run
        if tokens[k].low in _PREDICATES or noun_at(tokens, k):
            break
        k += 1
    if not det and k > j and k < len(tokens) and tokens[k].text in _AT_END and _ends_label(tokens, k + 1):
        return k + 1 - i  # "Stay signed in"
    if k > j and (ends_operand(tokens, k) or noun_at(tokens, k)):
        part = not det and k < len(tokens) and tokens[k].low in w.PLACE_NOUNS
        own = part and (tokens[k].low,) not in w.CONTROL_NOUNS and ends_operand(tokens, k + 1)
        return k + 1 - i if own else k - i  # "select Create order group"
    if det == "the" and j + 1 < len(tokens) and tokens[j].text in _CLARIFIES:
        begin = j + 2 if tokens[j + 1].low in ("the", "a", "an") else j + 1
        more = label_run(tokens, begin) if begin < len(tokens) and tokens[begin].capital else 0
        if more and noun_at(tokens, begin + more):
            return begin + more - i
    return run


def _for_days(tokens: Tokens, i: int) -> int:
    """ "for 30 days": the length of it, which is a part of the label before it."""
    said = [t.low for t in tokens[i : i + 3]]
    return 3 if len(said) == 3 and said[0] == "for" and said[1].isdigit() and said[2] in _SPANS else 0


_SPANS = w.words_set("day days week weeks month months hour hours")
_ONES_OWN = w.words_set("device browser computer workstation machine")
_PREDICATES = w.words_set(
    "is are was were has have on off blank empty once twice times time first last up down out"
)


def edge_at(tokens: Tokens, i: int) -> bool:
    if i < len(tokens) and tokens[i].text in TRAILING:
        return True
    return ends_operand(tokens, i) or noun_at(tokens, i) > 0 or tokens[i].capital


def label_run(tokens: Tokens, i: int) -> int:
    """Capitalised words, with small joints between them: "Date of Birth", "Select a Topic"."""
    j = i
    while j < len(tokens) and tokens[j].kind is Kind.WORD:
        if tokens[j].capital and tokens[j].text not in ("&", "-"):
            j += 1
            continue
        k = j
        while k < len(tokens) and tokens[k].kind is Kind.WORD and tokens[k].low in _LABEL_JOINTS:
            k += 1
        if j > i and tokens[j].text in _AT_END and _ends_label(tokens, j + 1):
            return j + 1 - i
        joints = [t.low for t in tokens[j:k]]
        follows = k < len(tokens) and tokens[k].capital
        if j == i or not joints or not follows or not _may_join(joints, tokens[j - 1].low, tokens[k].low):
            break
        j = k
    return j - i


_AT_END = frozenset({"from", "to", "in", "on", "by", "for", "up", "out", "off", "down", "over", "back"})


def dates_of(tokens: Tokens, j: int) -> bool:
    """ "the Valid from date": behind a label that ends in a preposition, no part of it."""
    return bool(j) and tokens[j].text in ("date", "dates") and tokens[j - 1].low in _AT_END


def _ends_label(tokens: Tokens, k: int) -> bool:
    """ "Valid from", "Sign in": a preposition with nothing behind it is part of the label."""
    return k >= len(tokens) or separator_at(tokens, k) is not None or tokens[k].text in ("date", "dates")


_IN_STATE = w.words_set("progress review process network transit error")
_ON_STATE = w.words_set("file hold demand")


def _may_join(joints: list[str], before: str, after: str) -> bool:
    """Whether the small words between two capitalised ones belong to one label.

    "of", "the", "&" do; "in", "on", "from" and the like would be prepositions of the sentence, and
    "and" and "or" are separators. "Not in List" and "Sign in Again" are labels all the same.
    """
    if joints == ["in"] and (before in _TAKES_IN or after in _IN_STATE):
        return True
    if joints == ["on"] and after in _ON_STATE:
        return True
    return not _PREPOSITIONAL.intersection(joints)


def plain_run(tokens: Tokens, i: int) -> int:
    """Lower-case words (with acronyms among them) up to the operand's edge or its control noun."""
    j = i
    while j < len(tokens) and not (ends_operand(tokens, j) and j > i):
        token = tokens[j]
        if tuple(t.low for t in tokens[j : j + 4]) == ("first", "and", "last", "name"):
            return j + 4 - i
        if j > i and token.capital and not (token.text.isupper() or not token.text[0].isalpha()):
            break
        if noun_at(tokens, j) and ends_operand(tokens, j + noun_at(tokens, j)):
            break
        j += 1
        if token.kind is not Kind.WORD:
            break
    return j - i


def closing(tokens: Tokens, j: int) -> int:
    """Index of the bracket that closes the one at `j`; the end when none does."""
    depth = 0
    for k in range(j, len(tokens)):
        if tokens[k].kind is Kind.PUNCT:
            depth += {"(": 1, ")": -1}.get(tokens[k].text, 0)
            if depth == 0:
                return k
    return len(tokens)
