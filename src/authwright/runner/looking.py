"""Looking at the page: the first thing of every step, and when something else has happened."""

from authwright.core.run import HaltReason
from authwright.core.workflow import Action, ConditionKind, SectionRole, Step
from authwright.runner.account_notices import note_expiry
from authwright.runner.asks import Goto, Look, Walk, act, see
from authwright.runner.captcha import captcha_on, get_past
from authwright.runner.conditions import holds, undecided
from authwright.runner.page import Kind, Page
from authwright.runner.program import flat, landing, planned
from authwright.runner.state import Run, StartAgainError, halt, key_of, label_of

# An "otherwise" handler that fires more often than this isn't making headway.
MOST_ATTENDED = 5
MOST_RELOADS = 2
NO_PAGE = "about:blank"


def look(run: Run, *, after: str = "", within: float = 0.0, captchas: bool = True) -> Walk[Page]:
    """The page once it is quiet; pop-ups and the like that the SOP foresees are dealt with first, and a
    CAPTCHA waits for a person. Without `captchas` one is passed over: a refusal beside it counts more."""
    page = yield from _look_once(run, after, within)
    while not run.attending:
        handler = _handler_for(run, page)
        if handler is None:
            break
        yield from _attend(run, *handler)
        page = yield from _look_once(run, "", 0.0)
    if captchas and not run.attending and (captcha := captcha_on(page)):
        yield from get_past(run, captcha)
    return run.page


def _look_once(run: Run, after: str, within: float) -> Walk[Page]:
    page = yield from see(Look(after, within))
    if page.url == NO_PAGE and not run.opened:  # a person begins at the portal's first page too
        yield from open_address(run, run.settings.base_url)
        page = yield from see(Look())
    run.opened = True
    _trusted(run, page)
    reloads = 0
    while page.status >= 500:
        if run.sent or reloads >= MOST_RELOADS:
            raise halt(run, HaltReason.PORTAL_DOWN, "a page of the portal", f"HTTP {page.status}")
        reloads += 1
        yield from act(Goto(page.url))
        page = yield from see(Look())
    run.page = page
    if run.role is SectionRole.SIGN_IN:
        note_expiry(run, page)
    if page.guarded:
        stopped = ", ".join(page.guarded)
        raise halt(run, HaltReason.GUARD, "a step that sends nothing", f"the guard stopped: {stopped}")
    return page


def open_address(run: Run, url: str) -> Walk[None]:
    """Open an address; a second try when the first fails, then a halt."""
    run.opened = True
    acted = yield from act(Goto(url))
    if not acted.ok:
        _trusted(run, (yield from see(Look())))
        acted = yield from act(Goto(url))
    if not acted.ok:
        raise halt(run, HaltReason.PORTAL_DOWN, "the portal's page", acted.why)


def _trusted(run: Run, page: Page) -> None:
    """A person would be warned by the browser here; nothing is typed into a page of whoever it is."""
    if page.untrusted:
        raise halt(run, HaltReason.CERTIFICATE, "a certificate that shows it is the portal", page.untrusted)


def _handler_for(run: Run, page: Page) -> tuple[Step, int] | None:
    """The handler whose condition holds, of the SOP that is being followed first, and how many SOPs
    deep it was written."""
    for depth in range(len(run.using), 0, -1):
        for step in run.using[depth - 1].steps_in(SectionRole.OTHERWISE):
            if step.action is not Action.CONDITION or step.condition is None:
                continue
            if run.settings.mode == "if-interrupted" and _ends_submission(run, step.body):
                continue  # words that end a submission mean something else in a list of requests
            key = (run.using[depth - 1].id, step.position.line)
            often = run.attended.get(key, 0) >= _times(step)
            if not often and not undecided(page, step.condition) and holds(run, step.condition, page):
                return step, depth
    return None


def _times(handler: Step) -> int:
    """How often a handler is acted on: as often as it says, or as the jump in it says."""
    jumps = [s.limit for s in flat(handler.body) if s.action is Action.GO_TO and s.limit]
    return handler.limit or max((MOST_ATTENDED, *jumps))


def _ends_submission(run: Run, steps: tuple[Step, ...]) -> bool:
    return any(
        s.action in (Action.STOP, Action.ASSIGN)
        or (
            s.action is Action.GO_TO
            and landing(planned(run.workflow, "if-interrupted"), 0, label_of(s)) is None
        )
        or _ends_submission(run, (*s.body, *s.otherwise))
        for s in steps
    )


def _attend(run: Run, handler: Step, depth: int) -> Walk[None]:
    run.attending = True
    present, rest, role, using = run.step, run.rest, run.role, run.using
    run.using = using[:depth]
    key = key_of(run, handler)
    run.attended[key] = run.attended.get(key, 0) + 1
    try:
        if handler.condition and handler.condition.kind is ConditionKind.SHOWS:
            run.words_read = handler.condition.subject or ""
            if run.sending:
                run.sending.answered = True
        yield from run.perform(run, handler.body)
    finally:
        run.attending, run.step, run.rest, run.role, run.using = False, present, rest, role, using


def session_ended(run: Run, page: Page) -> bool:
    """Whether the sign-in form stands where the work should be."""
    return run.role is not SectionRole.SIGN_IN and any(
        c.kind is Kind.PASSWORD and c.visible for c in page.controls
    )


def start_again(run: Run) -> StartAgainError:
    """The error to raise when the session has ended; a halt when that isn't safe or happened before."""
    signs_in = bool(run.workflow.steps_in(SectionRole.SIGN_IN))
    if run.sent or run.restarts or not signs_in:
        raise halt(run, HaltReason.NOT_FOUND, "to be signed in", "the portal asks to sign in")
    return StartAgainError()
