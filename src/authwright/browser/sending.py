"""While a request is being sent: nothing leaves twice by itself.

Chromium repeats a request, a POST too, when a connection that it had kept open is cut before an answer
came (RFC 9110, 9.2.2, forbids that for what is not idempotent; every browser does it). It happens below
what a page or Playwright sees. It never does so on a new connection, so what is sent goes on one. And a
page's own script may send again after an error: a repeat of what has no good answer yet is refused.
"""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Error, Page, Request, Response, Route

_TOOLS = "chrome://net-internals/#sockets"
_TOOLS_MS = 5_000.0
# The answer to the second message says that the first was carried out: both go the same way, in order.
_CLOSE_IDLE = """async () => {
  const { sendWithPromise } = await import('chrome://resources/js/cr.js');
  chrome.send('closeIdleSockets');
  const done = sendWithPromise('resolveHost', '127.0.0.1').then(() => true, () => true);
  return await Promise.race([done, new Promise(late => setTimeout(late, 1000, false))]);
}"""
_READS = frozenset({"GET", "HEAD", "OPTIONS"})

_Sent = tuple[str, str, bytes | None]


@dataclass(eq=False)  # no slots: Playwright marks the owners of its handlers
class OnceOnly:
    """Watches a context's writes from `open` to `close`. `opening` is true while the page of Chromium's
    own that it uses comes up, `wrote` whether a write was seen since it was opened."""

    context: BrowserContext
    opening: bool = False
    wrote: bool = False
    _open: bool = False
    _tools: Page | None = None
    _unanswered: set[_Sent] = field(default_factory=set)

    def prepare(self) -> None:
        """Open Chromium's own page, by which idle connections are closed; may be called again."""
        if self._tools is not None:
            return
        self.opening = True
        try:
            self._tools = self.context.new_page()
            self._tools.goto(_TOOLS, timeout=_TOOLS_MS)
        except Error:
            pass  # a Chromium without it: see `_send_beside`
        finally:
            self.opening = False

    def open(self) -> None:
        self._unanswered.clear()
        if self._open:
            return
        self._open, self.wrote = True, False
        self.context.on("response", self._answered)
        self.context.route("**/*", self._decide)

    def close(self) -> None:
        if not self._open:
            return
        self._open = False
        self.context.unroute("**/*", self._decide)
        self.context.remove_listener("response", self._answered)

    def _decide(self, route: Route) -> None:
        if route.request.method in _READS:
            route.continue_()
            return
        self.wrote = True
        sent = _sent(route.request)
        if sent in self._unanswered:
            route.abort()
            return
        self._unanswered.add(sent)
        if self._close_idle():
            route.continue_()
        else:
            _send_beside(route)

    def _close_idle(self) -> bool:
        if self._tools is None:
            return False
        try:
            return bool(self._tools.evaluate(_CLOSE_IDLE))
        except Error:
            return False

    def _answered(self, response: Response) -> None:
        if response.ok:
            self._unanswered.discard(_sent(response.request))


def _send_beside(route: Route) -> None:
    """In a Chromium without that page: by Playwright's own client, which never repeats."""
    try:
        response = route.fetch(max_redirects=0, timeout=0)
    except Error:
        route.abort()
    else:
        route.fulfill(response=response)


def _sent(request: Request) -> _Sent:
    return request.method, request.url, request.post_data_buffer
