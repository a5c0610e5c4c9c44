"""The identity pages: user name, password, authentication code, each a page of its own."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.accounts import Account, Refusal
from authwright_sandbox.guarded import go
from authwright_sandbox.sessions import Session, Stage
from authwright_sandbox.united.portal import UnitedPortal

COOKIE = "united_session"
USER_COOKIE = "united_user"
EXPIRED = "Your session has ended. Sign in again to continue."


async def _field(request: Request, name: str) -> str:
    value = (await request.form()).get(name, "")
    return value if isinstance(value, str) else ""


class SignIn:
    def __init__(self, portal: UnitedPortal, templates: Jinja2Templates) -> None:
        self.portal, self.templates = portal, templates

    def session(self, request: Request) -> Session | None:
        return self.portal.sessions.find(request.cookies.get(COOKIE))

    def _page(self, request: Request, template: str, **values: object) -> Response:
        return self.templates.TemplateResponse(request, template, values)

    async def start(self, request: Request) -> Response:
        """Asks for the user name; whoever is signed in already is led on."""
        ended = "ended" in request.query_params
        session = self.session(request)
        if session is not None and session.stage is not Stage.CODE and not ended:
            return go("/united/app/home")
        return self._page(request, "user.html", message=EXPIRED if ended else "")

    async def user(self, request: Request) -> Response:
        """Any name leads on to the password page: the portal doesn't say whom it knows."""
        user = (await _field(request, "username")).strip()
        if not user:
            return self._page(request, "user.html", message="Enter your username.")
        answer = go("/united/password")
        answer.set_cookie(USER_COOKIE, user, httponly=True, samesite="lax", path="/united")
        return answer

    async def password(self, request: Request) -> Response:
        user = request.cookies.get(USER_COOKIE, "")
        if not user:
            return go("/united/")
        if request.method == "GET":
            return self._page(request, "password.html", user=user)
        checked = self.portal.accounts.check_password(user, await _field(request, "password"))
        if isinstance(checked, Refusal):
            self.portal.events.add("sign-in-refused", user=user, locked=checked.locked)
            return self._page(request, "password.html", user=user, message=checked.message)
        session = self.portal.sessions.open(user, Stage.CODE)
        answer = go("/united/verify") if checked.totp_secret else self._enter(session, checked)
        answer.set_cookie(COOKIE, session.token, httponly=True, samesite="lax", path="/united")
        return answer

    async def verify(self, request: Request) -> Response:
        session = self.session(request)
        account = self.portal.accounts.get(session.user) if session else None
        if session is None or account is None:
            return go("/united/?ended=1")
        if session.stage is not Stage.CODE:
            return go("/united/app/home")
        if request.method == "GET":
            return self._page(request, "verify.html")
        refusal = self.portal.accounts.check_code(session.user, await _field(request, "code"))
        if refusal is not None and refusal.locked:
            self.portal.sessions.close(session.token)
            return self._page(request, "user.html", message=refusal.message)
        if refusal is not None:
            return self._page(request, "verify.html", message=refusal.message)
        return self._enter(session, account)

    def _enter(self, session: Session, account: Account) -> RedirectResponse:
        """In, but for the choice of a provider where that was never made."""
        known = self.portal.represented.get(account.user, "")
        session.organization = known if known in account.organizations else ""
        session.stage = Stage.IN if session.organization else Stage.ORGANIZATION
        self.portal.events.add("signed-in", user=session.user, organization=session.organization)
        return go("/united/app/home")

    async def sign_out(self, request: Request) -> Response:
        self.portal.sessions.close(request.cookies.get(COOKIE, ""))
        return go("/united/")
