"""Finding the control that a step means, as long as it takes the page to show it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from authwright.core.run import HaltReason, Healed
from authwright.core.workflow import Action, Step
from authwright.runner.adding import note_taken_over
from authwright.runner.asks import Picture, Walk, keep
from authwright.runner.assign import claim
from authwright.runner.bindings import bind, binding_key, new_label, wanted_key
from authwright.runner.blocks import in_block, number_in, of_item
from authwright.runner.boxes import shows_value
from authwright.runner.data import data_of
from authwright.runner.grid import next_row
from authwright.runner.looking import look, session_ended, start_again
from authwright.runner.matcher import Ambiguous, Found, Match, Missing, Wanted, by_icon, score
from authwright.runner.nearby import in_row, means_row, next_to, on_its_line, with_held
from authwright.runner.page import Control, Kind, Page
from authwright.runner.signing import enter_buttons
from authwright.runner.state import Item, Run, halt, outer_items, wanted_of
from authwright.runner.wording import plain


def find(run: Run, step: Step, wanted: Wanted | None = None, patience: float | None = None) -> Walk[Control]:
    """The control, once the page shows exactly one that fits; halts when it doesn't in time."""
    wanted = wanted or _wanted(run, step)
    page = yield from look(run)
    started, limit = page.at, patience if patience is not None else run.settings.patience.find
    while True:
        found = _meant(run, step, wanted, page)
        settled = page.at - started >= run.settings.patience.condition
        if isinstance(found, Match) and (settled or not by_icon(wanted, found.control)):
            return _bound(run, step, page, found.control)
        if isinstance(found, Missing):
            if session_ended(run, page):
                raise start_again(run)
            if not page.busy and (yield from _healed(run, step, wanted, page)):
                continue
        left = started + _patience(run, found, limit) - page.at
        if left <= 0:
            reason, expected, there = _why_not(run, wanted, found)
            raise halt(run, reason, expected, there)
        page = yield from look(run, after=page.version, within=left)


def _meant(run: Run, step: Step, wanted: Wanted, page: Page) -> Found:
    """What sends is never found by its icon alone, nor as another kind of control than before."""
    found = locate(run, wanted, page)
    if not (isinstance(found, Match) and step.once):
        return found
    otherwise = _sends_otherwise(run, step, found.control) or by_icon(wanted, found.control)
    return Missing((found.control,)) if otherwise else found


def _patience(run: Run, found: Found, limit: float) -> float:
    """Beside an icon a control with the word itself may still come."""
    match found:
        case Missing():
            return limit
        case Match():
            return run.settings.patience.condition
        case Ambiguous():
            return run.settings.patience.doubt


def _wanted(run: Run, step: Step) -> Wanted:
    """A click that names data besides its label means the control in the row, or beside the text, of it."""
    wanted = wanted_of(step)
    clicks = step.action in (Action.CLICK, Action.DOWNLOAD)
    if not clicks or step.value is None or not wanted.label:
        return wanted
    return replace(wanted, held=tuple(d.ways() for d in data_of(run, step.value)))


def locate(run: Run, wanted: Wanted, page: Page) -> Found:
    """One look: the match among what is in reach, in the present item's block."""
    wanted = as_called(run, wanted)
    candidates = [c for c in page.in_reach() if not _anothers(run, wanted, c)]
    if wanted.beside:
        near = beside(run, page, candidates, wanted.beside)
        fitting = [c for c in candidates if score(wanted, c)]
        none_fits = not any(c in near for c in fitting)
        candidates = on_its_line(page, fitting, _ways(run, wanted.beside)) if none_fits else near
    if wanted.held:
        candidates = with_held(page, candidates, wanted.held)
    found = _claimed(run, wanted, candidates)
    if isinstance(found, Ambiguous) and wanted.action is Action.CLICK and run.row is not None:
        inside = in_row(found.controls, run.row[1])
        found = Match(inside[0], 1.0) if len(inside) == 1 else found
    if isinstance(found, Ambiguous) and wanted.action is Action.CLICK:
        found = _of_password(run, page, found)
    return found if run.item is None else _of_item(run, run.item, wanted, page, found)


