"""One-time codes of an authenticator, none of them given to a portal twice.

A portal refuses a code that was used, counts the refusal, and locks the account. So the period of the
last code is remembered for each account, between runs too.
"""

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from authwright.vault.totp import code_at

PERIOD = 30  # seconds, RFC 6238


def account_file(user: str, base_url: str) -> Path:
    """Where the last period of an account is remembered: the user's cache folder, under a hash."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    account = f"{user}\n{urlsplit(base_url).netloc or base_url}".casefold()
    return cache / "authwright" / f"code-{hashlib.sha256(account.encode()).hexdigest()[:24]}"


def fresh_codes(
    secret: str,
    remembered: Sequence[Path],
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> Callable[[], str]:
    """The codes of `secret`; waits for the next one when an earlier run used the present one.

    `remembered` are files that hold the number of the last period, and nothing secret.
    """
    given = -1

    def next_code() -> str:
        nonlocal given
        moment = now()
        if _period(moment) != given and _period(moment) in map(_read, remembered):
            sleep(PERIOD - moment.timestamp() % PERIOD)
            moment = now()
        given = _period(moment)
        for file in remembered:
            _write(file, given)
        return code_at(secret, moment)

    return next_code


def _period(moment: datetime) -> int:
    return int(moment.timestamp()) // PERIOD


def _read(file: Path) -> int:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return -1


def _write(file: Path, period: int) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.chmod(0o600)
        file.write_text(str(period), encoding="ascii")
    except OSError:
        return  # without a home that can be written to, codes are fresh within the run only
