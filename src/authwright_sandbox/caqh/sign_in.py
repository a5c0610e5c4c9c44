"""The way in: user name and password on one page, then whose profile it is about."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.accounts import Refusal
from authwright_sandbox.caqh.portal import CaqhPortal
from authwright_sandbox.guarded import go, guarded, text_fields
from authwright_sandbox.sessions import Session, Stage

COOKIE = "caqh_session"
FRONT = "/caqh/"
EXPIRED = "You were signed out because you were not active. Sign in again."


@guarded
def signed_in(pages: Any, request: Request) -> Session | Response:
    """Whoever isn't signed in, or no longer, comes to the front door; a call says so."""
    session: Session | None = pages.portal.sessions.find(request.cookies.get(COOKIE))
    if session is None:
        where = f"{FRONT}?expired=1"
        called = request.headers.get("x-call")
        return JSONResponse({"go": where}, 401) if called else go(where)
    return session


class SignIn:
    def __init__(self, portal: CaqhPortal, templates: Jinja2Templates) -> None:
        self.portal, self.templates = portal, templates

    def _page(self, request: Request, message: str = "", user: str = "") -> Response:
        return self.templates.TemplateResponse(request, "sign_in.html", {"message": message, "user": user})

    async def start(self, request: Request) -> Response:
        if "expired" in request.query_params:
            return self._page(request, EXPIRED)
        known = self.portal.sessions.find(request.cookies.get(COOKIE))
        return go("/caqh/providers") if known else self._page(request)

    async def sign_in(self, request: Request) -> Response:
        sent = await text_fields(request)
        user = sent.get("username", "").strip()
        checked = self.portal.accounts.check_password(user, sent.get("password", ""))
        if isinstance(checked, Refusal):
            self.portal.events.add("sign-in-refused", user=user, locked=checked.locked)
            return self._page(request, checked.message.replace("User ID", "username"), user)
        session = self.portal.sessions.open(user, Stage.IN)
        session.organization = checked.organizations[0] if checked.organizations else user
        self.portal.events.add("signed-in", user=user, organization=session.organization)
        answer = go("/caqh/providers")
        answer.set_cookie(COOKIE, session.token, httponly=True, samesite="lax", path="/caqh")
        return answer

    async def sign_out(self, request: Request) -> Response:
        self.portal.sessions.close(request.cookies.get(COOKIE, ""))
        return go(FRONT)
