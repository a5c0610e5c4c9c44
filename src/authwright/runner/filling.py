"""Putting values into fields, and seeing that each took."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from authwright.core.data_table import DataType
from authwright.core.marks import is_without_marks, without_marks
from authwright.core.run import HaltReason
from authwright.core.workflow import Action, Step, TargetKind
from authwright.runner import matcher
from authwright.runner.account_notices import not_about_to_lock
from authwright.runner.adding import note_taken_over
from authwright.runner.asks import Choose, Click, Fill, Tick, Walk, act
from authwright.runner.choices import choices, fits, pick
from authwright.runner.data import Datum, as_date, one
from authwright.runner.finding import as_called, find, find_where, locate
from authwright.runner.looking import look
from authwright.runner.nearby import next_to
from authwright.runner.page import TICKABLE, WRITABLE, Control, Kind, Page
from authwright.runner.program import expectation
from authwright.runner.state import HaltedError, Run, Typed, halt, label_of, wanted_of
from authwright.runner.values import contradicts, masked, same, same_chosen, starts_with, write
from authwright.runner.wording import alike, contains, squeezed


def fill(run: Run, step: Step) -> Walk[None]:
    """FILL and SELECT: the value into the control, in the way that this control takes values."""
    if step.value is None:
        raise halt(run, HaltReason.DATA_MISSING, f"a value for {label_of(step)}", "the step names none")
    datum = one(run, step.value)
    if step.format is not None and is_without_marks(step.format):
        datum = replace(datum, value=without_marks(str(datum.value), step.format))
    elif step.format is not None and as_date(datum.value) is not None:
        datum = replace(datum, type=DataType.DATE)
    if step.action is Action.SELECT and (radio := (yield from _radio(run, step, datum))):
        again = partial(_radio, run, step, datum)
        yield from _tick(run, step, radio, again, datum, on=True)
        return
    control = yield from find(run, step)
    if run.item:
        run.item.filled.append(control)  # its own from now on, whatever it comes to show
    note_taken_over(run)
    yield from usable(run, step, control)
    yield from put(run, step, control, datum)


def tick(run: Run, step: Step) -> Walk[None]:
    """CHECK and UNCHECK: the box with the label, or the one that stands with the value."""
    control = yield from _box(run, step)
    again = partial(_box, run, step)
    yield from _tick(run, step, control, again, Datum("on"), on=step.action is Action.CHECK)


def _box(run: Run, step: Step) -> Walk[Control]:
    if label_of(step) or step.value is None:
        return (yield from find(run, step))
    ways = one(run, step.value).ways()
    return (
        yield from find_where(run, lambda page: _boxes_of(step, page, ways), f"one box next to {ways[0]}")
    )


def _boxes_of(step: Step, page: Page, ways: tuple[str, ...]) -> list[Control]:
    kinds = {Kind.RADIO} if step.target_kind is TargetKind.RADIO else TICKABLE
    boxes = [
        c
        for c in page.in_reach()
        if c.kind in kinds and c.visible and (step.section is None or matcher.under(c, step.section))
    ]
    labelled = [c for c in boxes if any(alike(way, label.text) for way in ways for label in c.labels)]
    return labelled or next_to(page, boxes, ways)


def refill(run: Run, typed: Typed, control: Control) -> Walk[None]:
    """Once more, because the page lost the value; the second loss is a halt."""
    if typed.again:
        raise _differs(run, label_of(typed.step), typed.value, control.value, secret=typed.secret)
    run.typed.remove(typed)
    present, run.step = run.step, typed.step
    try:
        datum = Datum(typed.value, typed.type, typed.secret)
        if control.kind in TICKABLE:
            chosen = typed.step.action is Action.SELECT
            again = partial(_radio, run, typed.step, datum) if chosen else partial(_box, run, typed.step)
            yield from _tick(run, typed.step, control, again, datum, on=typed.shown == "on")
        else:
            yield from put(run, typed.step, control, datum)
    finally:
        run.step = present
    run.typed[-1].again, run.typed[-1].item, run.typed[-1].place = True, typed.item, typed.place


def put(run: Run, step: Step, control: Control, datum: Datum) -> Walk[None]:
    if control.kind is Kind.PASSWORD:
        not_about_to_lock(run, run.page)
    suggested = step.suggest and control.kind in WRITABLE
    if control.kind is Kind.SELECT:
        yield from _native(run, step, control, datum)
    elif control.kind in (Kind.DROPDOWN, Kind.BUTTON):
        yield from _dropdown(run, step, control, datum)
    elif suggested or (step.action is Action.SELECT and control.kind in WRITABLE):
        yield from _suggested(run, step, control, datum)
    else:
        yield from _text(run, step, control, datum)


def usable(run: Run, step: Step, control: Control) -> Walk[None]:
    """A field that is greyed out may become usable (a section that waits for a choice)."""
    page, started = run.page, run.page.at
    while not (control.enabled and (control.editable or control.kind not in WRITABLE)):
        expected = expectation(run.using, control.labels)
        left = started + (run.settings.patience.wait if expected else run.settings.patience.find) - page.at
        if left <= 0:
            state = "it is greyed out" if not control.enabled else "it can't be written in"
            said = f'; the SOP says "{expected.words}"' if expected else ""
            raise halt(run, HaltReason.NOT_FOUND, f"{label_of(step)} to be usable", state + said)
        page = yield from look(run, after=page.version, within=left)
        found = locate(run, wanted_of(step), page)
        control = found.control if isinstance(found, matcher.Match) else control


def _text(run: Run, step: Step, control: Control, datum: Datum) -> Walk[None]:
    native = control.kind is Kind.DATE
    form = _form(run, step, control, datum)
    text = write(datum.value, datum.type, control.hint, native_date=native, form=form)
    shown = ""
    for slowly in (False, True):
        acted = yield from act(Fill(control, text, slowly))
        shown = acted.value
        if acted.ok and (_same_marks_aside(text, shown) if form else same(text, shown, datum.type)):
            # A form of its own, such as DDMMYYYY, can't be told from the text alone.
            value = write(datum.value, datum.type, form="YYYY-MM-DD") if form else text
            _remember(run, step, control, value, shown, datum)
            return
        control = yield from find(run, step)
    raise _differs(run, label_of(step), text, shown, secret=datum.secret)


def _form(run: Run, step: Step, control: Control, datum: Datum) -> str:
    """The form of a date that the step asks for, "" when the page's own is meant."""
    if step.format is None or control.kind is Kind.DATE or is_without_marks(step.format):
        return ""
    if as_date(datum.value) is None:
        raise halt(run, HaltReason.DATA_AMBIGUOUS, f"a date to write as {step.format}", str(datum.value))
    if other := contradicts(step.format, control.hint):
        raise halt(
            run, HaltReason.VALUE_DIFFERS, f"{label_of(step)} as {step.format}", f"the page asks for {other}"
        )
    return step.format


