"""A case page by page, in the innermost frame."""

from starlette.requests import Request
from starlette.responses import Response

from authwright_sandbox import reference_data as known
from authwright_sandbox.dates import parse_date
from authwright_sandbox.delegate.case import PLANS, STEPS, DraftCase
from authwright_sandbox.delegate.history import told
from authwright_sandbox.delegate.questions import path, unanswered
from authwright_sandbox.delegate.sign_in import Pages, signed_in
from authwright_sandbox.faults import DropResponse, HoldPoint
from authwright_sandbox.guarded import go, text_fields
from authwright_sandbox.payer import RefusedError
from authwright_sandbox.sessions import Session

START = "/delegate/desk/start"


class Wizard(Pages):
    @signed_in
    async def start(self, request: Request, session: Session) -> Response:
        """The plan and the member; once found, the case is begun by going on."""
        if request.method == "GET":
            return self.page(request, "start.html", plans=PLANS, values={})
        sent = await text_fields(request)
        born = sent.get("date_of_birth", "")
        wrong = ""
        found = self.portal.members.look_up(sent.get("member_id", ""), sent.get("last_name", ""), born)
        if sent.get("plan") not in PLANS or parse_date(born) is None or not sent.get("last_name", "").strip():
            wrong = "Health Plan, Member ID, Last Name and Date of Birth (MM/DD/YYYY) are needed."
        elif found is None:
            wrong = f"Member {sent.get('member_id')} was not found."
        if wrong or found is None:
            return self.page(request, "start.html", plans=PLANS, values=sent, wrong=wrong)
        if sent.get("act") == "begin" and found.active:
            sent.pop("act")
            return go(_step(self.portal.begin(session, sent), "service"))
        return self.page(request, "member.html", member=found, values=sent)

    def _draft(self, request: Request, session: Session) -> DraftCase | None:
        draft = self.portal.drafts.get(request.path_params["id"])
        return draft if draft and draft.organization == session.organization else None

    @signed_in
    async def resume(self, request: Request, session: Session) -> Response:
        draft = self._draft(request, session)
        return go(_step(draft, draft.unfinished())) if draft else go(START)

    @signed_in
    async def discard(self, request: Request, session: Session) -> Response:
        draft = self._draft(request, session)
        if draft:
            self.portal.drafts.pop(draft.id)
        return go("/delegate/desk/history")

    @signed_in
    async def step(self, request: Request, session: Session) -> Response:
        draft, step = self._draft(request, session), request.path_params["step"]
        if draft is None or step not in STEPS:
            return go(START)
        wrong = ""
        if request.method == "POST":
            sent = await text_fields(request)
            act = sent.pop("act", "")
            wrong = await self._take(request, draft, step, act, sent)
            if act == "next" and not wrong:
                wrong = draft.wrong(step)
                if not wrong:
                    return go(_step(draft, STEPS[STEPS.index(step) + 1]))
                if step == "questions":
                    wrong = ""  # merely the next question
        return self._shown(request, draft, step, wrong)

    async def _take(
        self, request: Request, draft: DraftCase, step: str, act: str, sent: dict[str, str]
    ) -> str:
        """Keeps what a page sent; returns what is wrong with it."""
        if step == "questions":
            return self._answer(draft, act, sent)
        draft.values.update({key: value for key, value in sent.items() if key not in ("quantity", "remove")})
        if act == "add":
            return draft.add(draft.values.pop("code", ""), sent.get("quantity", ""))
        if act.startswith("remove-"):
            draft.lines = [line for line in draft.lines if line.code != act.removeprefix("remove-")]
        if step == "records":
            try:
                draft.uploads += await self.portal.keep_files((await request.form()).getlist("documents"))
            except ValueError as refused:
                return str(refused)
        return ""

    def _answer(self, draft: DraftCase, act: str, sent: dict[str, str]) -> str:
        asked = path(draft.codes, draft.answers)
        if act == "previous":
            given = [question.id for question in asked if question.id in draft.answers]
            if given:
                draft.answers.pop(given[-1])
            return ""
        question = unanswered(draft.codes, draft.answers)
        if question is None:
            return ""
        answer = sent.get("answer", "").strip()
        if not question.takes(answer):
            return "Answer the question."
        draft.answers[question.id] = answer
        return ""

    def _shown(self, request: Request, draft: DraftCase, step: str, wrong: str) -> Response:
        question = unanswered(draft.codes, draft.answers) if step == "questions" else None
        if step == "questions" and question is None:
            return go(_step(draft, "records"))
        if step == "review" and draft.unfinished() != "review":
            return go(_step(draft, draft.unfinished()))
        site = known.provider_name(draft.values.get("site_npi", ""), "facility")
        if step == "site" and draft.values.get("site_npi") and not site:
            wrong = wrong or f"No site found for NPI {draft.values['site_npi']}."
        number = STEPS.index(step)
        return self.page(
            request,
            f"{step}.html",
            draft=draft,
            values=draft.values,
            step=step,
            wrong=wrong,
            question=question,
            site=site,
            back=_step(draft, STEPS[number - 1]) if number else "",
            here=_step(draft, step),
        )

    @signed_in
    async def submit(self, request: Request, session: Session) -> Response:
        """The one call that begins a case."""
        draft = self._draft(request, session)
        if draft is None:
            return go("/delegate/desk/history")
        if (await text_fields(request)).get("attested") != "yes":
            return self._shown(request, draft, "review", "Attest that the information is true.")
        self.portal.events.add("submit-received", member_id=draft.values.get("member_id"))
        if not await self.portal.passes(HoldPoint.BEFORE):
            self.portal.events.add("submit-dropped", member_id=draft.values.get("member_id"))
            return DropResponse()
        draft.values["attested"] = "yes"
        try:
            result, held = self.portal.submit(session, draft)
        except RefusedError as refused:
            self.portal.events.add("submit-refused", reason=str(refused))
            return self._shown(request, draft, "review", str(refused))
        self.portal.events.add("submit-accepted", reference_number=held.number, result=result)
        if not await self.portal.passes(HoldPoint.AFTER):
            return DropResponse()
        self.portal.events.add("submit-answered", reference_number=held.number)
        return self.page(request, "answer.html", result=result, **told(held, self.portal.clock.now()))


def _step(draft: DraftCase, step: str) -> str:
    return f"/delegate/desk/drafts/{draft.id}/{step}"
