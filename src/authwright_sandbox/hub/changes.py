"""What can be done with a request that the payer holds: online or by phone, as the payer has it."""

from collections.abc import Mapping
from datetime import datetime

from authwright_sandbox.hub.requests import Request
from authwright_sandbox.hub.rules import APPROVING, Answer

PHONE = "555-0100"
OPEN = APPROVING | {Answer.PENDED, Answer.DOCUMENTS}
POSSIBLE: Mapping[str, frozenset[Answer]] = {
    "records": frozenset({Answer.DOCUMENTS}),
    "update": OPEN,
    "cancel": OPEN,
}
# payers that change or cancel by phone only
CALL_US: Mapping[str, frozenset[str]] = {
    "Aetna": frozenset({"update"}),
    "Humana": frozenset({"cancel"}),
    "Cigna Healthcare": frozenset({"update", "cancel"}),
}


def open_acts(request: Request, moment: datetime) -> list[str]:
    """What the page offers now."""
    phoned = CALL_US.get(request.submission.payer, frozenset())
    return [act for act in _possible(request, moment) if act not in phoned]


def by_phone(request: Request, moment: datetime) -> list[str]:
    phoned = CALL_US.get(request.submission.payer, frozenset())
    return [act for act in _possible(request, moment) if act in phoned]


def _possible(request: Request, moment: datetime) -> list[str]:
    answer = request.decision_at(moment).answer
    return [act for act, answers in POSSIBLE.items() if answer in answers]
