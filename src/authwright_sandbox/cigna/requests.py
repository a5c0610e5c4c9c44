"""A request: its form, the review page, the answer, its details, its letter, and what can be done with it."""

from starlette.requests import Request
from starlette.responses import Response

from authwright_sandbox import reference_data as known
from authwright_sandbox.cigna import letters
from authwright_sandbox.cigna.form import MOST_LINES, REQUEST_TYPES, URGENCIES, Form, lines_of, mistakes
from authwright_sandbox.cigna.pages import Pages, signed_in
from authwright_sandbox.cigna.patients import DELEGATE, SEARCH, pdf_response
from authwright_sandbox.cigna.portal import APPEAL_REASONS, WITHDRAWAL_REASONS
from authwright_sandbox.cigna.rules import STATUS_WORDS
from authwright_sandbox.dates import show_date
from authwright_sandbox.faults import DropResponse, HoldPoint
from authwright_sandbox.guarded import go, text_fields
from authwright_sandbox.held import Held
from authwright_sandbox.payer import RefusedError
from authwright_sandbox.sessions import Session

HOME = "/cigna/home"
LISTS = {
    "types": REQUEST_TYPES,
    "urgencies": URGENCIES,
    "places": known.PLACES,
    "most_lines": MOST_LINES,
    "delegate": DELEGATE,
}


class Requests(Pages):
    def _defaults(self) -> Form:
        """Most of them have to be changed."""
        today = show_date(self.portal.clock.today())
        return {
            "request_type": "Admission",
            "urgency": "Standard",
            "place_of_service": "21",
            "start_date": today,
            "end_date": today,
            "units_1": "1",
        }

    @signed_in
    async def form(self, request: Request, session: Session) -> Response:
        patient = self.patient(request, session)
        if patient is None:
            return go(SEARCH)
        return self.page(
            request, session, "request.html", patient=patient, form=self._defaults(), rows=1, **LISTS
        )

    @signed_in
    async def review(self, request: Request, session: Session) -> Response:
        """Shows what was entered, or what is wrong with it. Files have to be chosen again in that case."""
        patient = self.patient(request, session)
        if patient is None:
            return go(SEARCH)
        form = await text_fields(request)
        wrong = mistakes(form)
        uploads = []
        try:
            uploads = await self.portal.keep_files((await request.form()).getlist("documents"))
        except ValueError as refused:
            wrong.append(str(refused))
        if wrong:
            rows = max(len(lines_of(form)), 1)
            return self.page(
                request, session, "request.html", patient=patient, form=form, rows=rows, wrong=wrong, **LISTS
            )
        draft = self.portal.keep_draft(session.user, patient, form, uploads)
        return self.page(
            request, session, "review.html", patient=patient, draft=draft, lines=lines_of(form), **LISTS
        )

    @signed_in
    async def save(self, request: Request, session: Session) -> Response:
        """A draft: the payer never looks at it."""
        patient = self.patient(request, session)
        if patient is None:
            return go(SEARCH)
        form = await text_fields(request)
        saved_on = show_date(self.portal.clock.today())
        self.portal.saved.append({"member_id": patient.member.member_id, "saved_on": saved_on, "form": form})
        self.portal.events.add("draft-saved", member_id=patient.member.member_id)
        return go(f"/cigna/patients/{patient.member.member_id}/precertification")

    @signed_in
    async def submit(self, request: Request, session: Session) -> Response:
        """The one call that begins a request. The page says "received" either way."""
        draft = self.portal.drafts.get((await text_fields(request)).get("key", ""))
        if draft is None or draft.user != session.user:
            return go(HOME)
        member_id = draft.patient.member.member_id
        self.portal.events.add("submit-received", member_id=member_id)
        if not await self.portal.passes(HoldPoint.BEFORE):
            self.portal.events.add("submit-dropped", member_id=member_id)
            return DropResponse()
        try:
            held = self.portal.submit(session, draft)
        except RefusedError as refused:
            self.portal.events.add("submit-refused", reason=str(refused))
            return self.page(request, session, "answer.html", patient=draft.patient, refused=str(refused))
        self.portal.events.add("submit-accepted", reference_number=held.number)
        if not await self.portal.passes(HoldPoint.AFTER):
            return DropResponse()
        self.portal.events.add("submit-answered", reference_number=held.number)
        return self.page(request, session, "answer.html", patient=draft.patient, **self._told(held))

    def _told(self, held: Held) -> dict[str, object]:
        decision = held.decision_at(self.portal.clock.now())
        first = next((line for line in decision.lines if line.approved_units), None)
        return {
            "held": held,
            "decision": decision,
            "status": STATUS_WORDS[decision.answer],
            "words": STATUS_WORDS,
            "approved_from": first.approved_from if first else None,
            "approved_through": first.approved_through if first else None,
        }

    def _held(self, request: Request, session: Session) -> Held | None:
        return self.portal.find(session.organization, request.path_params["number"])

    @signed_in
    async def detail(self, request: Request, session: Session) -> Response:
        held = self._held(request, session)
        if held is None:
            return go(HOME)
        told = self._told(held)
        has_letter = letters.letter(held, held.decision_at(self.portal.clock.now())) is not None
        acts = self.portal.acts(held)
        return self.page(request, session, "detail.html", acts=acts, has_letter=has_letter, **told)

    @signed_in
    async def letter(self, request: Request, session: Session) -> Response:
        """The print view; with .pdf the letter as a file."""
        held = self._held(request, session)
        lines = letters.letter(held, held.decision_at(self.portal.clock.now())) if held else None
        if held is None or lines is None:
            return go(HOME)
        if request.url.path.endswith(".pdf"):
            return pdf_response(lines, f"letter-{held.number}.pdf")
        return self.page(request, session, "letter.html", lines=lines, held=held)

    @signed_in
    async def act(self, request: Request, session: Session) -> Response:
        """Documents that were asked for, an appeal, a withdrawal: a page of its own each."""
        held, act = self._held(request, session), request.path_params["act"]
        if held is None or act not in self.portal.acts(held):
            return go(HOME)
        if request.method == "GET":
            return self._act_page(request, session, held, act)
        self.portal.events.add("change-received", kind=act, reference_number=held.number)
        if not await self.portal.passes(HoldPoint.BEFORE):
            return DropResponse()
        payload = await text_fields(request)
        try:
            uploads = await self.portal.keep_files((await request.form()).getlist("documents"))
            if act == "respond":
                self.portal.respond(session, held, uploads, payload)
            elif act == "appeal":
                self.portal.appeal(session, held, uploads, payload)
            else:
                self.portal.withdraw(session, held, payload)
        except ValueError as wrong:
            return self._act_page(request, session, held, act, str(wrong))
        self.portal.events.add("change-accepted", kind=act, reference_number=held.number)
        if not await self.portal.passes(HoldPoint.AFTER):
            return DropResponse()
        return self.page(request, session, "done.html", act=act, **self._told(held))

    def _act_page(
        self, request: Request, session: Session, held: Held, act: str, wrong: str = ""
    ) -> Response:
        reasons = APPEAL_REASONS if act == "appeal" else WITHDRAWAL_REASONS
        told = self._told(held)
        return self.page(request, session, f"{act}.html", reasons=reasons, wrong=wrong, **told)
