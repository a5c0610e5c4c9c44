"""Where the keys of an installation come from: the environment, or a file that only its owner reads.

The form is the same in both: 32 bytes in base64, one key or several, the active one first; in the
environment they are parted by commas, in a file by lines.
"""

import base64
import binascii
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from authwright.vault.seal import KEY_BYTES, KeyRing

VARIABLE = "AUTHWRIGHT_KEY"


class KeyMissingError(Exception):
    """No key where it was looked for, or one that may not be used. Never quotes the key."""


def load(file: Path | None = None, *, environment: Mapping[str, str] | None = None) -> KeyRing:
    """The ring from $AUTHWRIGHT_KEY when that is set, else from `file`. Raises KeyMissingError."""
    given = (os.environ if environment is None else environment).get(VARIABLE, "")
    if given.strip():
        return _ring(given, f"${VARIABLE}")
    if file is None or not file.exists():
        where = f"${VARIABLE} is not set" + (f" and {file} does not exist" if file else "")
        raise KeyMissingError(f"no key: {where}")
    return _ring(_read_private(file), str(file))


def create(file: Path) -> KeyRing:
    """A new random key in a new file with mode 0600. Raises FileExistsError: a key is never replaced."""
    return _create(file, [_new_key()])


def rotate(file: Path) -> KeyRing:
    """Put a new key in front of those in the file; the old ones go on opening what they sealed."""
    old = _read_private(file)
    _ring(old, str(file))
    beside = file.with_name(file.name + ".new")
    ring = _create(beside, [_new_key(), *_parts(old)])
    beside.replace(file)
    return ring


def _create(file: Path, keys: list[str]) -> KeyRing:
    text = "\n".join(keys) + "\n"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    return _ring(text, str(file))


def _new_key() -> str:
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def _read_private(file: Path) -> str:
    """The mode is checked on the open file, so that it can't be exchanged in between."""
    try:
        with file.open(encoding="ascii") as source:
            status = os.fstat(source.fileno())
            if stat.S_IMODE(status.st_mode) & 0o077:
                raise KeyMissingError(f"{file} can be read by others; run: chmod 600 {file}")
            if status.st_uid not in (os.geteuid(), 0):
                raise KeyMissingError(f"{file} belongs to another user")
            return source.read()
    except UnicodeDecodeError:
        raise KeyMissingError(f"{file} holds no key: expected base64") from None


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[,\s]+", text) if part]


def _ring(text: str, where: str) -> KeyRing:
    try:
        return KeyRing([base64.b64decode(part, validate=True) for part in _parts(text)])
    except (binascii.Error, ValueError):
        raise KeyMissingError(f"{where} holds no key: expected {KEY_BYTES} bytes in base64") from None
