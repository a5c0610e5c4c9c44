"""What the pages of the portal have in common: who is signed in, what is always on a page."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.cigna.portal import CignaPortal, Patient
from authwright_sandbox.cigna.sign_in import SignIn
from authwright_sandbox.guarded import go, guarded
from authwright_sandbox.sessions import Session


@guarded
def signed_in(pages: "Pages", request: Request) -> Session | Response:
    """Whoever isn't signed in, or no longer, comes to the front door."""
    return pages.sign_in.session(request) or go("/cigna/?expired=1")


class Pages:
    def __init__(self, portal: CignaPortal, templates: Jinja2Templates, sign_in: SignIn) -> None:
        self.portal, self.templates, self.sign_in = portal, templates, sign_in

    def page(self, request: Request, session: Session, template: str, **values: object) -> Response:
        greets = self.portal.interstitial and not session.greeted
        session.greeted = session.greeted or greets
        always: dict[str, object] = {
            "user": session.user,
            "organization": session.organization,
            "greets": greets,
            "drift": asdict(self.portal.drift) if self.portal.drift else None,
        }
        patient = values.get("patient")
        if isinstance(patient, Patient):
            always["root"] = f"/cigna/patients/{patient.member.member_id}"
        return self.templates.TemplateResponse(request, template, {**always, **values})

    def patient(self, request: Request, session: Session) -> Patient | None:
        """The confirmed patient of this address."""
        return self.portal.patient(session.user, request.path_params["member_id"])