def _of_password(run: Run, page: Page, found: Ambiguous) -> Found:
    """Beside a password that was just typed the button of its form is meant, not the page's link to it."""
    typed = [t for t in run.typed if t.control.kind is Kind.PASSWORD and t.form == run.form]
    fields = [page.by_id[t.control.id] for t in typed if t.control.id in page.by_id]
    buttons = [c for field in fields for c in enter_buttons(page, field) if c in found.controls]
    return Match(buttons[0], 1.0) if len(buttons) == 1 else found


def as_called(run: Run, wanted: Wanted) -> Wanted:
    """With the labels that a person has approved, or that this run has found."""
    key = wanted_key(wanted)
    found = (*run.settings.repairs.approved.get(key, ()), *([run.aliases[key]] if key in run.aliases else ()))
    return replace(wanted, also=found) if found else wanted


def _claimed(run: Run, wanted: Wanted, candidates: list[Control]) -> Found:
    """In a repeat "Procedure code" is the field "Procedure code 2" of the second element, where there is
    such a field."""
    companions = [as_called(run, other) for other in run.companions]
    if run.item is not None and wanted.action is not Action.CLICK:
        numbered = (f"{wanted.label} {run.item.number}", f"{wanted.label} #{run.item.number}")
        for label in numbered:
            if isinstance(own := claim(replace(wanted, label=label, also=()), companions, candidates), Match):
                return own
    return claim(wanted, companions, candidates)


def beside(run: Run, page: Page, candidates: list[Control], words: str) -> list[Control]:
    """Those of the candidates next to these words, or in the row that a condition found."""
    if means_row(words):
        return in_row(candidates, run.row[1]) if run.row is not None else []
    return next_to(page, candidates, _ways(run, words))


def _ways(run: Run, words: str) -> tuple[str, ...]:
    """What is beside may be a field that is called something else by now."""
    return (words, *as_called(run, Wanted(words, Action.FILL)).also)


def find_where(run: Run, pick: Callable[[Page], Sequence[Control]], what: str) -> Walk[Control]:
    """The control, once `pick` gives exactly one; halts when it doesn't in time. `what` names it."""
    page = yield from look(run)
    started, patience = page.at, run.settings.patience
    while len(found := pick(page)) != 1:
        if not found and session_ended(run, page):
            raise start_again(run)
        left = started + (patience.doubt if found else patience.find) - page.at
        if left <= 0:
            reason = HaltReason.AMBIGUOUS if found else HaltReason.NOT_FOUND
            raise halt(run, reason, what, ", ".join(c.name for c in found) or "none on the page")
        page = yield from look(run, after=page.version, within=left)
    return found[0]


def _of_item(run: Run, item: Item, wanted: Wanted, page: Page, found: Found) -> Found:
    """Narrowed to the block of the present item; a block of an earlier item is never taken."""
    if isinstance(found, Ambiguous):
        fresh = [c for c in found.controls if c.id not in run.earlier_items]
        for around in outer_items(item):
            fresh = in_block(fresh, around.number, around.filled)
        control = of_item(fresh, item.number, item.filled) if fresh else None
        control = control or next_row(page, found.controls, item.filled, run.earlier_items)
        return Match(control, 1.0) if control else found
    if isinstance(found, Match) and wanted.action is not Action.CLICK and item.number > 1:
        control = found.control
        own = number_in(control) == item.number or any(c.id == control.id for c in item.filled)
        free = own or _used_again(run, item, page)
        if (
            not free
            and (control.value or _earlier_shown(run, item, page))
            and _earliers(run, wanted, control)
        ):
            return Missing()
    return found


def _used_again(run: Run, item: Item, page: Page) -> bool:
    """Whether one form serves all items: a click has emptied what was typed for the earlier one, or the
    present item has filled some of it already."""
    if item.reuses or any(c.id in run.earlier_items for c in item.filled):
        return True
    note_taken_over(run)
    mine = {c.id for c in item.filled}
    if any(t.taken and t.control.id in run.earlier_items - mine for t in run.typed):
        item.reuses = True
        return True
    earlier = [
        (t, page.by_id[t.control.id])
        for t in run.typed
        if t.control.id in run.earlier_items - mine and t.control.id in page.by_id
    ]
    emptied = any(not c.value and not shows_value(t, c) for t, c in earlier)
    item.reuses = emptied and all(t.form < run.form for t, _ in earlier)
    return item.reuses


