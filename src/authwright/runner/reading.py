"""Reading answers, checking what a page shows, taking pictures."""

from dataclasses import replace

from authwright.core.run import HaltReason
from authwright.core.workflow import Step, TargetKind
from authwright.runner.asks import Walk
from authwright.runner.boxes import find_field
from authwright.runner.data import Datum, data_of
from authwright.runner.looking import look, session_ended, start_again
from authwright.runner.page import HAS_VALUE, TICKABLE, Control, Page
from authwright.runner.pairs import cell_of, read_beside
from authwright.runner.showing import page_text, picture
from authwright.runner.state import Run, halt, label_of
from authwright.runner.values import same, same_chosen
from authwright.runner.wording import contains, plain, words


def read(run: Run, step: Step) -> Walk[None]:
    """READ: the text beside a label, or in the row's column. One value, or a halt."""
    page = yield from look(run)
    started = page.at
    patience = run.settings.patience
    limit = patience.answer if run.sending and not run.sending.answered else patience.find
    while True:
        found = _values(run, step, page)
        if len(found) == 1:
            break
        left = started + (patience.doubt if found else limit) - page.at
        if left <= 0:
            if not found and session_ended(run, page):
                raise start_again(run)
            raise _not_read(run, step, found)
        page = yield from look(run, after=page.version, within=left)
    name = step.save_as or plain(label_of(step)).replace(" ", "_")
    run.read[name] = found[0]
    run.value_note = found[0]


def _values(run: Run, step: Step, page: Page) -> list[str]:
    label = label_of(step)
    in_row = step.target_kind is TargetKind.TABLE_ROW or (step.beside or "").casefold() in ("row", "that row")
    if in_row and run.row is not None:
        cell = cell_of(*run.row, label)
        return [cell.text] if cell and cell.text else []
    return read_beside(page, label, step.section)


def _not_read(run: Run, step: Step, found: list[str]) -> Exception:
    what = f"{len(found)} values: {', '.join(found)}" if found else f"nothing next to {label_of(step)}"
    return halt(run, HaltReason.NOT_READ, f"one value next to {label_of(step)}", what)


def verify(run: Run, step: Step) -> Walk[None]:
    """VERIFY: the page, or the field or text with the label, shows the value, or each of a list; waits
    for it as for a control. With a greatest length only that is checked."""
    if step.max_length is not None:
        return
    # Outside of a loop "the dates" of several service lines are all of them.
    wanted = data_of(run, replace(step.value, every=True)) if step.value else [Datum(label_of(step))]
    page = yield from look(run)
    started = page.at
    label = "" if step.value is None or _is_whole(step) else label_of(step)
    while missing := [d for d in wanted if not _shown(page, d, label, step)]:
        left = started + run.settings.patience.condition - page.at
        if left <= 0:
            lacking = ", ".join(str(d.value) for d in missing)
            expected = f"{label or 'the page'} to show {lacking}"
            raise halt(run, HaltReason.CHECK_FAILED, expected, _instead(page, missing, label, step))
        page = yield from look(run, after=page.version, within=left)


def _instead(page: Page, missing: list[Datum], label: str, step: Step) -> str:
    if label:
        return f"it shows {', '.join(_beside(page, label, step.section)) or 'nothing'}"
    typed = [c.shown for c in page.in_reach() if c.visible and _changeable(c)]
    if all(_holds(typed, d) for d in missing):
        return "only fields that can still be changed hold it"
    return "it doesn't"


# What is looked at as a whole rather than for a label of that name.
_WHOLE = frozenset(
    {"page", "screen", "form", "window", "summary", "review", "confirmation", "message", "list"}
)
_WHOLE_KINDS = frozenset({TargetKind.PAGE, TargetKind.DIALOG, TargetKind.TABLE_ROW})


def _is_whole(step: Step) -> bool:
    label = label_of(step)
    return not label or step.target_kind in _WHOLE_KINDS or bool(set(words(label)) & _WHOLE)


def _of_form(step: Step) -> bool:
    """Whether it is said of a form, which shows by what its fields hold."""
    return bool({"form", "field", "fields"} & set(words(label_of(step))))


def _changeable(control: Control) -> bool:
    return control.kind in HAS_VALUE and control.enabled and control.editable


def _shown(page: Page, datum: Datum, label: str, step: Step) -> bool:
    if label:
        return _beside_agrees(
            datum, _beside(page, label, step.section), several=bool(step.value and step.value.every)
        )
    # What can still be changed was only typed: a form that was refused shows it as well.
    fields = [c.shown for c in page.in_reach() if c.visible and (_of_form(step) or not _changeable(c))]
    return _holds([page.text, *fields], datum)


def _holds(texts: list[str], datum: Datum) -> bool:
    return any(contains(text, way) for way in datum.ways() for text in texts)


def _beside(page: Page, label: str, section: str | None) -> list[str]:
    """What the page shows for the label: its field's content, else the text that stands there."""
    field = find_field(page, label) if section is None else None
    if field is not None and field.kind not in TICKABLE:
        return [field.shown]
    return read_beside(page, label, section)


def _beside_agrees(datum: Datum, shown: list[str], *, several: bool) -> bool:
    agreeing = [
        any(same(way, text, datum.type) or same_chosen(way, text, datum.type) for way in datum.ways())
        for text in shown
    ]
    return any(agreeing) if several else bool(agreeing) and all(agreeing)


def capture(run: Run, step: Step) -> Walk[None]:
    """CAPTURE: the whole page as a picture and as text."""
    page = yield from look(run)
    name = step.save_as or "page"
    shot = yield from picture(run, name, whole_page=True, note=step.words)
    yield from page_text(run, name, page.text)
    if step.save_as:
        run.read[step.save_as] = shot
