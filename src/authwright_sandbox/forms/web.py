"""The forms' pages and their control address."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from authwright_sandbox.faults import FaultMiddleware
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
        received = self.portal.send(str(form.get("key", "")))
        if received is None:
            return self._page(request, "again.html")
        return self._page(
            request, "sent.html", received=received, status=received.status(self.portal.clock.now())
        )

    async def find(self, request: Request) -> Response:
        asked = request.query_params.get("subscriber", "").strip()
        found = self.portal.find(asked) if asked else []
        now = self.portal.clock.now()
        return self._page(request, "find.html", asked=asked, found=[(r, r.status(now)) for r in found])


def forms_control(portal: FormsPortal) -> list[Route]:
    """`received`, `reset`, and `review`: after how many seconds the plan has made up its mind."""

    async def received(request: Request) -> Response:
        told = [{"number": r.number, "at": r.at.isoformat(), "values": r.values} for r in portal.received]
        return JSONResponse({"received": told})

    async def reset(request: Request) -> Response:
        portal.reset()
        return JSONResponse({"ok": True})

    async def review(request: Request) -> Response:
        portal.review_seconds = float((await request.json())["seconds"])
        return JSONResponse({"ok": True})

    return [
        Route("/received", received),
        Route("/reset", reset, methods=["POST"]),
        Route("/review", review, methods=["POST"]),
    ]
