"""Time-based one-time passwords (RFC 6238: SHA-1, six digits, steps of 30 seconds)."""

import base64
import hmac
import struct

STEP_SECONDS = 30
DIGITS = 6


def decode_secret(base32: str) -> bytes:
    """Bytes of a base32 secret of any length; spaces, lower case and missing padding are fine.

    Raises ValueError (binascii.Error) if it isn't base32.
    """
    text = base32.replace(" ", "").upper().rstrip("=")
    return base64.b32decode(text + "=" * (-len(text) % 8))


def code_for_step(secret: bytes, step: int) -> str:
    """The code of one time step (RFC 4226, section 5.3)."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def code_at(secret: bytes, unix_seconds: float) -> str:
    return code_for_step(secret, int(unix_seconds) // STEP_SECONDS)


def matching_step(secret: bytes, code: str, unix_seconds: float, window: int = 1) -> int | None:
    """The step whose code this is, within `window` steps of now; None if there is none."""
    now = int(unix_seconds) // STEP_SECONDS
    for step in range(now - window, now + window + 1):
        if step >= 0 and hmac.compare_digest(code_for_step(secret, step).encode(), code.encode()):
            return step
    return None
