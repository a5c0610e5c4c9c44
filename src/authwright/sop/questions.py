"""A question as a condition: "Is the request urgent? Tick Urgent." """

from authwright.sop import words as w
from authwright.sop.data_words import longest_name
from authwright.sop.edges import closing
from authwright.sop.tokens import Kind, Token, Tokens

_INVERTED = {
    "is": "is", "are": "are", "has": "has", "was": "was", "were": "were", "does": "", "do": "", "did": "",
    "can": "can", "will": "will",
}  # fmt: skip
_WITH_S = {"have": "has", "ask": "asks", "say": "says", "show": "shows", "appear": "appears", "need": "needs"}


def question_end(tokens: Tokens) -> int | None:
    """Index of the question mark behind which the sentence goes on; None when there is none."""
    i = 0
    while i < len(tokens) - 1:
        if tokens[i].kind is Kind.PUNCT and tokens[i].text == "(":
            i = closing(tokens, i)
        elif i and tokens[i].kind is Kind.PUNCT and tokens[i].text == "?":
            return i
        i += 1
    return None


def stated(question: Tokens) -> Tokens:
    """ "Is the request urgent" as "the request is urgent"; what is no such question stays as it is."""
    first = question[0]
    if first.kind is Kind.WORD and first.low in _INVERTED and len(question) > 2:
        end = _subject_end(question)
        if end < len(question):
            verb, rest = _INVERTED[first.low], question[end:]
            if not verb and rest[0].low in _WITH_S:
                rest = (_worded(rest[0], _WITH_S[rest[0].low]), *rest[1:])
            return (*question[1:end], *((_worded(first, verb),) if verb else ()), *rest)
    if len(question) == 1 and first.kind is Kind.QUOTED:
        return (first, Token(Kind.WORD, "appears", "appears", first.end, first.end))
    return question


def _subject_end(question: Tokens) -> int:
    """Behind the determiner and the name of data, or one word."""
    i = 2 if question[1].low in w.DETERMINERS - w.PRONOUNS else 1
    return i + max(longest_name(question, i, len(question)), 1)


def _worded(token: Token, word: str) -> Token:
    return Token(Kind.WORD, word, word, token.start, token.end)
