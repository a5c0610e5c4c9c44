"""The sandbox as one ASGI application: portals under their own paths, the control address beside."""

from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Mount, Route

from authwright_sandbox.clock import PortalClock
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults
from authwright_sandbox.hub.control import control_routes
from authwright_sandbox.hub.memory import Memory
from authwright_sandbox.hub.portal import HubPortal
from authwright_sandbox.hub.web import hub_app

PROFILES = {"none": (0, 0), "ordinary": (400, 100)}


@dataclass(frozen=True, slots=True)
class Settings:
    """`profile` is one of PROFILES: milliseconds a page and a call."""

    profile: str = "none"
    settle_seconds: float = 2.0
    seed: int = 7
    log_file: Path | None = None
    state_file: Path | None = None


def create_hub(settings: Settings, clock: PortalClock | None = None) -> HubPortal:
    clock = clock or PortalClock()
    faults = Faults(PROFILES[settings.profile], settings.seed)
    return HubPortal(clock, EventLog(settings.log_file), faults, settings.settle_seconds)


def create_app(settings: Settings, clock: PortalClock | None = None) -> Starlette:
    hub = create_hub(settings, clock)
    if settings.state_file:
        Memory(settings.state_file, hub)

    async def front(request: Request) -> RedirectResponse:
        return RedirectResponse("/hub/")

    async def control_index(request: Request) -> JSONResponse:
        return JSONResponse({"hub": [route.path for route in control_routes(hub)]})

    app = Starlette(
        routes=[
            Route("/", front),
            Route("/control/", control_index),
            Mount("/control/hub", routes=control_routes(hub)),
            Mount("/hub", app=hub_app(hub)),
        ]
    )
    app.state.hub = hub
    return app
