"""What every page has, and the pages around requests: home, news, code search, eligibility, providers."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from authwright_sandbox import reference_data as known
from authwright_sandbox.aetna.form import day
from authwright_sandbox.aetna.portal import AetnaPortal
from authwright_sandbox.aetna.sign_in import COOKIE, HOME, signed_in
from authwright_sandbox.dates import show_date
from authwright_sandbox.sessions import Session, Stage

MOST_CODES = 5


class Pages:
    def __init__(self, portal: AetnaPortal, templates: Jinja2Templates) -> None:
        self.portal, self.templates = portal, templates

    def page(self, request: Request, session: Session | None, template: str, **values: object) -> Response:
        always: dict[str, object] = {
            "session": session,
            "drift": asdict(self.portal.drift) if self.portal.drift else None,
            "places": known.PLACES,
            "today": self.portal.clock.today(),
        }
        return self.templates.TemplateResponse(request, template, {**always, **values})


class Lookups(Pages):
    @signed_in
    async def home(self, request: Request, session: Session) -> Response:
        return self.page(request, session, "home.html")

    async def news(self, request: Request) -> Response:
        """Stands between the sign-in and the page that was asked for."""
        wanted = request.query_params.get("next", HOME)
        return self.page(request, None, "news.html", next=wanted if wanted.startswith("/aetna/") else HOME)

    async def code_search(self, request: Request) -> Response:
        """Open to everybody. It looks like a request and is none."""
        asked = request.query_params
        codes = [asked.get(f"code_{number}", "").strip().upper() for number in range(1, MOST_CODES + 1)]
        codes = [code for code in codes if code]
        wrong = [f"{code} is not a valid code." for code in codes if not known.is_procedure(code)]
        if asked and not codes:
            wrong.append("Enter at least one code.")
        found = self.portal.search(codes, asked.get("place", "")) if codes and not wrong else None
        session = self.portal.sessions.find(request.cookies.get(COOKIE))
        inside = session if session and session.stage is Stage.IN else None
        return self.page(
            request, inside, "code_search.html", asked=asked, wrong=wrong, found=found, most=MOST_CODES
        )

    @signed_in
    async def eligibility(self, request: Request, session: Session) -> Response:
        asked = request.query_params
        member_id = asked.get("member_id", "").strip().upper()
        born = day(asked.get("date_of_birth", ""))
        member = self.portal.members.look_up(member_id, "", show_date(born)) if member_id and born else None
        return self.page(request, session, "eligibility.html", asked=asked, member=member, born=born)

    @signed_in
    async def find_provider(self, request: Request, session: Session) -> Response:
        """The window in which a servicing provider is chosen."""
        npi = request.query_params.get("npi", "").strip()
        name = known.provider_name(npi, "servicing") if npi else None
        return self.page(request, session, "find_provider.html", npi=npi, name=name)
