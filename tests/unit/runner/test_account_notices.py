"""What a portal says of the account at its door: read before anything is typed, and after."""

import pytest
from fakes import FakePortal, run, sign_in, step, task
from handmade import control, page, text

from authwright.core.run import HaltReason, RunOutcome, RunResult
from authwright.core.workflow import Action
from authwright.runner.page import Kind, Page

CASE = {"credentials": {"username": "specialist", "password": "secret"}}
STEPS = {
    "sign in": (step(Action.SIGN_IN),),
    "fill": (
        step(Action.FILL, "User ID", ref="credentials.username"),
        step(Action.FILL, "Password", ref="credentials.password"),
        step(Action.CLICK, "Sign In"),
    ),
}


def door(*said: str) -> Page:
    form = [
        control("User ID", id="u", form=1),
        control("Password", Kind.PASSWORD, id="p", form=1),
        control("Sign In", Kind.BUTTON, form=1),
    ]
    return showing(*said, controls=form)


def showing(*said: str, controls: list = []) -> Page:  # type: ignore[type-arg]  # noqa: B006
    texts = tuple(text(words, 10, 10 + 30 * n) for n, words in enumerate(said))
    return page(controls, words="\n".join(said), texts=texts)


def enter(portal: FakePortal, how: str = "sign in") -> RunResult:
    return run(portal, sign_in(*STEPS[how]), task(), case=CASE)


@pytest.mark.parametrize("how", STEPS)
@pytest.mark.parametrize(
    "warning",
    [
        "Your last sign-in failed. You have 1 attempt left.",
        "1 login attempt remaining",
        "Attempts left: 1",
        "One more incorrect password and your account will be locked.",
        "This is your final attempt.",
        "Your account has been locked. Call the help desk.",
        "Your account will be locked after one more failed attempt.",
    ],
)
def test_nothing_is_typed_where_one_more_try_may_lock_the_account(warning: str, how: str) -> None:
    portal = FakePortal({"start": door("Welcome", warning)})
    halt = enter(portal, how).halt
    assert halt is not None and halt.reason is HaltReason.LOCK_OUT
    assert halt.found in warning and "p" not in portal.values


@pytest.mark.parametrize(
    "prose",
    [
        "For your security your account will be locked after 3 failed attempts.",
        "If your account is locked, call the help desk.",
        "Is your account locked? Unlock it here.",
        "You have 4 attempts left.",
        "Passwords expire every 90 days. You must change your password every 90 days.",
    ],
)
def test_what_holds_for_everybody_is_no_warning(prose: str) -> None:
    portal = FakePortal({"start": door(prose), "home": showing("home")}, {"Sign In": "home"})
    result = enter(portal)
    assert result.outcome is RunOutcome.DONE, result.halt
    assert result.notices == ()


@pytest.mark.parametrize("how", STEPS)
def test_that_the_password_expires_soon_is_told_and_the_run_goes_on(how: str) -> None:
    home = showing("Welcome back", "Your password expires in 5 days. Change it soon.")
    result = enter(FakePortal({"start": door(), "home": home}, {"Sign In": "home"}), how)
    assert result.outcome is RunOutcome.DONE and result.notices == ("Your password expires in 5 days.",)


@pytest.mark.parametrize("how", STEPS)
def test_a_password_that_has_expired_is_the_owners_to_change(how: str) -> None:
    new = [control(label, Kind.PASSWORD) for label in ("New password", "New password again")]
    expired = showing("Your password has expired. Choose a new one.", controls=new)
    result = enter(FakePortal({"start": door(), "expired": expired}, {"Sign In": "expired"}), how)
    assert result.halt is not None and result.halt.reason is HaltReason.PASSWORD_EXPIRED
    assert result.refused == ""


def test_what_was_refused_is_told() -> None:
    wrong = door("The user ID or password is incorrect.")
    assert enter(FakePortal({"start": door(), "again": wrong}, {"Sign In": "again"})).refused == "password"
    code = page([control("Authentication Code", id="c"), control("Verify", Kind.BUTTON)])
    again = page(code.controls, alerts=("That code is invalid.",))
    steps = (step(Action.ENTER_CODE), step(Action.CLICK, "Verify"))
    result = run(FakePortal({"start": code, "again": again}, {"Verify": "again"}), sign_in(*steps))
    assert result.refused == "code"
