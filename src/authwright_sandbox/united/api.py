"""The calls behind the single page application."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from authwright_sandbox import reference_data as known
from authwright_sandbox.faults import DropResponse, HoldPoint
from authwright_sandbox.pdf import pdf
from authwright_sandbox.sessions import Session, Stage
from authwright_sandbox.united import letters, shown
from authwright_sandbox.united.form import (
    CANCEL_REASONS,
    MOST_DIAGNOSES,
    MOST_PROCEDURES,
    PRIORITIES,
    SERVICE_TYPES,
)
from authwright_sandbox.united.portal import RefusedError, UnitedPortal
from authwright_sandbox.united.questions import questions_for
from authwright_sandbox.united.requests import Request as HeldRequest
from authwright_sandbox.united.sign_in import COOKIE

_Guarded = Callable[["Api", Request, Session], Awaitable[Response]]
_Endpoint = Callable[["Api", Request], Awaitable[Response]]
_Act = Callable[[UnitedPortal, Session, HeldRequest, dict[str, Any]], object]

ENDED = "Your session has ended. Sign in again to continue."


def _refuse(text: str, status: int = 422) -> JSONResponse:
    return JSONResponse({"error": text}, status)


def _signed_in(handle: _Guarded) -> _Endpoint:
    """401 for a browser that is not signed in, or no longer; 409 until a provider was chosen."""

    async def endpoint(self: "Api", request: Request) -> Response:
        session = self.session(request)
        if session is None:
            return _refuse(ENDED, 401)
        if session.stage is not Stage.IN:
            return _refuse("Choose the provider that you represent.", 409)
        return await handle(self, request, session)

    return endpoint


class Api:
    def __init__(self, portal: UnitedPortal) -> None:
        self.portal = portal

    def session(self, request: Request) -> Session | None:
        session = self.portal.sessions.find(request.cookies.get(COOKIE))
        return session if session and session.stage is not Stage.CODE else None

    async def who(self, request: Request) -> Response:
        """The signed-in user, the providers to choose from, and whether the survey is to be shown."""
        session = self.session(request)
        account = self.portal.accounts.get(session.user) if session else None
        if session is None or account is None:
            return _refuse(ENDED, 401)
        greets = session.stage is Stage.IN and self.portal.interstitial and not session.greeted
        session.greeted = session.greeted or greets
        return JSONResponse(
            {
                "user": session.user,
                "provider": session.organization,
                "providers": account.organizations,
                "greet": greets,
                "today": self.portal.clock.today().isoformat(),
            }
        )

    async def represent(self, request: Request) -> Response:
        session = self.session(request)
        account = self.portal.accounts.get(session.user) if session else None
        if session is None or account is None:
            return _refuse(ENDED, 401)
        chosen = (await request.json()).get("provider")
        if chosen not in account.organizations:
            return _refuse("Select a provider.")
        session.organization = self.portal.represented[session.user] = chosen
        session.stage = Stage.IN
        self.portal.events.add("provider-chosen", user=session.user, organization=chosen)
        return JSONResponse({"provider": chosen})

    @_signed_in
    async def lists(self, request: Request, session: Session) -> Response:
        return JSONResponse(
            {
                "places": [f"{code} - {name}" for code, name in known.PLACES],
                "service_types": SERVICE_TYPES,
                "priorities": PRIORITIES,
                "cancel_reasons": CANCEL_REASONS,
                "most_diagnoses": MOST_DIAGNOSES,
                "most_procedures": MOST_PROCEDURES,
            }
        )

    @_signed_in
    async def member(self, request: Request, session: Session) -> Response:
        asked = request.query_params
        found = self.portal.members.look_up(
            asked.get("id", ""), asked.get("last_name", ""), asked.get("born", "")
        )
        if found is None:
            return _refuse("We could not find this member. Check the Member ID and the Date of Birth.", 404)
        state = "Active" if found.active else "Not active"
        return JSONResponse({"member_id": found.member_id, "plan": found.plan, "coverage": state})

    @_signed_in
    async def diagnoses(self, request: Request, session: Session) -> Response:
        return JSONResponse([text for _, text in known.suggest_diagnoses(request.query_params.get("q", ""))])

    @_signed_in
    async def procedures(self, request: Request, session: Session) -> Response:
        return JSONResponse([text for _, text in known.suggest_procedures(request.query_params.get("q", ""))])

    @_signed_in
    async def provider(self, request: Request, session: Session) -> Response:
        asked = request.query_params
        name = known.provider_name(asked.get("npi", "").strip(), asked.get("role", ""))
        return JSONResponse({"name": name}) if name else _refuse("No provider was found for this NPI.", 404)

    @_signed_in
    async def questions(self, request: Request, session: Session) -> Response:
        codes = request.query_params.get("codes", "").split(",")
        return JSONResponse([question.to_json() for question in questions_for(codes)])

    @_signed_in
    async def check(self, request: Request, session: Session) -> Response:
        try:
            checked = self.portal.check(session, await request.json())
        except ValueError as wrong:
            return _refuse(str(wrong))
        lines = [
            {"code": code, "text": "Prior authorization is required" if required else "Not required"}
            for code, required in checked.lines
        ]
        return JSONResponse({"lines": lines, "decision_id": checked.decision_id})

    @_signed_in
    async def attach(self, request: Request, session: Session) -> Response:
        file = (await request.form()).get("file")
        if not isinstance(file, UploadFile):
            return _refuse("No file")
        try:
            upload = self.portal.uploads.add(file.filename or "", await file.read())
        except ValueError as wrong:
            return _refuse(str(wrong))
        return JSONResponse({"id": upload.id, "name": upload.name})

    @_signed_in
    async def submit(self, request: Request, session: Session) -> Response:
        """The one call that begins a request."""
        payload: dict[str, Any] = await request.json()
        self.portal.events.add("submit-received", member_id=payload.get("member_id"))
        if not await self.portal.faults.passes(HoldPoint.BEFORE, self.portal.events):
            self.portal.events.add("submit-dropped", member_id=payload.get("member_id"))
            return DropResponse()
        try:
            result, held = self.portal.submit(session, payload)
        except ValueError as wrong:
            self.portal.events.add("submit-refused", reason=str(wrong))
            return _refuse(str(wrong))
        self.portal.events.add("submit-accepted", reference_number=held.number, result=result)
        if not await self.portal.faults.passes(HoldPoint.AFTER, self.portal.events):
            return DropResponse()
        self.portal.events.add("submit-answered", reference_number=held.number)
        decision = held.decision_at(self.portal.clock.now())
        return JSONResponse(shown.answer(result, held, decision))

    @_signed_in
    async def search(self, request: Request, session: Session) -> Response:
        """Rows as of a while ago. Without anything asked: the dashboard's, which are all."""
        number = request.query_params.get("number", "").strip().upper()
        member_id = request.query_params.get("member_id", "").strip().upper()

        def fits(held: HeldRequest) -> bool:
            return number in ("", held.number) and member_id in ("", held.submission.member_id)

        as_of = self.portal.clock.now() - self.portal.lag
        rows = [shown.row(held, as_of) for held in self.portal.listed(session.organization, fits)]
        return JSONResponse({"rows": rows})

    def _found(self, request: Request, session: Session) -> HeldRequest | None:
        return self.portal.find(session.organization, request.path_params["number"])

    @_signed_in
    async def one(self, request: Request, session: Session) -> Response:
        held = self._found(request, session)
        if held is None:
            return _refuse("This prior authorization was not found.", 404)
        return JSONResponse(shown.page(held, self.portal.clock.now(), self.portal.actions(held)))

    @_signed_in
    async def confirmation(self, request: Request, session: Session) -> Response:
        held = self._found(request, session)
        if held is None:
            return _refuse("This prior authorization was not found.", 404)
        lines = letters.confirmation(held, self.portal.clock.now())
        return _pdf(lines, f"confirmation-{held.number}.pdf")

    @_signed_in
    async def letters(self, request: Request, session: Session) -> Response:
        """The newest first; the other folders are empty."""
        now = self.portal.clock.now()
        found = [letters.letter_of(held, now) for held in self.portal.listed(session.organization)]
        rows = [
            {"id": letter.id, "title": letter.title, **shown.row(letter.request, now)}
            for letter in found
            if letter
        ]
        return JSONResponse({"folders": letters.FOLDERS, "letters": rows})

    @_signed_in
    async def letter(self, request: Request, session: Session) -> Response:
        number = "A" + request.path_params["id"][1:]
        held = self.portal.find(session.organization, number)
        letter = letters.letter_of(held, self.portal.clock.now()) if held else None
        if letter is None:
            return _refuse("This letter was not found.", 404)
        return _pdf(letter.lines(), f"{letter.id}.pdf")

    @_signed_in
    async def act(self, request: Request, session: Session) -> Response:
        """Answers a request for documents, changes, extends or cancels what is there. Held and recorded
        as a submission is."""
        kind, held = request.path_params["act"], self._found(request, session)
        payload: dict[str, Any] = await request.json()
        if held is None or kind not in _ACTS:
            return _refuse("This prior authorization was not found.", 404)
        self.portal.events.add("change-received", kind=kind, reference_number=held.number)
        if not await self.portal.faults.passes(HoldPoint.BEFORE, self.portal.events):
            return DropResponse()
        try:
            _ACTS[kind](self.portal, session, held, payload)
        except RefusedError as wrong:
            return _refuse(str(wrong))
        self.portal.events.add("change-accepted", kind=kind, reference_number=held.number)
        if not await self.portal.faults.passes(HoldPoint.AFTER, self.portal.events):
            return DropResponse()
        return JSONResponse(shown.page(held, self.portal.clock.now(), self.portal.actions(held)))


_ACTS: dict[str, _Act] = {
    "respond": UnitedPortal.respond,
    "update": lambda portal, who, held, sent: portal.change(who, held, "update", sent),
    "extend": lambda portal, who, held, sent: portal.change(who, held, "extend", sent),
    "cancel": UnitedPortal.cancel,
}


def _pdf(lines: list[str], name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pdf(lines), media_type="application/pdf", headers=headers)
