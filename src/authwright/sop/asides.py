"""Small sentences that tell more about the step before, or nothing: "ONCE!", "3 times at most.", "That's it."."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, SectionRole, Step, TargetKind
from authwright.sop.amend import amend_last
from authwright.sop.bounds import split_bound
from authwright.sop.branches import UNDECIDED, is_other
from authwright.sop.clauses import IF_WORDS, starts_clause, verb_at
from authwright.sop.errors import ReadingError
from authwright.sop.jumps import MOST_JUMPS
from authwright.sop.keyed import split_key
from authwright.sop.leads import is_prohibition, without_lead_words
from authwright.sop.openings import Reading
from authwright.sop.other_sops import names_other_sop
from authwright.sop.scene import Scene
from authwright.sop.tokens import Kind, Tokens, sentences, tokenise, words_of
from authwright.sop.verbs import Verb

_DONE = re.compile(
    r"(?:and )?(?:you(?:'re| are) done|that(?:'s| is) (?:it|all)|done|finished|all done|that's everything|thank you|thanks)(?: here| now)?",
    re.IGNORECASE,
)
_ONCE = re.compile(r"(?:only |just )?once(?: only| and only once|,? please)?|one time only", re.IGNORECASE)
_ROW = re.compile(
    r"(?:then )?(?:open|click|click on|take|pick|choose|select) (?:it|that(?: row| one| line)?|this(?: row| one| line)?|the (?:row|record|one|line|entry|result))",
    re.IGNORECASE,
)
_BUTTONS = frozenset({"search", "find", "go", "look up"})


def closing_words(tokens: Tokens, scene: Scene) -> Reading | None:
    if len(tokens) < 6 and _DONE.fullmatch(words_of(tokens)):
        return Reading((scene.ctx.step(Action.NOTE, tokens[0].start),))
    return None


def once_said(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Click Send. ONCE!": of the click before."""
    if len(tokens) > 6 or not _ONCE.fullmatch(words_of(tokens)):
        return None
    last = next((s for s in reversed(scene.steps) if s.action is not Action.NOTE), None)
    if last is None or last.action not in (Action.CLICK, Action.PRESS_KEY):
        raise ReadingError(
            "SOP014", tokens[0].start, "what is done once is not clear", 'write "click Submit once"'
        )
    amend_last(scene.steps, lambda s: s is last, lambda s: replace(s, once=True))
    return Reading((scene.ctx.step(Action.NOTE, tokens[0].start),))


_BOUND_WORDS = 9  # "two tries at the very most, ..."


