"""What the payer writes: decision letters for the document library, the confirmation of a request."""

from dataclasses import dataclass
from datetime import datetime

from authwright_sandbox.answers import APPROVING, Answer
from authwright_sandbox.dates import show_date
from authwright_sandbox.united.requests import Decision, Request
from authwright_sandbox.united.rules import STATUS_WORDS

FOLDERS = ("Claim Letters", "Prior Auth Letters", "Reports")
TITLES = {
    Answer.DOCUMENTS: "Request for information",
    Answer.PEER_TO_PEER: "Offer of a peer to peer discussion",
    Answer.DENIED: "Notice of adverse determination",
} | dict.fromkeys(APPROVING, "Notice of approval")


@dataclass(frozen=True, slots=True)
class Letter:
    """There is one for each request that has been decided, or waits for the practice."""

    id: str
    title: str
    request: Request
    decision: Decision

    def lines(self) -> list[str]:
        sent, decision = self.request.submission, self.decision
        return [
            self.title,
            "",
            f"Service reference number: {self.request.number}",
            f"Member ID: {sent.member_id}",
            f"Member: {sent.payload.get('first_name', '')} {sent.last_name}".replace("  ", " "),
            f"Status: {decision.status}",
            *([f"Reason: {decision.reason}"] if decision.reason else []),
            *([f"Respond by: {show_date(decision.due)}"] if decision.due else []),
            *(f"Needed: {name}" for name in decision.documents),
            "",
            *_services(decision),
            "",
            *_rights(decision),
        ]


def letter_of(request: Request, moment: datetime) -> Letter | None:
    decision = request.decision_at(moment)
    title = TITLES.get(decision.answer)
    return Letter(f"L{request.number[1:]}", title, request, decision) if title else None


def confirmation(request: Request, moment: datetime) -> list[str]:
    sent, decision = request.submission, request.decision_at(moment)
    return [
        "Prior authorization request confirmation",
        "",
        f"Service reference number: {request.number}",
        f"Received: {request.accepted_at:%m/%d/%Y %H:%M} UTC",
        f"Member ID: {sent.member_id}",
        f"Status: {decision.status}",
        "",
        *_services(decision),
        "",
        "This confirmation is not an approval. The request is approved only when its status says so.",
    ]


def _services(decision: Decision) -> list[str]:
    out = []
    for part in decision.lines:
        line = f"{part.line.code} {part.line.modifier}".strip()
        text = f"{line}: {part.line.units} requested, {STATUS_WORDS[part.answer]}"
        if part.approved_units:
            through = f"{show_date(part.approved_from)} through {show_date(part.approved_through)}"
            text += f", {part.approved_units} approved, {through}"
        out.append(text)
    return out


def _rights(decision: Decision) -> list[str]:
    if decision.answer is Answer.DENIED:
        return ["You may appeal within 180 days of this notice."]
    return ["Approval is not a guarantee of payment."] if decision.approved else []
