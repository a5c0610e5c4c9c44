"""The payer's words for its answers, and what it answers unless a test says otherwise."""

from collections.abc import Iterable
from typing import Any

from authwright_sandbox.answers import DAY, HOUR, Answer, Course, Rule, first_course

STATUS_WORDS = {
    Answer.APPROVED: "Approved",
    Answer.MODIFIED: "Approved With Changes",
    Answer.PARTIAL: "Partially Approved",
    Answer.PENDED: "Pending",
    Answer.DOCUMENTS: "Pending - Information Requested",
    Answer.PEER_TO_PEER: "Pending - Peer To Peer Offered",
    Answer.DENIED: "Denied",
    Answer.NOT_REQUIRED: "Not Required",
    Answer.CANCELLED: "Cancelled",
}
_LATER: dict[str, Any] = {"answer": "pended", "then": [{"after_seconds": HOUR, "answer": "approved"}]}
DEFAULT_RULES: tuple[dict[str, Any], ...] = (
    {"codes": ["72148", "73721"], "answer": "approved"},
    {"codes": ["70553"], "answer": "pended", "then": [{"after_seconds": 2 * DAY, "answer": "approved"}]},
    {
        "codes": ["64483", "27447"],
        "answer": "needs-documents",
        "reason": "Additional information is needed to review this request",
        "documents": ["Office notes of the last 90 days", "Record of conservative treatment"],
    },
    {
        "codes": ["63650"],
        "answer": "peer-to-peer",
        "reason": "A peer to peer discussion is offered before a decision is made",
        "due_days": 3,
    },
    {"codes": ["64615"], "answer": "denied", "reason": "Medical necessity criteria not met"},
    {"codes": ["97530"], "answer": "modified"},
    {"codes": ["97110", "95810"], "answer": "not-required"},
    _LATER,
)


def course_for(rules: Iterable[Rule], code: str, member_id: str, place: str) -> Course:
    """The course of the first rule that applies; without one, approved an hour later."""
    return first_course(rules, Rule.from_json(_LATER), code, member_id, place)
