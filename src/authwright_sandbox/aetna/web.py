"""The portal as an application: its pages and its static files."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from authwright_sandbox.aetna.form import day
from authwright_sandbox.aetna.pages import Lookups
from authwright_sandbox.aetna.portal import AetnaPortal
from authwright_sandbox.aetna.requests import Requests
from authwright_sandbox.aetna.sign_in import SignIn
from authwright_sandbox.aetna.wizard import Wizard
from authwright_sandbox.dates import show_date
from authwright_sandbox.faults import FaultMiddleware

HERE = Path(__file__).parent
SHARED = HERE.parent / "static"


def is_page(path: str) -> bool | None:
    """For the latency: True for what a browser loads as a page, False for a call behind it."""
    if path.startswith(("/aetna/static/", "/aetna/shared/")):
        return None
    return not path.endswith("/files")


def aetna_app(portal: AetnaPortal) -> Starlette:
    templates = Jinja2Templates(HERE / "templates")
    templates.env.filters |= {"day": show_date, "shown": lambda text: show_date(day(text))}
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    sign_in, lookups = SignIn(portal, templates), Lookups(portal, templates)
    wizard, requests = Wizard(portal, templates), Requests(portal, templates)
    draft, one = "/precertification/{key}", "/requests/{number}"
    return Starlette(
        routes=[
            Route("/", sign_in.start),
            Route("/sso", sign_in.ticket),
            Route("/log-in", sign_in.password, methods=["POST"]),
            Route("/code", sign_in.code, methods=["GET", "POST"]),
            Route("/log-out", sign_in.sign_out),
            Route("/whats-new", lookups.news),
            Route("/home", lookups.home),
            Route("/code-search", lookups.code_search),
            Route("/eligibility", lookups.eligibility),
            Route("/find-provider", lookups.find_provider),
            Route("/precertification/new", wizard.begin),
            Route(f"{draft}/files", wizard.file, methods=["POST", "DELETE"]),
            Route(f"{draft}/{{step}}", wizard.step, methods=["GET", "POST"]),
            Route("/requests", requests.search),
            Route(one, requests.detail),
            Route(f"{one}/cancel", requests.cancel),
            Route(f"{one}/{{act}}", requests.act, methods=["GET", "POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/shared", StaticFiles(directory=SHARED)),
        ],
        middleware=[Middleware(FaultMiddleware, faults=portal.faults, is_page=is_page)],
    )
