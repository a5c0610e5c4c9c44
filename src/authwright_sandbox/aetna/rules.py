"""The payer's words, and what it answers unless a test says otherwise."""

from typing import Any

from authwright_sandbox.answers import HOUR, Answer

STATUS_WORDS = {
    Answer.APPROVED: "Precertified",
    Answer.MODIFIED: "Precertified with changes",
    Answer.PARTIAL: "Partially precertified",
    Answer.PENDED: "Pended",
    Answer.DOCUMENTS: "Pended - records needed",
    Answer.PEER_TO_PEER: "Pended - peer to peer offered",
    Answer.DENIED: "Not precertified",
    Answer.NOT_REQUIRED: "No precertification needed",
    Answer.CANCELLED: "Cancelled",
}
DEFAULT: dict[str, Any] = {"answer": "pended", "then": [{"after_seconds": HOUR, "answer": "approved"}]}
DEFAULT_RULES: tuple[dict[str, Any], ...] = (
    {"codes": ["72148", "29881"], "answer": "approved"},
    {
        "codes": ["27447", "63030"],
        "answer": "needs-documents",
        "reason": "Medical records are needed to complete the review",
        "documents": ["Office notes of the last six months", "Imaging report"],
        "due_days": 7,
    },
    {"codes": ["64483"], "answer": "denied", "reason": "Does not meet clinical criteria"},
    {
        "codes": ["63650"],
        "answer": "peer-to-peer",
        "reason": "A peer to peer review is offered",
        "due_days": 3,
    },
    {"codes": ["J0585"], "answer": "modified"},
    {"codes": ["97110", "97140", "20610"], "answer": "not-required"},
)
UPDATE_TURNS: tuple[dict[str, Any], ...] = (
    {"answer": "pended"},
    {"answer": "approved", "after_seconds": HOUR},
)
