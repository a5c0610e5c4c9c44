"""What the pure floors and the browser need from outside, as protocols. `app` injects adapters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Intent:
    """That something which can't be taken back is about to be done.

    `submission` names one attempt at one request; `step_line` the SOP's sending step;
    `page_fingerprint` the hash of the review page's text; `lease_token` the fencing token of the
    portal account's lease. `outcome` is "" until it is known what came of it.
    """

    submission: str
    step_line: int
    page_fingerprint: str
    lease_token: int
    at: datetime
    outcome: str = ""


class IntentLog(Protocol):
    """Intents of one submission. Each call has taken effect durably when it returns."""

    def open_intent(self) -> Intent | None:
        """The intent without an outcome, if there is one: the request may be at the payer."""
        ...

    def record(self, *, step_line: int, page_fingerprint: str, at: datetime) -> None:
        """Write the intent down before the act. Raises LeaseLostError if the lease has passed on."""
        ...

    def resolve(self, outcome: str, *, at: datetime) -> None:
        """Write down what came of the open intent: "sent", "adopted" or "not-sent"."""
        ...


class EvidenceSink(Protocol):
    """Where proof goes: pictures, page texts, letters, files."""

    def keep(self, data: bytes, *, kind: str, name: str, note: str = "") -> str:
        """Store the bytes sealed and return their SHA-256 in hex."""
        ...


class Secrets(Protocol):
    def get(self, name: str) -> str:
        """The secret; raises KeyError with the name only, never with a value."""
        ...


class LeaseLostError(Exception):
    """The portal account's lease has passed to another run: stop without acting."""
