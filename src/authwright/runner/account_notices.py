"""What a portal says of the account itself: that it is about to be locked, or its password to expire."""

import re
from collections.abc import Iterator

from authwright.core.run import HaltReason
from authwright.runner.complaints import lines
from authwright.runner.page import Page
from authwright.runner.signing import MESSAGE_LENGTH
from authwright.runner.state import Run, halt
from authwright.runner.wording import plain

_LOCKS = r"\b(locked|disabled|suspended|deactivated|blocked)\b"
_LAST_TRY = re.compile(
    r"\b(1|one|0|no|zero) (more )?(\w+ )?(attempts?|tr(y|ies)) (left|remain)"
    r"|\b(last|final) (\w+ )?(attempt|try)\b"
    r"|\b(1|one) more (\w+ )?(attempt|try)\b"
    r"|\b(attempts|tries) (left|remaining):? ?[01]\b|\bremaining (attempts|tries):? ?[01]\b"
    r"|\b(your|this|the) account\b.*" + _LOCKS
)
# What holds for everybody all the time: "After 5 failed attempts your account will be locked".
_RULE = re.compile(
    r"\b(after|more than|within) (a total of )?"
    r"([2-9]|\d\d|two|three|four|five|six|ten|several|multiple|many|too many)\b"
    r"|^(if|when|once) |\bif you (have|are|forg)|\b(so that|to keep|to avoid|protect)\b|\bevery \d"
)
_EXPIRES = re.compile(r"\bpassword\b.*\b(expires?|will expire|expiring|is about to expire)\b")
_EXPIRED = re.compile(
    r"\bpassword\b.*\b(has|is|was) expired\b|\bexpired password\b"
    r"|\b(must|need to|have to|required to) (change|reset|update|choose|create) (your|a new|the) password\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def not_about_to_lock(run: Run, page: Page) -> None:
    """Before anything is typed at the door: one more wrong try might lock the account, so a person looks."""
    for said in _sentences(page):
        if _LAST_TRY.search(plain(said)):
            raise halt(run, HaltReason.LOCK_OUT, "an account with tries left", said)


def not_expired(run: Run, page: Page) -> None:
    """The portal wants another password: only the account's owner chooses it."""
    for said in _sentences(page):
        if _EXPIRED.search(plain(said)) and not any(said in line for line in run.before_click or ()):
            raise halt(run, HaltReason.PASSWORD_EXPIRED, "to be signed in", said)


def note_expiry(run: Run, page: Page) -> None:
    """ "Your password expires in 5 days" is told with the result; the run goes on."""
    if "expir" not in page.text.casefold():
        return
    for said in _sentences(page):
        if _EXPIRES.search(plain(said)) and said not in run.notices:
            run.notices.append(said)


def _sentences(page: Page) -> Iterator[str]:
    """What is said of this account now: no questions, and no rules."""
    for text in (*page.alerts, *lines(page)):
        for said in _SENTENCE.split(" ".join(text.split())):
            told = len(said) < MESSAGE_LENGTH and not said.endswith("?")
            if told and not _RULE.search(plain(said)):
                yield said
