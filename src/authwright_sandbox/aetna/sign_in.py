"""The ways in: a ticket of the hub, or user ID and password with a code that comes by email."""

import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.accounts import Refusal
from authwright_sandbox.aetna.portal import MAILBOX, AetnaPortal
from authwright_sandbox.guarded import go, guarded, text_fields
from authwright_sandbox.sessions import Session, Stage

COOKIE, DEVICE = "aetna_session", "aetna_device"
HOME = "/aetna/home"
EXPIRED = "Your session has ended. Log in again."
NO_TICKET = "We could not verify your sign-in from the hub. Open the link there again, or log in here."


@guarded
def signed_in(pages: Any, request: Request) -> Session | Response:
    """Whoever isn't signed in comes to the front door; the first page of a session is What's New."""
    session: Session | None = pages.portal.sessions.find(request.cookies.get(COOKIE))
    if session is None or session.stage is not Stage.IN:
        return go("/aetna/?expired=1")
    if pages.portal.interstitial and not session.greeted and request.method == "GET":
        session.greeted = True
        return go(f"/aetna/whats-new?next={request.url.path}")
    return session


class SignIn:
    def __init__(self, portal: AetnaPortal, templates: Jinja2Templates) -> None:
        self.portal, self.templates = portal, templates

    def _page(self, request: Request, template: str, **values: object) -> Response:
        return self.templates.TemplateResponse(request, template, values)

    def _session(self, request: Request) -> Session | None:
        return self.portal.sessions.find(request.cookies.get(COOKIE))

    def _enter(self, session: Session, path: str) -> Response:
        answer = go(path)
        answer.set_cookie(COOKIE, session.token, httponly=True, samesite="lax", path="/aetna")
        return answer

    async def start(self, request: Request) -> Response:
        if "expired" in request.query_params:
            return self._page(request, "log_in.html", message=EXPIRED)
        session = self._session(request)
        if session is not None and session.stage is Stage.IN:
            return go(HOME)
        return self._page(request, "log_in.html")

    async def ticket(self, request: Request) -> Response:
        """Single sign-on: the hub has signed who comes."""
        holder = self.portal.tickets.take(request.query_params.get("ticket", ""))
        if holder is None:
            self.portal.events.add("ticket-refused")
            return self._page(request, "log_in.html", message=NO_TICKET)
        session = self.portal.sessions.open(holder.user, Stage.IN)
        session.organization = holder.organization
        self.portal.events.add("signed-in", user=holder.user, organization=holder.organization, by="hub")
        return self._enter(session, HOME)

    async def password(self, request: Request) -> Response:
        sent = await text_fields(request)
        user = sent.get("user", "").strip()
        checked = self.portal.accounts.check_password(user, sent.get("password", ""))
        if isinstance(checked, Refusal):
            self.portal.events.add("sign-in-refused", user=user, locked=checked.locked)
            return self._page(request, "log_in.html", message=checked.message, user=user)
        known = request.cookies.get(DEVICE, "") in self.portal.devices
        session = self.portal.sessions.open(user, Stage.IN if known else Stage.CODE)
        session.organization = checked.organizations[0] if checked.organizations else user
        if known:
            self.portal.events.add("signed-in", user=user, organization=session.organization)
            return self._enter(session, HOME)
        self.portal.send_code(user)
        return self._enter(session, "/aetna/code")

    async def code(self, request: Request) -> Response:
        session = self._session(request)
        if session is None or session.stage is not Stage.CODE:
            return go("/aetna/")
        hidden = f"{MAILBOX[0]}***{MAILBOX[MAILBOX.index('@') :]}"
        if request.method == "GET":
            return self._page(request, "code.html", address=hidden)
        sent = await text_fields(request)
        if "again" in sent:
            self.portal.send_code(session.user)
            return self._page(request, "code.html", address=hidden, told="A new code was sent.")
        if wrong := self.portal.check_code(session.user, sent.get("code", "")):
            return self._page(request, "code.html", address=hidden, message=wrong)
        session.stage = Stage.IN
        self.portal.events.add("signed-in", user=session.user, organization=session.organization)
        answer = go(HOME)
        if sent.get("remember"):
            device = secrets.token_urlsafe(18)
            self.portal.devices.add(device)
            answer.set_cookie(
                DEVICE, device, httponly=True, samesite="lax", path="/aetna", max_age=30 * 86400
            )
        return answer

    async def sign_out(self, request: Request) -> Response:
        self.portal.sessions.close(request.cookies.get(COOKIE, ""))
        return go("/aetna/")
