"""Clicking: buttons, links, menu paths, rows of tables, what closes a pop-up."""

from dataclasses import replace

from authwright.core.run import HaltReason
from authwright.core.workflow import Step, TargetKind, Value
from authwright.runner.adding import note_not_added
from authwright.runner.asks import Click, Look, Walk, act, see
from authwright.runner.data import data_of
from authwright.runner.finding import find, find_where, locate
from authwright.runner.looking import look
from authwright.runner.lost import form_kept
from authwright.runner.matcher import Ambiguous, Match, same_link
from authwright.runner.page import CLICKABLE, Control, Kind, Page, Row
from authwright.runner.pressing import clicked, follow_path, press_control
from authwright.runner.program import expectation
from authwright.runner.rows import asked, fitting, preferred, the_one
from authwright.runner.searching import note_sought
from authwright.runner.state import Run, halt, label_of, wanted_of
from authwright.runner.wording import alike, plain, squeezed

_CLOSES = ("Close", "×", "X", "OK", "Dismiss", "Got it", "No thanks", "Not now", "Continue", "Cancel")


def click(run: Run, step: Step) -> Walk[None]:
    """CLICK of any kind but the sending one."""
    in_menu = step.target_kind is TargetKind.MENU and bool(step.section)
    if isinstance(step.target, tuple) and (len(step.target) > 1 or in_menu):
        yield from follow_path(run, step, step.target)
    elif in_menu and label_of(step):
        yield from follow_path(run, step, (label_of(step),))
    elif step.target_kind is TargetKind.TABLE_ROW:
        yield from _row(run, step)
    elif step.target_kind is TargetKind.DIALOG:
        yield from _close(run, step)
    elif not label_of(step) and step.value is not None:
        yield from _text(run, step, step.value)
    else:
        control = yield from find(run, step)
        yield from form_kept(run)
        control = yield from usable_button(run, step, control)
        note_not_added(run, control)
        note_sought(run, control)
        yield from press_control(run, step, control)


def _text(run: Run, step: Step, value: Value) -> Walk[None]:
    """Click what reads as the value."""
    wanted = [replace(wanted_of(step), label=way) for d in data_of(run, value) for way in d.ways()]

    def reading(page: Page) -> list[Control]:
        found = [locate(run, w, page) for w in wanted]
        controls = [f.control for f in found if isinstance(f, Match)]
        controls += [c for f in found if isinstance(f, Ambiguous) for c in f.controls]
        return list({c.id: c for c in controls}.values())

    control = yield from find_where(run, reading, f"one control that reads {wanted[0].label}")
    yield from form_kept(run)
    acted = yield from act(Click(control.id))
    if not acted.ok:
        raise halt(run, HaltReason.NOT_FOUND, f"to click {control.name}", acted.why)
    clicked(run)


_SIGNS_OUT = frozenset({"signout", "logout", "logoff", "signoff"})


def sign_out(run: Run, step: Step) -> Walk[None]:
    """SIGN_OUT: by the control that the step names, else by the page's own."""
    if label_of(step):
        yield from click(run, step)
        return

    def leaving(page: Page) -> list[Control]:
        named = [
            c
            for c in page.in_reach()
            if c.kind in CLICKABLE and c.visible and any(squeezed(lb.text) in _SIGNS_OUT for lb in c.labels)
        ]
        return named[:1] if same_link(named) else named

    control = yield from find_where(run, leaving, "one way to sign out")
    yield from act(Click(control.id))
    clicked(run)
    run.signed_in = False


def usable_button(run: Run, step: Step, control: Control) -> Walk[Control]:
    """Waits while the button is greyed out (validation runs when a field is left)."""
    page, started = run.page, run.page.at
    while not control.enabled:
        expected = expectation(run.using, control.labels)
        left = started + (run.settings.patience.wait if expected else run.settings.patience.find) - page.at
        if left <= 0:
            said = "; ".join(page.alerts) or "it stays greyed out"
            said += f'; the SOP says "{expected.words}"' if expected else ""
            raise halt(run, HaltReason.NOT_FOUND, f"{label_of(step)} to be usable", said)
        page = yield from look(run, after=page.version, within=left)
        yield from form_kept(run)  # a page that draws itself anew greys it out again
        control = yield from find(run, step)
    return control


def _row(run: Run, step: Step) -> Walk[None]:
    """Open the one row that holds the value: by the control in it that says the value, else its only
    control, else the row itself."""
    value = step.value or (Value(literal=label_of(step)) if label_of(step) else None)
    values = (value,) if value else ()
    wanted = [d.ways() for v in values for d in data_of(run, v)]
    page = yield from look(run)
    started = page.at
    while True:
        found_before = [run.row] if run.row else []
        rows = fitting(run, page, values) if wanted or step.prefer else found_before
        if len(rows) == 1 or (len(rows) > 1 and step.prefer and preferred(rows, step.prefer)):
            break
        left = started + run.settings.patience.find - page.at
        if left <= 0:
            words = asked(values)
            the_one(run, rows, step.prefer, words)  # halts, unless there is none
            raise halt(run, HaltReason.NOT_FOUND, f"one row with {words}", "no rows")
        page = yield from look(run, after=page.version, within=left)
    run.row = the_one(run, rows, step.prefer, asked(values))
    if run.row is not None:
        yield from act(Click(_opener(page, run.row[1], wanted)))
    clicked(run)


def _opener(page: Page, row: Row, wanted: list[tuple[str, ...]]) -> str:
    inside = [page.by_id[i] for cell in row.cells for i in cell.controls if i in page.by_id]
    clickable = [c for c in inside if c.kind in CLICKABLE]
    saying = [c for c in clickable if any(alike(way, c.name) for ways in wanted for way in ways)]
    if len(saying) == 1:
        return saying[0].id
    links = [c for c in clickable if c.kind is Kind.LINK]
    return clickable[0].id if len(clickable) == 1 else links[0].id if len(links) == 1 else row.id


def _close(run: Run, step: Step) -> Walk[None]:
    """Close the pop-up on top by the one control that says so."""
    page = run.page
    top = next((d for d in reversed(page.dialogs)), None)
    if top is None:
        raise halt(run, HaltReason.NOT_FOUND, "a pop-up to close", "none is open")
    inside = [c for c in page.controls if c.dialog == top.number and c.kind in CLICKABLE and c.visible]
    for word in _CLOSES:
        named = [
            c
            for c in inside
            if any(squeezed(lb.text) == squeezed(word) and plain(lb.text) == plain(word) for lb in c.labels)
        ]
        if named:
            acted = yield from act(Click(named[0].id))
            if acted.ok:
                run.page = yield from see(Look(after=page.version, within=1.0))
                return
    raise halt(
        run, HaltReason.NOT_FOUND, f"a way to close {top.title or 'the pop-up'}", "no Close, OK or × in it"
    )
