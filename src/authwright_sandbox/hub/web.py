"""The hub as an application: its pages, its frame, its static files."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from authwright_sandbox.dates import show_date
from authwright_sandbox.faults import FaultMiddleware
from authwright_sandbox.hub.acts import Acts
from authwright_sandbox.hub.application import Application
from authwright_sandbox.hub.lookup import Lookup
from authwright_sandbox.hub.portal import HubPortal
from authwright_sandbox.hub.shell import Shell
from authwright_sandbox.hub.sign_in import SignIn
from authwright_sandbox.tickets import Tickets

HERE = Path(__file__).parent
SHARED = HERE.parent / "static"


def is_page(path: str) -> bool | None:
    """For the latency: True for what a person sees as a page, False for a call behind it."""
    if path.startswith(("/hub/static/", "/hub/shared/")):
        return None
    return "/api/" not in path


def hub_app(hub: HubPortal, tickets: Tickets) -> Starlette:
    templates = Jinja2Templates(HERE / "templates")
    templates.env.filters["day"] = show_date
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    sign_in, shell, frame = (
        SignIn(hub, templates),
        Shell(hub, templates, tickets),
        Application(hub, templates),
    )
    acts, lookup = Acts(hub, templates), Lookup(hub, templates)
    return Starlette(
        routes=[
            Route("/", sign_in.start),
            Route("/sign-in", sign_in.password, methods=["POST"]),
            Route("/code", sign_in.code, methods=["GET", "POST"]),
            Route("/organization", sign_in.organization, methods=["GET", "POST"]),
            Route("/sign-out", sign_in.sign_out),
            Route("/home", shell.home),
            Route("/authorizations/request", shell.request),
            Route("/authorizations/dashboard", shell.dashboard),
            Route("/authorizations/referral", shell.referral),
            Route("/authorizations/required", shell.required),
            Route("/unavailable", shell.unavailable),
            Route("/spaces/aetna", shell.hand_over),
            Route("/app/request", frame.wizard),
            Route("/app/dashboard", frame.dashboard),
            Route("/app/dashboard/results", frame.results),
            Route("/app/authorizations/{number}", frame.detail),
            Route("/app/authorizations/{number}/{act}", acts.panel),
            Route("/app/api/authorizations/{number}/{act}", acts.send, methods=["POST"]),
            Route("/app/required", lookup.form),
            Route("/app/required/answer", lookup.answer, methods=["POST"]),
            Route("/app/pages/review", frame.review, methods=["POST"]),
            Route("/app/pages/{name}", frame.step),
            Route("/app/api/eligibility", frame.eligibility, methods=["POST"]),
            Route("/app/api/diagnoses", frame.diagnoses),
            Route("/app/api/procedures", frame.procedures),
            Route("/app/api/providers", frame.provider),
            Route("/app/api/attachments", frame.attach, methods=["POST"]),
            Route("/app/api/drafts", frame.draft, methods=["POST"]),
            Route("/app/api/requests", frame.submit, methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/shared", StaticFiles(directory=SHARED)),
        ],
        middleware=[Middleware(FaultMiddleware, faults=hub.faults, is_page=is_page)],
    )
