"""The portal's control address: for tests and demonstrations only, never for what drives the portal."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from authwright_sandbox.answers import Turn
from authwright_sandbox.cigna.portal import CignaPortal
from authwright_sandbox.control import Data, posted
from authwright_sandbox.payer_control import PayerControl


def control_routes(portal: CignaPortal) -> list[Route]:
    control = _CignaControl(portal)
    return [
        *control.routes,
        Route("/captcha", control.challenges),
        posted("/captcha", control.captcha),
        posted("/delegated", control.delegated),
        posted("/appeals", control.appeals),
        posted("/refuse", control.refuse),
    ]


class _CignaControl(PayerControl):
    def __init__(self, portal: CignaPortal) -> None:
        super().__init__(portal)
        self.portal = portal

    def more(self) -> Data:
        return {"checks": [asdict(check) for check in self.portal.checks], "drafts": self.portal.saved}

    async def challenges(self, request: Request) -> Response:
        """The open pictures and which of them are right: what a person sees at a glance."""
        challenges = self.portal.captcha.challenges.values()
        told = [{"id": each.id, "wanted": each.wanted, "tiles": each.right} for each in challenges]
        return JSONResponse({"challenges": told})

    def captcha(self, data: Data) -> Data:
        """`after` so many sign-ins from now; null: never."""
        captcha, after = self.portal.captcha, data["after"]
        captcha.after = None if after is None else captcha.sign_ins + int(after)
        return {"due": captcha.due}

    def delegated(self, data: Data) -> Data:
        self.portal.delegated = {str(code) for code in data["codes"]}
        return {"ok": True}

    def appeals(self, data: Data) -> Data:
        turns = [dict(turn) for turn in data["answers"]]
        for turn in turns:
            Turn.from_json(turn)
        self.portal.appeal_turns = turns
        return {"ok": True}

    def refuse(self, data: Data) -> Data:
        """The next submission begins no request, though its page says "received"."""
        self.portal.refuse_next = str(data["reason"])
        return {"ok": True}
