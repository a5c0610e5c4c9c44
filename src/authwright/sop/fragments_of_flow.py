"""What stands after "Denied ->" without a verb: whose work it is, that nothing is to do, an outcome."""

import re

from authwright.core.workflow import Action, SectionRole, Step, TargetKind
from authwright.sop import words as w
from authwright.sop.case_acts import people_named
from authwright.sop.clauses import verb_at
from authwright.sop.context import Context
from authwright.sop.errors import two_readings
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


_PICTURE = re.compile(
    r"(?:a |take a |and a )?(?:screen ?shot|picture|pic|snap)(?: please)?|(?:snap|picture|screen ?shot) (?:it|this)(?: please)?",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"(?:and |then )?(?:again|retry|once more|try again)(?: the step)?", re.IGNORECASE)
_STEP = re.compile(r"(?:then )?(?:(?:back|on|straight) to )?step (?P<step>\d{1,3}[a-z]?)", re.IGNORECASE)
_CASE_TO = re.compile(r"(?:the )?case (?:>|to|goes to) (?P<who>.+)", re.IGNORECASE)
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


def pieces(tokens: Tokens, ctx: Context) -> list[Tokens] | None:
    """ "Wait 2 minutes, note the status, um team, stop": its parts, when each says something by itself and
    one of them has no verb."""
    parts = [
        _without_joints(part) for part in _at_commas(tokens)
        if _without_joints(part)
    ]  # fmt: skip
    if len(parts) < 2 or tokens[0].low in _OPENING:
        return None
    bare = [_says_all(part, before, ctx) for before, part in zip([(), *parts], parts, strict=False)]
    if any(bare) and (tick := next((p for p in parts if _may_tick(p)), None)):
        raise two_readings(
            tick[0].start, f"the case is marked {words_of(tick[1:])}, or the box of that name is ticked",
            f"mark the case {words_of(tick[1:])}", f"tick {words_of(tick[1:])}",
        )  # fmt: skip
    whole = all(b or verb_at(part, 0, first=True) for b, part in zip(bare, parts, strict=True))
    return parts if whole and any(bare) else None


def _says_all(part: Tokens, before: Tokens, ctx: Context) -> bool:
    step = fragment(part, ctx)
    if step is None:
        return False
    label = part[0].capital and before and verb_at(before, 0, first=True) is not None
    return not (step.queue and label)  # "click Intake, Billing": a label


def _may_tick(part: Tokens) -> bool:
    return len(part) == 2 and part[0].low == "mark" and part[1].kind is Kind.QUOTED


_OPENING = frozenset({"if", "when", "unless", "where", "should", "for", "once", "after", "otherwise"})


def _at_commas(tokens: Tokens) -> list[Tokens]:
    parts: list[Tokens] = []
    start = depth = 0
    for i, token in enumerate(tokens):
        if token.kind is Kind.PUNCT:
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if not depth and token.text in (",", ";"):
                parts.append(tokens[start:i])
                start = i + 1
    return [*parts, tokens[start:]]


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
    if _PICTURE.fullmatch(words):
        return ctx.step(Action.CAPTURE, at, target_kind=TargetKind.PAGE)
    if _AGAIN.fullmatch(words) and ctx.role is SectionRole.OTHERWISE:
        return ctx.step(Action.NOTE, at)
    if (found := _STEP.fullmatch(words)) and ctx.titles:
        return ctx.step(Action.GO_TO, at, target=f"step {found['step'].lower()}", limit=MOST_JUMPS)
    if _PERSON.fullmatch(words):
        return ctx.step(Action.HUMAN, at, target=words)
    if found := _CASE_TO.fullmatch(words):
        words = found["who"]
    if queue := people_named(words):
        return ctx.step(Action.ASSIGN, at, queue=queue)
    return None
