"""What stands after "Denied ->" without a verb: whose work it is, that nothing is to do, an outcome."""

import re

from authwright.core.workflow import Action, Step
from authwright.sop.case_acts import people_named
from authwright.sop.context import Context
from authwright.sop.tokens import Tokens, words_of

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


def fragment(tokens: Tokens, ctx: Context) -> Step | None:
    """The step that these few words stand for; None when they say an act of their own."""
    words = words_of(tokens)
    at = tokens[0].start
    if _NOTHING.fullmatch(words):
        return ctx.step(Action.NOTE, at)
    if found := _OUTCOME.fullmatch(words):
        return ctx.step(Action.ASSIGN, at, outcome=found["outcome"].strip())
    if _PERSON.fullmatch(words):
        return ctx.step(Action.HUMAN, at, target=words)
    if queue := people_named(words):
        return ctx.step(Action.ASSIGN, at, queue=queue)
    return None
