"""What the fields of a sign-in form are, by what they say."""

import re
from collections.abc import Collection

from authwright.runner.page import CLICKABLE, Control, Kind, Page
from authwright.runner.wording import plain, squeezed, words

_USER = frozenset({"user", "username", "userid", "login", "email", "id", "account"})
_CODE = frozenset(
    {"code", "passcode", "otp", "token", "pin", "verification", "authentication", "authenticator"}
)
_ENTER = frozenset({"signin", "login", "logon", "signon", "submit", "continue", "next", "enter"})
_REFUSED = re.compile(
    r"\b(incorrect|invalid|wrong|failed|denied|locked|match|recogni[sz]ed?|expired|not (right|valid|correct)"
    r"|(tr(y|ies)|attempts?) (left|remaining)|unable to (sign|log) (you )?in|robot)\b"
)

# A longer text is prose of the page, not a message.
MESSAGE_LENGTH = 200


def is_about_code(subject: str) -> bool:
    """Whether what is asked for is a one-time code ("a code", "the verification code", "a passcode")."""
    said = set(words(subject))
    return bool(said & {"code", "passcode", "otp", "token"}) and not said & {"procedure", "diagnosis", "zip"}


def password_fields(page: Page) -> list[Control]:
    return [c for c in page.in_reach() if c.kind is Kind.PASSWORD and c.visible and not _is_code(c)]


def user_fields(page: Page) -> list[Control]:
    """Text fields that ask for a user name; beside a password field those of its form."""
    fields = [c for c in page.in_reach() if c.kind is Kind.TEXT and c.visible and c.editable]
    passwords = password_fields(page)
    if passwords:
        fields = [c for c in fields if c.form == passwords[0].form and c.frame == passwords[0].frame]
        if len(fields) == 1:
            return fields
    return [c for c in fields if _says(c, _USER) and not _is_code(c)]


def code_fields(page: Page) -> list[Control]:
    fields = [c for c in page.in_reach() if c.kind in (Kind.TEXT, Kind.PASSWORD) and c.visible]
    return [c for c in fields if _is_code(c)]


def code_by_email(page: Page) -> bool | None:
    """Whether the page says that the code comes by email (True) or from an app (False)."""
    said = plain(page.text)
    email = re.search(r"\b(e-?mail|inbox)(ed)?\b", said) is not None
    app = re.search(r"\b(authenticator|authentication app|totp)\b", said) is not None
    return email if email != app else None


def asks_for_code(page: Page) -> bool:
    return bool(code_fields(page)) and not password_fields(page)


def enter_buttons(page: Page, beside: Control) -> list[Control]:
    """Buttons of the field's own form that sign in or lead on."""
    buttons = [c for c in page.in_reach() if c.kind in CLICKABLE and c.visible and c.frame == beside.frame]
    named = [c for c in buttons if any(squeezed(label.text) in _ENTER for label in c.labels)]
    in_form = [c for c in named if c.form == beside.form]
    return [c for c in in_form if c.kind is Kind.BUTTON] or in_form or named


def refusal(page: Page, before: Collection[str] = ()) -> str:
    """The page's words when it refused what was typed, else "". What it said `before` is no answer."""
    for text in (*page.alerts, *(t.text for t in page.texts if not t.control)):
        said = " ".join(text.split())
        if len(said) >= MESSAGE_LENGTH or not _REFUSED.search(plain(said)):
            continue
        if not any(said in line for line in before):
            return said
    return ""


def _says(control: Control, known: frozenset[str]) -> bool:
    return any(set(words(label.text)) & known for label in control.labels)


def _is_code(control: Control) -> bool:
    said = {w for label in control.labels for w in words(label.text)}
    if said & {"procedure", "diagnosis", "zip", "postal", "area", "modifier", "password"}:
        return False
    return bool(said & _CODE & {"code", "passcode", "otp", "token"}) and (
        bool(said & (_CODE - {"code"}))
        or bool(said & {"security", "access", "digit", "6", "one", "time", "your"})
        or any(plain(label.text) in ("code", "enter code") for label in control.labels)
    )
