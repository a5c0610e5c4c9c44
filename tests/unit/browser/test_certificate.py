"""A portal whose certificate nobody vouches for, in Chromium: nothing is typed, and a person is asked."""

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import trustme
from fakes import sign_in, step, task
from sessions import QUICK, RealClock, Session

from authwright.browser.run import drive
from authwright.core.run import HaltReason, RunOutcome, RunResult
from authwright.core.workflow import Action, Purpose, Section, Workflow
from authwright.runner.interpreter import walk
from authwright.runner.state import Settings

pytestmark = pytest.mark.browser
CASE = {"credentials": {"username": "pat", "password": "secret-1"}}
DOOR = b"<form><label>User ID <input></label><label>Password <input type=password></label></form>"


@pytest.fixture
def untrusted() -> Iterator[str]:
    """The address of a sign-in page behind a certificate of an authority that the browser doesn't know."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(DOOR)

        def log_message(self, *said: object) -> None:
            """Not into the tests' output."""

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def run(session: Session, url: str, section: Section) -> RunResult:
    workflow = Workflow("test/sop", "Test", Purpose.OTHER, "test", (section,))
    return drive(
        session.driver(), walk(workflow, CASE, Settings("from-top", url, RealClock(), patience=QUICK))
    )


def test_the_first_page_is_not_opened(session: Session, untrusted: str) -> None:
    result = run(session, untrusted, sign_in(step(Action.SIGN_IN)))
    assert result.outcome is RunOutcome.HALTED and result.halt is not None
    assert result.halt.reason is HaltReason.CERTIFICATE
    assert result.halt.found == f"net::ERR_CERT_AUTHORITY_INVALID at {untrusted}"


def test_nor_one_that_a_link_leads_to(session: Session, untrusted: str) -> None:
    page = f"data:text/html,<a href='{untrusted}'>Continue</a>"
    steps = task(step(Action.CLICK, "Continue"), step(Action.FILL, "User ID", value="pat"))
    result = run(session, page, steps)
    assert result.halt is not None and result.halt.reason is HaltReason.CERTIFICATE
