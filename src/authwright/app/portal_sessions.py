"""What is remembered of a portal account between runs: its session, and which one-time code was used.

Sealed files in the practice's folder, one for each account; the lease sees to it that one run at a
time uses them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from authwright.app.sealed_files import SealedFiles
from authwright.core.clock import Clock
from authwright.core.ports import Sealer
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
        data = self._files.read(account)
        try:
            return msgspec.json.decode(data, type=Remembered) if data else Remembered()
        except msgspec.ValidationError:
            return Remembered()

    def save(self, account: str, remembered: Remembered) -> None:
        self._files.write(account, msgspec.json.encode(remembered))

    @property
    def _files(self) -> SealedFiles:
        return SealedFiles(self.folder, self.practice, self.sealer, "portal-session")


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
