"""The portal's control address: for tests and demonstrations only, never for what drives the portal."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from authwright_sandbox.answers import Turn
from authwright_sandbox.control import Control, Data, posted
from authwright_sandbox.dates import show_date
from authwright_sandbox.united.portal import UnitedPortal
from authwright_sandbox.united.requests import Request as HeldRequest


def control_routes(portal: UnitedPortal) -> list[Route]:
    control = _UnitedControl(portal)
    return [
        Route("/received", control.received),
        Route("/requests", control.requests),
        *Control(portal).routes,
        posted("/rules", control.rules),
        posted("/changes", control.changes),
        posted("/decide", control.decide),
    ]


class _UnitedControl:
    def __init__(self, portal: UnitedPortal) -> None:
        self.portal = portal

    async def received(self, request: Request) -> Response:
        return JSONResponse({"received": self.portal.received, "checks": self.portal.checks})

    async def requests(self, request: Request) -> Response:
        """Every request the payer holds, with its present status and what it is for by now."""
        return JSONResponse({"requests": [self._told(held) for held in self.portal.requests]})

    def _told(self, held: HeldRequest) -> Data:
        now = self.portal.clock.now()
        shape = held.shape_at(now)
        dates = {key: show_date(getattr(shape, key)) for key in ("start", "end", "until")}
        return {
            "reference_number": held.number,
            "organization": held.organization,
            "member_id": held.submission.member_id,
            "codes": held.submission.codes,
            "status": held.decision_at(now).status,
            **(asdict(shape) | dates),
        }

    def rules(self, data: Data) -> Data:
        self.portal.set_rules(data["rules"])
        return {"ok": True, "rules": len(self.portal.rules)}

    def changes(self, data: Data) -> Data:
        self.portal.set_changes(data["answers"])
        return {"ok": True}

    def decide(self, data: Data) -> Data:
        """A new answer from now on, for every line of one request."""
        held = self.portal.any_request(str(data["reference_number"]))
        if held is None:
            raise ValueError(f"no request {data['reference_number']}")
        held.decided = (self.portal.clock.now(), Turn.from_json(data))
        return {"status": held.decision_at(self.portal.clock.now()).status}
