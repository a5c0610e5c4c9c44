"""The hub's control address: for tests and demonstrations only, never for what drives the portal."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from authwright_sandbox.control import Control, Data, posted
from authwright_sandbox.dates import show_date
from authwright_sandbox.hub.portal import HubPortal
from authwright_sandbox.hub.requests import Request as HubRequest
from authwright_sandbox.hub.rules import Turn


def control_routes(hub: HubPortal) -> list[Route]:
    control = _HubControl(hub)
    return [
        Route("/received", control.received),
        Route("/requests", control.requests),
        *Control(hub).routes,
        posted("/rules", control.rules),
        posted("/decide", control.decide),
        posted("/cancel", control.cancel),
    ]


class _HubControl:
    def __init__(self, hub: HubPortal) -> None:
        self.hub = hub

    async def received(self, request: Request) -> Response:
        return JSONResponse(
            {"received": self.hub.received, "drafts": self.hub.drafts, "lookups": self.hub.lookups}
        )

    async def requests(self, request: Request) -> Response:
        """Every request the payer holds, with its present status."""
        now = self.hub.clock.now()
        return JSONResponse(
            {
                "requests": [
                    {
                        "reference_number": held.number,
                        "organization": held.organization,
                        "member_id": held.submission.member_id,
                        "codes": held.submission.codes,
                        "payer": held.submission.payer,
                        "start": show_date(held.submission.start),
                        "status": held.decision_at(now).status,
                    }
                    for held in self.hub.requests
                ]
            }
        )

    def rules(self, data: Data) -> Data:
        self.hub.set_rules(data["rules"])
        return {"ok": True, "rules": len(self.hub.rules)}

    def decide(self, data: Data) -> Data:
        """A new answer from now on, for every line of one request."""
        held = self._held(data)
        held.answer(Turn.from_json(data), self.hub.clock.now())
        self.hub.on_change()
        return {"status": held.decision_at(self.hub.clock.now()).status}

    def cancel(self, data: Data) -> Data:
        held = self._held(data)
        held.cancelled_at = self.hub.clock.now()
        self.hub.on_change()
        return {"status": held.decision_at(self.hub.clock.now()).status}

    def _held(self, data: Data) -> HubRequest:
        held = self.hub.any_request(str(data["reference_number"]))
        if held is None:
            raise ValueError(f"no request {data['reference_number']}")
        return held
