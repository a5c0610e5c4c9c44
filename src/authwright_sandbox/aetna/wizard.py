"""A request, step by step: each step is a page that is posted, kept, and leads to the next."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from authwright_sandbox.aetna.form import (
    BAR,
    CATEGORIES,
    FILES,
    MISTAKES,
    RELATIONSHIPS,
    REVIEWS,
    ROLES,
    STEPS,
    day,
    diagnoses_of,
    lines_of,
)
from authwright_sandbox.aetna.pages import Pages
from authwright_sandbox.aetna.portal import Draft
from authwright_sandbox.aetna.rules import STATUS_WORDS
from authwright_sandbox.aetna.sign_in import HOME, signed_in
from authwright_sandbox.dates import show_date
from authwright_sandbox.faults import DropResponse, HoldPoint
from authwright_sandbox.guarded import go, text_fields
from authwright_sandbox.sessions import Session

LISTS = {
    "steps": BAR,
    "categories": CATEGORIES,
    "reviews": REVIEWS,
    "relationships": RELATIONSHIPS,
    "roles": ROLES,
    "kinds": FILES,
}


class Wizard(Pages):
    @signed_in
    async def begin(self, request: Request, session: Session) -> Response:
        draft = self.portal.begin(session.user)
        return go(self._at(draft, STEPS[0]))

    def _at(self, draft: Draft, step: str) -> str:
        return f"/aetna/precertification/{draft.key}/{step.lower()}"

    def _draft(self, request: Request, session: Session) -> tuple[Draft | None, str]:
        return self.portal.draft(session.user, request.path_params["key"]), request.path_params[
            "step"
        ].capitalize()

    def _step(
        self, request: Request, session: Session, draft: Draft, step: str, wrong: list[str]
    ) -> Response:
        at = STEPS.index(step)
        values: dict[str, object] = {
            "draft": draft,
            "form": draft.form,
            "step": step,
            "wrong": wrong,
            "before": STEPS[at - 1] if at else "",
            "after": STEPS[at + 1] if at + 1 < len(STEPS) else "",
            "lines": lines_of(draft.form),
            "diagnoses": diagnoses_of(draft.form),
            "uploads": draft.uploads,
        }
        return self.page(request, session, f"step_{step.lower()}.html", **values, **LISTS)

    @signed_in
    async def step(self, request: Request, session: Session) -> Response:
        draft, step = self._draft(request, session)
        if draft is None or step not in STEPS:
            return go(HOME)
        before = STEPS[: STEPS.index(step)]
        unfinished = next((each for each in before if MISTAKES[each](draft.form)), None)
        if unfinished and request.method == "GET":
            return go(self._at(draft, unfinished))
        if request.method == "GET":
            return self._step(request, session, draft, step, [])
        if step == STEPS[-1]:
            return await self._submit(request, session, draft, unfinished)
        self._keep(draft, step, await text_fields(request))
        wrong = MISTAKES[step](draft.form) + self._unknown_member(draft, step)
        if wrong:
            return self._step(request, session, draft, step, wrong)
        return go(self._at(draft, STEPS[STEPS.index(step) + 1]))

    def _keep(self, draft: Draft, step: str, sent: dict[str, str]) -> None:
        """A step replaces what it sent before, so that a service that was taken out is gone."""
        if step == "Service":
            blocks = ("procedure_", "modifier_", "units_")
            draft.form = {key: value for key, value in draft.form.items() if not key.startswith(blocks)}
        draft.form |= sent

    def _unknown_member(self, draft: Draft, step: str) -> list[str]:
        if step != "Member":
            return []
        form = draft.form
        born = show_date(day(form.get("date_of_birth", "")))
        member = self.portal.members.look_up(form.get("member_id", ""), form.get("last_name", ""), born)
        if member is None:
            return ["We could not find this member. Check the ID card."]
        return [] if member.active else ["The member's coverage is not active."]

    @signed_in
    async def file(self, request: Request, session: Session) -> Response:
        """One button attaches and takes out again."""
        draft = self.portal.draft(session.user, request.path_params["key"])
        kind = request.query_params.get("kind", "")
        if draft is None or kind not in FILES:
            return JSONResponse({"wrong": "The request is no longer open."}, 404)
        if request.method == "DELETE":
            draft.uploads.pop(kind, None)
            return JSONResponse({})
        try:
            uploads = await self.portal.keep_files((await request.form()).getlist("file"))
        except ValueError as wrong:
            return JSONResponse({"wrong": str(wrong)}, 422)
        if len(uploads) != 1:
            return JSONResponse({"wrong": "Choose one file."}, 422)
        draft.uploads[kind] = uploads[0]
        return JSONResponse({"name": uploads[0].name})

    async def _submit(
        self, request: Request, session: Session, draft: Draft, unfinished: str | None
    ) -> Response:
        """The one call that begins a request."""
        member_id = draft.form.get("member_id", "")
        self.portal.events.add("submit-received", member_id=member_id)
        if unfinished:
            self.portal.events.add("submit-refused", reason=f"{unfinished} is not complete")
            return go(self._at(draft, unfinished))
        if not await self.portal.passes(HoldPoint.BEFORE):
            self.portal.events.add("submit-dropped", member_id=member_id)
            return DropResponse()
        if draft.key not in self.portal.drafts:  # sent twice while it was held
            return go(HOME)
        draft.form["email"] = (await text_fields(request)).get("email", "")
        result, held = self.portal.submit(session, draft)
        self.portal.events.add("submit-accepted", reference_number=held.number, result=result)
        if not await self.portal.passes(HoldPoint.AFTER):
            return DropResponse()
        self.portal.events.add("submit-answered", reference_number=held.number)
        decision = held.decision_at(self.portal.clock.now())
        return self.page(
            request,
            session,
            "answer.html",
            result=result,
            held=held,
            decision=decision,
            status=STATUS_WORDS[decision.answer],
            words=STATUS_WORDS,
            authorization=self.portal.authorization(held),
        )
