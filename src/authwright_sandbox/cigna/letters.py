"""What the payer writes: the letter with its decision, the summary of a check."""

from authwright_sandbox.answers import APPROVING, Answer
from authwright_sandbox.cigna.portal import Check
from authwright_sandbox.cigna.rules import STATUS_WORDS
from authwright_sandbox.dates import show_date
from authwright_sandbox.held import Decision, Held

TITLES = {
    Answer.DOCUMENTS: "Request for clinical information",
    Answer.PEER_TO_PEER: "Offer of a peer-to-peer review",
    Answer.DENIED: "Notice of adverse determination",
} | dict.fromkeys(APPROVING, "Notice of precertification approval")


def letter(held: Held, decision: Decision) -> list[str] | None:
    """None while there is nothing to write."""
    if decision.answer not in TITLES:
        return None
    return [
        TITLES[decision.answer],
        "",
        f"Reference Number: {held.number}",
        f"Patient: {held.member}",
        f"Patient ID: {held.member_id}",
        f"Status: {STATUS_WORDS[decision.answer]}",
        *([f"Reason: {decision.reason}"] if decision.reason else []),
        *([f"Respond by: {show_date(decision.due)}"] if decision.due else []),
        *(f"Needed: {name}" for name in decision.documents),
        "",
        *services(decision),
        "",
        "You may appeal within 180 days."
        if decision.answer is Answer.DENIED
        else "This is no guarantee of payment.",
    ]


def services(decision: Decision) -> list[str]:
    out = []
    for part in decision.lines:
        text = f"{part.line.code} {part.line.modifier}".strip()
        text += f": {part.line.units} requested, {STATUS_WORDS[part.answer]}"
        if part.approved_units:
            text += f", {part.approved_units} approved, {show_date(part.approved_from)}"
            text += f" through {show_date(part.approved_through)}"
        out.append(text)
    return out


def summary(check: Check, asked_on: str) -> list[str]:
    return [
        "Precertification check",
        "",
        f"Summary Number: {check.number}",
        f"Checked on: {asked_on}",
        f"Patient ID: {check.member_id}",
        f"Date of Service: {check.form.get('start_date', '')}",
        *(f"{code}: precertification is not required" for code, _ in check.lines),
        "",
        "This is no guarantee of payment.",
    ]
