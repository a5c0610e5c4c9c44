"""The delegate's portal as an application: a page, a frame in it, and a frame in that."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from authwright_sandbox.dates import show_date
from authwright_sandbox.delegate.history import History
from authwright_sandbox.delegate.portal import DelegatePortal
from authwright_sandbox.delegate.sign_in import SignIn
from authwright_sandbox.delegate.wizard import Wizard
from authwright_sandbox.faults import FaultMiddleware

HERE = Path(__file__).parent
SHARED = HERE.parent / "static"


def is_page(path: str) -> bool | None:
    """For the latency: the innermost frame's pages count, what is around them doesn't."""
    if path.startswith(("/delegate/static/", "/delegate/shared/")) or path in (
        "/delegate/left",
        "/delegate/main",
    ):
        return None
    return True


def delegate_app(portal: DelegatePortal) -> Starlette:
    templates = Jinja2Templates(HERE / "templates")
    templates.env.filters["day"] = show_date
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    sign_in, wizard = SignIn(portal, templates), Wizard(portal, templates)
    history = History(portal, templates)
    both = ["GET", "POST"]
    draft, case = "/desk/drafts/{id}", "/desk/cases/{number}"
    return Starlette(
        routes=[
            Route("/", sign_in.start),
            Route("/sign-in", sign_in.password, methods=["POST"]),
            Route("/notice", sign_in.notice),
            Route("/desk", sign_in.desk),
            Route("/main", sign_in.main),
            Route("/left", sign_in.left, methods=both),
            Route("/sign-out", sign_in.sign_out),
            Route("/desk/welcome", sign_in.welcome),
            Route("/desk/start", wizard.start, methods=both),
            Route(draft, wizard.resume),
            Route(f"{draft}/discard", wizard.discard, methods=["POST"]),
            Route(f"{draft}/submit", wizard.submit, methods=["POST"]),
            Route(f"{draft}/{{step}}", wizard.step, methods=both),
            Route("/desk/history", history.cases),
            Route(case, history.detail),
            Route(f"{case}/letter.pdf", history.letter),
            Route(f"{case}/{{act}}", history.act, methods=both),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/shared", StaticFiles(directory=SHARED)),
        ],
        middleware=[Middleware(FaultMiddleware, faults=portal.faults, is_page=is_page)],
    )
