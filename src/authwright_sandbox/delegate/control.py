"""The delegate's control address: for tests and demonstrations only, never for what drives the portal."""

from dataclasses import asdict
from datetime import timedelta

from starlette.routing import Route

from authwright_sandbox.answers import Turn
from authwright_sandbox.control import Data, posted
from authwright_sandbox.delegate.portal import DelegatePortal
from authwright_sandbox.payer_control import PayerControl


def control_routes(portal: DelegatePortal) -> list[Route]:
    control = _DelegateControl(portal)
    return [*control.routes, posted("/session", control.session), posted("/talks", control.talks)]


class _DelegateControl(PayerControl):
    def __init__(self, portal: DelegatePortal) -> None:
        super().__init__(portal)
        self.portal = portal

    def more(self) -> Data:
        drafts = [{"id": each.id, **each.payload()} for each in self.portal.drafts.values()]
        return {"drafts": drafts}

    def session(self, data: Data) -> Data:
        """How long an unused session lives, and how long before its end the count-down appears;
        `ends_soon`: it counts down from the next page on, until somebody says that they stay."""
        if "idle_seconds" in data:
            self.portal.sessions.idle = timedelta(seconds=float(data["idle_seconds"]))
        self.portal.ends_soon = bool(data.get("ends_soon", False))
        self.portal.warn_seconds = float(data.get("warn_seconds", self.portal.warn_seconds))
        return {"ok": True}

    def talks(self, data: Data) -> Data:
        """How a case goes on once a peer-to-peer was booked."""
        turns = [dict(turn) for turn in data["answers"]]
        self.portal.peer_turns = turns
        return {"ok": True, "answers": [asdict(Turn.from_json(turn)) for turn in turns]}
