"""Which one-time code was used last, in files: a command run by itself has no practice to keep it in."""

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from authwright.app.system import SystemClock
from authwright.core.clock import Clock
from authwright.vault.fresh_codes import FreshCodes


def account_file(user: str, base_url: str) -> Path:
    """Where the last period of an account is remembered: the user's cache folder, under a hash."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    account = f"{user}\n{urlsplit(base_url).netloc or base_url}".casefold()
    return cache / "authwright" / f"code-{hashlib.sha256(account.encode()).hexdigest()[:24]}"


def fresh_codes(secret: str, remembered: Sequence[Path], clock: Clock = SystemClock()) -> FreshCodes:
    """The codes of `secret`. The files of `remembered` hold the step of the last one, and nothing secret."""

    def used(step: int) -> None:
        for file in remembered:
            _write(file, step)

    return FreshCodes(secret, clock, max(map(_read, remembered), default=0), used, time.sleep)


def _read(file: Path) -> int:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _write(file: Path, step: int) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.chmod(0o600)
        file.write_text(str(step), encoding="ascii")
    except OSError:
        return  # without a home that can be written to, codes are fresh within the run only
