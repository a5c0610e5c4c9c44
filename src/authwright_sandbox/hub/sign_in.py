"""From user ID and password over the authentication code to the organization."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.accounts import Account, Refusal
from authwright_sandbox.guarded import go
from authwright_sandbox.hub.portal import HubPortal
from authwright_sandbox.sessions import Session, Stage

COOKIE = "hub_session"
EXPIRED = "/hub/?expired=1"
NEXT_PAGE = {
    Stage.CODE: "/hub/code",
    Stage.ORGANIZATION: "/hub/organization",
    Stage.IN: "/hub/home",
}


async def field(request: Request, name: str) -> str:
    value = (await request.form()).get(name, "")
    return value if isinstance(value, str) else ""


class SignIn:
    def __init__(self, hub: HubPortal, templates: Jinja2Templates) -> None:
        self.hub, self.templates = hub, templates

    def _session(self, request: Request) -> Session | None:
        return self.hub.sessions.find(request.cookies.get(COOKIE))

    def _page(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        return self.templates.TemplateResponse(request, template, values, status)

    async def start(self, request: Request) -> Response:
        """The sign-in page; whoever is signed in already is led on, as portals do."""
        session = self._session(request)
        if session is not None and session.stage is Stage.IN and "expired" not in request.query_params:
            return go(NEXT_PAGE[Stage.IN])
        message = ""
        if "expired" in request.query_params:
            message = "Your session has expired. Sign in again to continue."
        return self._page(request, "sign_in.html", message=message)

    async def password(self, request: Request) -> Response:
        user = (await field(request, "user")).strip()
        checked = self.hub.accounts.check_password(user, await field(request, "password"))
        if isinstance(checked, Refusal):
            self.hub.events.add("sign-in-refused", user=user, locked=checked.locked)
            return self._page(request, "sign_in.html", message=checked.message, user=user)
        stage = Stage.CODE if checked.totp_secret else self._after_code(checked)
        session = self.hub.sessions.open(checked.user, stage)
        self._settle_organization(session, checked)
        answer = go(NEXT_PAGE[session.stage])
        answer.set_cookie(COOKIE, session.token, httponly=True, samesite="lax", path="/hub")
        return answer

    async def code(self, request: Request) -> Response:
        session = self._session(request)
        if session is None:
            return go(EXPIRED)
        if session.stage is not Stage.CODE:
            return go(NEXT_PAGE[session.stage])
        if request.method == "GET":
            return self._page(request, "code.html")
        refusal = self.hub.accounts.check_code(session.user, await field(request, "code"))
        if refusal is not None and refusal.locked:
            self.hub.sessions.close(session.token)
            return self._page(request, "sign_in.html", message=refusal.message)
        if refusal is not None:
            return self._page(request, "code.html", message=refusal.message)
        account = self.hub.accounts.get(session.user)
        if account is None:
            return go(EXPIRED)
        session.stage = self._after_code(account)
        self._settle_organization(session, account)
        return go(NEXT_PAGE[session.stage])

    async def organization(self, request: Request) -> Response:
        session = self._session(request)
        account = self.hub.accounts.get(session.user) if session else None
        if session is None or account is None:
            return go(EXPIRED)
        if session.stage is Stage.CODE:
            return go(NEXT_PAGE[session.stage])
        names = account.organizations
        if request.method == "GET":
            return self._page(request, "organization.html", organizations=names)
        chosen = await field(request, "organization")
        if chosen not in account.organizations:
            return self._page(
                request, "organization.html", message="Select an organization.", organizations=names
            )
        session.organization, session.stage = chosen, Stage.IN
        self.hub.events.add("signed-in", user=session.user, organization=chosen)
        return go("/hub/home")

    async def sign_out(self, request: Request) -> Response:
        self.hub.sessions.close(request.cookies.get(COOKIE, ""))
        return go("/hub/")

    @staticmethod
    def _after_code(account: Account) -> Stage:
        return Stage.ORGANIZATION if len(account.organizations) > 1 else Stage.IN

    def _settle_organization(self, session: Session, account: Account) -> None:
        """With one organization there is nothing to choose."""
        if session.stage is Stage.IN:
            session.organization = account.organizations[0] if account.organizations else account.user
            self.hub.events.add("signed-in", user=session.user, organization=session.organization)
