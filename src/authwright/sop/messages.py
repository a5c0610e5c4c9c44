"""What to do when the page says something: `"Member not found": hand the case over`, `"0 claims" -> stop`."""

import re
from dataclasses import replace

from authwright.core.workflow import Condition, ConditionKind, SectionRole
from authwright.sop.clauses import verb_at
from authwright.sop.errors import ReadingError
from authwright.sop.fragments_of_flow import not_sent
from authwright.sop.keyed import split_key
from authwright.sop.openings import Reading
from authwright.sop.row_conditions import no_rows
from authwright.sop.scene import Gather, Scene
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.verbs import Verb

_ENTRY_VERBS = frozenset(
    {
        Verb.FILL,
        Verb.SELECT,
        Verb.SET,
        Verb.CHECK,
        Verb.UNCHECK,
        Verb.NOTHING,
    }
)
_STILL = frozenset({"still", "again"})
_NOTICE = re.compile(
    r"(?:a |an |the )?(?:pop-?up|pop up|dialog|notice|banner|message box)(?: window)?", re.IGNORECASE
)


def message(tokens: Tokens, scene: Scene) -> Reading | None:
    """A message of the page and what is done when it shows; the rest of its item belongs to it."""
    handler = scene.ctx.role is SectionRole.OTHERWISE
    parts = split_key(tokens, dashes=handler or tokens[0].kind is Kind.QUOTED)
    if parts is None or not parts[0]:
        return None
    key, rest, separator = parts
    if (none := no_rows(words_of(key))) and rest:
        return Reading(scene.read(rest), header=Gather(condition=none))
    texts = shown_texts(key)
    if not texts:
        if (handler or separator == ">") and not _is_conditional(key) and _unquoted(key, handler=handler):
            raise ReadingError(
                "SOP027", key[0].start, f'"{words_of(key)}" is what the page says, or what happens',
                f'write "{words_of(key)}" in quotation marks, or "If ..., ..."',
            )  # fmt: skip
        return None
    if separator in (":", "=") and not handler and not _is_instruction(rest) and not _is_finding(rest):
        return None
    condition = shows(texts, words_of(key))
    if not rest:
        return Reading(header=Gather(condition=condition))
    scene.ctx.asked_for = texts[0]
    return Reading(scene.read(rest), header=Gather(condition=condition))


def shown_texts(key: Tokens) -> tuple[str, ...]:
    """The quoted texts of 'Still "0 claims"', '"A" or "B"', 'If "X"'; none when there is more than that."""
    low = [t.low for t in key if t.kind is not Kind.QUOTED]
    if any(
        x not in _STILL | {"or", ",", "if", "when", "the", "message", "page", "says", "it", "on", "error"}
        for x in low
    ):
        return ()
    return tuple(t.text for t in key if t.kind is Kind.QUOTED)


def shows(texts: tuple[str, ...], words: str) -> Condition:
    """The page shows one of these."""
    first, *others = (Condition(ConditionKind.SHOWS, words, subject=text) for text in texts)
    return replace(first, any_of=tuple(others))


def _is_instruction(rest: Tokens) -> bool:
    """After a colon in the work itself, "Notes": type ... is a field; "No match": click ... a message."""
    if not rest:
        return False
    verb = verb_at(rest, 0, first=True)
    return verb is not None and verb.verb not in _ENTRY_VERBS


def _is_finding(rest: Tokens) -> bool:
    """ "not sent", "it was not sent: start over"."""
    cut = next(
        (i for i, t in enumerate(rest) if t.text in (",", ":", ";", ".") and t.kind is Kind.PUNCT), len(rest)
    )
    return not_sent(words_of(rest[:cut]))


def _is_conditional(key: Tokens) -> bool:
    return key[0].low in (
        "if",
        "when",
        "whenever",
        "unless",
        "should",
        "for",
        "otherwise",
        "else",
        "note",
        "once",
        "after",
    )


def _unquoted(key: Tokens, *, handler: bool) -> bool:
    """Plain words before a colon: in "When something else happens" only a message can stand there."""
    verb = verb_at(key, 0, first=True)
    return (handler or verb is None) and not (verb is not None and len(key) > 3)
