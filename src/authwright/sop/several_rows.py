"""What to do when more than one row fits: "take the latest", "take the one with the latest due date"."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, Condition, ConditionKind, Order, Prefer, Step, TargetKind
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.amend import amend_last
from authwright.sop.conditions import values_in
from authwright.sop.errors import ReadingError
from authwright.sop.openings import Reading
from authwright.sop.scene import Scene
from authwright.sop.settling import one_of_several
from authwright.sop.tokens import Token, Tokens, tokenise, words_of

_ROWS = r"(?:rows?|lines?|results?|records?|entries|entry|hits?|matches|requests?|claims?|cases?|authorizations?|ones?|letters?|items?|members?)"
_SEVERAL = (
    rf"(?:more than one|several|two or more|multiple|many|> ?1)(?: of (?:them|these))?(?: {_ROWS})?"
    r"(?: (?:fits?|match(?:es)?|are (?:returned|shown|listed|found|there)|is (?:shown|listed|found|returned|there)|comes? up|appears?|shows? up|hits?))?"
)
_IF = re.compile(
    rf"(?:(?:if|when|where|should)(?: there (?:is|are|be)| you (?:get|see|find)| it shows| the (?:list|table|search) (?:has|shows|gives|holds))? "
    rf"{_SEVERAL}(?: for (?:the|this|that) \w+)?|{_SEVERAL})\s*[,:?]? (?:-> ?|then )?(?P<do>.+)",
    re.IGNORECASE,
)
_TAKE = r"(?:take|pick|use|choose|go by|go with|select|work on|open|click|it is|we want|you want)? ?"
_LATE = {"latest": Order.LATEST, "newest": Order.LATEST, "most recent": Order.LATEST, "last": Order.LATEST,
         "earliest": Order.EARLIEST, "oldest": Order.EARLIEST, "later": Order.LATEST}  # fmt: skip
_ORDER = "|".join(_LATE)
_NOUN = rf"(?: (?:one|{_ROWS}))?"
_WHICH = tuple(
    re.compile(rf"{_TAKE}{pattern}[.)]?", re.IGNORECASE)
    for pattern in (
        rf"(?:the )?(?P<order>{_ORDER}){_NOUN}",
        rf"(?:the )?(?:one|{_ROWS}) (?:with|that has|having) the (?P<order>{_ORDER})(?: (?P<by>[\w' ]+?|\"[^\"]+\"))?",
        rf"(?:the )?(?:one|{_ROWS}) (?P<verbed>[a-z]+ed) (?P<order>last|first|latest|earliest|most recently)",
        rf"(?:the )?(?P<order>{_ORDER}) (?P<by>[\w' ]*date|\"[^\"]+\")",
    )
)


def _named(tokens: Tokens, noun: str) -> Tokens:
    """ "Select yours", "pick the right one", of several claims: the claim."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        named = replace(token, text=noun, low=noun)
        if noun and token.text == "yours":
            out += [replace(token, text="the", low="the"), named]
        elif noun and token.text == "one" and i and tokens[i - 1].text in w.DETERMINERS | w.FILLERS:
            out.append(named)
        else:
            out.append(token)
    return tuple(out)


