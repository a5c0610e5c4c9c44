"""What every portal's control address offers: for tests and demonstrations only."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from json import JSONDecodeError
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from authwright_sandbox.accounts import Account, Accounts
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.drift import Drift
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Failure, Faults, HoldPoint
from authwright_sandbox.members import Member, Members
from authwright_sandbox.sessions import Sessions

Data = dict[str, Any]


class Faulty(Protocol):
    """What can be controlled from outside of every portal, one without accounts, too."""

    clock: PortalClock
    events: EventLog
    faults: Faults
    list_delay_seconds: float | None

    def reset(self) -> None: ...


class Controlled(Faulty, Protocol):
    """The parts of a portal with accounts that can be controlled from outside."""

    accounts: Accounts
    sessions: Sessions
    members: Members
    interstitial: bool
    drift: Drift | None


def posted(path: str, act: Callable[[Data], Data]) -> Route:
    """JSON in, JSON out; a wrong body answers 422."""
    return Route(path, _json_endpoint(act), methods=["POST"])


def _json_endpoint(act: Callable[[Data], Data]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            body = await request.body()
            return JSONResponse(act(await request.json() if body else {}))
        except (KeyError, TypeError, ValueError, JSONDecodeError) as wrong:
            return JSONResponse({"error": f"{type(wrong).__name__}: {wrong}"}, 422)

    return endpoint


class FaultControl:
    """Events, clock and faults; a portal adds what is its own."""

    def __init__(self, portal: Faulty) -> None:
        self.portal = portal

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/events", self.events),
            Route("/wait", self.wait),
            posted("/reset", self.reset),
            posted("/clock", self.clock),
            posted("/faults", self.faults),
            posted("/release", self.release),
        ]

    async def events(self, request: Request) -> Response:
        name = request.query_params.get("event", "")
        return JSONResponse({"events": [asdict(event) for event in self.portal.events.named(name)]})

    async def wait(self, request: Request) -> Response:
        """Answers as soon as `count` events of the name have happened since the last reset."""
        asked = request.query_params
        name, count = asked.get("event", ""), int(asked.get("count", "1"))
        reached = await self.portal.events.wait_for(name, count, float(asked.get("timeout", "20")))
        events = [asdict(event) for event in self.portal.events.named(name)]
        return JSONResponse({"reached": reached, "count": len(events), "events": events})

    def reset(self, data: Data) -> Data:
        self.portal.faults.release(accept=False)
        self.portal.faults.reset()
        self.portal.clock.reset()
        self.portal.events.clear()
        self.portal.reset()
        return {"ok": True}

    def clock(self, data: Data) -> Data:
        self.portal.clock.advance(float(data.get("advance_seconds", 0)))
        return {"now": self.portal.clock.now().isoformat()}

    def faults(self, data: Data) -> Data:
        """Each key sets one thing; an unknown key is an error, and then nothing is set."""
        unknown = set(data) - set(self._setters)
        if unknown:
            raise ValueError(f"unknown fault {sorted(unknown)}; known are {sorted(self._setters)}")
        for key, value in data.items():
            self._setters[key](value)
        return {"ok": True}

    @property
    def _setters(self) -> dict[str, Callable[[Any], None]]:
        portal, faults = self.portal, self.portal.faults
        return {
            "latency_ms": lambda value: setattr(faults, "latency_ms", int(value)),
            "fail_next": lambda value: faults.failures.append(Failure.from_json(value)),
            "hold_next": lambda value: faults.hold_next(HoldPoint(value)),
            "keep_alive": lambda value: setattr(faults, "keep_alive", bool(value)),
            "list_delay_seconds": lambda value: setattr(
                portal, "list_delay_seconds", None if value is None else float(value)
            ),
        }

    def release(self, data: Data) -> Data:
        return {"released": self.portal.faults.release(bool(data.get("accept", True)))}


class Control(FaultControl):
    """Accounts and members besides, and the faults of portals that have them."""

    portal: Controlled

    def __init__(self, portal: Controlled) -> None:
        super().__init__(portal)

    @property
    def routes(self) -> list[Route]:
        return [*super().routes, posted("/accounts", self.accounts), posted("/members", self.members)]

    def accounts(self, data: Data) -> Data:
        self.portal.accounts.replace([Account.from_json(item) for item in data["accounts"]])
        return {"ok": True}

    def members(self, data: Data) -> Data:
        for item in data["members"]:
            self.portal.members.set(Member.from_json(item))
        return {"ok": True}

    @property
    def _setters(self) -> dict[str, Callable[[Any], None]]:
        portal = self.portal

        def session_end(wanted: bool) -> None:
            if wanted:
                portal.events.add("sessions-expired", count=portal.sessions.close_all())

        def interstitial(wanted: bool) -> None:
            portal.interstitial = bool(wanted)
            if wanted:
                portal.sessions.greet_again()

        return super()._setters | {
            "expire_sessions": session_end,
            "interstitial": interstitial,
            "drift": lambda value: setattr(portal, "drift", value and Drift.from_json(value)),
            "allow_code_reuse": lambda value: setattr(portal.accounts, "allow_code_reuse", bool(value)),
        }
