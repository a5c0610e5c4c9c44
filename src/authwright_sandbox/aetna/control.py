"""The portal's control address: for tests and demonstrations only, never for what drives the portal."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from authwright_sandbox.aetna.portal import AetnaPortal
from authwright_sandbox.control import Data
from authwright_sandbox.payer_control import PayerControl


def control_routes(portal: AetnaPortal) -> list[Route]:
    control = _AetnaControl(portal)
    return [*control.routes, Route("/mail", control.mail)]


class _AetnaControl(PayerControl):
    def __init__(self, portal: AetnaPortal) -> None:
        super().__init__(portal)
        self.portal = portal

    def more(self) -> Data:
        return {"searches": [asdict(search) for search in self.portal.searches]}

    async def mail(self, request: Request) -> Response:
        """Everything that was sent by email since the last reset."""
        return JSONResponse({"mail": self.portal.mail})
