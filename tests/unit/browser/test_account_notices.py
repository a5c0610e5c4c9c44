"""What a portal says of the account at its door, as Chromium shows it."""

from urllib.parse import quote

import pytest
from fakes import sign_in, step
from sessions import QUICK, RealClock, Session

from authwright.browser.run import drive
from authwright.core.run import HaltReason, RunResult
from authwright.core.workflow import Action, Purpose, Workflow
from authwright.runner.interpreter import walk
from authwright.runner.state import Settings

pytestmark = pytest.mark.browser
CASE = {"credentials": {"username": "pat", "password": "secret-1"}}
DOOR = """<h1>Sign in</h1>{said}
<p>For your security an account is locked after 5 wrong passwords. <a href="#">Is your account locked?</a></p>
<form onsubmit="event.preventDefault(); document.body.innerHTML = after.innerHTML">
<label>User ID <input></label> <label>Password <input type="password"></label> <button>Sign in</button></form>
<template id="after">{after}</template><script>const after = document.getElementById("after")</script>"""
HOME = "<h1>Welcome</h1>"


def enter(session: Session, said: str = "", after: str = HOME) -> RunResult:
    workflow = Workflow("test/sop", "Test", Purpose.OTHER, "test", (sign_in(step(Action.SIGN_IN)),))
    address = "data:text/html," + quote(DOOR.format(said=said, after=after))
    settings = Settings("from-top", address, RealClock(), patience=QUICK)
    return drive(session.driver(), walk(workflow, CASE, settings))


@pytest.mark.parametrize("said", ["<p>{}</p>", '<div role="alert"><b>Note</b><br>{}</div>'])
def test_a_warning_before_the_last_try_leaves_the_form_empty(session: Session, said: str) -> None:
    result = enter(session, said.format("You have <b>1</b> attempt left."))
    assert result.halt is not None and result.halt.reason is HaltReason.LOCK_OUT, result
    assert session.held("document.querySelector('[type=password]').value") == ""


def test_the_password_expires_soon(session: Session) -> None:
    result = enter(session, after=HOME + "<p>Your password will expire in 5 days.</p>")
    assert result.halt is None and result.notices == ("Your password will expire in 5 days.",)


def test_the_password_has_expired(session: Session) -> None:
    new = "<label>New password <input type=password></label><button>Save</button>"
    result = enter(session, after=f"<p>Your password has expired. Choose a new one.</p>{new}")
    assert result.halt is not None and result.halt.reason is HaltReason.PASSWORD_EXPIRED
