"""The forms' pages and their control address."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from authwright_sandbox.control import Data, FaultControl, posted
from authwright_sandbox.faults import DropResponse, FaultMiddleware, HoldPoint
from authwright_sandbox.forms import dental
from authwright_sandbox.forms.portal import FormsPortal

TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")


def forms_app(portal: FormsPortal) -> Starlette:
    pages = _Dental(portal)
    return Starlette(
        routes=[
            Route("/", pages.form),
            Route("/dental", pages.form),
            Route("/dental/review", pages.review, methods=["POST"]),
            Route("/dental/sent", pages.sent, methods=["POST"]),
            Route("/dental/find", pages.find),
        ],
        middleware=[Middleware(FaultMiddleware, faults=portal.faults, is_page=lambda path: True)],
    )


class _Dental:
    def __init__(self, portal: FormsPortal) -> None:
        self.portal = portal

    def _page(self, request: Request, name: str, **more: object) -> Response:
        choices = {"kinds": dental.KINDS, "relations": dental.RELATIONS, "rows": dental.PROCEDURE_ROWS}
        return TEMPLATES.TemplateResponse(request, name, {**choices, **more})

    async def form(self, request: Request) -> Response:
        return self._page(request, "dental.html", mistakes=[], values={})

    async def review(self, request: Request) -> Response:
        values = dental.cleaned(dict(await request.form()))
        if found := dental.mistakes(values):
            return self._page(request, "dental.html", mistakes=found, values=values)
        key = self.portal.keep_draft(values)
        return self._page(request, "review.html", values=values, key=key, fields=dental.FIELDS)

    async def sent(self, request: Request) -> Response:
        form = await request.form()
        values = self.portal.take(str(form.get("key", "")))
        if values is None:
            return self._page(request, "again.html")
        if not await self._passes(HoldPoint.BEFORE):
            return DropResponse()
        received = self.portal.accept(values)
        if not await self._passes(HoldPoint.AFTER):
            return DropResponse()
        return self._page(
            request, "sent.html", received=received, status=received.status(self.portal.clock.now())
        )

    async def _passes(self, point: HoldPoint) -> bool:
        return await self.portal.faults.passes(point, self.portal.events)

    async def find(self, request: Request) -> Response:
        asked = request.query_params.get("subscriber", "").strip()
        found = self.portal.find(asked) if asked else []
        now = self.portal.clock.now()
        return self._page(request, "find.html", asked=asked, found=[(r, r.status(now)) for r in found])


def forms_control(portal: FormsPortal) -> list[Route]:
    """What every portal has, `received`, and `review`: after how many seconds the plan has made up its
    mind."""

    async def received(request: Request) -> Response:
        told = [{"number": r.number, "at": r.at.isoformat(), "values": r.values} for r in portal.received]
        return JSONResponse({"received": told})

    def review(data: Data) -> Data:
        portal.review_seconds = float(data["seconds"])
        return {"ok": True}

    return [Route("/received", received), *FaultControl(portal).routes, posted("/review", review)]
