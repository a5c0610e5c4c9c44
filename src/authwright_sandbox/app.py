"""The sandbox as one ASGI application: portals under their own paths, the control address beside."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Mount, Route

from authwright_sandbox.clock import PortalClock
from authwright_sandbox.portals import PORTALS, PROFILES, Settings

__all__ = ["PROFILES", "Settings", "create_app"]


def create_app(settings: Settings, clock: PortalClock | None = None) -> Starlette:
    """All portals on one clock. `app.state.<name>` is what a portal holds."""
    clock = clock or PortalClock()
    portals = {name: make(settings, clock) for name, make in PORTALS.items()}

    async def front(request: Request) -> RedirectResponse:
        return RedirectResponse("/hub/")

    async def control_index(request: Request) -> JSONResponse:
        return JSONResponse({name: [route.path for route in p.control] for name, p in portals.items()})

    app = Starlette(
        routes=[
            Route("/", front),
            Route("/control/", control_index),
            *(Mount(f"/control/{name}", routes=portal.control) for name, portal in portals.items()),
            *(Mount(f"/{name}", app=portal.app) for name, portal in portals.items()),
        ]
    )
    for name, portal in portals.items():
        setattr(app.state, name, portal.state)
    return app
