"""Requests that were made: search, detail, more documents, an update, and why there is no cancelling."""

from starlette.requests import Request
from starlette.responses import Response

from authwright_sandbox.aetna.form import FILES, day
from authwright_sandbox.aetna.pages import Pages
from authwright_sandbox.aetna.rules import STATUS_WORDS
from authwright_sandbox.aetna.sign_in import signed_in
from authwright_sandbox.dates import show_date
from authwright_sandbox.faults import DropResponse, HoldPoint
from authwright_sandbox.guarded import go, text_fields
from authwright_sandbox.held import Held
from authwright_sandbox.sessions import Session

SEARCH = "/aetna/requests"


class Requests(Pages):
    @signed_in
    async def search(self, request: Request, session: Session) -> Response:
        asked = request.query_params
        number, member_id = (asked.get(key, "").strip().upper() for key in ("number", "member_id"))

        def fits(held: Held) -> bool:
            return all(
                not wanted or wanted == value
                for wanted, value in ((number, held.number), (member_id, held.member_id))
            )

        as_of = self.portal.as_of
        found = self.portal.listed(session.organization, fits) if number or member_id else []
        rows = [(held, STATUS_WORDS[held.decision_at(as_of).answer]) for held in found]
        return self.page(
            request, session, "search.html", asked=asked, rows=rows, number=number, member_id=member_id
        )

    def _held(self, request: Request, session: Session) -> Held | None:
        return self.portal.find(session.organization, request.path_params["number"])

    def _page(
        self, request: Request, session: Session, template: str, held: Held, **values: object
    ) -> Response:
        decision = held.decision_at(self.portal.clock.now())
        first = next((line for line in decision.lines if line.approved_units), None)
        told: dict[str, object] = {
            "held": held,
            "decision": decision,
            "status": STATUS_WORDS[decision.answer],
            "words": STATUS_WORDS,
            "authorization": self.portal.authorization(held),
            "approved": first,
            "acts": self.portal.acts(held),
            "ends": show_date(day(held.payload.get("end", ""))),
            "kinds": FILES,
        }
        return self.page(request, session, template, **told, **values)

    @signed_in
    async def detail(self, request: Request, session: Session) -> Response:
        held = self._held(request, session)
        return self._page(request, session, "detail.html", held) if held else go(SEARCH)

    @signed_in
    async def cancel(self, request: Request, session: Session) -> Response:
        held = self._held(request, session)
        return self._page(request, session, "cancel.html", held) if held else go(SEARCH)

    @signed_in
    async def act(self, request: Request, session: Session) -> Response:
        held, act = self._held(request, session), request.path_params["act"]
        if held is None or act not in ("documents", "update"):
            return go(SEARCH)
        if act not in self.portal.acts(held):
            return go(f"{SEARCH}/{held.number}")
        if request.method == "GET":
            return self._page(request, session, f"{act}.html", held)
        self.portal.events.add("change-received", kind=act, reference_number=held.number)
        if not await self.portal.passes(HoldPoint.BEFORE):
            return DropResponse()
        sent = await text_fields(request)
        try:
            if act == "documents":
                uploads = await self.portal.keep_files((await request.form()).getlist("file"))
                self.portal.add_documents(session, held, uploads, sent)
            else:
                self.portal.update(session, held, sent)
        except ValueError as wrong:
            return self._page(request, session, f"{act}.html", held, wrong=str(wrong))
        self.portal.events.add("change-accepted", kind=act, reference_number=held.number)
        if not await self.portal.passes(HoldPoint.AFTER):
            return DropResponse()
        return self._page(request, session, "changed.html", held, act=act)