def bound_said(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "3 times at most.": of the jump or the repetition before."""
    comma = next((i for i, t in enumerate(tokens) if t.text == "," and t.kind is Kind.PUNCT), len(tokens))
    if comma > _BOUND_WORDS:
        return None
    rest, limit = split_bound(words_of(tokens[:comma]))
    if limit is None or rest:
        return None
    if scene.ctx.role is SectionRole.OTHERWISE:
        scene.ctx.bound = limit
        return Reading((scene.ctx.step(Action.NOTE, tokens[0].start),))
    bounded = (Action.GO_TO, Action.REPEAT)
    if not amend_last(scene.steps, lambda s: s.action in bounded, lambda s: replace(s, limit=limit)):
        raise ReadingError(
            "SOP014",
            tokens[0].start,
            "what is done so often is not clear",
            "put it behind the jump or repetition",
        )
    return Reading((scene.ctx.step(Action.NOTE, tokens[0].start),))


def without_bound(tokens: Tokens) -> tuple[Tokens, int | None]:
    """The sentence without ", up to four times" at its end."""
    for i in range(len(tokens) - 1, 0, -1):
        if tokens[i].kind is Kind.PUNCT and tokens[i].text in (",", ";"):
            rest, limit = split_bound(words_of(tokens[i + 1 :]))
            return (tokens[:i], limit) if limit is not None and not rest else (tokens, None)
    return tokens, None


def bounded(condition: Step, limit: int | None) -> Step:
    """What is done when something happens, so often at most: the jump in it, or the whole of it."""
    if limit is None:
        return condition
    own = [condition]
    if amend_last(own, lambda s: s.action is Action.GO_TO, lambda s: replace(s, limit=limit)):
        return own[0]
    return replace(condition, limit=limit)


def chosen_row(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Open it", after it was said which of several rows is meant."""
    if not scene.ctx.prefer or not _ROW.fullmatch(words_of(tokens)):
        return None
    prefer = scene.ctx.prefer.pop()
    step = scene.ctx.step(Action.CLICK, tokens[0].start, target_kind=TargetKind.TABLE_ROW, prefer=prefer)
    return Reading((step,))


def lone_button(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Search." right after something was filled in: the button."""
    one = tokens[0]
    if len(tokens) > 1 or one.kind is not Kind.WORD or not one.capital or one.low not in _BUTTONS:
        return None
    last = next((s for s in reversed(scene.steps) if s.action is not Action.NOTE), None)
    if last is None or last.action not in (Action.FILL, Action.SELECT):
        return None
    return Reading((scene.ctx.step(Action.CLICK, one.start, target=one.text),))


def other_cases(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Any other status: skip to step 12", as an item of its own below the cases."""
    parts = split_key(tokens)
    if parts is None or not is_other(parts[0]) or not parts[1]:
        return None

    def undecided(step: Step) -> bool:
        return (
            bool(step.otherwise)
            and step.otherwise[0].action is Action.HUMAN
            and UNDECIDED in str(step.otherwise[0].target)
        )

    last = next((s for s in reversed(scene.steps) if s.action is not Action.NOTE), None)
    if last is None or last.action is not Action.CONDITION:
        return None
    body = scene.read(parts[1])
    own = [last]
    if not amend_last(own, undecided, lambda s: replace(s, otherwise=body)):
        return None
    scene.steps[scene.steps.index(last)] = own[0]
    return Reading((scene.ctx.step(Action.NOTE, tokens[0].start),))


_TABLE_LEAD = re.compile(
    r"(?:fill|complete|enter|type|set|use|put|provide|add)\b[^:]*?(?:,? (?:and )?then (?P<then>[^:]+))?:?",
    re.IGNORECASE,
)


def table_lead(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Fill in the form as follows, then click Next:" over a table: only what comes after it is an act."""
    if not scene.item.rows or not scene.last or not (found := _TABLE_LEAD.fullmatch(words_of(tokens))):
        return None
    if found["then"]:
        start = next(i for i, t in enumerate(tokens) if t.low == "then")
        end = len(tokens) - (tokens[-1].text == ":")
        scene.ctx.after_table.extend(scene.read(tokens[start + 1 : end]))
    return Reading((scene.ctx.step(Action.NOTE, tokens[0].start),))


_STEPS_LEAD = re.compile(
    r"(?:then )?(?:do|follow|take|complete|carry out|perform|go through)(?: all)?(?: of)? (?:this|these|the following|as follows|the steps below)(?: steps)?(?: in (?:this )?order)?:?",
    re.IGNORECASE,
)


def steps_lead(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Do the following:" over sub-steps."""
    if not scene.item.children or not scene.last or not _STEPS_LEAD.fullmatch(words_of(tokens)):
        return None
    return Reading((scene.ctx.step(Action.NOTE, tokens[0].start),))


def from_top(tokens: Tokens, scene: Scene) -> Reading | None:
    if len(tokens) > 5 or not scene.ctx.titles or not _TOP.fullmatch(words_of(tokens)):
        return None
    return Reading(
        (scene.ctx.step(Action.GO_TO, tokens[0].start, target=scene.ctx.titles[0], limit=MOST_JUMPS),)
    )


_TOP = re.compile(r"(?:back )?(?:from|to) the (?:top|beginning|start)", re.IGNORECASE)


def begun_again(steps: tuple[Step, ...], before: list[Step]) -> bool:
    """ "... was not sent. Begin again at X.": a jump right after that finding, on the same line."""
    if not before or not any(s.action is Action.GO_TO for s in steps):
        return False
    last = before[-1]
    found = [s for s in (last, *last.body) if s.action is Action.STOP and s.outcome == NOT_SENT]
    return bool(found) and all(
        s.action in (Action.GO_TO, Action.SIGN_IN, Action.USE, Action.NOTE) for s in steps
    )


NOT_SENT = "not-sent"


def marked_once(tokens: Tokens) -> Tokens:
    """ "Press Withdraw (once)", "click Submit - once!" as "... once"."""
    low = [t.low for t in tokens]
    for i, word in enumerate(low):
        if word == "once" and i and low[i - 1] == "(" and low[i + 1 : i + 2] == [")"]:
            return (*tokens[: i - 1], tokens[i], *tokens[i + 2 :])
        if word == "once" and i and low[i - 1] in ("-", "\u2013", "\u2014") and i + 1 == len(low):
            return (*tokens[: i - 1], tokens[i])
        if low[i:] == ["once", "and", "only", "once"]:
            return tokens[: i + 1]
        if word == "once" and i > 1 and low[i - 1] == "only" and low[i - 2] == "and" and i + 1 == len(low):
            before = tokens[: i - 2]
            return (*(before[:-1] if before[-1].text == "," else before), tokens[i])
    return tokens


def so_part(tokens: Tokens) -> tuple[Tokens, Tokens] | None:
    """ "It can take a while, so wait until ...": what is told, and what is done for it."""
    for i in range(2, len(tokens) - 1):
        if tokens[i].text == "so" and tokens[i - 1].text == "," and tokens[i + 1].low not in ("that", "as"):
            return tokens[: i - 1], tokens[i + 1 :]
    return None


def without_so(tokens: Tokens) -> Tokens:
    """ "If ..., there is nothing left to send, so stop": the "so" says why, and adds nothing."""
    if tokens[0].low not in IF_WORDS:
        return tokens
    for i in range(2, len(tokens) - 1):
        if tokens[i].text == "so" and tokens[i - 1].text == "," and verb_at(tokens, i + 1, first=False):
            return (*tokens[:i], *tokens[i + 1 :])
    return tokens


_ON_PAGE = frozenset(
    {Verb.CLICK, Verb.FILL, Verb.SELECT, Verb.UPLOAD, Verb.SIGN_IN, Verb.SIGN_OUT, Verb.PRESS, Verb.UNCHECK,
     Verb.OPEN}
)  # fmt: skip
_NOT_ON_PAGE = frozenset(
    {
        "give",
        "put",
        "take",
        "get to",
        "start",
        "follow",
        "write",
        "add",
        "include",
        "provide",
        "visit",
        "access",
    }
)


def instruction_in(text: str) -> tuple[int, str] | None:
    """Where prose for the reader tells to do something on the page, and the word; None when nowhere."""
    try:
        parts = sentences(tokenise(text))
    except ReadingError:
        return None
    for tokens in parts:
        if names_other_sop(tokens):
            return tokens[0].start, words_of(tokens)
        if is_prohibition(tokens):
            continue
        tokens = without_lead_words(tokens)
        for i in range(len(tokens)):
            verb = verb_at(tokens, i, first=True) if starts_clause(tokens, i) else None
            if verb and verb.verb in _ON_PAGE and verb.words not in _NOT_ON_PAGE:
                return tokens[i].start, verb.words
    return None
