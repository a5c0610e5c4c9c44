"""The delegate's words for its answers, and what it answers unless a test says otherwise."""

from typing import Any

from authwright_sandbox.answers import DAY, HOUR, Answer

STATUS_WORDS = {
    Answer.APPROVED: "Approved",
    Answer.MODIFIED: "Approved - Modified",
    Answer.PARTIAL: "Partially Approved",
    Answer.PENDED: "Pending Clinical Review",
    Answer.DOCUMENTS: "On Hold - Records Requested",
    Answer.PEER_TO_PEER: "Peer-to-Peer Offered",
    Answer.DENIED: "Denied",
    Answer.NOT_REQUIRED: "No Authorization Required",
    Answer.CANCELLED: "Withdrawn",
}
DEFAULT: dict[str, Any] = {
    "answer": "pended",
    "days": 45,
    "then": [{"after_seconds": HOUR, "answer": "approved", "days": 45}],
}
DEFAULT_RULES: tuple[dict[str, Any], ...] = (
    {"codes": ["72148", "73721"], "answer": "approved", "days": 45},
    {
        "codes": ["78452"],
        "answer": "needs-documents",
        "reason": "Records are needed to complete the review",
        "documents": ["Stress test report"],
        "due_days": 2,
    },
    {
        "codes": ["74177"],
        "answer": "peer-to-peer",
        "reason": "Criteria are not met; a peer-to-peer discussion is offered",
        "due_days": 2,
    },
    {"codes": ["70551"], "answer": "denied", "reason": "Criteria are not met"},
    {"codes": ["95810"], "answer": "not-required"},
)
PEER_TURNS: tuple[dict[str, Any], ...] = (
    {"answer": "pended"},
    {"answer": "approved", "after_seconds": 2 * DAY, "days": 45},
)
