"""What every portal has, whatever it is for: accounts, sessions, files, faults, a record of what came in."""

from collections.abc import Iterable
from typing import Any

from starlette.datastructures import UploadFile

from authwright_sandbox.accounts import Account, Accounts
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.drift import Drift
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults, HoldPoint
from authwright_sandbox.members import Members
from authwright_sandbox.sessions import Sessions
from authwright_sandbox.uploads import Upload, Uploads


class RefusedError(ValueError):
    """What the portal doesn't do, in the words that the page shows."""


class Site:
    account: Account

    def __init__(self, clock: PortalClock, events: EventLog, faults: Faults) -> None:
        self.clock, self.events, self.faults = clock, events, faults
        self.accounts = Accounts([self.account], clock.real)
        self.sessions = Sessions(clock.real)
        self.uploads = Uploads()
        self.reset()

    def reset(self) -> None:
        """Back to the first day."""
        self.accounts.replace([self.account])
        self.accounts.allow_code_reuse = False
        self.sessions.close_all()
        self.uploads.clear()
        self.members = Members()
        self.interstitial = True
        self.drift: Drift | None = None
        self.list_delay_seconds: float | None = None
        self.received: list[dict[str, Any]] = []

    async def passes(self, point: HoldPoint) -> bool:
        """Waits where a test holds what was sent; False if the connection shall be cut here."""
        return await self.faults.passes(point, self.events)

    async def keep_files(self, files: Iterable[object]) -> list[Upload]:
        """Raises ValueError, in the page's words, for a file that the portal doesn't take."""
        sent = [file for file in files if isinstance(file, UploadFile) and file.filename]
        return [self.uploads.add(file.filename or "", await file.read()) for file in sent]
