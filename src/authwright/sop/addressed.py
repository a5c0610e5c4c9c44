"""Whether a sentence without a readable instruction asks something of the reader: a note, or an error."""

from itertools import pairwise

from authwright.core.diagnostics import did_you_mean
from authwright.sop import words as w
from authwright.sop.clauses import bare_verb, starts_clause
from authwright.sop.errors import ReadingError
from authwright.sop.tokens import Kind, Tokens, words_of

VERB_HINT = "use a verb such as click, enter, select, tick, read, check that, attach, wait"


def refuse_if_addressed(tokens: Tokens) -> None:
    """Raises when a sentence without a readable instruction still asks something of the reader."""
    words = [t.low if t.kind is Kind.WORD else "" for t in tokens]
    finite = next((i for i, x in enumerate(words) if x in w.FINITE), None)
    for i, token in enumerate(tokens):
        if words[i] == "you" and not _is_told(words[i + 1 : i + 4]):
            raise ReadingError(
                "SOP011", token.start, '"you" is told something here that can\'t be read as an instruction',
                "begin with the verb: click, enter, select ...",
            )  # fmt: skip
        _refuse_late_verb(tokens, i, words)
        if (words[i] in w.DUTY and words[i - 1] != "you") or (i and words[i] in w.TOLD_ACTS):
            raise ReadingError(
                "SOP011",
                token.start,
                "who does this is not said",
                "begin with the verb: click, enter, select ...",
            )
    if finite is None or finite == 0:
        plural = len(tokens) > 2 and words[0] not in w.FIRST_WORDS and _plural_subject(words)
        if not plural:
            raise unknown_verb(tokens)


def _is_told(after: list[str]) -> bool:
    """ "You will receive a number": tells what happens, not what to do."""
    happens = [x for x in after if x not in ("then", "now", "also")]
    return happens[:1] in (["will"], ["should"], ["may"]) and happens[1:2] != [] and happens[1] in _HAPPENS


_HAPPENS = frozenset({"receive", "see", "be", "get", "notice"})


def _refuse_late_verb(tokens: Tokens, i: int, words: list[str]) -> None:
    """ "Next week click Save": an instruction behind words that have no place."""
    late = i and (bare_verb(tokens, i) or (starts_clause(tokens, i) and words[i - 1] != "or"))
    if late:
        raise ReadingError(
            "SOP012",
            tokens[0].start,
            f'can\'t place "{words_of(tokens[:i])}" before "{tokens[i].text}"',
            f'begin with the verb, "{tokens[i].text} ...", or make it a sentence of its own',
        )


def _plural_subject(words: list[str]) -> bool:
    """ "Matching providers show up ...": a plural noun, then a verb without s."""
    return any(
        before.endswith("s") and (after in w.FIRST_WORDS or after + "s" in w.FINITE)
        for before, after in pairwise(words[:5])
    )


def unknown_verb(tokens: Tokens) -> ReadingError:
    first = tokens[0]
    if first.kind is not Kind.WORD:
        return ReadingError("SOP011", first.start, "this sentence has no verb", VERB_HINT)
    if first.low in w.VAGUE_VERBS:
        return ReadingError(
            "SOP011", first.start, f'"{first.text}" does not say what to do on the page', VERB_HINT
        )
    known = tuple(" ".join(phrase) for phrase in w.VERBS)
    suggestions = did_you_mean(first.low, known)
    return ReadingError(
        "SOP011", first.start, f'"{first.text}" is no verb known here', VERB_HINT, suggestions
    )
