"""The last guard against a silent wrong reading: the readers decide where words go, this counts them.

A quoted text or a capitalised word that stands in no label, place, value or condition of the steps means
that a part of the sentence was passed over. A label or a name of data that holds a whole clause, or only a
colour or a place, describes something instead of naming it.
"""

import re
from collections.abc import Iterable, Iterator

from authwright.core.data_names import BY_PATH
from authwright.core.workflow import Action, Condition, Step, Value
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.edges import closing
from authwright.sop.errors import ReadingError
from authwright.sop.tokens import Kind, Tokens

_WORDS = re.compile(r"[^\W_]+")


def refuse_unaccounted(tokens: Tokens, steps: Iterable[Step], over: Iterable[tuple[int, int]] = ()) -> None:
    """Raises SOP006 at the first name of the sentence that no step holds.

    `over`: offsets of what the readers passed over on purpose.
    """
    steps = tuple(steps)
    if all(step.action in _DOES_NOTHING for step in _walk(steps)):
        return
    held = set(_all_words(steps))
    aside = _asides(tokens) | _pages(tokens)
    aside |= {i for i, t in enumerate(tokens) if any(start <= t.start < end for start, end in over)}
    for index, token in enumerate(tokens):
        if index in aside or not _is_name(tokens, index):
            continue
        if not held.issuperset(_words(token.text)):
            raise ReadingError(
                "SOP006",
                token.start,
                f'it is not clear what "{_whole_name(tokens, index)}" has to do with the rest',
                "write it as a step of its own, or leave it out",
            )


_DOES_NOTHING = frozenset({Action.NOTE, Action.HUMAN, Action.CONDITION, Action.REPEAT})


def _asides(tokens: Tokens) -> set[int]:
    """What stands in brackets; the readers have refused there what changes the instruction."""
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.kind is Kind.PUNCT and token.text == "(":
            found.update(range(index, closing(tokens, index)))
    return found


def _pages(tokens: Tokens) -> set[int]:
    """Names of pages and parts of them behind a preposition: "on the Pharmacy Alerts page"."""
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.kind is Kind.WORD and token.low in _PAGES:
            start = index
            while start and (tokens[start - 1].capital or tokens[start - 1].kind is Kind.QUOTED):
                start -= 1
            before = start - 1
            while before >= 0 and tokens[before].low in w.DETERMINERS:
                before -= 1
            if before >= 0 and (tokens[before].low,) in w.PREPOSITIONS:
                found.update(range(start, index + 1))
    return found


_PAGES = w.words_set("page screen site website portal homepage menu module dialog list queue worklist")


def refuse_descriptions(tokens: Tokens, steps: Iterable[Step]) -> None:
    """Raises SOP006 where a plain label or an unknown name of data is a description."""
    quoted = {t.text for t in tokens if t.kind is Kind.QUOTED}
    for step in _walk(steps):
        if step.action in (Action.NOTE, Action.HUMAN):
            continue
        for label in (step.target,) if isinstance(step.target, str) else step.target or ():
            if not label.strip():
                raise ReadingError(
                    "SOP016", tokens[0].start, "the label is not said", "name it as it stands there"
                )
            if label not in quoted and (_is_clause(label) or set(_low(label)) <= _LOOKS):
                raise _described(tokens, label)
        value = step.value
        if (
            value
            and value.ref
            and value.ref not in BY_PATH
            and not value.read
            and _is_clause(value.words or "")
        ):
            raise _described(tokens, value.words or value.ref)


def _low(text: str) -> list[str]:
    return text.lower().split()


def _is_clause(text: str) -> bool:
    """Lower-case words with a verb or a person among them; inside a capitalised label they are part of it."""
    plain = [x for x in text.split() if x[0].islower()]
    if plain and plain[0] == "do" and plain == text.split():
        return True
    return any(x in _CLAUSE or x.endswith(("'re", "'ve", "n't")) for x in plain[1:]) and len(plain) > 2


def _described(tokens: Tokens, words: str) -> ReadingError:
    first = words.split()[0].lower()
    at = next((t.start for t in tokens if t.low == first), tokens[0].start)
    return ReadingError(
        "SOP006",
        at,
        f'"{words}" describes something without naming it',
        "name the label as it stands on the screen, in quotation marks, or the data",
    )


_LOOKS = w.words_set(
    "red blue green yellow orange purple grey gray black white bold left right upper lower top bottom third "
    "small large big main other same"
)
_CLAUSE = w.words_set(
    "you we they he she i your will would can could may might must is are was were has have had needs need "
    "want wants who whom whose whether that which goes belongs applies"
)


def _whole_name(tokens: Tokens, index: int) -> str:
    """The run of names that the word at `index` is part of, as written."""
    end = index + 1
    while end < len(tokens) and tokens[index].kind is Kind.WORD and tokens[end].capital:
        end += 1
    return " ".join(t.text for t in tokens[index:end])


def _is_name(tokens: Tokens, index: int) -> bool:
    """Whether the word names something on the screen, as far as its form tells."""
    token = tokens[index]
    if token.kind is Kind.QUOTED:
        return bool(_words(token.text))
    if not token.capital or not token.text[0].isalpha() or len(token.text) < 2 or token.low in _NO_NAMES:
        return False
    if index and tokens[index - 1].text.replace(".", "", 1).isdigit():
        return False  # a unit: "10 MB"
    begins = index == 0 or tokens[index - 1].text in _BEGINS
    alone = index + 1 == len(tokens) or not tokens[index + 1].capital
    return not (begins and (alone or token.low in _MAY_BEGIN))


_NO_NAMES = w.words_set("on off ok sop mm/dd/yyyy pdf pc tab button link excel csv xlsx")
_BEGINS = frozenset({".", "?", "!", ":", ";", "(", ")", "\u2026"})
_MAY_BEGIN = (
    verbs.FIRST_WORDS
    | verbs.VAGUE_VERBS
    | w.SEQUENCE_WORDS
    | w.DETERMINERS
    | w.words_set(
        "if when whenever unless where should once after before until to in on under at from for by with as "
        "starting while you it optional optionally otherwise else"
    )
)


def _words(text: str) -> list[str]:
    return [_stem(x) for x in _WORDS.findall(text.lower())]


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _walk(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _walk(step.body)
        yield from _walk(step.otherwise)


def _all_words(steps: Iterable[Step]) -> Iterator[str]:
    for step in _walk(steps):
        for text in _texts(step):
            yield from _words(text)


def _texts(step: Step) -> Iterator[str]:
    yield from (step.target,) if isinstance(step.target, str) else step.target or ()
    for text in (step.section, step.beside, step.outcome, step.queue, step.save_as, step.document_kind):
        if text:
            yield text.replace("_", " ")
    if step.format:
        yield step.format
    yield from _of_value(step.value)
    if step.condition:
        yield from _of_condition(step.condition)
    for option in step.options:
        yield option.shown
        yield from _of_condition(option.condition)


def _of_value(value: Value | None) -> Iterator[str]:
    if value is not None:
        yield from (x.replace("_", " ") for x in (value.literal, value.words, value.ref) if x)


def _of_condition(condition: Condition) -> Iterator[str]:
    yield condition.words
    yield condition.subject or ""
    for value in (*condition.values, *condition.without):
        yield from _of_value(value)
    for further in (*condition.all_of, *condition.any_of):
        yield from _of_condition(further)
