"""The list of practitioners, a practitioner's profile with its dialogs, the review and the attestation."""

from dataclasses import asdict
from datetime import date

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.caqh.fields import DOCUMENT_TYPES, FORMS, SECTIONS, STATES
from authwright_sandbox.caqh.portal import CaqhPortal
from authwright_sandbox.caqh.profile import Profile
from authwright_sandbox.caqh.sign_in import signed_in
from authwright_sandbox.dates import show_date
from authwright_sandbox.faults import DropResponse, HoldPoint
from authwright_sandbox.guarded import go, text_fields
from authwright_sandbox.sessions import Session
from authwright_sandbox.site import RefusedError

PROVIDERS = "/caqh/providers"


def shown_day(text: str) -> str:
    """A native date field sends 2026-12-07; what isn't one stays as it is."""
    try:
        return show_date(date.fromisoformat(text))
    except ValueError:
        return text


class Pages:
    def __init__(self, portal: CaqhPortal, templates: Jinja2Templates) -> None:
        self.portal, self.templates = portal, templates

    def _page(self, request: Request, session: Session, template: str, **values: object) -> Response:
        always: dict[str, object] = {
            "user": session.user,
            "organization": session.organization,
            "today": self.portal.today,
            "drift": asdict(self.portal.drift) if self.portal.drift else None,
            "sections": SECTIONS,
            "document_types": DOCUMENT_TYPES,
            "states": STATES,
        }
        return self.templates.TemplateResponse(request, template, {**always, **values})

    def _profile(self, request: Request) -> Profile | None:
        return self.portal.profiles.get(request.path_params["id"])

    @signed_in
    async def providers(self, request: Request, session: Session) -> Response:
        asked = request.query_params.get("q", "").strip()
        found = self.portal.search(asked)
        return self._page(request, session, "providers.html", asked=asked, found=found)

    @signed_in
    async def profile(self, request: Request, session: Session) -> Response:
        profile = self._profile(request)
        if profile is None:
            return go(PROVIDERS)
        greets = self.portal.interstitial and not session.greeted
        session.greeted = session.greeted or greets
        findings = profile.findings(self.portal.today)
        return self._page(request, session, "profile.html", profile=profile, greets=greets, findings=findings)

    @signed_in
    async def form(self, request: Request, session: Session) -> Response:
        """The inside of the dialog in which a part of the profile is changed."""
        profile, form = self._profile(request), FORMS.get(request.path_params["form"])
        if profile is None or form is None:
            return JSONResponse({"go": PROVIDERS}, 404)
        return self._page(request, session, "form.html", profile=profile, form=form)

    @signed_in
    async def upload_form(self, request: Request, session: Session) -> Response:
        return self._page(request, session, "upload.html", profile=self._profile(request))

    @signed_in
    async def save(self, request: Request, session: Session) -> Response:
        profile, key = self._profile(request), request.path_params["form"]
        if profile is None or key not in FORMS:
            return JSONResponse({"go": PROVIDERS}, 404)
        sent = {name: shown_day(value) for name, value in (await text_fields(request)).items()}
        return await self._change(session, profile, key, sent, request)

    @signed_in
    async def upload(self, request: Request, session: Session) -> Response:
        profile = self._profile(request)
        if profile is None:
            return JSONResponse({"go": PROVIDERS}, 404)
        sent = {name: shown_day(value) for name, value in (await text_fields(request)).items()}
        return await self._change(session, profile, "documents", sent, request)

    async def _change(
        self, session: Session, profile: Profile, what: str, sent: dict[str, str], request: Request
    ) -> Response:
        """Answers the call of a dialog: {} when it was taken, else what is wrong."""
        self.portal.events.add("change-received", kind=what, provider_id=profile.id)
        if not await self.portal.passes(HoldPoint.BEFORE):
            return DropResponse()
        try:
            if what == "documents":
                uploads = await self.portal.keep_files((await request.form()).getlist("file"))
                self.portal.upload(session, profile, sent, uploads)
            else:
                self.portal.save(session, profile, what, sent)
        except ValueError as wrong:
            return JSONResponse({"wrong": str(wrong)}, 422)
        self.portal.events.add("change-accepted", kind=what, provider_id=profile.id)
        return JSONResponse({}) if await self.portal.passes(HoldPoint.AFTER) else DropResponse()

    @signed_in
    async def review(self, request: Request, session: Session) -> Response:
        profile = self._profile(request)
        if profile is None:
            return go(PROVIDERS)
        findings = profile.findings(self.portal.today)
        return self._page(request, session, "review.html", profile=profile, findings=findings)

    @signed_in
    async def reviewed(self, request: Request, session: Session) -> Response:
        """A section was ticked or unticked."""
        profile = self._profile(request)
        if profile is None:
            return JSONResponse({"go": PROVIDERS}, 404)
        sent = await request.json()
        try:
            self.portal.review(profile, str(sent["section"]), bool(sent["done"]))
        except RefusedError as wrong:
            return JSONResponse({"wrong": str(wrong)}, 422)
        return JSONResponse({"ready": profile.ready(self.portal.today)})

    @signed_in
    async def attestation(self, request: Request, session: Session) -> Response:
        """The page with the statement; POST attests."""
        profile = self._profile(request)
        if profile is None:
            return go(PROVIDERS)
        if request.method == "GET":
            ready = profile.ready(self.portal.today)
            return (
                self._page(request, session, "attest.html", profile=profile)
                if ready
                else go(f"{PROVIDERS}/{profile.id}/review")
            )
        self.portal.events.add("submit-received", provider_id=profile.id)
        if not await self.portal.passes(HoldPoint.BEFORE):
            self.portal.events.add("submit-dropped", provider_id=profile.id)
            return DropResponse()
        try:
            self.portal.attest(session, profile, await text_fields(request))
        except RefusedError as wrong:
            self.portal.events.add("submit-refused", reason=str(wrong))
            return self._page(request, session, "attest.html", profile=profile, wrong=str(wrong))
        self.portal.events.add("submit-accepted", attestation_id=profile.attestation_id)
        if not await self.portal.passes(HoldPoint.AFTER):
            return DropResponse()
        self.portal.events.add("submit-answered", attestation_id=profile.attestation_id)
        return self._page(request, session, "done.html", profile=profile)
