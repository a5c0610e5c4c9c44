"""What runs inside the frame: the request's wizard and its calls, the dashboard, the detail page."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from authwright_sandbox import reference_data as known
from authwright_sandbox.hub.changes import PHONE, by_phone, open_acts
from authwright_sandbox.hub.frame import Frame, signed_in
from authwright_sandbox.hub.portal import LISTED, Search
from authwright_sandbox.hub.requests import NOTES_LIMIT, PAYERS, REQUEST_TYPES, Submission
from authwright_sandbox.hub.rules import STATUS_WORDS
from authwright_sandbox.sessions import Session

WIZARD_PAGES = ("patient", "services", "providers", "attachments")


def _suggestions(found: list[tuple[str, str]]) -> Response:
    return JSONResponse([{"code": code, "text": text} for code, text in found])


class Application(Frame):
    async def wizard(self, request: Request) -> Response:
        template = "app/wizard.html" if self.session(request) else "app/expired.html"
        return self.page(request, template, drift=self.drift())

    @signed_in
    async def step(self, request: Request, session: Session) -> Response:
        """One page of the wizard, to be put into the frame's document."""
        name = request.path_params["name"]
        if name not in WIZARD_PAGES:
            return Response(status_code=404)
        return self.page(
            request,
            f"app/{name}.html",
            payers=PAYERS,
            request_types=REQUEST_TYPES,
            places=known.PLACES,
            notes_limit=NOTES_LIMIT,
            today=self.hub.clock.today(),
        )

    @signed_in
    async def review(self, request: Request, session: Session) -> Response:
        payload = await request.json()
        try:
            submission = Submission.from_payload(payload)
        except ValueError as wrong:
            return JSONResponse({"error": str(wrong)}, 422)
        uploads = [self.hub.uploads.get(upload) for upload in payload.get("attachments", ())]
        return self.page(
            request,
            "app/review.html",
            form=payload,
            lines=submission.lines,
            place=dict(known.PLACES)[payload["place_of_service"]],
            names={
                role: known.provider_name(payload[role]["npi"], role)
                for role in ("requesting", "rendering", "facility")
            },
            attachments=[upload for upload in uploads if upload],
        )

    @signed_in
    async def eligibility(self, request: Request, session: Session) -> Response:
        form = await request.json()
        member = self.hub.members.look_up(form["member_id"], form["last_name"], form["date_of_birth"])
        if member is None:
            return JSONResponse({"error": "Member not found"}, 404)
        state = "Active coverage" if member.active else "Coverage not active on this date"
        text = (
            f"Eligibility: {state}. Member {member.member_id}, plan {member.plan}. "
            "This is not a guarantee of payment."
        )
        return JSONResponse({"active": member.active, "text": text})

    @signed_in
    async def diagnoses(self, request: Request, session: Session) -> Response:
        return _suggestions(known.suggest_diagnoses(request.query_params.get("q", "")))

    @signed_in
    async def procedures(self, request: Request, session: Session) -> Response:
        return _suggestions(known.suggest_procedures(request.query_params.get("q", "")))

    @signed_in
    async def provider(self, request: Request, session: Session) -> Response:
        asked = request.query_params
        name = known.provider_name(asked.get("npi", "").strip(), asked.get("role", ""))
        if name is None:
            return JSONResponse({"error": "No provider found for this NPI"}, 404)
        return JSONResponse({"name": name})

    @signed_in
    async def attach(self, request: Request, session: Session) -> Response:
        file = (await request.form()).get("file")
        if not isinstance(file, UploadFile):
            return JSONResponse({"error": "No file"}, 422)
        try:
            upload = self.hub.uploads.add(file.filename or "", await file.read())
        except ValueError as wrong:
            return JSONResponse({"error": str(wrong)}, 422)
        return JSONResponse({"id": upload.id, "name": upload.name, "size": upload.size})

    @signed_in
    async def draft(self, request: Request, session: Session) -> Response:
        self.hub.drafts.append(await request.json())
        self.hub.events.add("draft-saved")
        return JSONResponse({"text": "Draft saved. It has not been submitted."})

    @signed_in
    async def submit(self, request: Request, session: Session) -> Response:
        """The one call that sends. What comes back is the answer page; it can't be asked for again."""
        payload: dict[str, Any] = await request.json()
        return await self.sent(
            payload.get("member_id", ""),
            lambda: self.hub.submit(session, payload),
            lambda outcome: self.page(request, "app/answer.html", outcome=outcome, request_=outcome.request),
        )

    async def dashboard(self, request: Request) -> Response:
        if not self.session(request):
            return self.page(request, "app/expired.html")
        statuses = sorted(STATUS_WORDS.values())
        return self.page(request, "app/dashboard.html", statuses=statuses, drift=self.drift())

    @signed_in
    async def results(self, request: Request, session: Session) -> Response:
        asked = request.query_params
        search = Search(
            **{
                key: asked.get(key, "").strip()
                for key in ("member_id", "reference_number", "last_name", "status")
            }
        )
        rows = self.hub.listed(session.organization, search)
        shown = rows if search.echo else rows[:LISTED]
        return self.page(
            request,
            "app/results.html",
            rows=shown,
            total=len(rows),
            search=search,
            organization=session.organization,
        )

    async def detail(self, request: Request) -> Response:
        session = self.session(request)
        if session is None:
            return self.page(request, "app/expired.html")
        found = self.hub.find(session.organization, request.path_params["number"])
        if found is None:
            return self.page(request, "app/missing.html", 404)
        now = self.hub.clock.now()
        return self.page(
            request,
            "app/detail.html",
            request_=found,
            decision=found.decision_at(now),
            acts=open_acts(found, now),
            call=by_phone(found, now),
            phone=PHONE,
            drift=self.drift(),
        )