def _earlier_shown(run: Run, item: Item, page: Page) -> bool:
    """Whether the block of an earlier item is still on the page: not when a form is used for all of them."""
    mine = {c.id for c in item.filled}
    return any(i in page.by_id and page.by_id[i].value for i in run.earlier_items - mine)


def _earliers(run: Run, wanted: Wanted, control: Control) -> bool:
    """Whether the control is an earlier item's, or looks like one drawn anew."""
    if control.id in run.earlier_items:
        return True
    earlier = [t for t in run.typed if t.wanted == wanted and t.item]
    return any(
        control.value == t.shown or (control.headings == t.control.headings and number_in(control) == t.item)
        for t in earlier
    )


def _anothers(run: Run, wanted: Wanted, control: Control) -> bool:
    """Whether the control was already filled under another label."""
    if wanted.action not in (Action.FILL, Action.SELECT):
        return False
    return any(t.control.id == control.id and t.wanted.label != wanted.label for t in run.typed)


def _bound(run: Run, step: Step, page: Page, control: Control) -> Control:
    run.bound[binding_key(step)] = bind(control, page)
    return control


def _sends_otherwise(run: Run, step: Step, control: Control) -> bool:
    """What sends was another kind of control in the last good run: a link of the same name may lead on."""
    binding = run.settings.bindings.get(binding_key(step)) if step.once else None
    return binding is not None and binding.kind != control.kind.value


def _healed(run: Run, step: Step, wanted: Wanted, page: Page) -> Walk[bool]:
    """A reversible step may go on under a new label; a sending one never. Nor one that a person rejected."""
    binding, key = run.settings.bindings.get(binding_key(step)), wanted_key(wanted)
    if step.once or binding is None or key in run.aliases:
        return False
    candidates = [c for c in page.in_reach() if not _anothers(run, wanted, c)]
    now = new_label(wanted, binding, candidates, run.companions)
    if now is None or any(plain(now) == plain(no) for no in run.settings.repairs.rejected.get(key, ())):
        return False
    run.aliases[key] = now
    picture = yield from keep(Picture("healed", note=f"{wanted.label} is called {now}"))
    run.healed.append(
        Healed(step.position.line, wanted.label, binding.label, now, key, picture, run.settings.clock.now())
    )
    return True


def _why_not(run: Run, wanted: Wanted, found: Found) -> tuple[HaltReason, str, str]:
    """Reason, what was expected and what was found, in plain words."""
    place = f" under {wanted.section}" if wanted.section else ""
    item = f" for line {run.item.number}" if run.item else ""
    around = f" next to {wanted.beside}" if wanted.beside else ""
    around += f" with {', '.join(ways[0] for ways in wanted.held)}" if wanted.held else ""
    expected = f"one {wanted.noun} called {wanted.label}{place}{around}{item}"
    if isinstance(found, Ambiguous):
        return HaltReason.AMBIGUOUS, expected, describe(wanted, found.controls)
    if isinstance(found, Missing) and found.no_section:
        return HaltReason.NOT_FOUND, expected, f"no section called {wanted.section}"
    if isinstance(found, Missing) and found.elsewhere:
        return HaltReason.NOT_FOUND, expected, f"only {describe(wanted, found.elsewhere)}"
    near = found.near if isinstance(found, Missing) else ()
    similar = f"; similar: {', '.join(near)}" if near else ""
    return HaltReason.NOT_FOUND, expected, f"no {wanted.noun} called {wanted.label}{place}{item}{similar}"


def describe(wanted: Wanted, controls: tuple[Control, ...]) -> str:
    """ "2 fields called NPI: under Requesting Provider, under Rendering Provider"."""
    noun = wanted.noun if len(controls) == 1 else f"{wanted.noun}s"
    places = ", ".join(f"under {c.headings[-1]}" if c.headings else "under no heading" for c in controls)
    if len(controls) == 1 and not controls[0].headings:
        return f"1 {noun} that also reads {' and '.join(label.text for label in controls[0].labels)}"
    return f"{len(controls)} {noun} called {wanted.label}: {places}"
