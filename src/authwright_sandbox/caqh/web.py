"""The portal as an application: its pages and its static files."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from authwright_sandbox.caqh.pages import Pages
from authwright_sandbox.caqh.portal import CaqhPortal
from authwright_sandbox.caqh.sign_in import SignIn
from authwright_sandbox.dates import parse_date, show_date
from authwright_sandbox.faults import FaultMiddleware

HERE = Path(__file__).parent
SHARED = HERE.parent / "static"


def is_page(path: str) -> bool | None:
    """For the latency: True for what a browser loads as a page, False for a call behind it."""
    if path.startswith(("/caqh/static/", "/caqh/shared/")):
        return None
    return "/parts/" not in path


def _native(text: str) -> str:
    """A date as a native date field holds it."""
    day = parse_date(text)
    return day.isoformat() if day else ""


def caqh_app(portal: CaqhPortal) -> Starlette:
    templates = Jinja2Templates(HERE / "templates")
    templates.env.filters |= {"day": show_date, "native": _native}
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    sign_in, pages = SignIn(portal, templates), Pages(portal, templates)
    one = "/providers/{id}"
    return Starlette(
        routes=[
            Route("/", sign_in.start),
            Route("/sign-in", sign_in.sign_in, methods=["POST"]),
            Route("/sign-out", sign_in.sign_out),
            Route("/providers", pages.providers),
            Route(one, pages.profile),
            Route(f"{one}/parts/documents", pages.upload_form),
            Route(f"{one}/parts/documents", pages.upload, methods=["POST"]),
            Route(f"{one}/parts/reviewed", pages.reviewed, methods=["POST"]),
            Route(f"{one}/parts/{{form}}", pages.form),
            Route(f"{one}/parts/{{form}}", pages.save, methods=["POST"]),
            Route(f"{one}/review", pages.review),
            Route(f"{one}/attest", pages.attestation, methods=["GET", "POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/shared", StaticFiles(directory=SHARED)),
        ],
        middleware=[Middleware(FaultMiddleware, faults=portal.faults, is_page=is_page)],
    )
