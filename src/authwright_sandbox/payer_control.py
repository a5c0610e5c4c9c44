"""The control address of a portal that is a Payer: what was received, what is held, rules and decisions."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from authwright_sandbox.control import Control, Data, posted
from authwright_sandbox.dates import show_date
from authwright_sandbox.held import Held
from authwright_sandbox.payer import Payer


class PayerControl:
    def __init__(self, payer: Payer) -> None:
        self.payer = payer

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/received", self.received),
            Route("/requests", self.requests),
            *Control(self.payer).routes,
            posted("/rules", self.rules),
            posted("/decide", self.decide),
        ]

    async def received(self, request: Request) -> Response:
        return JSONResponse({"received": self.payer.received, **self.more()})

    def more(self) -> Data:
        """What else came in: checks, drafts."""
        return {}

    async def requests(self, request: Request) -> Response:
        """Every request the payer holds, with its present status."""
        return JSONResponse({"requests": [self._told(held) for held in self.payer.requests]})

    def _told(self, held: Held) -> Data:
        return {
            "reference_number": held.number,
            "authorization_number": self.payer.authorization(held),
            "organization": held.organization,
            "member_id": held.member_id,
            "codes": held.codes,
            "start_date": show_date(held.start),
            "status": self.payer.words(held),
            "documents": [document["name"] for document in held.documents],
        }

    def rules(self, data: Data) -> Data:
        self.payer.set_rules(data["rules"])
        return {"ok": True, "rules": len(self.payer.rules)}

    def decide(self, data: Data) -> Data:
        """A new answer from now on, for every line of one request."""
        held = self.payer.any_request(str(data["reference_number"]))
        if held is None:
            raise ValueError(f"no request {data['reference_number']}")
        self.payer.restart(held, [data], whole=True)
        return {"status": self.payer.words(held)}
