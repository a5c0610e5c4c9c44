"""What is remembered of a portal account between runs: its session, and which one-time code was used.

Sealed files in the practice's folder, one for each account; the lease sees to it that one run at a
time uses them.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from authwright.core.clock import Clock
from authwright.core.ports import Sealer, SealError
from authwright.vault.totp import code_at, seconds_left

PERIOD_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Remembered:
    """`storage_state` is Playwright's JSON ("" for none), `code_step` the last used code's time step."""

    storage_state: str = ""
    code_step: int = 0


@dataclass(frozen=True, slots=True)
class PortalSessions:
    folder: Path
    practice: str
    sealer: Sealer

    def load(self, account: str) -> Remembered:
        """Nothing remembered when there is no file, or one that doesn't open: a run then signs in."""
        path = self._path(account)
        if not path.exists():
            return Remembered()
        try:
            data = self.sealer.unseal(path.read_bytes(), place=self._place(account))
            return msgspec.json.decode(data, type=Remembered)
        except (SealError, msgspec.ValidationError):
            return Remembered()

    def save(self, account: str, remembered: Remembered) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(account)
        beside = path.with_suffix(".new")
        token = self.sealer.seal(msgspec.json.encode(remembered), place=self._place(account))
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(token)
        beside.replace(path)

    def _path(self, account: str) -> Path:
        return self.folder / f"{hashlib.sha256(account.encode()).hexdigest()[:16]}.sealed"

    def _place(self, account: str) -> str:
        return f"{self.practice}\x1fportal-session\x1f{account}"


@dataclass(slots=True)
class FreshCodes:
    """Codes of an authenticator app, each given out once: a portal refuses a code that it has seen,
    and too many refusals lock the account. Waits for the next code where the present one was used."""

    secret: str
    clock: Clock
    last_step: int
    used: Callable[[int], None]
    sleep: Callable[[float], None]

    def __call__(self) -> str:
        now = self.clock.now()
        if _step(now) <= self.last_step:
            self.sleep(seconds_left(now) + 0.2)
            now = self.clock.now()
        self.last_step = _step(now)
        # Written down before it is given out: a run that dies right after must not use it again.
        self.used(self.last_step)
        return code_at(self.secret, now)


def _step(at: datetime) -> int:
    return int(at.timestamp()) // PERIOD_SECONDS
