"""What people read: the states of a case and what happened to it, in the field's words."""

from collections.abc import Mapping
from typing import Any

from authwright.cases.states import State

STATES: Mapping[State, str] = {
    State.DRAFT: "New",
    State.INCOMPLETE: "Something missing",
    State.ELSEWHERE: "Someone else obtains it",
    State.READY: "Ready to send",
    State.SUBMITTING: "Being sent",
    State.IN_DOUBT: "May be at the payer",
    State.SUBMITTED: "Sent",
    State.IN_REVIEW: "In review",
    State.INFORMATION_REQUESTED: "Information requested",
    State.PEER_TO_PEER_OFFERED: "Peer-to-peer offered",
    State.REDIRECTED: "Wrong reviewer",
    State.CERTIFIED: "Approved",
    State.CERTIFIED_MODIFIED: "Approved with changes",
    State.PARTIALLY_CERTIFIED: "Partly approved",
    State.NOT_CERTIFIED: "Denied (auth)",
    State.CHANGE_REQUESTED: "Change requested",
    State.EXTENSION_REQUESTED: "Extension requested",
    State.NOT_REQUIRED: "Not required",
    State.VOID_DUPLICATE: "Duplicate",
    State.WITHDRAWN: "Withdrawn",
    State.EXPIRED: "Expired",
    State.APPEALING: "Appealing",
    State.CLOSED: "Closed",
}

# Ledger entry -> sentence; {names} are fields of the entry's payload.
_HAPPENED: Mapping[str, str] = {
    "case.opened": "The order came in.",
    "case.revised": "The request was put together from the order.",
    "requirements.answered": "The payer's requirement was looked up for each line.",
    "submission.started": "An attempt was put in line.",
    "intent.recorded": "About to send: the intent was recorded before the click (SOP line {step_line}).",
    "submission.cut-off": "The run was cut off after the intent: {why}",
    "submission.looked": "Looked for the request at the payer: {finding}.",
    "submission.sent": "The request is at the payer under the number {reference_number}.",
    "submission.not-sent": "Nothing was sent.",
    "submission.failed": "The attempt failed before anything was sent.",
    "status.pulled": "The status was read in the portal.",
    "certification.recorded": "The approval was recorded.",
    "certification.assigned": "An approval that existed was put to the case.",
    "work.added": "A person is asked: {why}",
    "work.changed": "A person is asked now: {why}",
    "work.done": "A person answered: {resolution}",
    "evidence.shown": "The picture of what waits for a person was written to a file.",
    "packet.made": "The packet for whoever must obtain it was made.",
    "export.made": "A report that shows this case was written.",
}
_INTENT_ENDS: Mapping[str, str] = {
    "sent": "The payer's answer was read.",
    "adopted": "The request was found at the payer and taken over.",
    "not-sent": "It is proved that the request was not sent.",
}


def happened(kind: str, payload: Mapping[str, Any]) -> str:
    """One ledger entry as a sentence, or "" for one that only machines care about."""
    if kind == "case.moved":
        state, note = State(payload["now"]), payload.get("note", "")
        return f"Now: {STATES[state]}" + (f" ({note})." if note else ".")
    if kind == "intent.resolved":
        return _INTENT_ENDS.get(payload.get("outcome", ""), "")
    if kind == "determination.read":
        decision = payload["determination"]
        number = f", number {decision['reference_number']}" if decision.get("reference_number") else ""
        return f'The payer answered "{decision["payer_words"]}"{number}.'
    sentence = _HAPPENED.get(kind, "")
    return sentence.format_map(_Blank(payload)) if sentence else ""


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
