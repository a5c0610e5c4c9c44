"""What is remembered of a portal account between runs: its session, and which one-time code was used.

Sealed files in the practice's folder, one for each account; the lease sees to it that one run at a
time uses them.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from authwright.app.sealed_files import SealedFiles
from authwright.core.ports import Sealer


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
