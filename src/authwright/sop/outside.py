"""What happens outside of the portal: a message that will come, and what a person does with it."""

import re

from authwright.core.workflow import Action, Condition, ConditionKind, Step
from authwright.sop.context import Context
from authwright.sop.tokens import Tokens, words_of

_WILL_COME = re.compile(
    r"(?:(?:an?|the) )?(?:(?:\w+ )?(?:e-?mail|text|message|letter|code|link)(?: from [\w ]+)? will "
    r"(?:come|arrive|be sent)|"
    r"[\w .]+? will (?:e-?mail|text|message|call|send|mail) (?:you|us|the \w+))\b.*",
    re.IGNORECASE,
)
_IN_THE_MAIL = re.compile(
    r"\b(?:(?:your|the) (?:e-?mail )?inbox|mailbox|spam folder|"
    r"the (?:link|button|attachment) in (?:it|the (?:e-?mail|message|text)))\b",
    re.IGNORECASE,
)


def outside(tokens: Tokens, ctx: Context) -> tuple[Step, ...] | None:
    """ "They will email you": waited for. "Find the message in your inbox and click its link": a person's."""
    words = words_of(tokens)
    if _WILL_COME.fullmatch(words):
        ctx.pass_over(tokens)
        said = Condition(ConditionKind.SAID, words)
        return (ctx.step(Action.WAIT, tokens[0].start, condition=said),)
    if _IN_THE_MAIL.search(words):
        ctx.pass_over(tokens)
        return (ctx.step(Action.HUMAN, tokens[0].start, target=words),)
    return None
