"""What the plan behind the forms has received, and what it answers."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from authwright_sandbox.clock import PortalClock
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults


@dataclass(frozen=True, slots=True)
class Received:
    """One form as it was sent; `review_seconds` is 0 when the plan answers at once."""

    number: str
    at: datetime
    values: dict[str, Any]
    review_seconds: float

    def status(self, now: datetime) -> str:
        waited = (now - self.at).total_seconds()
        return "Benefits estimated" if waited >= self.review_seconds else "Being reviewed"


class FormsPortal:
    def __init__(self, clock: PortalClock, events: EventLog, faults: Faults) -> None:
        self.clock, self.events, self.faults = clock, events, faults
        self._numbers = random.Random(31)
        self.reset()

    def reset(self) -> None:
        self.received: list[Received] = []
        self.drafts: dict[str, dict[str, Any]] = {}
        self.review_seconds = 0.0
        self.list_delay_seconds: float | None = None

    def keep_draft(self, values: dict[str, Any]) -> str:
        """What waits on the review page. A key works once."""
        key = f"{self._numbers.randrange(16**10):010x}"
        self.drafts[key] = values
        return key

    def take(self, key: str) -> dict[str, Any] | None:
        """None when this draft was sent before or never was."""
        return self.drafts.pop(key, None)

    def accept(self, values: dict[str, Any]) -> Received:
        number = f"PD-{self._numbers.randrange(10**5, 10**6)}"
        sent = Received(number, self.clock.now(), values, self.review_seconds)
        self.received.append(sent)
        self.events.add("form-received", number=number)
        return sent

    def find(self, subscriber_id: str) -> list[Received]:
        """What the list knows, the newest first. It doesn't lag unless a test says so."""
        known = self.clock.now() - timedelta(seconds=self.list_delay_seconds or 0)
        mine = (r for r in reversed(self.received) if r.values["subscriber_id"] == subscriber_id)
        return [r for r in mine if r.at <= known]
