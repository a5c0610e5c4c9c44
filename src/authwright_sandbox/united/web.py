"""The portal as an application: identity pages, the shell of the single page, calls, static files."""

from dataclasses import asdict
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from authwright_sandbox.faults import FaultMiddleware
from authwright_sandbox.guarded import go
from authwright_sandbox.sessions import Stage
from authwright_sandbox.united.api import Api
from authwright_sandbox.united.portal import UnitedPortal
from authwright_sandbox.united.sign_in import SignIn

HERE = Path(__file__).parent
SHARED = HERE.parent / "static"


def is_page(path: str) -> bool | None:
    """For the latency: True for what a browser loads as a page, False for a call behind it."""
    if path.startswith(("/united/static/", "/united/shared/")):
        return None
    return "/api/" not in path


def united_app(portal: UnitedPortal) -> Starlette:
    templates = Jinja2Templates(HERE / "templates")
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    sign_in, api = SignIn(portal, templates), Api(portal)

    async def shell(request: Request) -> Response:
        """Every address of the single page application is the same page."""
        session = sign_in.session(request)
        if session is None:
            return go("/united/?ended=1")
        if session.stage is Stage.CODE:
            return go("/united/verify")
        drift = asdict(portal.drift) if portal.drift else None
        return templates.TemplateResponse(request, "app.html", {"drift": drift})

    return Starlette(
        routes=[
            Route("/", sign_in.start),
            Route("/username", sign_in.user, methods=["POST"]),
            Route("/password", sign_in.password, methods=["GET", "POST"]),
            Route("/verify", sign_in.verify, methods=["GET", "POST"]),
            Route("/sign-out", sign_in.sign_out),
            Route("/api/who", api.who),
            Route("/api/represent", api.represent, methods=["POST"]),
            Route("/api/lists", api.lists),
            Route("/api/members", api.member),
            Route("/api/diagnoses", api.diagnoses),
            Route("/api/procedures", api.procedures),
            Route("/api/providers", api.provider),
            Route("/api/questions", api.questions),
            Route("/api/checks", api.check, methods=["POST"]),
            Route("/api/attachments", api.attach, methods=["POST"]),
            Route("/api/requests", api.submit, methods=["POST"]),
            Route("/api/requests", api.search),
            Route("/api/requests/{number}", api.one),
            Route("/api/requests/{number}/confirmation.pdf", api.confirmation),
            Route("/api/requests/{number}/{act}", api.act, methods=["POST"]),
            Route("/api/letters", api.letters),
            Route("/api/letters/{id}", api.letter),
            Route("/app/{path:path}", shell),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/shared", StaticFiles(directory=SHARED)),
        ],
        middleware=[Middleware(FaultMiddleware, faults=portal.faults, is_page=is_page)],
    )
