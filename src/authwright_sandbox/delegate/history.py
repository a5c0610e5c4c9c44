"""The list of cases and drafts, the page of one case, and what can be done with it."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from authwright_sandbox.dates import show_date
from authwright_sandbox.delegate.portal import WITHDRAWAL_REASONS
from authwright_sandbox.delegate.rules import STATUS_WORDS
from authwright_sandbox.delegate.sign_in import Pages, signed_in
from authwright_sandbox.faults import DropResponse, HoldPoint
from authwright_sandbox.guarded import go, text_fields
from authwright_sandbox.held import Held
from authwright_sandbox.pdf import pdf
from authwright_sandbox.sessions import Session

LIST = "/delegate/desk/history"
COLUMNS = {
    "number": "Case Number",
    "member_id": "Member ID",
    "member": "Member",
    "codes": "Procedure Codes",
    "day": "Date of Service",
    "begun": "Created",
    "status": "Status",
}


def told(held: Held, moment: datetime) -> dict[str, Any]:
    """A case as its page shows it. The authorization number is another one, and there once it is approved."""
    decision = held.decision_at(moment)
    first = next((line for line in decision.lines if line.approved_units), None)
    return {
        "held": held,
        "decision": decision,
        "status": STATUS_WORDS[decision.answer],
        "words": STATUS_WORDS,
        "authorization_number": held.authorization_number if decision.approved else "",
        "valid_from": first.approved_from if first else None,
        "valid_through": first.approved_through if first else None,
    }


class History(Pages):
    @signed_in
    async def cases(self, request: Request, session: Session) -> Response:
        """The latest first, until one sorts by a column; drafts among them."""
        asked = {key: request.query_params.get(key, "").strip() for key in ("member_id", "number", "sort")}
        rows = [row for row in self._rows(session) if _fits(row, asked)]
        sort = asked["sort"].removeprefix("-")
        if sort in COLUMNS:
            rows.sort(key=lambda row: row["sort"].get(sort, row[sort]), reverse=asked["sort"].startswith("-"))
        else:
            rows.sort(key=lambda row: row["sort"]["begun"], reverse=True)
        return self.page(request, "history.html", rows=rows, asked=asked, columns=COLUMNS)

    def _rows(self, session: Session) -> list[dict[str, Any]]:
        cases = [self._case_row(held) for held in self.portal.listed(session.organization)]
        drafts = [
            {
                "number": "Draft",
                "link": f"/delegate/desk/drafts/{draft.id}",
                "member_id": draft.values.get("member_id", "").upper(),
                "member": draft.values.get("last_name", ""),
                "codes": ", ".join(draft.codes),
                "day": draft.values.get("date_of_service", ""),
                "begun": show_date(draft.begun_at.date()),
                "status": "Draft",
                "draft": draft.id,
                "sort": {"begun": draft.begun_at.isoformat(), "day": str(draft.day or "")},
            }
            for draft in self.portal.drafts.values()
            if draft.organization == session.organization
        ]
        return cases + drafts

    def _case_row(self, held: Held) -> dict[str, Any]:
        decision = held.decision_at(self.portal.as_of)
        return {
            "number": held.number,
            "link": f"/delegate/desk/cases/{held.number}",
            "member_id": held.member_id,
            "member": held.member,
            "codes": ", ".join(held.codes),
            "day": show_date(held.start),
            "begun": show_date(held.accepted_at.date()),
            "status": STATUS_WORDS[decision.answer],
            "draft": "",
            "sort": {"begun": held.accepted_at.isoformat(), "day": held.start.isoformat()},
        }

    def _held(self, request: Request, session: Session) -> Held | None:
        return self.portal.find(session.organization, request.path_params["number"])

    @signed_in
    async def detail(self, request: Request, session: Session) -> Response:
        held = self._held(request, session)
        if held is None:
            return go(LIST)
        return self.page(
            request, "detail.html", acts=self.portal.acts(held), **told(held, self.portal.clock.now())
        )

    @signed_in
    async def letter(self, request: Request, session: Session) -> Response:
        held = self._held(request, session)
        if held is None:
            return go(LIST)
        facts = told(held, self.portal.clock.now())
        lines = [
            "Delegate Review Services",
            "",
            f"Case Number: {held.number}",
            f"Member ID: {held.member_id}",
        ]
        lines += [
            f"Status: {facts['status']}",
            *([facts["decision"].reason] if facts["decision"].reason else []),
        ]
        if facts["authorization_number"]:
            lines += [
                f"Authorization Number: {facts['authorization_number']}",
                f"Valid: {show_date(facts['valid_from'])} through {show_date(facts['valid_through'])}",
            ]
        headers = {"Content-Disposition": f'attachment; filename="case-{held.number}.pdf"'}
        return Response(pdf(lines), media_type="application/pdf", headers=headers)

    @signed_in
    async def act(self, request: Request, session: Session) -> Response:
        """Records that were asked for, a peer-to-peer, a withdrawal: a page of its own each."""
        held, act = self._held(request, session), request.path_params["act"]
        if held is None or act not in self.portal.acts(held):
            return go(LIST)
        if request.method == "GET":
            return self._act_page(request, held, act)
        self.portal.events.add("change-received", kind=act, reference_number=held.number)
        if not await self.portal.passes(HoldPoint.BEFORE):
            return DropResponse()
        payload = await text_fields(request)
        try:
            if act == "records":
                uploads = await self.portal.keep_files((await request.form()).getlist("documents"))
                self.portal.respond(session, held, uploads, payload)
            elif act == "peer-to-peer":
                self.portal.talk(session, held, payload)
            else:
                self.portal.withdraw(session, held, payload)
        except ValueError as wrong:
            return self._act_page(request, held, act, str(wrong))
        self.portal.events.add("change-accepted", kind=act, reference_number=held.number)
        if not await self.portal.passes(HoldPoint.AFTER):
            return DropResponse()
        return self.page(request, "done.html", act=act, **told(held, self.portal.clock.now()))

    def _act_page(self, request: Request, held: Held, act: str, wrong: str = "") -> Response:
        more = {"slots": self.portal.slots(), "reasons": WITHDRAWAL_REASONS, "wrong": wrong}
        return self.page(request, f"act-{act}.html", **more, **told(held, self.portal.clock.now()))


def _fits(row: dict[str, Any], asked: dict[str, str]) -> bool:
    member_id, number = asked["member_id"].upper(), asked["number"]
    return member_id in ("", row["member_id"]) and number in ("", row["number"])
