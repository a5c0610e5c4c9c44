"""The hub's control address: for tests and demonstrations only, never for what drives the portal."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from json import JSONDecodeError
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from authwright_sandbox.accounts import Account
from authwright_sandbox.drift import Drift
from authwright_sandbox.faults import Failure, HoldPoint
from authwright_sandbox.hub.eligibility import Member
from authwright_sandbox.hub.portal import HubPortal
from authwright_sandbox.hub.requests import Request as HubRequest
from authwright_sandbox.hub.rules import Turn

Data = dict[str, Any]


def control_routes(hub: HubPortal) -> list[Route]:
    control = _Control(hub)

    def posted(path: str, act: Callable[[Data], Data]) -> Route:
        return Route(path, _json_endpoint(act), methods=["POST"])

    return [
        Route("/received", control.received),
        Route("/requests", control.requests),
        Route("/events", control.events),
        Route("/wait", control.wait),
        posted("/reset", control.reset),
        posted("/rules", control.rules),
        posted("/accounts", control.accounts),
        posted("/members", control.members),
        posted("/clock", control.clock),
        posted("/faults", control.faults),
        posted("/release", control.release),
        posted("/decide", control.decide),
        posted("/cancel", control.cancel),
    ]


def _json_endpoint(act: Callable[[Data], Data]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            body = await request.body()
            return JSONResponse(act(await request.json() if body else {}))
        except (KeyError, TypeError, ValueError, JSONDecodeError) as wrong:
            return JSONResponse({"error": f"{type(wrong).__name__}: {wrong}"}, 422)

    return endpoint


class _Control:
    def __init__(self, hub: HubPortal) -> None:
        self.hub = hub

    async def received(self, request: Request) -> Response:
        return JSONResponse({"received": self.hub.received, "drafts": self.hub.drafts})

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
                        "status": held.decision_at(now).status,
                    }
                    for held in self.hub.requests
                ]
            }
        )

    async def events(self, request: Request) -> Response:
        name = request.query_params.get("event", "")
        return JSONResponse({"events": [asdict(event) for event in self.hub.events.named(name)]})

    async def wait(self, request: Request) -> Response:
        """Answers as soon as `count` events of the name have happened since the last reset."""
        asked = request.query_params
        name, count = asked.get("event", ""), int(asked.get("count", "1"))
        reached = await self.hub.events.wait_for(name, count, float(asked.get("timeout", "20")))
        events = [asdict(event) for event in self.hub.events.named(name)]
        return JSONResponse({"reached": reached, "count": len(events), "events": events})

    def reset(self, data: Data) -> Data:
        self.hub.faults.release(accept=False)
        self.hub.faults.reset()
        self.hub.clock.reset()
        self.hub.events.clear()
        self.hub.reset()
        return {"ok": True}

    def rules(self, data: Data) -> Data:
        self.hub.set_rules(data["rules"])
        return {"ok": True, "rules": len(self.hub.rules)}

    def accounts(self, data: Data) -> Data:
        self.hub.accounts.replace([Account.from_json(item) for item in data["accounts"]])
        return {"ok": True}

    def members(self, data: Data) -> Data:
        for item in data["members"]:
            self.hub.members.set(Member.from_json(item))
        return {"ok": True}

    def clock(self, data: Data) -> Data:
        self.hub.clock.advance(float(data.get("advance_seconds", 0)))
        return {"now": self.hub.clock.now().isoformat()}

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
        hub, faults = self.hub, self.hub.faults

        def session_end(wanted: bool) -> None:
            if wanted:
                hub.events.add("sessions-expired", count=hub.sessions.close_all())

        def interstitial(wanted: bool) -> None:
            hub.interstitial = bool(wanted)
            if wanted:
                hub.sessions.greet_again()

        return {
            "latency_ms": lambda value: setattr(faults, "latency_ms", int(value)),
            "fail_next": lambda value: faults.failures.append(Failure.from_json(value)),
            "hold_next": lambda value: faults.hold_next(HoldPoint(value)),
            "keep_alive": lambda value: setattr(faults, "keep_alive", bool(value)),
            "expire_sessions": session_end,
            "list_delay_seconds": lambda value: setattr(
                hub, "list_delay_seconds", None if value is None else float(value)
            ),
            "interstitial": interstitial,
            "drift": lambda value: setattr(hub, "drift", value and Drift.from_json(value)),
            "allow_code_reuse": lambda value: setattr(hub.accounts, "allow_code_reuse", bool(value)),
        }

    def release(self, data: Data) -> Data:
        return {"released": self.hub.faults.release(bool(data.get("accept", True)))}

    def decide(self, data: Data) -> Data:
        """A new answer from now on, for every line of one request."""
        held = self._held(data)
        now = (self.hub.clock.now() - held.accepted_at).total_seconds()
        turn = Turn.from_json({**data, "after_seconds": now})
        held.courses = tuple(
            (*(old for old in course if old.after_seconds < now), turn) for course in held.courses
        )
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
