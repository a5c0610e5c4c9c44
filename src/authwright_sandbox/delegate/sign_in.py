"""The way in: user name and password of the delegate's own accounts, then a notice now and then."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.accounts import Refusal
from authwright_sandbox.delegate.portal import DelegatePortal
from authwright_sandbox.guarded import go, guarded, text_fields
from authwright_sandbox.sessions import Session, Stage

COOKIE = "delegate_session"
ENDED = "Your session has ended. Sign in again."


@guarded
def signed_in(pages: "Pages", request: Request) -> Session | Response:
    """A page in a frame sends the whole window to the front door once the session has ended."""
    session = pages.session(request)
    return session or pages.templates.TemplateResponse(request, "ended.html", {})


class Pages:
    def __init__(self, portal: DelegatePortal, templates: Jinja2Templates) -> None:
        self.portal, self.templates = portal, templates

    def session(self, request: Request) -> Session | None:
        return self.portal.sessions.find(request.cookies.get(COOKIE))

    def page(self, request: Request, template: str, **values: object) -> Response:
        drift = asdict(self.portal.drift) if self.portal.drift else None
        return self.templates.TemplateResponse(request, template, {"drift": drift, **values})


class SignIn(Pages):
    async def start(self, request: Request) -> Response:
        if "ended" in request.query_params:
            return self.page(request, "sign_in.html", message=ENDED)
        return go("/delegate/desk") if self.session(request) else self.page(request, "sign_in.html")

    async def password(self, request: Request) -> Response:
        sent = await text_fields(request)
        user = sent.get("user", "").strip()
        checked = self.portal.accounts.check_password(user, sent.get("password", ""))
        if isinstance(checked, Refusal):
            self.portal.events.add("sign-in-refused", user=user, locked=checked.locked)
            return self.page(request, "sign_in.html", message=checked.message, user=user)
        session = self.portal.sessions.open(user, Stage.IN)
        session.organization = checked.organizations[0] if checked.organizations else user
        self.portal.events.add("signed-in", user=user, organization=session.organization)
        answer = go("/delegate/desk")
        answer.set_cookie(COOKIE, session.token, httponly=True, samesite="lax", path="/delegate")
        return answer

    @signed_in
    async def notice(self, request: Request, session: Session) -> Response:
        return self.page(request, "notice.html")

    @signed_in
    async def desk(self, request: Request, session: Session) -> Response:
        """The outermost page: the header, the count-down, and a frame for everything else."""
        if self.portal.interstitial and not session.greeted:
            session.greeted = True
            return go("/delegate/notice")
        warn = self.portal.warn_seconds
        return self.page(
            request, "desk.html", user=session.user, organization=session.organization, warn=warn
        )

    @signed_in
    async def main(self, request: Request, session: Session) -> Response:
        return self.page(request, "main.html")

    @signed_in
    async def welcome(self, request: Request, session: Session) -> Response:
        return self.page(request, "welcome.html")

    async def left(self, request: Request) -> Response:
        """How many seconds the session has left; asking doesn't keep it alive, posting does."""
        token = request.cookies.get(COOKIE)
        if request.method == "POST":
            self.portal.sessions.find(token)
            self.portal.ends_soon = False
        left = self.portal.sessions.seconds_left(token)
        if self.portal.ends_soon:
            left = min(left, self.portal.warn_seconds / 2)
        return JSONResponse({"seconds": left})

    async def sign_out(self, request: Request) -> Response:
        self.portal.sessions.close(request.cookies.get(COOKIE, ""))
        return go("/delegate/")
