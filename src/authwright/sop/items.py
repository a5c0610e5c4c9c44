"""The words after a verb as items: objects joined by "and", commas or "then", each with its prepositions."""

from dataclasses import dataclass, replace

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.data_words import longest_name
from authwright.sop.edges import PARTICIPLES, TRAILING, preposition_at, separator_at
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.item_checks import is_date_format
from authwright.sop.operands import Item, Operand, after_aside, after_quantifier, scan_operand
from authwright.sop.relatives import relative_end
from authwright.sop.tokens import Kind, Tokens, words_of


@dataclass(slots=True)
class _Open:
    head: Operand | None
    preps: list[tuple[str, Operand]]
    joined: str
    at: int

    @property
    def last(self) -> Operand | None:
        return self.preps[-1][1] if self.preps else self.head

    def closed(self) -> Item:
        return Item(self.head, tuple(self.preps), self.joined, self.at)


def read_items(tokens: Tokens, at: int, over: list[tuple[int, int]] | None = None) -> list[Item]:
    """Cut the rest of a clause into items. Raises ReadingError (SOP012) at a word that fits nowhere.

    `over` is given the offsets of what is passed over: why it is done, what is told of a thing.
    """
    over = [] if over is None else over
    items: list[_Open] = []
    tokens = _with_path_labels(tokens)
    current = _Open(None, [], "", at)
    i, joined = 0, ""
    if tokens and separator_at(tokens, 0) and len(tokens) > 1 and tokens[0].low != ">":
        raise ReadingError("SOP016", at, "what this verb acts on is not said", "name it right after the verb")
    pending_prep: str | None = None
    while i < len(tokens):
        token = tokens[i]
        if separator := separator_at(tokens, i):
            if pending_prep is None and (current.head or current.preps):
                items.append(current)
                current = _Open(None, [], "", token.start)
            joined = _stronger(joined, separator)
            if token.low == "followed" and i + 1 < len(tokens) and tokens[i + 1].low == "by":
                i += 1
            i += 1
            continue
        current.joined, joined = joined or current.joined, ""
        if token.kind is Kind.PUNCT and token.text == "(":
            i = after_aside(tokens, i)
        elif token.kind is Kind.PUNCT and token.text == ")":
            i += 1
        elif (
            (length := _apposition_at(tokens, i, items))
            or (length := _following_at(tokens, i))
            or (length := _format_at(tokens, i))
        ):
            i += length
        elif (
            (token.text in ("so", "because", "since") and not _idiom_at(tokens, i))
            or _as_reason(tokens, i)
            or ((token.low in ("which", "who") or _without_which(tokens, i)) and current.joined == ",")
        ):
            after = next((k for k in range(i + 1, len(tokens)) if tokens[k].text == ","), None)
            if token.low not in ("which", "who") or after is None:
                over.append((token.start, _phrase_end(tokens, i)))
                break  # says why, or tells more about what came before
            over.append((token.start, tokens[after].start))
            i = after
        elif tokens[i].low in ("within", "in", "inside") and [t.low for t in tokens[i + 1 : i + 3]] == [
            "it",
            ",",
        ]:
            i, current.joined = i + 3, ", and"  # "Open A and, within it, B"
        elif length := _idiom_at(tokens, i):
            i += length
        elif (token.low in PARTICIPLES and preposition_at(tokens, i + 1)) or (
            token.text in TRAILING and current.head
        ):
            i += 1
        elif (token.text == "whose" and (end := _whose(tokens, i, current))) or (
            end := relative_end(tokens, i, current.last)
        ):
            if token.low == "which" or (tokens[i + 1 : i + 2] and tokens[i + 1].text in _STATES):
                over.append((token.start, tokens[end - 1].end))  # "that is flagged as Overdue"
            i = end
        elif token.kind is Kind.PUNCT and token.text == ":":
            wide = current.head is not None and (not current.preps or not current.head.text)
            if i + 1 < len(tokens) and wide and not items:
                current.head, current.preps = None, []  # "the required fields: A, B": the list says what
            i += 1
        elif (found := preposition_at(tokens, i)) and not (
            (pending_prep and current.head is None) or after_quantifier(tokens, i) > i
        ):
            if found[0] == "to" and _may_be_label(tokens, i, current.head):
                raise two_readings(
                    tokens[i].start, f'"{words_of(tokens[i:])}" says why, or is the end of the label',
                    "the whole label in quotation marks", "the label alone in quotation marks",
                )  # fmt: skip
            purpose = found[0] == "to" and _is_purpose(tokens, i + 1)
            if purpose or (found[0] == "for" and current.head is not None and _is_reason(tokens, i + 1)):
                over.append((token.start, _phrase_end(tokens, i)))
                break
            pending_prep = found[0]
            i += found[1]
        elif token.low in w.ADVERBS and token.kind is Kind.WORD and not token.text[0].isupper():
            i += 1
        else:
            i = _take_operand(tokens, i, current, pending_prep)
            pending_prep = None
    if pending_prep is not None:
        raise ReadingError("SOP012", tokens[-1].start, f'expected something after "{pending_prep}"')
    if current.head or current.preps:
        items.append(current)
    return [item.closed() for item in items]


