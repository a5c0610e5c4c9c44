"""Signed-in (or half signed-in) browsers, by cookie."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from authwright_sandbox.clock import real_now

IDLE = timedelta(minutes=20)


class Stage(StrEnum):
    """What the session still has to do before it is in."""

    CODE = "code"
    ORGANIZATION = "organization"
    IN = "in"


@dataclass(slots=True)
class Session:
    token: str
    user: str
    stage: Stage
    seen_at: datetime
    organization: str = ""
    greeted: bool = False


class Sessions:
    """`idle`: how long a session lives that nobody uses."""

    def __init__(self, real: Callable[[], datetime] = real_now, idle: timedelta = IDLE) -> None:
        self.idle = idle
        self._real = real
        self._sessions: dict[str, Session] = {}

    def open(self, user: str, stage: Stage) -> Session:
        session = Session(secrets.token_urlsafe(18), user, stage, self._real())
        self._sessions[session.token] = session
        return session

    def find(self, token: str | None) -> Session | None:
        """The living session of this token; looking keeps it alive for as long again."""
        session = self._sessions.get(token or "")
        if session is None:
            return None
        if self._real() - session.seen_at > self.idle:
            self.close(session.token)
            return None
        session.seen_at = self._real()
        return session

    def seconds_left(self, token: str | None) -> float:
        """How long the session will live if nobody uses it; asking doesn't keep it alive."""
        session = self._sessions.get(token or "")
        if session is None:
            return 0
        return max(0.0, (session.seen_at + self.idle - self._real()).total_seconds())

    def greet_again(self) -> None:
        """Shows the update once more to everyone who is signed in."""
        for session in self._sessions.values():
            session.greeted = False

    def close(self, token: str) -> None:
        self._sessions.pop(token, None)

    def close_all(self) -> int:
        count = len(self._sessions)
        self._sessions.clear()
        return count
