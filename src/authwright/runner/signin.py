"""Signing in: user name and password on one page or two, and the code from the authenticator app."""

import re

from authwright.core.run import HaltReason
from authwright.core.workflow import Step, Value
from authwright.runner.account_notices import not_about_to_lock, not_expired
from authwright.runner.asks import Click, Fill, NextCode, Walk, act
from authwright.runner.captcha import (
    ACCEPTED,
    REFUSED,
    Captcha,
    captcha_on,
    get_past,
    is_about_captcha,
    tell_answer,
)
from authwright.runner.data import one
from authwright.runner.looking import look
from authwright.runner.page import Control, Kind, Page
from authwright.runner.pressing import clicked
from authwright.runner.signing import (
    MESSAGE_LENGTH,
    code_by_email,
    code_fields,
    enter_buttons,
    password_fields,
    refusal,
    user_fields,
)
from authwright.runner.state import HaltedError, Run, halt, may_be_signed_in


def sign_in(run: Run, step: Step) -> Walk[None]:
    """SIGN_IN. A refusal is a halt at once: a second try may lock the account."""
    page = yield from look(run)
    started = page.at
    while not (user_fields(page) or password_fields(page)):
        left = started + run.settings.patience.find - page.at
        if may_be_signed_in(run) and not page.busy and page.at - started > 1:
            run.note = "already signed in"
            return
        if left <= 0:
            raise halt(run, HaltReason.NOT_FOUND, "a user name and a password field", "none on the page")
        wait = min(left, 1.5) if may_be_signed_in(run) else left
        page = yield from look(run, after=page.version, within=wait)
    yield from _form(run, page)
    if captcha := (yield from _accepted(run)):
        yield from get_past(run, captcha)
        if password_fields(run.page):
            yield from _form(run, run.page)
            if captcha := (yield from _accepted(run)):
                raise halt(run, HaltReason.CAPTCHA, "to be signed in", f"{captcha.words}: asked again")


def _form(run: Run, page: Page) -> Walk[None]:
    """User name and password, on one page or two."""
    not_about_to_lock(run, page)
    users, passwords = user_fields(page), password_fields(page)
    if users:
        user = _only(run, users, "user name field")
        yield from _type(run, user, "credentials.username")
        if not passwords:
            yield from _lead_on(run, user)
            passwords = yield from _password_page(run)
            not_about_to_lock(run, run.page)
    password = _only(run, passwords, "password field")
    yield from _type(run, password, "credentials.password")
    yield from _lead_on(run, password)


def password_accepted(run: Run) -> Walk[None]:
    """After a click that may have signed in: the password field still there, with words of refusal that
    weren't, is a halt at once."""
    if not any(t.secret and t.control.kind is Kind.PASSWORD and t.form == run.form - 1 for t in run.typed):
        return
    page = yield from look(run, captchas=False)
    not_expired(run, page)
    words = refusal(page, run.before_click or ()) if password_fields(page) else ""
    if words:
        raise _password_refused(run, words)
    if not password_fields(page):
        tell_answer(run, ACCEPTED)


def _password_refused(run: Run, words: str) -> HaltedError:
    if is_about_captcha(words):
        tell_answer(run, REFUSED)
        return halt(run, HaltReason.CAPTCHA, "the CAPTCHA's answer to be accepted", words)
    run.refused = "password"
    return halt(run, HaltReason.SIGN_IN_REFUSED, "to be signed in", words)


def enter_code(run: Run, step: Step) -> Walk[None]:
    """ENTER_CODE: a fresh code into the code field. Leading on is the SOP's next step."""
    page = yield from look(run)
    if run.code_sent_on is not None and code_fields(page):
        raise _refused(run, _new_message(run, page))
    started = page.at
    while len(fields := code_fields(page)) != 1:
        left = started + run.settings.patience.find - page.at
        if left <= 0:
            raise halt(run, HaltReason.NOT_FOUND, "one field for the code", f"{len(fields)} of them")
        page = yield from look(run, after=page.version, within=left)
    not_about_to_lock(run, page)
    acted = yield from act(NextCode(code_by_email(page), run.settings.patience.mail))
    if not acted.ok:
        raise halt(run, HaltReason.NO_CODE, "a one-time code", acted.why)
    run.code_sent_on = frozenset(map(_without_digits, _messages(page)))
    shown = yield from act(Fill(fields[0], acted.value))
    if "".join(shown.value.split()) != acted.value:
        raise halt(run, HaltReason.VALUE_DIFFERS, "the code in its field", "something else is shown")
    run.value_note = "••••••"


