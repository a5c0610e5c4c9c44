"""The portal's own clock: real time plus an offset that tests move."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta


def real_now() -> datetime:
    return datetime.now(UTC)


class PortalClock:
    """Decides what the payer has got round to. Sessions and one-time codes keep to real time, as the
    authenticator app on the other side does."""

    def __init__(self, real: Callable[[], datetime] = real_now) -> None:
        self.real = real
        self.offset = timedelta(0)

    def now(self) -> datetime:
        return self.real() + self.offset

    def today(self) -> date:
        return self.now().date()

    def advance(self, seconds: float) -> None:
        self.offset += timedelta(seconds=seconds)

    def reset(self) -> None:
        self.offset = timedelta(0)
