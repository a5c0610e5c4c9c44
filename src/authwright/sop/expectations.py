"""What a page will do by itself: "the button stays grey until both are filled in", "it can take a minute".

Nobody is told to do anything; the runner waits for it and explains a halt with it.
"""

import re
from collections.abc import Iterable

from authwright.core.workflow import Action, ConditionKind, Step
from authwright.sop.conditions import read_condition
from authwright.sop.leads import parts_of
from authwright.sop.openings import Reading
from authwright.sop.scene import Scene
from authwright.sop.tokens import Tokens, tokenise, words_of

_WHAT = r"(?:the |this |that )?(?:\"(?P<quoted>[^\"]+)\"|(?P<named>[A-Za-z][\w&/#.' -]*?))(?: (?:button|link|field|tab|icon|control))?"
_DEAD = r"(?:gr[ea]y(?:ed)?(?: out)?|shown in gr[ea]y|disabled|inactive|locked|dimmed|unavailable|not (?:clickable|active|enabled|available))"
_ALIVE = r"(?:clickable|active|enabled|available|live|usable|ready)"
_UNTIL = r"(?P<word>until|till|before|as long as|while|unless)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WHAT} (?:stays|remains|is|will be|will stay|will remain|looks|shows) {_DEAD},? {_UNTIL} (?P<when>.+)",
        rf"{_WHAT} (?:stays|remains|is|will be|will stay) {_DEAD}",
        rf"{_WHAT} (?:will not|won't|does not|doesn't|cannot|can't|can not) (?:light up|wake up|work|react|be clicked|become {_ALIVE}) {_UNTIL} (?P<when>.+)",
        rf"{_WHAT} (?:becomes|gets|turns|goes|is|will be) {_ALIVE} (?:only )?(?:as soon as|once|when|after) (?P<when>.+)",
        rf"{_WHAT} (?:lights up|wakes up|appears|shows up|comes up) (?:only )?(?:as soon as|once|when|after) (?P<when>.+)",
        rf"{_WHAT} can (?:only )?be (?:clicked|used|pressed) (?:only )?(?:once|when|after|as soon as) (?P<when>.+)",
    )
)
_TAKES = re.compile(
    r"(?:it|this|that|the \w+|they|mails?)(?: \w+)? (?:can|may|might|will|could|takes?|needs?)(?: take| need)? (?:a |about |up to |around |good |some |another |few )*"
    r"(?:\d+|a|an|one|two|three|five|ten|few|while|moment|minute)?(?: ?(?:seconds?|minutes?|hours?|moments?|while))?"
    r"(?: or (?:so|two))?(?:,? (?:until|till|before|for) (?P<when>.+))?",
    re.IGNORECASE,
)


def expectation(tokens: Tokens, scene: Scene) -> Reading | None:
    parts = parts_of(tokens)
    words = words_of(parts[0]).strip(" .")
    at = tokens[0].start
    for form in _FORMS:
        if found := form.fullmatch(words):
            return _with_rest(_expected(found, scene, at), parts[1:], scene)
    if len(parts) > 1:
        return None
    if (found := _TAKES.fullmatch(words)) and any(ch in words.lower() for ch in _TIME_WORDS):
        when = read_condition(tokenise(found["when"])) if found["when"] else None
        if when is not None and when.kind is not ConditionKind.SAID:
            return Reading((scene.ctx.step(Action.WAIT, at, condition=when),))
        return Reading((scene.ctx.step(Action.NOTE, at),))
    return None


_TIME_WORDS = ("second", "minute", "while", "moment", "hour", "long", "seconds", "minutes", "time")


def _expected(found: re.Match[str], scene: Scene, at: int) -> Reading | None:
    label = found["quoted"] or found["named"]
    if label.lower() in ("link", "button", "icon", "tab"):
        label = _last_clicked(scene.steps)
    if not label or label.lower() in ("it", "this", "that", "they", "there", "you", "we"):
        return None
    if {"that", "which", "takes", "you"}.intersection(label.lower().split()):
        return None  # a clause, and no label
    when = found.groupdict().get("when")
    lasting = bool(found.groupdict().get("word")) and found["word"].lower() in ("while", "as long as")
    condition = read_condition(tokenise(when), negated=lasting) if when else None
    return Reading((scene.ctx.step(Action.NOTE, at, target=label, condition=condition),))


def _last_clicked(steps: Iterable[Step]) -> str:
    """ "Select Edit Request. The link is shown in grey until ...": which link."""
    last = next((s for s in reversed(list(steps)) if s.action is not Action.NOTE), None)
    clicked = last is not None and last.action is Action.CLICK and isinstance(last.target, str)
    return str(last.target) if last is not None and clicked else ""


_CLICK_IT = re.compile(
    r"(?:(?:then|once|as soon as|when) (?:it|that) (?:is|becomes|gets|turns) \w+(?: \w+)?, )?(?:then |please )?"
    r"(?:click|press|hit|select) (?:on )?it(?: then)?(?P<once> once)?",
    re.IGNORECASE,
)


def _with_rest(reading: Reading | None, rest: list[Tokens], scene: Scene) -> Reading | None:
    """ "...; once it becomes available, click it": the control that was just told of."""
    if reading is None or not rest:
        return reading
    steps = list(reading.steps)
    for part in rest:
        if found := _CLICK_IT.fullmatch(words_of(part).strip(" .")):
            target = reading.steps[0].target
            once = found["once"] is not None
            steps.append(scene.ctx.step(Action.CLICK, part[0].start, target=target, once=once))
        elif part[0].low in ("give", "allow") and any(t.low in _TIME_WORDS for t in part):
            continue  # how long it may take: it is waited for in any case
        else:
            steps += scene.read(part)
    return Reading(tuple(steps))
