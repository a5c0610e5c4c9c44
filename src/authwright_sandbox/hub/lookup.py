"""Is Auth/Referral Required? It begins no request: it only answers, and what was asked is kept for tests."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from authwright_sandbox import reference_data as known
from authwright_sandbox.dates import parse_date
from authwright_sandbox.hub.frame import Frame, signed_in
from authwright_sandbox.hub.requests import PAYERS
from authwright_sandbox.sessions import Session

VENDOR = "Delegate Review Services"
NEEDLESS = "Authorization is not required. This is not a guarantee of payment."
EXCLUDED = "This service is excluded from the member's plan. A request will not be reviewed."
ASK_VENDOR = (
    f"Requests for this service are reviewed by {VENDOR}. Ask {VENDOR} whether authorization is required."
)
HOME_PLAN = "The member belongs to another plan. Contact the member's home plan."
REQUIRED = "Authorization is required."
ANSWERS: Mapping[str, str] = {
    "97110": NEEDLESS,
    "95810": NEEDLESS,
    "81528": EXCLUDED,
    "78452": ASK_VENDOR,
    "74177": ASK_VENDOR,
}


def answer(member_id: str, code: str) -> str:
    """Member IDs of other plans begin with three letters."""
    return HOME_PLAN if member_id[:3].isalpha() else ANSWERS.get(code, REQUIRED)


class Lookup(Frame):
    async def form(self, request: Request) -> Response:
        if not self.session(request):
            return self.page(request, "app/expired.html")
        return self.page(request, "app/required.html", payers=PAYERS, places=known.PLACES, drift=self.drift())

    @signed_in
    async def answer(self, request: Request, session: Session) -> Response:
        payload: dict[str, Any] = await request.json()
        if wrong := _wrong(payload):
            return JSONResponse({"error": "\n".join(wrong)}, 422)
        member_id, code = payload["member_id"].strip().upper(), payload["procedure_code"]
        said = answer(member_id, code)
        self.hub.lookups.append({"payload": payload, "answer": said})
        return self.page(request, "app/required_answer.html", form=payload, said=said)


def _wrong(payload: dict[str, Any]) -> list[str]:
    checks = {
        "Payer is not one of the list.": payload.get("payer") in PAYERS,
        "Member ID is missing.": bool(payload.get("member_id", "").strip()),
        "Place of Service is not one of the list.": payload.get("place_of_service") in dict(known.PLACES),
        "Procedure Code is not one of the list.": known.is_procedure(payload.get("procedure_code", "")),
        "Date of Service is not a date (MM/DD/YYYY).": parse_date(payload.get("date", "")) is not None,
    }
    return [text for text, sound in checks.items() if not sound]
