"""Words, quoted texts and punctuation of an item, and where its sentences end."""

import re
from dataclasses import dataclass

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.errors import ReadingError


class Kind:
    """What a token is. Compared by identity, and so often that an Enum's look-up of its members would be
    felt."""

    WORD: "Kind"
    QUOTED: "Kind"
    PUNCT: "Kind"


Kind.WORD, Kind.QUOTED, Kind.PUNCT = Kind(), Kind(), Kind()


@dataclass(frozen=True, slots=True)
class Token:
    """`text` of a quoted token is what stands between the quotes; `low` is `text` in lower case."""

    kind: Kind
    text: str
    low: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """A word that begins like a name on the screen: capital, digit or symbol."""
        return self.kind is Kind.WORD and (
            not self.text[0].islower()
            or (not self.text[1:].islower() and self.text[1:].isalpha() and self.text != self.low)
        )


Tokens = tuple[Token, ...]

_SCAN = re.compile(
    r"""\s+
    | "(?P<quoted>[^"]*)"
    | \*\*(?P<bold>[^*]+)\*\*
    | (?<!\w)'(?P<single>[^']+)'(?!\w)
    | (?P<arrow>[-=]>)
    | (?P<word>https?://[^\s"<>,;]+
        | \d{1,3}(?:,\d{3})+(?![\d,])
        | [^\s"(),;:>\u2192\u00bb\u203a\\]+\([sS]\)
        | [^\s"(),;:>\u2192\u00bb\u203a\\]+)
    | (?P<punct>[(),;:>\u2192\u00bb\u203a\\"])""",
    re.VERBOSE,
)
# A short name with a full stop or comma in front of the closing mark.
_STOPPED = re.compile(r"(?P<name>[^.,\s]+(?: [^.,\s]+){0,3})[.,]")
_ARROWS = frozenset({"->", "=>", "\u2192", "\u00bb", "\u203a", "\\"})
_ABBREVIATION = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|etc|vs|no|approx|incl|dr|st|mr|mrs|ms", re.IGNORECASE)
# Within a label these don't end a sentence: "Acc. Type", "Auth. #".
_SHORTENED = w.words_set(
    "acc acct auth ref ins pt pat dept prov proc svc serv diag dx med cert no tel ext addr"
)
_ENDS = ".!?\u2026"


def tokenise(text: str) -> Tokens:
    """Raises ReadingError (SOP010) at a quote that is not closed."""
    tokens: list[Token] = []
    for match in _SCAN.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        if kind in ("punct", "arrow"):
            if match[0] == '"':
                raise ReadingError("SOP010", match.start(), "this quotation mark has no partner", "close it")
            tokens.append(
                _token(Kind.PUNCT, ">" if match[0] in _ARROWS else match[0], match.start(), match.end())
            )
        elif kind == "word":
            tokens += _word(match[0], match.start(), text[match.end() : match.end() + 24])
        else:
            said = _without_stop(" ".join(match[kind].split()), text[match.end() :].lstrip())
            tokens.append(_token(Kind.QUOTED, said, match.start(), match.end()))
    return tuple(tokens)


def _without_stop(quoted: str, after: str) -> str:
    """ "Click “Submit.”": at its end the full stop is the sentence's, and no part of the label."""
    found = _STOPPED.fullmatch(quoted)
    ends = quoted.endswith(",") or not after or after[0].isupper()
    return found["name"] if found and ends else quoted


def _token(kind: Kind, text: str, start: int, end: int) -> Token:
    return Token(kind, text, text.lower(), start, end)


def _word(text: str, start: int, after: str) -> list[Token]:
    """The word, and the full stop after it as a token of its own."""
    bare = text.rstrip(_ENDS)
    if not bare:
        return [_token(Kind.PUNCT, ".", start, start + len(text))]
    if text == f"{bare}." and bare.lower() in _SHORTENED and after[:1] == " " and _names(after.strip()):
        return [_token(Kind.WORD, text, start, start + len(text))]
    if bare == text or (_ABBREVIATION.fullmatch(bare) and text == bare + "." and "." in bare):
        return [_token(Kind.WORD, text, start, start + len(text))]
    middle = start + len(bare)
    return [
        _token(Kind.WORD, bare, start, middle),
        _token(Kind.PUNCT, "." if "." in text[len(bare) :] else text[len(bare)], middle, start + len(text)),
    ]


def _names(after: str) -> bool:
    """A name goes on: a number sign, or a capital that begins no instruction."""
    first, second, *_ = [*after.lower().split(" "), "", ""]
    acts = first in verbs.FIRST_WORDS and second in w.DETERMINERS | {"on", "in"}
    return after[:1] == "#" or (after[:1].isupper() and not acts and first.strip(",") not in w.SEQUENCE_WORDS)


def sentences(tokens: Tokens) -> list[Tokens]:
    """Cut at full stops, question and exclamation marks; never inside quotes or brackets.

    Whoever begins the first sentence in lower case does so with the others.
    """
    found: list[Tokens] = []
    current: list[Token] = []
    depth = 0
    small = bool(tokens) and tokens[0].kind is Kind.WORD and tokens[0].text[0].islower()
    for index, token in enumerate(tokens):
        if token.kind is Kind.PUNCT and token.text in "()":
            depth = max(0, depth + (1 if token.text == "(" else -1))
        if token.kind is Kind.PUNCT and token.text in _ENDS:
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if following and current and current[-1].low == "max" and following.text[0].isdigit():
                continue  # "max. 5 times"
            if not depth and (_begins_sentence(following) or (small and token.text == ".")):
                if following and token.text == "?" and current and current[0].low not in verbs.FIRST_WORDS:
                    current.append(token)  # a question and what to do then are one sentence
                    continue
                found.append(tuple(current))
                current = []
            continue
        current.append(token)
    found.append(tuple(current))
    return [s for s in found if s]


def _begins_sentence(token: Token | None) -> bool:
    return token is None or token.kind is not Kind.WORD or not token.text[0].islower()


_latest: tuple[Tokens, str] = ((), "")
"""What `words_of` gave last: each form of a sentence asks for the same words."""


def words_of(tokens: Tokens) -> str:
    """The tokens as the author wrote them, with quotes, single spaces and no space before a comma."""
    global _latest
    known, text = _latest
    if known is not tokens:
        text = _spaced(tokens)
        _latest = tokens, text
    return text


def _spaced(tokens: Tokens) -> str:
    words = [t.text for t in tokens if t.kind is Kind.WORD]
    if len(words) == len(tokens):
        return " ".join(words)
    parts: list[str] = []
    tight = True
    for token in tokens:
        text = token.text
        if token.kind is Kind.QUOTED:
            text = f'"{text}"'
        if not tight and text not in _CLOSING:
            parts.append(" ")
        parts.append(text)
        tight = text == "("
    return "".join(parts)


_CLOSING = frozenset({",", ";", ":", ")"})