def _same_marks_aside(text: str, shown: str) -> bool:
    return bool(squeezed(text)) and squeezed(text) == squeezed(shown)


def _native(run: Run, step: Step, control: Control, datum: Datum) -> Walk[None]:
    page, started = run.page, run.page.at
    while (index := pick(datum, step.match, control.options)) is None:
        left = started + run.settings.patience.doubt - page.at
        if left <= 0:
            raise _no_option(run, step, datum, control.options)
        page = yield from look(run, after=page.version, within=left)
        control = yield from find(run, step)
    option = control.options[index]
    acted = yield from act(Choose(control, index))
    if not acted.ok or not same(option, acted.value):
        control = yield from find(run, step)
        acted = yield from act(Choose(control, index))
    if not same(option, acted.value):
        raise _differs(run, label_of(step), option, acted.value)
    _remember(run, step, control, str(datum.value), acted.value, datum)


def _dropdown(run: Run, step: Step, control: Control, datum: Datum) -> Walk[None]:
    """A drop-down that the portal draws: open it, pick by the visible text, see that it shows it."""

    def wanted(text: str) -> bool:
        same = same_chosen(str(datum.value), text, datum.type)
        return same or fits(str(datum.value), text, step.match, datum.type)

    for attempt in (1, 2):
        before = run.page
        yield from act(Click(control.id))
        try:
            chosen, text = yield from _choice(run, step, datum, before, wanted)
        except HaltedError:
            anew = yield from find(run, step)
            if attempt == 2 or anew.id == control.id:
                raise
            control = anew  # the page has drawn itself anew and shut the list
            continue
        yield from act(Click(chosen))
        control = yield from find(run, step)
        if same_chosen(text, control.shown, DataType.TEXT) or wanted(control.shown):
            _remember(run, step, control, str(datum.value), control.shown, datum)
            return
        if attempt == 2:
            raise _differs(run, label_of(step), text, control.shown)


def _suggested(run: Run, step: Step, control: Control, datum: Datum) -> Walk[None]:
    """A field that accepts only a picked suggestion: type, wait for it, pick it, see that it took."""
    text = write(datum.value, datum.type)

    def wanted(suggestion: str) -> bool:
        return fits(text, suggestion, step.match, datum.type)

    shown = ""
    for slowly in (False, True):
        before = run.page
        yield from act(Fill(control, text, slowly, stay=True))
        found = yield from _choice(run, step, datum, before, wanted, may_fail=not slowly)
        if found[0]:
            yield from act(Click(found[0]))
            control = yield from find(run, step)
            shown = control.value
            if starts_with(text, shown) or alike(found[1], shown) or same(text, shown, datum.type):
                _remember(run, step, control, text, shown, datum)
                return
            if not shown.strip() and (chip := _chip(before, run.page, text, found[1])):
                _remember(run, step, control, text, chip, datum)
                run.typed[-1].taken = True
                return
        control = yield from find(run, step)
    raise _differs(run, label_of(step), text, shown)


