"""The portal as an application: its pages and its static files."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from authwright_sandbox.cigna.patients import Patients
from authwright_sandbox.cigna.portal import CignaPortal
from authwright_sandbox.cigna.requests import Requests
from authwright_sandbox.cigna.sign_in import SignIn
from authwright_sandbox.dates import show_date
from authwright_sandbox.faults import FaultMiddleware

HERE = Path(__file__).parent
SHARED = HERE.parent / "static"


def is_page(path: str) -> bool | None:
    """For the latency: True for what a browser loads as a page, False for a call behind it."""
    if path.startswith(("/cigna/static/", "/cigna/shared/")):
        return None
    return not path.endswith(("/check/answer", "/confirm")) and "/captcha/" not in path


def cigna_app(portal: CignaPortal) -> Starlette:
    templates = Jinja2Templates(HERE / "templates")
    templates.env.filters["day"] = show_date
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    sign_in = SignIn(portal, templates)
    patients, requests = Patients(portal, templates, sign_in), Requests(portal, templates, sign_in)
    one, patient = "/requests/{number}", "/patients/{member_id}"
    return Starlette(
        routes=[
            Route("/", sign_in.start),
            Route("/log-in", sign_in.log_in, methods=["POST"]),
            Route("/captcha/{id}/{at:int}.svg", sign_in.picture),
            Route("/captcha/{id}", sign_in.solve, methods=["POST"]),
            Route("/log-out", sign_in.sign_out),
            Route("/home", patients.home),
            Route("/search", patients.site_search),
            Route("/delegate", patients.hand_over),
            Route("/patients", patients.search),
            Route("/patients/confirm", patients.confirm, methods=["POST"]),
            Route(f"{patient}/coverage", patients.coverage),
            Route(f"{patient}/claims", patients.claims),
            Route(f"{patient}/precertification", patients.precertification),
            Route(f"{patient}/check", patients.check_page),
            Route(f"{patient}/check/answer", patients.check, methods=["POST"]),
            Route(f"{patient}/summary/{{number}}.pdf", patients.summary),
            Route(f"{patient}/request", requests.form),
            Route(f"{patient}/review", requests.review, methods=["POST"]),
            Route(f"{patient}/draft", requests.save, methods=["POST"]),
            Route("/requests", requests.submit, methods=["POST"]),
            Route(one, requests.detail),
            Route(f"{one}/letter", requests.letter),
            Route(f"{one}/letter.pdf", requests.letter),
            Route(f"{one}/{{act}}", requests.act, methods=["GET", "POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/shared", StaticFiles(directory=SHARED)),
        ],
        middleware=[Middleware(FaultMiddleware, faults=portal.faults, is_page=is_page)],
    )
