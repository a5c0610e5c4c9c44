"""What stands after "Denied ->" without a verb: whose work it is, that nothing is to do, an outcome."""

import re

from authwright.core.workflow import Action, SectionRole, Step
from authwright.sop import words as w
from authwright.sop.case_acts import people_named
from authwright.sop.context import Context
from authwright.sop.jumps import MOST_JUMPS
from authwright.sop.tokens import Kind, Tokens, words_of

_NOTHING = re.compile(
    r"(?:there is |there's |that is |this is )?(?:nothing|ok|okay|fine|normal|no action|done)(?: more| else| further)?"
    r"(?: (?:needed|required|is needed|left))?(?: (?:to|you have to|you need to) do)?(?: (?:here|today|now|about it))?",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:let |have )?(?:a|some) ?(?:person|one|body|human|colleague)\b(?: (?:should|must|has to|needs to|will|is to))?(?P<what>.*)"
    r"|(?:for )?(?:a|the) (?:person|human)(?: (?:to )?(?P<to>.*))?",
    re.IGNORECASE,
)
_OUTCOME = re.compile(r'(?:the )?outcome (?:is )?"?(?P<outcome>[^"]+)"?', re.IGNORECASE)


_TOP = re.compile(r"(?:back )?(?:from|to) the (?:top|beginning|start)", re.IGNORECASE)
_JOINTS = frozenset({",", ";", "and", "then", ":", "&"})


def apart(tokens: Tokens, ctx: Context) -> tuple[Step | None, Tokens, Step | None]:
    """A fragment at the beginning or the end of a list of acts: (first, what lies between, last)."""
    for i in range(1, len(tokens) - 1):
        if tokens[i].low in _JOINTS and tokens[i].kind is not Kind.QUOTED:
            if (step := fragment(tokens[:i], ctx)) is not None:
                return step, _without_joints(tokens[i:]), None
            break
    for i in range(len(tokens) - 2, 0, -1):
        if tokens[i].low in _JOINTS and tokens[i].kind is not Kind.QUOTED:
            if (step := fragment(tokens[i + 1 :], ctx)) is not None:
                return None, tokens[: i if tokens[i - 1].low not in _JOINTS else i - 1], step
            break
    return None, tokens, None


def _without_joints(tokens: Tokens) -> Tokens:
    while tokens and tokens[0].low in _JOINTS and tokens[0].kind is not Kind.QUOTED:
        tokens = tokens[1:]
    return tokens


def not_sent(words: str) -> bool:
    """ "It was not sent": what only a look-up after an interruption can tell."""
    return any(re.fullmatch(pattern, words, re.IGNORECASE) for pattern in (*w.NOT_SENT, *_NOT_SENT))


_NOT_SENT = (
    r"(?:it |this |that |the \w+ )?(?:means (?:it was )?)?(?:was |has |is |has been )?(?:not|never) (?:been )?(?:sent|submitted|saved|received)",
    r"(?:it|this|the \w+)(?: was| has| did)?(?:n't| not|  never)(?: been)? (?:go out|go through|gone out|gone through|sent|submitted|saved|filed)",
    r"(?:the )?\w+ (?:has|have) not been (?:saved|sent|made|submitted)",
)


def fragment(tokens: Tokens, ctx: Context) -> Step | None:
    """The step that these few words stand for; None when they say an act of their own."""
    words = words_of(tokens)
    at = tokens[0].start
    if ctx.role is SectionRole.IF_INTERRUPTED and not_sent(words):
        return ctx.step(Action.STOP, at, outcome="not-sent")
    if _TOP.fullmatch(words) and ctx.titles:
        return ctx.step(Action.GO_TO, at, target=ctx.titles[0], limit=MOST_JUMPS)
    if _NOTHING.fullmatch(words):
        return ctx.step(Action.NOTE, at)
    if found := _OUTCOME.fullmatch(words):
        return ctx.step(Action.ASSIGN, at, outcome=found["outcome"].strip())
    if _PERSON.fullmatch(words):
        return ctx.step(Action.HUMAN, at, target=words)
    if queue := people_named(words):
        return ctx.step(Action.ASSIGN, at, queue=queue)
    return None
