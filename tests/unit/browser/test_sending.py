"""A cut connection: what was posted must reach the server once. A server of our own counts."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from authwright.browser import sending
from authwright.browser.sending import OnceOnly

pytestmark = pytest.mark.browser
POST = """body => fetch('/send', { method: 'POST', body }).then(r => r.status, () => 'failed')"""


@dataclass
class Server:
    """Takes posts on connections that stay open; the first `cuts` are cut without an answer."""

    url: str = ""
    cuts: int = 0
    posts: list[bytes] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", "4")
            self.end_headers()
            self.wfile.write(b"<p>.")

        def do_POST(self) -> None:
            told.posts.append(self.rfile.read(int(self.headers["content-length"])))
            if len(told.posts) > told.cuts:
                self.do_GET()
            else:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        told.url = f"http://127.0.0.1:{serving.server_port}/"
        yield told
        serving.shutdown()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.url)
    yield page
    context.close()


def watched(page: Page) -> OnceOnly:
    once = OnceOnly(page.context)
    once.prepare()
    once.open()
    return once


def test_chromium_by_itself_posts_twice(page: Page, server: Server) -> None:
    """The danger itself: should it go away, `browser.sending` can go as well."""
    server.cuts = 1
    # Only a connection kept open from before is tried again: make sure that there is one.
    assert page.evaluate("() => fetch('/').then(r => r.text()).then(() => true)")
    assert page.evaluate(POST, "x") == 200
    assert server.posts == [b"x", b"x"]


def test_a_post_whose_connection_is_cut_is_not_repeated(page: Page, server: Server) -> None:
    server.cuts = 1
    watched(page)
    assert page.evaluate(POST, "x") == "failed"
    assert server.posts == [b"x"]


def test_nor_in_a_chromium_without_its_tools(
    page: Page, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_TOOLS", "chrome://no-such-page/")
    server.cuts = 1
    watched(page)
    assert page.evaluate(POST, "x") == "failed"
    assert server.posts == [b"x"]
    assert page.evaluate(POST, "y") == 200


def test_the_page_may_not_repeat_what_has_no_answer(page: Page, server: Server) -> None:
    server.cuts = 1
    watched(page)
    assert page.evaluate(POST, "x") == "failed"
    assert page.evaluate(POST, "x") == "failed"
    assert page.evaluate(POST, "y") == 200
    assert server.posts == [b"x", b"y"]


def test_what_was_answered_may_be_asked_again(page: Page, server: Server) -> None:
    """A page that polls by POST."""
    watched(page)
    assert [page.evaluate(POST, "x") for _ in range(2)] == [200, 200]


def test_after_the_sending_step_the_page_is_left_alone(page: Page, server: Server) -> None:
    server.cuts = 1
    once = watched(page)
    assert page.evaluate(POST, "x") == "failed"
    once.close()
    assert page.evaluate(POST, "x") == 200
