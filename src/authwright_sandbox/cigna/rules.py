"""The payer's words, what it answers unless a test says otherwise, and what a delegate reviews."""

from typing import Any

from authwright_sandbox.answers import DAY, HOUR, Answer

STATUS_WORDS = {
    Answer.APPROVED: "Approved",
    Answer.MODIFIED: "Approved as modified",
    Answer.PARTIAL: "Partially approved",
    Answer.PENDED: "In process",
    Answer.DOCUMENTS: "Additional information needed",
    Answer.PEER_TO_PEER: "Peer-to-peer offered",
    Answer.DENIED: "Not approved",
    Answer.NOT_REQUIRED: "Precertification not required",
    Answer.CANCELLED: "Withdrawn",
}
DEFAULT: dict[str, Any] = {"answer": "pended", "then": [{"after_seconds": HOUR, "answer": "approved"}]}
DEFAULT_RULES: tuple[dict[str, Any], ...] = (
    {"codes": ["29881", "29827"], "answer": "approved"},
    {
        "codes": ["27447"],
        "answer": "needs-documents",
        "reason": "Clinical information is needed to complete the review",
        "documents": ["Office notes", "X-ray report"],
    },
    {"codes": ["64483"], "answer": "denied", "reason": "Not medically necessary"},
    {
        "codes": ["63650"],
        "answer": "peer-to-peer",
        "reason": "A peer-to-peer review is offered",
        "due_days": 3,
    },
    {"codes": ["97530"], "answer": "modified"},
    {"codes": ["97110", "97140"], "answer": "not-required"},
)
APPEAL_TURNS: tuple[dict[str, Any], ...] = (
    {"answer": "pended"},
    {"answer": "approved", "after_seconds": DAY},
)
DELEGATED = frozenset(
    ("70450", "70551", "70553", "72141", "72148", "72158", "73221", "73721", "74177", "78452", "95810")
)