_STATES = frozenset({"is", "are", "was", "were"})


def _phrase_end(tokens: Tokens, i: int) -> int:
    """The offset at which a reason ends: what stands behind its comma may be more than that."""
    marks = (t for t in tokens[i + 1 :] if t.kind is Kind.PUNCT and t.text in (",", ";", ":", "("))
    found = next(marks, None)
    return found.start if found else tokens[-1].end


def _as_reason(tokens: Tokens, i: int) -> bool:
    """ ", as the other fields depend on it": a whole sentence that says why."""
    if tokens[i].text != "as" or tokens[i - 1].text != "," or i + 2 >= len(tokens):
        return False
    says = any(t.low in verbs.FINITE or t.low + "s" in verbs.FINITE for t in tokens[i + 2 :])
    return says and (tokens[i + 1].low in w.DETERMINERS | w.SUBJECTS | {"it"})


def _may_be_label(tokens: Tokens, i: int, head: Operand | None) -> bool:
    """ "Send code to email": a label in small letters, with one bare word behind "to"."""
    small = head is not None and head.shape == "named" and any(x.islower() for x in head.text.split(" "))
    rest = [t for t in tokens[i + 1 :] if t.low not in w.ADVERBS]
    return small and len(rest) == 1 and rest[0].text.islower() and not (head and head.noun)


def _with_path_labels(tokens: Tokens) -> Tokens:
    """In a path with arrows "and" never separates: "Edit > Billing and Insurance" has two labels."""
    out = list(tokens)
    arrows = [i for i, t in enumerate(out) if t.kind is Kind.PUNCT and t.text == ">"]
    if not arrows:
        return tokens
    i = 1
    while i < len(out) - 1:
        before, after = out[i - 1], out[i + 1]
        if out[i].low in ("and", "&") and before.capital and after.capital and i > arrows[0] - 3:
            start, end = i - 1, i + 2
            while start and out[start - 1].capital:
                start -= 1
            while end < len(out) and out[end].capital:
                end += 1
            text = " ".join(t.text for t in out[start:end])
            joined = replace(out[start], kind=Kind.QUOTED, text=text, low=text.lower(), end=out[end - 1].end)
            out[start:end] = [joined]
            i = start
        else:
            i += 1
    return tuple(out)


def _without_which(tokens: Tokens, i: int) -> bool:
    """ ", without which it is refused"."""
    return bool(preposition_at(tokens, i)) and tokens[i + 1 : i + 2] != () and tokens[i + 1].low == "which"


def _is_reason(tokens: Tokens, i: int) -> bool:
    """ "for eligibility and member details", at the end of a clause."""
    rest = tokens[i:]
    plain = all(t.kind is Kind.WORD and t.text.islower() for t in rest)
    known = any(t.low in w.DETERMINERS or preposition_at(tokens, i + k) for k, t in enumerate(rest))
    return bool(rest) and plain and not known and not longest_name(tokens, i, len(tokens))


def _idiom_at(tokens: Tokens, i: int) -> int:
    if tokens[i].low not in w.FIRST_OF_IDIOMS:
        return 0
    return next((len(x) for x in w.IDIOMS if tuple(t.low for t in tokens[i : i + len(x)]) == x), 0)


def _apposition_at(tokens: Tokens, i: int, items: list[_Open]) -> int:
    """Length of "the box on the far right" behind a label and a comma: the same thing once more."""
    before = items[-1].head if items else None
    found = (
        scan_operand(tokens, i) if tokens[i].low in ("the", "a", "an") and tokens[i - 1].text == "," else None
    )
    if not found or before is None or not before.is_label or before.noun or items[-1].preps:
        return 0
    if found[0].text or not found[0].kind:
        return 0
    end = next((k for k in range(i, len(tokens)) if separator_at(tokens, k)), len(tokens))
    items[-1].head = replace(before, noun=found[0].noun, kind=found[0].kind)
    return end - i


def _following_at(tokens: Tokens, i: int) -> int:
    """Length of "the following:", "these:" before a list."""
    j = i
    while j < len(tokens) and tokens[j].low in ("the", "following", "these", "all", "of"):
        j += 1
    return j + 1 - i if j > i and j < len(tokens) and tokens[j].text == ":" else 0


