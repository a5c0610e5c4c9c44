"""Pages of a browser context as the runner's plain data, and the elements behind it."""

import time
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any

import msgspec
from playwright.sync_api import ElementHandle, Error, Frame
from playwright.sync_api import Page as BrowserPage

from authwright.browser.quiet import MOST_RESTLESS, STILL_MS, Traffic
from authwright.runner.layout import with_layout_labels
from authwright.runner.page import CaptchaMark, Cell, Control, Dialog, Page, Row, Table, Text

SCRIPT = files("authwright.browser").joinpath("page.js").read_text(encoding="utf-8")
_STAMP = "() => window.__authwright ? window.__authwright.stamp() : null"
_LOOK = "() => window.__authwright ? window.__authwright.look() : null"
_POLL_MS = 20.0


class _Seen(msgspec.Struct):
    """What page.js tells about one document."""

    document: int
    changes: int
    shown: bool
    guarded: list[str]
    url: str
    title: str
    controls: list[Control]
    texts: list[Text]
    tables: list[Table]
    dialogs: list[Dialog]
    text: str
    alerts: list[str]
    captchas: list[CaptchaMark]
    busy: bool


@dataclass(slots=True)
class Viewer:
    """Looks at all frames of one page. Ids it gives out are `frame.document.element`."""

    page: BrowserPage
    traffic: Traffic
    window: int = 0
    numbers: dict[Frame, int] = field(default_factory=dict)

    def look(self, after: str, within: float, status: int) -> Page:
        """The page once it is quiet; with `after`, once its version is another, or time is up."""
        self._quiet()
        if after and within > 0:
            deadline = time.monotonic() + within
            while self.version() == after and time.monotonic() < deadline:
                self.page.wait_for_timeout(_POLL_MS)
            self._quiet()
        return self._page(status)

    def element(self, id_: str) -> ElementHandle | None:
        """The element behind an id, None when it or its document is gone."""
        frame_number, document, number = (int(part) for part in id_.split("."))
        frame = next((f for f, n in self.numbers.items() if n == frame_number), None)
        if frame is None or frame.is_detached():
            return None
        handle = frame.evaluate_handle(
            "([d, n]) => window.__authwright && window.__authwright.stamp().document === d"
            " ? window.__authwright.element(n) : null",
            [document, number],
        )
        return handle.as_element()

    def version(self) -> str:
        stamps = [(self._number(f), s) for f in self._frames() if (s := self._stamp(f))]
        return _version(self.page.url, [(n, s["document"], s["changes"]) for n, s in stamps])

    def _quiet(self) -> None:
        """Returns when the page is quiet, or has been restless for too long."""
        restless_since = time.monotonic()
        while True:
            if self.traffic.busy():
                self.page.wait_for_timeout(_POLL_MS / 2)
                restless_since = time.monotonic()
                continue
            left = self._restless_ms()
            if left <= 0 or time.monotonic() - restless_since > MOST_RESTLESS:
                return
            self.page.wait_for_timeout(min(left, STILL_MS))

    def _restless_ms(self) -> float:
        """How many milliseconds the page still has to keep still."""
        stamps = [self._stamp(f) for f in self._frames()]
        if not any(stamps) or not all(s["ready"] for s in stamps if s):
            return STILL_MS
        return max(0.0, STILL_MS - min(float(s["still"]) for s in stamps if s))

    def _frames(self) -> list[Frame]:
        return [f for f in self.page.frames if not f.is_detached()]

    def _number(self, frame: Frame) -> int:
        return self.numbers.setdefault(frame, len(self.numbers))

    def _stamp(self, frame: Frame) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] | None = frame.evaluate(_STAMP)
        except Error:
            return None  # it is just going to another document
        return found

    def _page(self, status: int) -> Page:
        seen: list[tuple[int, _Seen]] = []
        for frame in self._frames():
            if (document := self._see(frame)) and document.shown:
                seen.append((self._number(frame), document))
        if not seen:
            return Page(self.page.url, status=status, at=time.monotonic(), busy=True)
        parts = [_with_ids(number, document) for number, document in seen]
        texts = tuple(t for p in parts for t in p.texts)
        return Page(
            url=self.page.url,
            title=seen[0][1].title,
            controls=with_layout_labels([c for p in parts for c in p.controls], texts),
            texts=texts,
            tables=tuple(t for p in parts for t in p.tables),
            dialogs=tuple(d for p in parts for d in p.dialogs),
            text="\n".join(d.text for _, d in seen),
            alerts=tuple(a for _, d in seen for a in d.alerts),
            captchas=tuple(c for p in parts for c in p.captchas),
            busy=any(d.busy for _, d in seen),
            guarded=tuple(g for _, d in seen for g in d.guarded),
            status=status,
            window=self.window,
            at=time.monotonic(),
            version=_version(self.page.url, [(n, d.document, d.changes) for n, d in seen]),
        )

    def _see(self, frame: Frame) -> _Seen | None:
        try:
            found = frame.evaluate(_LOOK)
        except Error:
            return None
        return msgspec.json.decode(found, type=_Seen) if found else None


def _version(url: str, stamps: list[tuple[int, int, int]]) -> str:
    return f"{url} {sorted(stamps)}"


def _with_ids(frame: int, seen: _Seen) -> Page:
    """The document's parts with ids and dialog numbers that are unique over all frames."""

    def full(number: str) -> str:
        return f"{frame}.{seen.document}.{number}" if number else ""

    def dialog(number: int) -> int:
        return number * 1000 + frame if number else 0

    return Page(
        seen.url,
        controls=tuple(
            replace(
                c,
                id=full(c.id),
                frame=frame,
                dialog=dialog(c.dialog),
                headings=_with_title(c, seen.dialogs),
            )
            for c in seen.controls
        ),
        texts=tuple(
            replace(t, id=full(t.id), frame=frame, control=full(t.control), dialog=dialog(t.dialog))
            for t in seen.texts
        ),
        tables=tuple(
            replace(
                t, frame=frame, dialog=dialog(t.dialog), rows=tuple(_row_with_ids(r, full) for r in t.rows)
            )
            for t in seen.tables
        ),
        dialogs=tuple(replace(d, number=dialog(d.number), frame=frame) for d in seen.dialogs),
        captchas=tuple(replace(c, id=full(c.id)) for c in seen.captchas),
    )


def _with_title(control: Control, dialogs: list[Dialog]) -> tuple[str, ...]:
    """A dialog's title is a heading of what is in it, however it is drawn."""
    title = next((d.title for d in dialogs if d.number == control.dialog), "")
    known = not title or title in control.headings
    return control.headings if known else (*control.headings, title)


def _row_with_ids(row: Row, full: Any) -> Row:
    cells = tuple(Cell(c.text, tuple(full(i) for i in c.controls)) for c in row.cells)
    return Row(full(row.id), cells)
