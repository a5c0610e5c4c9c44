"""The clock as something that is passed in, so that the same run can be made again."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is told to move."""

    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self.at = self.at.astimezone(UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


def today(clock: Clock) -> date:
    """The date in UTC; payer time zones are the business of whoever computes a deadline."""
    return clock.now().date()
