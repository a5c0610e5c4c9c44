"""Conditions, loops and waiting: what is decided by what the page or the case says."""

from collections import Counter
from collections.abc import Iterable

from authwright.core.run import HaltReason
from authwright.core.workflow import Condition, ConditionKind, SectionRole, Step
from authwright.runner.asks import Sleep, Walk, act
from authwright.runner.conditions import about_page, holds, of_absence, parts, undecided
from authwright.runner.data import items_of
from authwright.runner.declined import note_declined
from authwright.runner.finding import locate
from authwright.runner.looking import look
from authwright.runner.matcher import Match
from authwright.runner.measures import seconds
from authwright.runner.page import Page, Text
from authwright.runner.state import Item, Run, halt, wanted_of
from authwright.runner.wording import contains

MOST_ROUNDS = 50


def condition(run: Run, step: Step) -> Walk[None]:
    """CONDITION: decided once, then one of its two branches is done."""
    if step.condition is None:
        raise halt(run, HaltReason.UNSUPPORTED, step.words, "a condition without its words")
    answer = yield from _decide(run, step.condition, step)
    before, run.words_read = run.words_read, ""
    if answer:
        _note_words(run, step.condition)
    done, left = (step.body, step.otherwise) if answer else (step.otherwise, step.body)
    note_declined(run, step.condition, left)
    yield from run.perform(run, done)
    run.words_read = before  # they prove only what is found under this very condition


def _decide(run: Run, asked: Condition, step: Step | None = None) -> Walk[bool]:
    if not about_page(asked):
        return holds(run, asked, run.page)
    yield from _subjects_there(run, asked)
    answer = holds(run, asked, run.page)
    if run.clicked:
        if not answer:
            answer = yield from _soon(run, asked, step)
        elif of_absence(asked):
            answer = yield from _lasts(run, asked)
        run.clicked = run.clicked and not answer and _next_about_page(run)
    return answer


def _subjects_there(run: Run, asked: Condition) -> Walk[None]:
    """A field or a box that it asks about may still be coming; `holds` halts when it doesn't."""
    page = yield from look(run)
    started = page.at
    while undecided(page, asked) and (left := started + run.settings.patience.find - page.at) > 0:
        page = yield from look(run, after=page.version, within=left)


def _note_words(run: Run, asked: Condition) -> None:
    """The page's own words that were read: a request that isn't there is proved by them."""
    for part in parts(asked):
        if part.kind is ConditionKind.SHOWS and part.subject and contains(run.page.text, part.subject):
            run.words_read = part.subject


def _next_about_page(run: Run) -> bool:
    following = run.rest[0] if run.rest else None
    return bool(following and following.condition and about_page(following.condition))


def _limit(run: Run) -> float:
    patience = run.settings.patience
    return patience.lookup if run.role is SectionRole.IF_INTERRUPTED else patience.condition


def _soon(run: Run, asked: Condition, step: Step | None) -> Walk[bool]:
    """After a click a page may still be coming: wait until this condition or one of the next holds."""
    siblings = [asked]
    for following in run.rest if step else ():
        if following.condition is None or not about_page(following.condition):
            break
        siblings.append(following.condition)
    page, started = run.page, run.page.at
    while not any(holds(run, s, page) for s in siblings if not undecided(page, s)):
        left = started + _limit(run) - page.at
        if left <= 0 or (step and _next_is_there(run, len(siblings))):
            return False
        page = yield from look(run, after=page.version, within=left)
    run.clicked = False
    return not undecided(page, asked) and holds(run, asked, page)


def _lasts(run: Run, asked: Condition) -> Walk[bool]:
    """What isn't there right after a click may still be coming."""
    page, started = run.page, run.page.at
    while (left := started + _limit(run) - page.at) > 0:
        page = yield from look(run, after=page.version, within=left)
        if not undecided(page, asked) and not holds(run, asked, page):
            return False
    return True


def _next_is_there(run: Run, conditions: int) -> bool:
    """Whether the page already offers what the step after the conditions needs."""
    after = run.rest[conditions - 1 :]
    if not after or not after[0].target or isinstance(after[0].target, tuple):
        return False
    return isinstance(locate(run, wanted_of(after[0]), run.page), Match)


def repeat(run: Run, step: Step) -> Walk[None]:
    """REPEAT: for each element of a list, until a condition holds, or a number of times."""
    if step.each is not None:
        yield from _each(run, step, step.each)
    elif step.condition is not None:
        yield from _until(run, step, step.condition)
    else:
        for _ in range(step.limit or 1):
            yield from run.perform(run, step.body)


def _each(run: Run, step: Step, path: str) -> Walk[None]:
    items = items_of(run, path)
    if not items:
        raise halt(run, HaltReason.DATA_MISSING, path.replace("_", " "), "the case has none")
    outer, earlier = run.item, run.earlier_items
    run.earlier_items = set(earlier)
    try:
        for number, data in enumerate(items, start=1):
            run.item = Item(data, number, len(items), path=path, outer=outer)
            yield from run.perform(run, step.body)
            run.earlier_items |= {c.id for c in run.item.filled}
            if outer is not None:
                outer.filled += run.item.filled
    finally:
        run.item, run.earlier_items = outer, earlier


def _until(run: Run, step: Step, asked: Condition) -> Walk[None]:
    rounds = step.limit or MOST_ROUNDS
    for _ in range(rounds):
        if (yield from _decide(run, asked)):
            return
        yield from run.perform(run, step.body)
    run.step = step
    if not (yield from _decide(run, asked)):
        raise halt(run, HaltReason.JUMP_LIMIT, asked.words, f"not after {rounds} rounds")


def wait(run: Run, step: Step) -> Walk[None]:
    """WAIT: until something is so, or for a time."""
    asked = step.condition
    page = yield from look(run)
    if asked is None or asked.kind is ConditionKind.LOADED:
        return
    if asked.kind is ConditionKind.PASSED:
        span = seconds(asked.subject or "")
        if span is None:
            raise halt(run, HaltReason.UNSUPPORTED, asked.words, f"no length of time: {asked.subject}")
        yield from act(Sleep(span))
        return
    started = page.at
    while not _is_so(run, asked, page):
        left = started + run.settings.patience.wait - page.at
        if left <= 0:
            stale = not undecided(page, asked) and holds(run, asked, page)
            said = (
                "the page shows only what it showed before the click" if stale else "it didn't happen in time"
            )
            raise halt(run, HaltReason.TIMED_OUT, asked.words, said)
        page = yield from look(run, after=page.version, within=left)


def _is_so(run: Run, asked: Condition, page: Page) -> bool:
    if undecided(page, asked) or not holds(run, asked, page):
        return False
    words = [p.subject for p in parts(asked) if p.kind is ConditionKind.SHOWS and p.subject and not p.negated]
    shown = [w for w in words if contains(page.text, w)]
    right_after = run.clicked and not any(t.form == run.form for t in run.typed)
    return not (right_after and shown) or any(_is_new(run, w, page) for w in shown)


def _is_new(run: Run, words: str, page: Page) -> bool:
    """Whether the words stand there as they didn't before the click: a menu that has them is drawn anew,
    and is no answer."""
    before, now = _standing(run.texts_before, words), _standing(page.texts, words)
    if not before and not now:  # words that are in pieces on the page
        return True
    return any(count > before[how] for how, count in now.items())


def _standing(texts: Iterable[Text], words: str) -> Counter[tuple[str, str, bool]]:
    return Counter((t.text, t.tag, t.heading) for t in texts if contains(t.text, words))