def several_rows(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "If more than one row fits, take the latest": of the row that is opened next, or that was before."""
    words = words_of(tokens).strip(" .")
    found = _IF.fullmatch(words)
    if found is None:
        return None
    prefer = preference(found["do"])
    lead, first = words[: found.start("do")].rstrip(), found["do"].split(" ")[0].lower()
    if prefer is None and lead[-1] not in ",:?>" and first not in verbs.FIRST_WORDS:
        return None  # "more than one provider account": no rows are meant
    at = tokens[0].start
    if prefer is None:
        condition = Condition(ConditionKind.ROWS, words[: found.start("do")].strip(" ,:?"), subject="several")
        start = at + 0
        rest = _rest(tokens, found["do"])
        if not rest:
            return None
        rest = _named(rest, one_of_several(tokens[: len(tokens) - len(rest)]))
        body = scene.read(rest)
        return Reading((scene.ctx.step(Action.CONDITION, start, condition=condition, body=body),))
    if re.match(r"(?:open|click)\b", found["do"], re.IGNORECASE):
        return Reading((scene.ctx.step(Action.CLICK, at, target_kind=TargetKind.TABLE_ROW, prefer=prefer),))
    if not _opened_before(scene.steps, prefer):
        scene.ctx.prefer.append(prefer)
    return Reading((scene.ctx.step(Action.NOTE, at),))


_OPEN = re.compile(
    rf"(?:then )?(?:open|click|click on|take|pick) the (?P<order>{_ORDER}) (?:one|{_ROWS}|document) (?:with|that has|that shows|showing|for) (?P<what>.+)",
    re.IGNORECASE,
)


def latest_row(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Open the newest letter that has the reference number"."""
    found = _OPEN.fullmatch(words_of(tokens))
    if found is None:
        return None
    values = values_in(tokenise(found["what"]))
    if len(values) != 1:
        raise ReadingError(
            "SOP016", tokens[0].start, "what the row holds is not clear", "name one thing that it holds"
        )
    prefer = Prefer(_LATE.get(found["order"].lower(), Order.LATEST))
    step = scene.ctx.step(
        Action.CLICK, tokens[0].start, target_kind=TargetKind.TABLE_ROW, value=values[0], prefer=prefer
    )
    return Reading((step,))


def preference(words: str) -> Prefer | None:
    for form in _WHICH:
        if found := form.fullmatch(words.strip()):
            held = found.groupdict()
            order = held["order"].lower()
            by = held.get("by") or held.get("verbed")
            if order == "first" or (order == "earliest"):
                kind = Order.EARLIEST
            else:
                kind = _LATE.get(order, Order.LATEST)
            return Prefer(kind, _column(by))
    return None


def _column(by: str | None) -> str | None:
    if not by or by.strip().lower() == "date":
        return None
    bare = by.strip()
    if bare.startswith('"'):
        return bare.strip('"')
    return bare if bare[:1].isupper() else " ".join(x[:1].upper() + x[1:] for x in bare.split())


def _rest(tokens: Tokens, said: str) -> Tokens:
    """The tokens that make up `said`, the end of the sentence."""
    for i in range(len(tokens)):
        if words_of(tokens[i:]).strip(" .") == said:
            return tokens[i:]
    return ()


def _is_row(step: Step) -> bool:
    return step.action is Action.CLICK and step.target_kind is TargetKind.TABLE_ROW


def _opened_before(steps: list[Step], prefer: Prefer) -> bool:
    """The row step just before, when nothing else was done since."""
    recent = [s for s in steps if s.action is not Action.NOTE][-1:]
    if not recent:
        return False
    last = recent[0]
    holds = _is_row(last) or (last.condition is not None and last.condition.kind is ConditionKind.ROW)
    if not holds:
        return False

    def preferring(step: Step) -> Step:
        if step.condition is not None and step.action is Action.CONDITION:
            return replace(step, condition=replace(step.condition, prefer=prefer))
        return replace(step, prefer=prefer)

    def wanted(step: Step) -> bool:
        row = step.condition is not None and step.condition.kind is ConditionKind.ROW
        return _is_row(step) or (step.action is Action.CONDITION and row)

    return amend_last(steps, wanted, preferring)


def give_preference(steps: list[Step], waiting: list[Prefer]) -> None:
    """The preference that was told before goes to the row that is opened now."""
    for i, step in enumerate(steps):
        if waiting and _is_row(step):
            steps[i] = replace(step, prefer=waiting.pop())


def refuse_waiting(waiting: list[Prefer], at: int) -> None:
    if waiting:
        waiting.clear()
        raise ReadingError(
            "SOP014",
            at,
            "which row is meant is not clear: none is opened",
            'write "open the row with the ..."',
        )