_CROSS = re.compile(r"[\s×✕✖✗⨯]+$|^[\s×✕✖✗⨯]+")


def _chip(before: Page, after: Page, text: str, picked: str) -> str:
    """What has newly come to stand on the page and is the value, but for the cross that takes it away."""
    known = {t.id for t in before.texts}
    new = [_CROSS.sub("", t.text) for t in after.texts if t.id not in known]
    return next((words for words in new if alike(picked, words) or starts_with(text, words)), "")


def _choice(
    run: Run,
    step: Step,
    datum: Datum,
    before: Page,
    wanted: Callable[[str], bool],
    *,
    may_fail: bool = False,
) -> Walk[tuple[str, str]]:
    """Id and text of the one choice that is wanted, among those that the page now offers."""
    page = yield from look(run)
    started = page.at
    limit = run.settings.patience.find / (2 if may_fail else 1)
    while True:
        offered = choices(before, page)
        fitting = {text: id_ for id_, text in offered if wanted(text)}
        exact = [(id_, text) for text, id_ in fitting.items() if alike(str(datum.value), text) == 1.0]
        if len(exact) == 1:
            return exact[0]
        if len(fitting) == 1:
            text, id_ = next(iter(fitting.items()))
            return id_, text
        left = started + (run.settings.patience.doubt if fitting else limit) - page.at
        if left <= 0:
            if fitting:
                several = ", ".join(fitting)
                raise halt(run, HaltReason.AMBIGUOUS, f"one choice for {label_of(step)}", several)
            if may_fail:
                return "", ""
            raise _no_option(run, step, datum, tuple(text for _, text in offered))
        page = yield from look(run, after=page.version, within=left)


def _radio(run: Run, step: Step, datum: Datum) -> Walk[Control | None]:
    """The radio button with the value in the group with the label, when the choice is made of those."""
    page = yield from look(run)
    started = page.at
    while not (group := radios(step, page)):
        left = started + run.settings.patience.condition - page.at
        if left <= 0 or not isinstance(locate(run, wanted_of(step), page), matcher.Missing):
            return None
        page = yield from look(run, after=page.version, within=left)
    if isinstance(locate(run, wanted_of(step), page), matcher.Match):
        return None
    fitting = [c for c in group if any(same_chosen(str(datum.value), lb.text, datum.type) for lb in c.labels)]
    if len(fitting) != 1:
        raise _no_option(run, step, datum, tuple(c.name for c in group))
    return fitting[0]


def radios(step: Step, page: Page) -> list[Control]:
    return [
        c
        for c in page.in_reach()
        if c.kind is Kind.RADIO
        and (any(alike(label_of(step), lb.text) for lb in c.labels) or matcher.under(c, label_of(step)))
        and (step.section is None or matcher.under(c, step.section))
    ]


def _tick(
    run: Run,
    step: Step,
    control: Control,
    again: Callable[[], Walk[Control | None]],
    datum: Datum,
    *,
    on: bool,
) -> Walk[None]:
    """`again` finds the control once more, on a page that may have drawn itself anew."""
    wanted = "on" if on else "off"
    acted = yield from act(Tick(control, on))
    if not acted.ok or acted.value != wanted:
        control = (yield from again()) or control
        acted = yield from act(Tick(control, on))
    if acted.value != wanted:
        raise _differs(run, label_of(step) or control.name, wanted, acted.value or acted.why)
    _remember(run, step, control, str(datum.value), wanted, datum)


def _remember(run: Run, step: Step, control: Control, text: str, shown: str, datum: Datum) -> None:
    item = run.item.number if run.item else 0
    run.typed = [
        t for t in run.typed if t.taken or not (t.control.id == control.id and t.control.kind not in TICKABLE)
    ]
    run.typed.append(
        Typed(
            step,
            as_called(run, wanted_of(step)),
            control,
            text,
            shown,
            datum.type,
            item,
            run.form,
            datum.secret,
            place=run.place,
            stood=contains(run.page.text, text),
            window=run.page.window,
        )
    )
    if run.item:
        run.item.filled.append(control)
    run.value_note = masked(text, secret=datum.secret)


def _differs(run: Run, label: str, expected: str, found: str, *, secret: bool = False) -> Exception:
    if secret:
        expected, found = "what was typed", "something else"
    return halt(
        run, HaltReason.VALUE_DIFFERS, f"{label} to show {expected}", f"it shows {found or 'nothing'}"
    )


def _no_option(run: Run, step: Step, datum: Datum, options: tuple[str, ...]) -> Exception:
    offered = ", ".join(options[:12]) or "no choices"
    return halt(
        run, HaltReason.OPTION_MISSING, f"the choice {datum.value} in {label_of(step)}", f"offered: {offered}"
    )