def code_accepted(run: Run) -> Walk[None]:
    """After a click that may have sent the code. A code that was refused is not tried again: portals
    count the tries and lock accounts. An alert halts at once, another new text when it stays."""
    if run.code_sent_on is None:
        return
    page = yield from look(run)
    if code_fields(page) and not (refusal(page) or page.alerts) and _new_message(run, page):
        page = yield from look(run, after=page.version, within=run.settings.patience.doubt)
    if not code_fields(page):
        run.code_sent_on = None
    elif words := _new_message(run, page):
        raise _refused(run, words)


def code_gone(run: Run) -> Walk[None]:
    """At the end of signing in: the page no longer asks for the code that was sent."""
    if run.code_sent_on is None:
        return
    page = yield from look(run)
    started = page.at
    while code_fields(page):
        left = started + run.settings.patience.find - page.at
        if left <= 0 or _new_message(run, page):
            raise _refused(run, _new_message(run, page))
        page = yield from look(run, after=page.version, within=left)
    run.code_sent_on = None


def _refused(run: Run, words: str) -> HaltedError:
    found = words or "; ".join(run.page.alerts) or "the page still asks for a code"
    run.refused = "code"
    return halt(run, HaltReason.SIGN_IN_REFUSED, "the code to be accepted", found)


def _messages(page: Page) -> list[str]:
    """What the page says outside of its controls; alerts and words of refusal come first."""
    said = [*page.alerts, refusal(page), *(t.text for t in page.texts if not t.control)]
    return [text for text in said if text and len(text) < MESSAGE_LENGTH]


def _new_message(run: Run, page: Page) -> str:
    """The page's message that wasn't there when the code was typed. A seconds counter is no message."""
    before = run.code_sent_on or frozenset()
    return next((text for text in _messages(page) if _without_digits(text) not in before), "")


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "", text)


def _only(run: Run, fields: list[Control], what: str) -> Control:
    if len(fields) != 1:
        names = ", ".join(f.name for f in fields)
        reason = HaltReason.AMBIGUOUS if fields else HaltReason.NOT_FOUND
        raise halt(run, reason, f"one {what}", names or "none on the page")
    return fields[0]


def _type(run: Run, control: Control, ref: str) -> Walk[None]:
    text = str(one(run, Value(ref=ref, words=ref.rpartition(".")[2])).value)
    for slowly in (False, True):
        acted = yield from act(Fill(control, text, slowly))
        if acted.ok and acted.value == text:
            return
    raise halt(run, HaltReason.VALUE_DIFFERS, f"{control.name} to hold what was typed", "it doesn't")


def _lead_on(run: Run, field: Control) -> Walk[None]:
    page = yield from look(run)
    button = _only(run, enter_buttons(page, field), "button to sign in")
    acted = yield from act(Click(button.id))
    if not acted.ok:
        raise halt(run, HaltReason.NOT_FOUND, f"to click {button.name}", acted.why)
    clicked(run)


def _password_page(run: Run) -> Walk[list[Control]]:
    page = yield from look(run)
    started = page.at
    while not (fields := password_fields(page)):
        if words := refusal(page, run.before_click or ()):
            run.refused = "password"
            raise halt(run, HaltReason.SIGN_IN_REFUSED, "the password's page", words)
        left = started + run.settings.patience.find - page.at
        if left <= 0:
            raise halt(run, HaltReason.NOT_FOUND, "the password field", "none on the page")
        page = yield from look(run, after=page.version, within=left)
    return fields


def _accepted(run: Run) -> Walk[Captcha | None]:
    """The password field is gone; while it stays, a refusal on the page is a halt. A CAPTCHA that comes
    instead of an answer is returned."""
    page = yield from look(run, captchas=False)
    started = page.at
    while password_fields(page):
        not_expired(run, page)
        if words := refusal(page, run.before_click or ()):
            raise _password_refused(run, words)
        if not page.busy and (captcha := captcha_on(page)):
            tell_answer(run, REFUSED)
            return captcha
        left = started + run.settings.patience.find - page.at
        if left <= 0:
            found = "the password field is still there"
            run.refused = "password"
            raise halt(run, HaltReason.SIGN_IN_REFUSED, "to be signed in", found)
        page = yield from look(run, after=page.version, within=left, captchas=False)
    not_expired(run, page)
    tell_answer(run, ACCEPTED)
    return None
