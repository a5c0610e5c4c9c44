"""Doing in Chromium what the interpreter asks."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import singledispatchmethod
from pathlib import Path

from playwright.sync_api import BrowserContext, ElementHandle, Error, Request, Response, Route
from playwright.sync_api import Dialog as BrowserDialog
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import TimeoutError as TookTooLongError

from authwright.browser.downloads import Limits, fetch
from authwright.browser.pages import SCRIPT, Viewer
from authwright.browser.people import People
from authwright.browser.pictures import kept_text, shot
from authwright.browser.quiet import Traffic
from authwright.browser.sending import OnceOnly
from authwright.core.clock import Clock
from authwright.core.ports import EvidenceSink, IntentLog, LeaseLostError, Mailbox, MailboxError
from authwright.core.run import StepRecord
from authwright.runner.asks import (
    Acted,
    Answer,
    Ask,
    AskPerson,
    Choose,
    Click,
    Download,
    ExpectCode,
    FileSizes,
    Fill,
    GoneError,
    Goto,
    Guard,
    KeepBindings,
    KeepText,
    Kept,
    Look,
    NextCode,
    Picture,
    Press,
    RecordIntent,
    RefuseWrites,
    Resolve,
    Sizes,
    Sleep,
    StepDone,
    Tick,
    Upload,
)
from authwright.runner.bindings import Binding
from authwright.runner.page import Kind, Page

ACT_MS = 5_000.0
CLICK_MS = 1_500.0
# What sends was tried just before: on a busy machine the click takes its time, and must not be given up.
SEND_MS = 15_000.0
CHOOSER_MS = 2_000.0
GOTO_MS = 30_000.0
_NO_LONGER = "it is no longer on the page"
# Playwright says the second of an element that it hasn't touched yet.
_GONE = (_NO_LONGER, "Element is not attached to the DOM")
CODE_PERIOD, CODE_TURNS = 30.0, 3.0
MAIL_POLL_MS = 1_000.0
_VALUE = """(el, leave) => {
  if (leave) el.blur();
  return el.isContentEditable ? el.innerText.trim() : el.value === undefined ? '' : el.value;
}"""
_REACHED = """el => {
  el.scrollIntoView({ block: 'nearest' });
  const r = el.getBoundingClientRect();
  const hit = el.getRootNode().elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
  return !!hit && (el.contains(hit) || hit.contains(el));
}"""
_CHOSEN = "el => [...el.selectedOptions].map(o => o.label.replace(/\\s+/g, ' ').trim()).join('; ')"
_CHECKED = "el => !!(el.checked || el.getAttribute('aria-checked') === 'true')"


@dataclass(eq=False)  # no slots: Playwright marks the owners of its handlers
class Driver:
    """One run's hands and eyes. `folder` is what document paths are relative to."""

    context: BrowserContext
    intents: IntentLog
    evidence: EvidenceSink
    clock: Clock
    code: Callable[[], str] | None = None
    lease_check: Callable[[], None] = lambda: None
    folder: Path = Path()
    once_labels: tuple[str, ...] = ()
    on_step: Callable[[StepRecord], None] = lambda record: None
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    people: People = field(default_factory=People)
    download_limits: Limits = field(default_factory=Limits)
    mailbox: Mailbox | None = None
    _traffic: Traffic = field(default_factory=Traffic)
    _viewers: list[Viewer] = field(default_factory=list)
    _status: int = 0
    _sending: bool = False
    _last_code: str = ""
    _untrusted: str = ""
    _once: OnceOnly = field(init=False)

    def __post_init__(self) -> None:
        self.context.add_init_script(SCRIPT)
        labels = list(self.once_labels)
        if labels:
            self.context.add_init_script(f"window.__authwright.guard.labels = {labels!r};")
        self._traffic.watch(self.context)
        self._once = OnceOnly(self.context)
        self.context.on("page", self._opened)
        self.context.new_page()

    @property
    def page(self) -> BrowserPage:
        return self._viewer.page

    @property
    def _viewer(self) -> Viewer:
        """The page that was opened last and is still there."""
        open_ = [v for v in self._viewers if not v.page.is_closed()]
        if not open_:
            raise GoneError("every page was closed")
        return open_[-1]

    def _opened(self, page: BrowserPage) -> None:
        if self._once.opening:
            return  # Chromium's own, not the portal's
        page.set_default_timeout(ACT_MS)
        page.on("dialog", self._asked)
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)
        self._viewers.append(Viewer(page, self._traffic, len(self._viewers)))

    def _asked(self, dialog: BrowserDialog) -> None:
        """A browser's own dialog: "are you sure" is confirmed only for the sending step."""
        if self._sending or dialog.type == "beforeunload":
            dialog.accept()
        else:
            dialog.dismiss()

    def _answered(self, response: Response) -> None:
        if response.request.resource_type == "document" and response.frame == response.frame.page.main_frame:
            self._status = response.status

    def _failed(self, request: Request) -> None:
        frame = request.frame
        if request.is_navigation_request() and frame == frame.page.main_frame:
            why = request.failure or ""
            self._untrusted = f"{why} at {request.url.partition('?')[0]}" if "ERR_CERT" in why else ""

    def answer(self, ask: Ask) -> Answer:
        """Do what is asked. Raises GoneError when the page or the browser is gone."""
        try:
            return self._do(ask)
        except Error as error:
            if "closed" in error.message or "crash" in error.message.lower():
                raise GoneError("the page was closed or has crashed") from error
            gone = any(words in error.message for words in _GONE) and not self._once.wrote
            return Acted(False, why=error.message.splitlines()[0], gone=gone)

    @singledispatchmethod
    def _do(self, ask: Ask) -> Answer:
        raise TypeError(f"no answer to {type(ask).__name__}")

    @_do.register
    def _look(self, ask: Look) -> Answer:
        if self._untrusted:  # Chromium's own page of warning has nothing of the portal
            return Page(self.page.url, untrusted=self._untrusted)
        return self._viewer.look(ask.after, ask.within, self._status)

    @_do.register
    def _goto(self, ask: Goto) -> Answer:
        self.page.goto(ask.url, wait_until="domcontentloaded", timeout=GOTO_MS)
        return Acted()

    def _element(self, id_: str) -> ElementHandle:
        handle = self._viewer.element(id_)
        if handle is None:
            raise Error(_NO_LONGER)
        return handle

    @_do.register
    def _fill(self, ask: Fill) -> Answer:
        element = self._element(ask.control.id)
        if ask.control.kind is Kind.DATE_PARTS:
            return _fill_parts(element, ask)
        if ask.slowly:
            element.fill("")
            element.type(ask.text)
        else:
            element.fill(ask.text)
        return Acted(value=str(element.evaluate(_VALUE, not ask.stay)))

    @_do.register
    def _click(self, ask: Click) -> Answer:
        element = self._element(ask.id)
        if ask.trial:  # not Playwright's: that one lets the mouse press reach the page
            reached = bool(element.evaluate(_REACHED))
            return Acted(reached, why="" if reached else "something lies over it")
        element.click(timeout=SEND_MS if self._sending else CLICK_MS)
        return Acted()

    @_do.register
    def _choose(self, ask: Choose) -> Answer:
        element = self._element(ask.control.id)
        # `index` counts the options that are shown.
        index = element.evaluate(
            "(el, i) => [...el.options].indexOf([...el.options].filter(o => !o.hidden)[i])", ask.index
        )
        element.select_option(index=index)
        return Acted(value=str(element.evaluate(_CHOSEN)))

    @_do.register
    def _tick(self, ask: Tick) -> Answer:
        element = self._element(ask.control.id)
        if bool(element.evaluate(_CHECKED)) != ask.on:
            if ask.control.kind is Kind.RADIO or not element.is_visible():
                element.evaluate("el => ((el.labels && el.labels[0]) || el).click()")
            else:
                element.click()
        return Acted(value="on" if element.evaluate(_CHECKED) else "off")

    @_do.register
    def _upload(self, ask: Upload) -> Answer:
        element = self._element(ask.control.id)
        files = [self.folder / p for p in ask.paths]
        if ask.control.kind is not Kind.FILE:
            return self._choose_files(element, files)
        element.set_input_files(files)
        names = element.evaluate("el => [...(el.files || [])].map(f => f.name).join('; ')")
        return Acted(value=str(names))

    def _choose_files(self, button: ElementHandle, files: list[Path]) -> Acted:
        try:
            with self.page.expect_file_chooser(timeout=CHOOSER_MS) as coming:
                button.click(timeout=CLICK_MS)
        except TookTooLongError as error:
            pressed = "filechooser" in error.message
            return Acted(pressed, why="" if pressed else error.message.splitlines()[0])
        coming.value.set_files(files)
        return Acted(value="; ".join(f.name for f in files))

    @_do.register
    def _download(self, ask: Download) -> Answer:
        element = self._element(ask.id)
        came = fetch(self.page, element.click, self.download_limits)
        return Acted(value=self.evidence.keep(came.data, kind="download", name=came.name))

    @_do.register
    def _press(self, ask: Press) -> Answer:
        self._entering(ask.meant)
        try:
            if ask.on:
                self._element(ask.on).press(ask.key)
            else:
                self.page.keyboard.press(ask.key)
        finally:
            self._entering(False)
        return Acted()

    def _entering(self, meant: bool) -> None:
        """Whether Enter may send a form that doesn't hold what sends to the payer."""
        script = "meant => { if (window.__authwright) window.__authwright.guard.entering = meant; }"
        for frame in self.page.frames:
            try:
                frame.evaluate(script, meant)
            except Error:
                continue  # the key has led it to another document

    @_do.register
    def _sizes(self, ask: FileSizes) -> Answer:
        found = (self.folder / p for p in ask.paths)
        return Sizes(tuple(p.stat().st_size if p.is_file() else -1 for p in found))

    @_do.register
    def _picture(self, ask: Picture) -> Answer:
        data = shot(self.page, self._viewer.numbers, ask.own, whole_page=ask.whole_page)
        return Kept(self.evidence.keep(data, kind="picture", name=f"{ask.name}.png", note=ask.note))

    @_do.register
    def _text(self, ask: KeepText) -> Answer:
        text = kept_text(self.page, self._viewer.numbers, ask.own, ask.text)
        return Kept(self.evidence.keep(text.encode(), kind="page-text", name=f"{ask.name}.txt"))

    @_do.register
    def _intent(self, ask: RecordIntent) -> Answer:
        self._once.prepare()
        self.page.bring_to_front()
        try:
            self.intents.record(step_line=ask.line, page_fingerprint=ask.fingerprint, at=self.clock.now())
            self.lease_check()
        except LeaseLostError as error:
            return _lease_lost(error)
        return Acted()

    @_do.register
    def _resolve(self, ask: Resolve) -> Answer:
        self.intents.resolve(ask.outcome, at=self.clock.now())
        self._once.close()
        return Acted()

    @_do.register
    def _guard(self, ask: Guard) -> Answer:
        if ask.open:
            try:
                self.lease_check()  # each time: the click before may have come to nothing a while ago
            except LeaseLostError as error:
                return _lease_lost(error)
            self._once.open()  # until the answer is settled: what the click leads to may come late
        self._sending = ask.open
        for frame in self.page.frames:
            frame.evaluate("o => { if (window.__authwright) window.__authwright.guard.open = o; }", ask.open)
        return Acted()

    @_do.register
    def _refuse(self, ask: RefuseWrites) -> Answer:
        self.context.route("**/*", _only_reads)
        return Acted()

    @_do.register
    def _next_code(self, ask: NextCode) -> Answer:
        if self.mailbox is not None and (ask.by_email or self.code is None):
            return self._mailed_code(self.mailbox, ask.within)
        if self.code is None:
            return Acted(False, why="neither an authenticator secret nor a mailbox is known")
        try:
            return self._app_code(self.code)
        except ValueError as error:  # the secret itself is none
            return Acted(False, why=str(error))

    @_do.register
    def _expect_code(self, ask: ExpectCode) -> Answer:
        if self.mailbox is not None:
            try:
                self.mailbox.expect()
            except MailboxError as error:
                return Acted(False, why=str(error))  # told again if a code is asked for
        return Acted()

    def _mailed_code(self, mailbox: Mailbox, within: float) -> Acted:
        deadline = time.monotonic() + within
        try:
            while not (code := mailbox.newest_code()):
                if time.monotonic() > deadline:
                    return Acted(False, why=f"no message from the expected sender within {within:.0f} s")
                self.page.wait_for_timeout(MAIL_POLL_MS)
        except MailboxError as error:
            return Acted(False, why=str(error))
        return Acted(value=code)

    def _app_code(self, next_code: Callable[[], str]) -> Acted:
        if CODE_PERIOD - self.clock.now().timestamp() % CODE_PERIOD < CODE_TURNS:
            self.page.wait_for_timeout(CODE_TURNS * 1000)
        code, deadline = next_code(), time.monotonic() + CODE_PERIOD + CODE_TURNS
        while code == self._last_code and time.monotonic() < deadline:
            self.page.wait_for_timeout(500)
            code = next_code()
        if code == self._last_code:
            return Acted(False, why="no fresh code came")
        self._last_code = code
        return Acted(value=code)

    @_do.register
    def _ask_person(self, ask: AskPerson) -> Answer:
        return self.people.answer(self._viewer, ask, lambda: self._viewer.look("", 0.0, self._status))

    @_do.register
    def _sleep(self, ask: Sleep) -> Answer:
        self.page.wait_for_timeout(ask.seconds * 1000)
        return Acted()

    @_do.register
    def _bindings(self, ask: KeepBindings) -> Answer:
        self.bindings = ask.bindings
        return Acted()

    @_do.register
    def _step_done(self, ask: StepDone) -> Answer:
        self.on_step(ask.record)
        return Acted()


def _fill_parts(element: ElementHandle, ask: Fill) -> Acted:
    """Each part into its box; a full box may hand the focus on by itself."""
    boxes = element.query_selector_all("input")
    for box, part in zip(boxes, re.split(r"\D+", ask.text), strict=True):
        box.fill("")
        if ask.slowly:
            box.type(part)
        else:
            box.fill(part)
    boxes[-1].evaluate(_VALUE, True)
    return Acted(value="/".join(box.input_value() for box in boxes))


def _only_reads(route: Route) -> None:
    if route.request.method in ("GET", "HEAD"):
        route.continue_()
    else:
        route.abort()


def _lease_lost(error: LeaseLostError) -> Acted:
    return Acted(False, why=str(error) or "the lease has passed to another run", lost=True)
