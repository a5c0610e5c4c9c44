"""What is done with a request on its page: sending records, updating, cancelling."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from authwright_sandbox.hub.changes import open_acts
from authwright_sandbox.hub.frame import Frame, signed_in
from authwright_sandbox.sessions import Session

REASONS = ("Entered in error", "Service no longer needed", "Member changed plan")
DONE = {
    "records": "Your records were sent",
    "update": "Your update was received",
    "cancel": "The request was cancelled",
}


class Acts(Frame):
    @signed_in
    async def panel(self, request: Request, session: Session) -> Response:
        """What opens below the request's details; nothing is sent by it."""
        act, held = (
            request.path_params["act"],
            self.hub.find(session.organization, request.path_params["number"]),
        )
        if held is None or act not in open_acts(held, self.hub.clock.now()):
            return Response(status_code=404)
        return self.page(request, f"app/{act}.html", request_=held, reasons=REASONS)

    @signed_in
    async def send(self, request: Request, session: Session) -> Response:
        """The one call that sends."""
        number, act = request.path_params["number"], request.path_params["act"]
        held = self.hub.find(session.organization, number)
        if held is None:
            return JSONResponse({"error": "This authorization was not found."}, 404)
        payload: dict[str, Any] = await request.json()
        return await self.sent(
            held.submission.member_id,
            lambda: self.hub.change(session, held, act, payload),
            lambda outcome: self.page(
                request, "app/done.html", said=DONE[act], request_=held, decision=outcome.decision
            ),
        )
