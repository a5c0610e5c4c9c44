"""Pressing a control, and following a menu from part to part."""

from authwright.core.run import HaltReason
from authwright.core.workflow import Action, Step, TargetKind
from authwright.runner.asks import Click, Press, Walk, act
from authwright.runner.complaints import lines
from authwright.runner.finding import find
from authwright.runner.looking import look
from authwright.runner.lost import form_kept
from authwright.runner.matcher import Match, Wanted, match
from authwright.runner.page import Control, Page
from authwright.runner.state import HaltedError, Run, halt, label_of

# Something may lie over a control (a pop-up has just come): looked at, and clicked again.
MOST_TRIES = 3


def press_control(run: Run, step: Step, control: Control, wanted: Wanted | None = None) -> Walk[None]:
    for _ in range(MOST_TRIES):
        acted = yield from act(Click(control.id))
        if acted.ok:
            clicked(run)
            return
        control = yield from find(run, step, wanted)
        yield from form_kept(run)  # a button is gone when the page has drawn itself anew
    raise halt(run, HaltReason.NOT_FOUND, f"to click {label_of(step) or control.name}", acted.why)


def clicked(run: Run) -> None:
    """What is typed from here on is on another form."""
    run.clicked = True
    run.before_click = frozenset(lines(run.page))
    if not run.attending:
        run.texts_before = run.page.texts
        run.form += 1


# A menu may close again under our hands (a pop-up came, a click elsewhere): how often to reopen it.
_MOST_REOPENED = 2
_MENU_OPENS, _MENU_LOST = 3.0, 0.5


def follow_path(run: Run, step: Step, path: tuple[str, ...]) -> Walk[None]:
    """A menu path: each part among what the part before has opened, else anywhere. When a part is
    gone, go on from the deepest part that is still shown. A menu that the step's section names is opened
    first, unless the path's first part is shown already."""
    if step.section:
        yield from look(run)
        if not _is_shown(run, path[0]) and _is_shown(run, step.section):
            path = (step.section, *path)
    before: Page | None = None
    index = reopened = 0
    while index < len(path):
        wanted = Wanted(path[index], Action.CLICK, TargetKind.MENU)
        attended = sum(run.attended.values())
        page = yield from look(run)
        control = _newly_shown(before, page, wanted) if before else None
        if control is None:
            lost = sum(run.attended.values()) > attended
            may_reopen = index > 0 and reopened < _MOST_REOPENED
            patience = (_MENU_LOST if lost else _MENU_OPENS) if may_reopen else None
            try:
                control = yield from find(run, step, wanted, patience)
            except HaltedError as error:
                if error.halt.reason is not HaltReason.NOT_FOUND or not may_reopen:
                    raise
                index, before = _deepest_shown(run, path[:index]), None
                reopened += 1
                continue
        before = run.page
        acted = yield from act(Click(control.id))
        if acted.ok:
            index += 1
            continue
        yield from look(run)
        if reopened == _MOST_REOPENED:
            raise halt(run, HaltReason.NOT_FOUND, f"to click {path[index]}", acted.why)
        index, before = _deepest_shown(run, path[: index + 1]), None
        reopened += 1
    clicked(run)


def _is_shown(run: Run, label: str) -> bool:
    return isinstance(match(Wanted(label, Action.CLICK, TargetKind.MENU), run.page.in_reach()), Match)


def _deepest_shown(run: Run, path: tuple[str, ...]) -> int:
    for index in reversed(range(len(path))):
        found = match(Wanted(path[index], Action.CLICK, TargetKind.MENU), run.page.in_reach())
        if isinstance(found, Match):
            return index
    return 0


def _newly_shown(before: Page, page: Page, wanted: Wanted) -> Control | None:
    known = {c.id for c in before.controls}
    found = match(wanted, [c for c in page.in_reach() if c.id not in known])
    return found.control if isinstance(found, Match) else None


# What people call keys -> Playwright's names.
_KEYS = {
    "return": "Enter",
    "esc": "Escape",
    "spacebar": "Space",
    "space bar": "Space",
    "del": "Delete",
    "page down": "PageDown",
    "page up": "PageUp",
    "pgdn": "PageDown",
    "pgup": "PageUp",
    **{f"{way} arrow": f"Arrow{way.title()}" for way in ("up", "down", "left", "right")},
    **{f"arrow {way}": f"Arrow{way.title()}" for way in ("up", "down", "left", "right")},
    "ctrl": "Control",
    "cmd": "Meta",
    "command": "Meta",
    "option": "Alt",
}


def key_name(words: str) -> str:
    """The key, or several held together ("Ctrl+A"), by the browser's names."""
    parts = [part.strip() for part in words.split("+")] if len(words) > 1 else [words]
    return "+".join(_KEYS.get(p.casefold(), p if len(p) == 1 else p[:1].upper() + p[1:]) for p in parts)


def press(run: Run, step: Step) -> Walk[None]:
    """PRESS_KEY. What it did shows only in what comes after."""
    words = label_of(step) or (step.value.literal if step.value else "") or "Enter"
    acted = yield from act(Press(key_name(words), meant=True))
    if not acted.ok:
        raise halt(run, HaltReason.UNSUPPORTED, f"to press {words}", acted.why)
    if key_name(words) == "Enter":
        clicked(run)
    yield from look(run)