def _format_at(tokens: Tokens, i: int) -> int:
    """Length of "in MM/DD/YYYY format": how a field wants its date is seen from the field."""
    if tokens[i].low not in ("in", "as") or i + 1 >= len(tokens):
        return 0
    j = i + 2 if tokens[i + 1].low == "the" else i + 1
    spelled = tokens[j + 1 : j + 2] if [t.low for t in tokens[j : j + 1]] == ["format"] else ()
    if spelled and sum(ch.isdigit() for ch in spelled[0].text) > 2:
        return j + 2 - i  # "in the format 555-555-5555"
    if j >= len(tokens) or not is_date_format(tokens[j].text):
        return 0
    return j + 1 - i + (1 if j + 1 < len(tokens) and tokens[j + 1].low == "format" else 0)


def _stronger(before: str, now: str) -> str:
    """ ", then" is then; ", or" is or; ", and" sets apart what "and" alone may join to one label."""
    if before == "," and now == "and":
        return ", and"
    return now if before in ("", ",", ";", "and") else before


_PURPOSE_VERBS = (
    verbs.FIRST_WORDS
    | verbs.VAGUE_VERBS
    | verbs.COMMON_VERBS
    | w.words_set(
        "hide reveal access auto auto-fill clinical display finalize pop reopen populate associate activate "
        "deactivate import"
    )
) - w.DETERMINERS


def _is_purpose(tokens: Tokens, i: int) -> bool:
    """ "to finish", "to see the details": says why, not what."""
    return i < len(tokens) and tokens[i].kind is Kind.WORD and tokens[i].text in _PURPOSE_VERBS


def _take_operand(tokens: Tokens, i: int, current: _Open, prep: str | None) -> int:
    token = tokens[i]
    if token.low in ("that", "which", "who", "where", "so") and current.head is not None and prep is None:
        return _relative(tokens, i, current)
    found = scan_operand(tokens, i)
    if found is None:
        raise ReadingError("SOP012", token.start, f'can\'t place "{token.text}" in this sentence', _HINT)
    operand, after = found
    if prep is not None:
        current.preps.append((prep, operand))
    elif current.head is None:
        current.head = operand
    elif operand.shape == "plain" and not operand.text and operand.kind and not operand.det:
        current.head = _with_noun(current.head, operand)
    else:
        rest = words_of(tokens[i:])
        raise ReadingError("SOP012", token.start, f'can\'t place "{rest}" after "{current.head.text}"', _HINT)
    return after


_HINT = 'put labels in quotation marks, and say where with "in", "under" or "next to"'


def _with_noun(head: Operand, noun: Operand) -> Operand:
    return Operand(head.text, head.shape, head.at, head.det, noun.noun, noun.kind, head.every, head.path)


def _whose(tokens: Tokens, i: int, current: _Open) -> int:
    """ "a record whose Status is Action Required": the row that shows it; 0 when it is none."""
    if tokens[i].text != "whose":
        return 0
    state = next((k for k in range(i + 1, len(tokens)) if tokens[k].low in ("is", "reads", "says")), None)
    found = scan_operand(tokens, state + 1) if state and state + 1 < len(tokens) else None
    if found is None or not found[0].is_label or current.head is None:
        return 0
    current.preps.append(("with", replace(found[0], shape="quoted")))
    return found[1]


def _relative(tokens: Tokens, i: int, current: _Open) -> int:
    """ "that starts with it" and the like, kept as a preposition; "so that ..." says why: left out."""
    phrase = tuple(t.low for t in tokens[i + 1 : i + 4])
    for spelling, name in _RELATIVES.items():
        if phrase[: len(spelling)] == spelling and tokens[i].low in ("that", "which"):
            found = (
                scan_operand(tokens, i + 1 + len(spelling)) if len(tokens) > i + 1 + len(spelling) else None
            )
            operand = found[0] if found else Operand("it", "pronoun", tokens[i].start)
            current.preps.append((name, operand))
            return found[1] if found else i + 1 + len(spelling)
    if tokens[i].low == "so":
        return len(tokens)
    raise ReadingError(
        "SOP012",
        tokens[i].start,
        f'can\'t read "{words_of(tokens[i:])}"',
        "name the thing by its label instead of describing it",
    )


_RELATIVES: dict[tuple[str, ...], str] = {
    ("starts", "with"): "starting",
    ("begins", "with"): "starting",
    ("contains",): "containing",
    ("matches",): "matching",
    ("equals",): "matching",
    ("has",): "with",
    ("shows",): "with",
    ("appears",): "matching",
}
