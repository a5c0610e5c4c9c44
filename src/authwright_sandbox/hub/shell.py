"""The hub around the application: top bar, mega menu, home page, frames."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.guarded import go
from authwright_sandbox.hub.portal import HubPortal
from authwright_sandbox.hub.sign_in import COOKIE, EXPIRED, NEXT_PAGE
from authwright_sandbox.sessions import Session, Stage
from authwright_sandbox.tickets import Holder, Tickets


class Shell:
    def __init__(self, hub: HubPortal, templates: Jinja2Templates, tickets: Tickets) -> None:
        self.hub, self.templates, self.tickets = hub, templates, tickets

    async def home(self, request: Request) -> Response:
        return self._page(request, "home.html")

    async def request(self, request: Request) -> Response:
        return self._page(request, "framed.html", title="Authorization Request", frame="/hub/app/request")

    async def dashboard(self, request: Request) -> Response:
        return self._page(request, "framed.html", title="Authorization Dashboard", frame="/hub/app/dashboard")

    async def required(self, request: Request) -> Response:
        title = "Is Auth/Referral Required?"
        return self._page(request, "framed.html", title=title, frame="/hub/app/required")

    async def referral(self, request: Request) -> Response:
        text = "Your organization is not set up for referral requests."
        return self._page(request, "unavailable.html", title="Referral Request", text=text)

    async def unavailable(self, request: Request) -> Response:
        title = request.query_params.get("page", "Page")
        text = "This page is not available to your organization."
        return self._page(request, "unavailable.html", title=title, text=text)

    async def hand_over(self, request: Request) -> Response:
        """Into a payer's own portal, in a new tab, without another sign-in."""
        session = self.hub.sessions.find(request.cookies.get(COOKIE))
        if session is None or session.stage is not Stage.IN:
            return go(EXPIRED)
        ticket = self.tickets.issue(Holder(session.user, session.organization))
        self.hub.events.add("handed-over", user=session.user, to="aetna")
        return go(f"/aetna/sso?ticket={ticket}")

    def _page(self, request: Request, template: str, **values: object) -> Response:
        session = self.hub.sessions.find(request.cookies.get(COOKIE))
        if session is None:
            return go(EXPIRED if COOKIE in request.cookies else "/hub/")
        if session.stage is not Stage.IN:
            return go(NEXT_PAGE[session.stage])
        values |= {"session": session, "greet": self._greets(session), "today": self.hub.clock.today()}
        return self.templates.TemplateResponse(request, template, values)

    def _greets(self, session: Session) -> bool:
        """Whether the important update is still to be shown; once a session."""
        greets = self.hub.interstitial and not session.greeted
        session.greeted = True
        return greets
