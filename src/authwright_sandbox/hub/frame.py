"""What everything inside the frame shares: who is signed in, its pages, and the way of what is sent."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.faults import DropResponse, HoldPoint
from authwright_sandbox.hub.portal import HubPortal, Outcome
from authwright_sandbox.hub.sign_in import COOKIE
from authwright_sandbox.sessions import Session, Stage

_Guarded = Callable[[Any, Request, Session], Awaitable[Response]]
_Endpoint = Callable[[Any, Request], Awaitable[Response]]
LOST = "Your session has expired. Sign in again to continue."


def signed_in(handle: _Guarded) -> _Endpoint:
    """Answers a call of a browser that is not signed in, or no longer, with 401."""

    async def endpoint(self: "Frame", request: Request) -> Response:
        session = self.session(request)
        if session is None:
            return JSONResponse({"error": LOST}, 401)
        return await handle(self, request, session)

    return endpoint


class Frame:
    def __init__(self, hub: HubPortal, templates: Jinja2Templates) -> None:
        self.hub, self.templates = hub, templates

    def session(self, request: Request) -> Session | None:
        session = self.hub.sessions.find(request.cookies.get(COOKIE))
        return session if session and session.stage is Stage.IN else None

    def page(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        return self.templates.TemplateResponse(request, template, values, status)

    def drift(self) -> dict[str, Any] | None:
        return asdict(self.hub.drift) if self.hub.drift else None

    async def sent(
        self, about: str, take: Callable[[], Outcome], show: Callable[[Outcome], Response]
    ) -> Response:
        """The way of a call that sends something to the payer. `about`: the member or the request."""
        events, faults = self.hub.events, self.hub.faults
        events.add("submit-received", member_id=about)
        if not await faults.passes(HoldPoint.BEFORE, events):
            events.add("submit-dropped", member_id=about)
            return DropResponse()
        try:
            outcome = take()
        except ValueError as wrong:
            events.add("submit-refused", reason=str(wrong))
            return JSONResponse({"error": str(wrong)}, 422)
        number = outcome.request.number
        events.add("submit-accepted", reference_number=number, result=outcome.kind)
        if not await faults.passes(HoldPoint.AFTER, events):
            return DropResponse()
        events.add("submit-answered", reference_number=number)
        return show(outcome)
