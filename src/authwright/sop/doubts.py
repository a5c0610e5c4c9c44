"""Sentences that seem to say something and leave out what: refused before anything is made of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from authwright.core.workflow import Action, ConditionKind, Step
from authwright.sop import words as w
from authwright.sop.amend import flat
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.structure import Item
from authwright.sop.tokens import Kind, Tokens, words_of


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is left out when the sentence, without what stands in quotation marks, has this form."""

    form: re.Pattern[str]
    code: str
    message: str
    hint: str


def _doubt(form: str, code: str, message: str, hint: str) -> Doubt:
    return Doubt(re.compile(form, re.IGNORECASE), code, message, hint)


_AGAIN = r"(?:try|retry|check|look|come back|call|start|do (?:it|this))(?: (?:it|this|back|over|once more))?(?: again)?"
_LATER = (
    r"(?:later(?: today| on)?|tomorrow\b.*|the next (?:business |working )?day|next week"
    r"|(?:in|after) (?:about )?(?:an?|one|two|three|\d+) (?:(?:business|working) )?(?:hours?|days?|weeks?))"
)
_CONDITIONAL = r"(?:if|when|unless|where|whenever|otherwise|should)"
_ACTS = r"(?:do|click|enter|type|select|choose|add)"
_KEPT = r"(?:recorded|noted|kept|saved|stored|copied|written|put|entered|assigned)(?: down)?"
_DOUBTS = (
    _doubt(
        rf"(?:.*[,;:&] |.*\b(?:and|then|quit|stop) )?{_AGAIN},? {_LATER}",
        "SOP016",
        "a run doesn't wait that long: when a case is looked at again is no part of an SOP",
        'the practice\'s settings say when; write what is done now, such as "stop"',
    ),
    _doubt(
        r"(?:please )?(?:ignore|disregard|forget) (?:all |everything |any )?(?:of )?(?:the |these |those |your |my )?"
        r"(?:above|previous|earlier|prior|preceding|rules|instructions)\b.*",
        "SOP011",
        "no sentence takes back what stands before it",
        "remove the steps that don't hold any more",
    ),
    _doubt(
        r"(?:everything|anything|all) else (?:goes|should go|belongs|is (?:passed|handed)(?: on| over)?) to .*",
        "SOP027",
        "what happens then is not said",
        "a run that can't go on stops for a person in any case; leave the sentence out",
    ),
    _doubt(
        r".*\byour (?:own |best )?(?:judge?ment|discretion|common sense)\b.*",
        "SOP016",
        "what to do is left to the reader",
        'write what decides, or "ask a person to ..."',
    ),
    _doubt(
        r"(?:please )?(?:call|phone|ring|fax|e-?mail)",
        "SOP016",
        "whom is not said",
        'write "ask a person to call the plan"',
    ),
    _doubt(
        rf"for (?:each|every) (?!.* {_ACTS}\b)[\w' ]+? (?:that|which|who) .*",
        "SOP017",
        "which of them are meant can't be told from the case",
        'write "For each ...:", and a condition on what is done for each',
    ),
    _doubt(
        rf"(?!.*\binstead of\b)(?!.*\b{_CONDITIONAL}\b).*\binstead",
        "SOP014",
        "instead of what?",
        'write in which case, and leave "instead" out',
    ),
    _doubt(
        r".*[,;] ?(?:the )?same (?:filters?|settings|search|fields|values)(?: as before)?",
        "SOP012",
        "what to do here is only compared with something else",
        "write the steps out",
    ),
    _doubt(
        r".*\bwait after each\b.*",
        "SOP016",
        "what is waited for after each is not clear",
        'write "For each document:", and below it what is attached and awaited',
    ),
    _doubt(
        r".*\bwaits? for the next one\b.*",
        "SOP016",
        "what is awaited is not said",
        "name what the page shows then",
    ),
    _doubt(
        rf".*\b(?:is|are) (?:then )?{_KEPT} (?:on|onto|in|to|with) (?:the )?.*\b(?:case|team|desk|work ?list)\b.*",
        "SOP011",
        "who does this is not said",
        "begin with the verb: note, hand over, mark ...",
    ),
    _doubt(
        r"(?:please |then )?(?:reload|refresh)(?: (?:the|this) (?:page|browser|screen|window|tab))?(?:(?: and|,) .*)?",
        "SOP011",
        "a page is not loaded again by a run: what was sent could be sent twice",
        'name the portal\'s button, "click Refresh", or go to the page again',
    ),
)
_PATIENCE = 40  # words; longer sentences are none of these


def refuse_doubtful(tokens: Tokens) -> None:
    """Raises ReadingError when something is left out that only the author knows."""
    if len(tokens) > _PATIENCE:
        return
    text = words_of(tuple(t for t in tokens if t.kind is not Kind.QUOTED)).strip(" .!")
    for doubt in _DOUBTS:
        if doubt.form.fullmatch(text):
            raise ReadingError(doubt.code, tokens[0].start, doubt.message, doubt.hint)
    _refuse_placeholder(tokens)


