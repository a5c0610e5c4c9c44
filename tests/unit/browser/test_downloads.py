"""Files that come, that never end, that are empty, that never come."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from authwright.browser.downloads import FetchError, Limits, fetch

pytestmark = pytest.mark.browser
QUICK = Limits(begin=8.0, end=0.6)
LINKS = "".join(f"<a href='/{name}' download>{name}</a> " for name in ("whole", "endless", "empty"))
PAGE = f"<p>{LINKS}<button>nothing</button></p>".encode()


class Site(BaseHTTPRequestHandler):
    over = threading.Event()

    def do_GET(self) -> None:
        bodies = {"/whole": (b"%PDF-1.4 letter", 15), "/endless": (b"x" * 8192, 9999), "/empty": (b"", 0)}
        body, length = bodies.get(self.path, (PAGE, len(PAGE)))
        self.send_response(200)
        self.send_header("content-type", "application/pdf" if self.path in bodies else "text/html")
        self.send_header("content-length", str(length))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        if self.path == "/endless":
            self.over.wait(20)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(accept_downloads=True)
    made = context.new_page()
    made.goto(f"http://127.0.0.1:{server.server_port}/")
    yield made
    Site.over.set()
    context.close()
    server.shutdown()
    Site.over.clear()


def test_a_file_comes_whole_and_under_its_name(page: Page) -> None:
    came = fetch(page, page.get_by_text("whole").click, QUICK)
    assert came.data == b"%PDF-1.4 letter" and came.name.startswith("whole")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("endless", "didn't end within 1 s"),
        ("empty", "is empty"),
        ("nothing", "no file came within 1 s"),
    ],
)
def test_what_doesnt_come_is_said(page: Page, what: str, said: str) -> None:
    with pytest.raises(FetchError, match=said):
        fetch(page, page.get_by_text(what).click, replace(QUICK, begin=1.0) if what == "nothing" else QUICK)
    assert fetch(page, page.get_by_text("whole").click, QUICK).data  # the page can still be used
