"""A run that waits for a person: they see the page, and it is kept as it is until they answer."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from playwright.sync_api import Error
from playwright.sync_api import Page as BrowserPage

from authwright.browser.pages import Viewer
from authwright.core.person import Desk, Question
from authwright.runner.asks import Acted, AskPerson
from authwright.runner.captcha import captcha_on
from authwright.runner.page import Page

POLL_MS = 200.0
# A page that counts idle minutes sees the mouse move: nothing is clicked, typed or loaded anew.
MOVES_EVERY = 20.0
PICTURE_MS = 30_000.0

Solver = Callable[[Question, BrowserPage], str | None]
"""A plug-in that a portal's owner has turned on: the letters of a picture, or any text once it has done in
the page what is asked; None when it can't."""


@dataclass(frozen=True, slots=True)
class People:
    """Who answers for this run. In a `headed` browser a person can do in the page what can't be typed."""

    desk: Desk | None = None
    solver: Solver | None = None
    headed: bool = False

    def answer(self, viewer: Viewer, ask: AskPerson, look: Callable[[], Page]) -> Acted:
        """What was answered. Not ok when nobody can be asked, or nobody answered in time. With a person's
        answer `why` says what came of the solver before."""
        desk = self.desk if self.desk and self.desk.seconds > 0 else None
        reachable = desk is not None and (ask.kind.typed or self.headed)
        solver = self.solver if ask.kind.of_captcha else None
        if not (solver or reachable):
            return Acted(False, why=_why_nobody(ask, waits=desk is not None))
        question = Question(ask.kind, ask.words, _picture(viewer, ask.mark))
        solved = _solved(solver, question, viewer.page) if solver else Acted(False)
        if solved.ok or desk is None or not reachable:
            return solved
        desk.park(question)
        acted = _wait(desk, viewer, ask, look)
        desk.leave("answered" if acted.ok else acted.why)
        return replace(acted, why=solved.why) if acted.ok else acted


def _solved(solver: Solver, question: Question, page: BrowserPage) -> Acted:
    """Somebody else's code: whatever goes wrong in it is no answer."""
    try:
        answer = solver(question, page)
    except Exception as error:
        return Acted(False, why=f"the portal's solver failed: {type(error).__name__}", by="solver")
    if not answer:
        return Acted(False, why="the portal's solver gave no answer", by="solver")
    return Acted(value=answer, by="solver")


def _wait(desk: Desk, viewer: Viewer, ask: AskPerson, look: Callable[[], Page]) -> Acted:
    started = moved = time.monotonic()
    while (now := time.monotonic()) - started < desk.seconds:
        if answer := desk.answer():
            return Acted(value=answer, by="person")
        if not ask.kind.typed and captcha_on(look()) is None:
            return Acted(value="done in the page", by="person")
        if now - moved > MOVES_EVERY:
            viewer.page.mouse.move(5 + now % 7, 5)
            moved = now
        viewer.page.wait_for_timeout(POLL_MS)
    return Acted(False, why=f"nobody answered within {desk.seconds:.0f} s")


def _why_nobody(ask: AskPerson, *, waits: bool) -> str:
    if waits:
        return "it has to be answered in the page itself, and nobody sees this browser (--headed shows it)"
    return "nobody is waited for (--wait-for-person SECONDS waits)"


def _picture(viewer: Viewer, mark: str) -> bytes:
    with suppress(Error):
        if mark and (element := viewer.element(mark)):
            element.scroll_into_view_if_needed()
    return viewer.page.screenshot(timeout=PICTURE_MS, caret="initial")