_PLACEHOLDER = re.compile(r"\b(?:N|X{1,4}|NN+|NUMBER|DATE|NAME|CODE)\b|<[a-z ]+>|\[[a-z ]+\]")


def _refuse_placeholder(tokens: Tokens) -> None:
    """ "Duplicate of NUMBER": as a message of the page it would never be found."""
    for token in tokens:
        if token.kind is Kind.QUOTED and " " in token.text and (found := _PLACEHOLDER.search(token.text)):
            if token.text.isupper():
                continue
            raise ReadingError(
                "SOP027", token.start, f'"{found[0]}" in "{token.text}" seems to stand for something else',
                "quote only the part that is always the same",
            )  # fmt: skip


_PRO_FORM = re.compile(r"(?:it|they|this|that) (?:does|do|did)(?: not|n't)?", re.IGNORECASE)


def refuse_swallowed_act(words: Tokens, at: int) -> None:
    """A condition that only a person can decide, and that holds an instruction or a second condition."""
    low = [t.low if t.kind is Kind.WORD else "" for t in words]
    for i, word in enumerate(low):
        semicolon = words[i].text == ";" and words[i].kind is Kind.PUNCT
        second = i > 0 and word in ("if", "until", "otherwise")
        keeps = i > 0 and word in ("keep", "keeps") and low[i + 1 : i + 2] and low[i + 1].endswith("ing")
        other = word == "in" and low[i + 1 : i + 3] in (["all", "other"], ["which", "case"])
        if semicolon or second or keeps or other:
            raise ReadingError(
                "SOP012", at, f'where the condition ends is not clear: "{words_of(words)}"',
                'one condition in a sentence: "If ..., ..."',
            )  # fmt: skip
    if _PRO_FORM.fullmatch(words_of(words)):
        raise ReadingError(
            "SOP016", at, f'what "{words_of(words)}" looks at is not clear',
            "say the whole condition: \"if the page shows ...\"",
        )  # fmt: skip
    if len(low) < 2 and low and low[0] in w.words_set("there not so any yes no it"):
        raise ReadingError("SOP016", at, f'what "{low[0]}" looks at is not said', "say the whole condition")


_MISSING = re.compile(
    r"(?:if|when) (?:that|this|the) (?:button|link|icon|tab|control) (?:is|isn't|is not) (?:missing|gone|there|shown|offered)\b.*",
    re.IGNORECASE,
)


def refuse_late_condition(tokens: Tokens, before: Iterable[Step]) -> None:
    """ "Click X. If that button is missing, ...": after the click it is too late to look."""
    last = next((s for s in reversed(list(before)) if s.action is not Action.NOTE), None)
    if last is not None and last.action is Action.CLICK and _MISSING.fullmatch(words_of(tokens)):
        raise ReadingError(
            "SOP014", tokens[0].start, f'"{last.target}" was clicked before this',
            f'put the condition before the click: "If there is no "{last.target}" button, ..."',
        )  # fmt: skip


def refuse_wait_behind_condition(tokens: Tokens, before: Iterable[Step], begin: int) -> None:
    """ "If X, click A. Wait until B.": in that case only, or always."""
    item = list(before)[begin:]
    last = next((s for s in reversed(item) if s.action is not Action.NOTE), None)
    if last is None or last.action is not Action.CONDITION or last.otherwise or tokens[0].low != "wait":
        return
    if any(s.action is Action.CLICK for s in last.body):
        raise two_readings(
            tokens[0].start, "this is waited for in that case only, or always",
            '", and wait until ..." at the end of the sentence before', "a step of its own",
        )  # fmt: skip


def refuse_arrow(tokens: Tokens) -> None:
    """ "..., case -> team": an arrow stands behind what happens, at the beginning of a step."""
    for before, token in pairwise(tokens):
        drawn = token.text == ">" and token.kind is Kind.PUNCT and token.end - token.start > 1
        if drawn and before.kind is Kind.WORD and not before.capital:
            raise ReadingError(
                "SOP012", token.start, f'can\'t read the arrow after "{before.text}"',
                'write "hand the case over to ..."; an arrow stands behind what happens',
            )  # fmt: skip


def refuse_unread_wait(steps: Iterable[Step], at: int) -> None:
    """ "Wait 3 min, again": a number that is no time, or more than a time."""
    for step in flat(steps):
        said = step.condition is not None and step.condition.kind is ConditionKind.SAID
        if step.action is Action.WAIT and step.condition and said and step.condition.words[:1].isdigit():
            raise ReadingError(
                "SOP012", at, f'how long is not clear: "{step.condition.words}"',
                'write "wait 3 minutes", and what comes then in a sentence of its own',
            )  # fmt: skip


def refuse_without_occasion(steps: Iterable[Step], item: Item) -> None:
    """Under "When something else happens", a step of which nothing would ever be done."""
    if item.listed and all(s.action is Action.NOTE for s in steps):
        raise ReadingError(
            "SOP027", 0, "what happens, and what is done then, is not said",
            'write "If ..., ...", or the page\'s message in quotation marks: "...": click ...',
        )  # fmt: skip
