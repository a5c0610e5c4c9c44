"""Short ways of saying something in a list: "Filter by member ID", "Confirm: Yes", "Not? Ask a person"."""

import re
from dataclasses import replace

from authwright.core.workflow import Action, Condition, ConditionKind, SectionRole, Step, Value
from authwright.sop import words as w
from authwright.sop.case_acts import people_named
from authwright.sop.clauses import verb_at
from authwright.sop.data_words import path_of, reference
from authwright.sop.doubts import refuse_doubtful, refuse_late_condition, refuse_wait_behind_condition
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.leads import is_prohibition
from authwright.sop.messages import shows
from authwright.sop.openings import Reading
from authwright.sop.scene import Gather, Scene
from authwright.sop.settling import state_condition
from authwright.sop.tokens import Kind, Tokens, words_of

_FILTER = re.compile(
    r"filter (?:the (?:list|table|rows|results) )?(?:by|on|for) (?P<what>(?:the )?[\w' #]+)", re.IGNORECASE
)


def filtered(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Filter by member ID": what goes into the filter field."""
    found = _FILTER.fullmatch(words_of(tokens).strip(" ."))
    if found is None:
        joint = next((i for i, t in enumerate(tokens[1:], 1) if t.text == "filter"), 0)
        if not joint or tokens[joint - 1].text not in (",", "and"):
            return None
        inner = filtered(tokens[joint:], scene)
        return Reading((*scene.read(tokens[: joint - 1]), *inner.steps)) if inner else None
    bare = re.sub(r"^the ", "", found["what"], flags=re.IGNORECASE)
    if path_of(bare) is None or bare.lower().split(" ")[-1] in w.CHOSEN_KINDS | {"date", "dates"}:
        return None
    value = reference(f"the {bare}", bare)
    return Reading((scene.ctx.step(Action.FILL, tokens[0].start, target="Filter", value=value),))


_ANSWERS = w.words_set("yes no ok okay continue accept")


def confirmed(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Confirm: Yes", "Confirm with OK": the button of the question that comes up."""
    low = [t.low for t in tokens]
    if low[:1] != ["confirm"] or low[1:2] not in ([":"], ["with"], ["by"]) or len(low) != 3:
        return None
    label = tokens[2]
    if label.kind is not Kind.QUOTED and label.low not in _ANSWERS:
        return None
    return Reading((scene.ctx.step(Action.CLICK, tokens[0].start, target=label.text),))


def not_so(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Not? Ask a person.": when the condition just before does not hold."""
    if len(tokens) < 3 or tokens[1].text != "?" or tokens[0].low not in ("not", "no"):
        return None
    return Reading(scene.read(tokens[2:]), otherwise=True)


_ASKING = w.words_set("which what how who whose why where")


def asked_of_reader(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Which office do you work for? Select ...": the question is the reader's own."""
    mark = next((i for i, t in enumerate(tokens) if t.text == "?" and t.kind is Kind.PUNCT), None)
    if mark is None or tokens[0].low not in _ASKING or tokens[0].kind is not Kind.WORD:
        return None
    rest = tokens[mark + 1 :]
    if not rest:
        return Reading((scene.ctx.step(Action.NOTE, tokens[0].start),))
    scene.ctx.pass_over(tokens[: mark + 1])
    return Reading(scene.read(rest))


_MAY_SHOW = re.compile(
    r"(?:sometimes,? |now and then,? |once in a while,? )?(?:the|this) (?:portal|page|site|screen|system) "
    r"(?:may|can|might|could|will sometimes|sometimes|occasionally) (?:also )?"
    r"(?:shows?|says?|displays?|reads?)",
    re.IGNORECASE,
)


def may_show(tokens: Tokens, scene: Scene) -> Reading | None:
    """'The portal may show "High volume". Wait a minute.': what is done when it does."""
    quoted = [t for t in tokens if t.kind is Kind.QUOTED]
    plain = words_of(tuple(t for t in tokens if t.kind is not Kind.QUOTED)).strip(" .")
    if scene.ctx.role is not SectionRole.OTHERWISE or len(quoted) != 1 or not _MAY_SHOW.fullmatch(plain):
        return None
    return Reading(header=Gather(condition=shows((quoted[0].text,), words_of(tokens))))


_SKIP = re.compile(
    r"(?:you can |you may )?(?:skip|leave out|ignore) (?:this|that)(?: step| one)?", re.IGNORECASE
)


def skipped(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Sign in as in X. If you are already in, skip this.": the condition governs the item so far."""
    comma = next((i for i in range(len(tokens) - 1, 0, -1) if tokens[i].text in (",", ";")), None)
    tail = tokens[comma + 1 :] if comma is not None else tokens
    if not _SKIP.fullmatch(words_of(tail).strip(" .)")):
        return None
    begin = scene.ctx.item_start
    done = scene.steps[begin:]
    if comma is None or tokens[0].low not in ("if", "when") or not done:
        raise ReadingError(
            "SOP012", tail[0].start, "which step is skipped, and when, is not clear",
            'put the condition before what is done: "Unless ..., ..."',
        )  # fmt: skip
    condition = state_condition(tokens[1:comma], tokens[0].low, scene.ctx, tokens[0].start)
    if condition is None:
        return None
    unless = replace(condition, negated=not condition.negated, words=f"not: {condition.words}")
    del scene.steps[begin:]
    step = scene.ctx.step(Action.CONDITION, tokens[0].start, condition=unless, body=tuple(done))
    return Reading((step,))


_TAKES_OVER = re.compile(
    r"(?P<who>(?:the |our )?[\w/& -]+?) "
    r"(?:gets|takes|has|handles|deals with|takes care of|will (?:get|take|handle)) "
    r"(?:it|this|that|the case|these|them|care of it)(?: over)?(?: (?:from here|then|now))?",
    re.IGNORECASE,
)


def taken_over(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "The IT help desk gets it.": whose worklist the case goes to."""
    found = _TAKES_OVER.fullmatch(words_of(tokens).strip(" ."))
    queue = people_named(found["who"]) if found else None
    if queue is None:
        return None
    step = scene.ctx.step(Action.ASSIGN, tokens[0].start, queue=queue)
    last = scene.steps[-1] if scene.steps else None
    if last is not None and last.action is Action.STOP and not last.once:
        scene.steps[-1:] = [step, last]  # "Stop. The help desk gets it."
        return Reading(())
    return Reading((step,))


_IS_FOR = w.words_set("is reads says")


def shown_as(tokens: Tokens) -> Tokens:
    """ "Setting is Outpatient Hospital for outpatient services, ..." with a colon after the field."""
    i = next((i for i, t in enumerate(tokens[:6]) if t.low in _IS_FOR and t.kind is Kind.WORD), 0)
    if not i or i + 3 >= len(tokens) or verb_at(tokens, 0, first=True):
        return tokens
    named = all(t.capital or t.kind is Kind.QUOTED for t in tokens[:i]) and tokens[i + 1].capital
    pairs = sum(t.low == "for" for t in tokens[i:]) > 1
    if not named or not pairs:
        return tokens
    return (*tokens[:i], replace(tokens[i], kind=Kind.PUNCT, text=":", low=":"), *tokens[i + 1 :])


_AGE = re.compile(
    r"(?P<sign>[<>]) ?(?P<years>\d{1,3}) ?(?:yrs?|years?|y/?o)(?: old| of age)?\.?", re.IGNORECASE
)


def by_age(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "<18 yrs: read the subscriber's name": the patient's age."""
    if not tokens[0].text.startswith(("<", ">")) or tokens[0].kind is Kind.QUOTED:
        return None
    colon = next((i for i, t in enumerate(tokens) if t.text in (":", ",") and t.kind is Kind.PUNCT), None)
    found = _AGE.fullmatch(words_of(tokens[:colon])) if colon else None
    if found is None or not tokens[(colon or 0) + 1 :]:
        return None
    kind = ConditionKind.LESS if found["sign"] == "<" else ConditionKind.MORE
    told = "under" if found["sign"] == "<" else "over"
    years = (Value(literal=found["years"]),)
    condition = Condition(
        kind, f"the patient is {told} {found['years']}", subject="patient.age", values=years
    )
    body = scene.read(tokens[(colon or 0) + 1 :])
    return Reading((scene.ctx.step(Action.CONDITION, tokens[0].start, condition=condition, body=body),))


def nameless_button(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Add Service" alone: a button, as nothing of ours is called so."""
    if len(tokens) < 2 or tokens[0].low != "add" or not all(t.capital for t in tokens):
        return None
    return Reading((scene.ctx.step(Action.CLICK, tokens[0].start, target=words_of(tokens)),))


def with_expectation(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Go (grey till both are in)": the button, and what it waits for."""
    opening = next((i for i, t in enumerate(tokens) if t.text == "(" and t.kind is Kind.PUNCT), None)
    if not opening or tokens[-1].text != ")" or not all(t.capital for t in tokens[:opening]):
        return None
    inner = words_of(tokens[opening + 1 : -1])
    if not _GREY.match(inner):
        return None
    label = words_of(tokens[:opening]).strip('"')
    steps: list[Step] = list(scene.read(tokens[:opening]))
    if not any(s.action is Action.CLICK for s in steps):
        steps = [scene.ctx.step(Action.CLICK, tokens[0].start, target=label)]
    return Reading((scene.ctx.step(Action.NOTE, tokens[0].start, target=label), *steps))


_GREY = re.compile(
    r"(?:is |stays )?(?:gr[ea]y(?:ed)?(?: out)?|disabled|inactive|locked|dimmed) (?:un)?til+ ", re.IGNORECASE
)


def forbidden(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "Don't click Back, click Next": what is not done, and what is."""
    if not is_prohibition(tokens) or any(t.text in ("or", "nor") for t in tokens):
        return None
    for i in range(2, len(tokens)):
        joint = tokens[i - 1].text
        if tokens[i - 1].kind is Kind.QUOTED or verb_at(tokens, i, first=False) is None:
            continue
        if joint in (",", "but", "then"):
            return Reading((scene.ctx.step(Action.NOTE, tokens[0].start), *scene.read(tokens[i:])))
        if joint == "and":
            act = words_of(tokens[i:])
            raise two_readings(
                tokens[i].start, f'"{act}" is not to be done either, or is to be done',
                '"or" instead of "and"', f'"{act[:1].upper()}{act[1:]}" in a sentence of its own',
            )  # fmt: skip
    return None


def doubtful(tokens: Tokens, scene: Scene) -> Reading | None:
    """Refuses; reads nothing."""
    refuse_doubtful(tokens)
    refuse_late_condition(tokens, scene.steps)
    if scene.ctx.role is not SectionRole.OTHERWISE:
        refuse_wait_behind_condition(tokens, scene.steps, scene.ctx.item_start)
    return None
