"""Time-based one-time codes (RFC 6238) as an authenticator app shows them."""

import base64
import binascii
import re
from datetime import datetime
from typing import Literal

from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512
from cryptography.hazmat.primitives.twofactor.totp import TOTP

Algorithm = Literal["SHA1", "SHA256", "SHA512"]
_ALGORITHMS: dict[Algorithm, SHA1 | SHA256 | SHA512] = {
    "SHA1": SHA1(),
    "SHA256": SHA256(),
    "SHA512": SHA512(),
}


def code_at(
    secret_base32: str, at: datetime, digits: int = 6, period: int = 30, algorithm: Algorithm = "SHA1"
) -> str:
    """The code that is valid at `at`. Secrets of any length work: many portals give only 80 bits.

    `secret_base32` as portals show it: spaces, dashes, lower case and missing padding are fine.
    `digits` 6 to 8, `period` in seconds. Raises ValueError, which never quotes the secret.
    """
    totp = TOTP(_key(secret_base32), digits, _ALGORITHMS[algorithm], period, enforce_key_length=False)
    return totp.generate(_seconds(at)).decode()


def seconds_left(at: datetime, period: int = 30) -> int:
    """For how many seconds from `at` the present code stays valid: 1 to `period`."""
    return period - _seconds(at) % period


def step_of(at: datetime, period: int = 30) -> int:
    """The number of the time step in which `at` lies: each has one code."""
    return _seconds(at) // period


def _seconds(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError("a code needs an aware datetime")
    return int(at.timestamp())


def _key(secret: str) -> bytes:
    plain = re.sub(r"[\s\-]", "", secret).rstrip("=").upper()
    try:
        key = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ValueError("an authenticator secret is base32: letters A to Z and digits 2 to 7") from None
    return key
