"""Sealing with a ring of keys: AES-256-GCM for values, HMAC-SHA256 for look-ups.

A token is `AW1` + key id (8 bytes) + nonce (12 bytes) + ciphertext with its tag (NIST SP 800-38D). The
place of the value is associated data: a token copied into another row, column or practice doesn't
open. The first key of the ring seals; all of them open, so a new key is put in front and the old
one stays until everything is sealed anew. Nonces are random: one key is good for 2^32 values.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from authwright.core.ports import SealError

KEY_BYTES = 32
_MAGIC = b"AW1"
_ID_BYTES = 8
_NONCE_BYTES = 12
_HEAD = len(_MAGIC) + _ID_BYTES + _NONCE_BYTES


class KeyRing:
    """The keys of one installation, the active one first. A `core.ports.Sealer`."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """`keys`: 32 bytes each. Raises ValueError for none, or one of another length."""
        if not keys:
            raise ValueError("a key ring needs at least one key")
        if any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._keys = {_key_id(key): key for key in keys}
        self._ciphers = {key_id: AESGCM(_subkey(key, "seal")) for key_id, key in self._keys.items()}
        self.active = next(iter(self._keys))

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self._keys)})"

    def seal(self, data: bytes, *, place: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        head = _MAGIC + bytes.fromhex(self.active) + nonce
        return head + self._ciphers[self.active].encrypt(nonce, data, place.encode())

    def unseal(self, token: bytes, *, place: str) -> bytes:
        """Raises SealError, which names the place and the key but no content."""
        key_id = key_id_of(token)
        if key_id not in self._ciphers:
            raise SealError(f"{place}: sealed with key {key_id}, which isn't on the ring")
        nonce = token[_HEAD - _NONCE_BYTES : _HEAD]
        try:
            return self._ciphers[key_id].decrypt(nonce, token[_HEAD:], place.encode())
        except InvalidTag:
            raise SealError(f"{place}: changed, or moved from another place") from None

    def index(self, text: str, *, purpose: str) -> str:
        return _index(self._keys[self.active], text, purpose)

    def index_all(self, text: str, *, purpose: str) -> tuple[str, ...]:
        return tuple(_index(key, text, purpose) for key in self._keys.values())

    def derive(self, purpose: str) -> Mapping[str, bytes]:
        return {key_id: _subkey(key, f"derived {purpose}") for key_id, key in self._keys.items()}


def key_id_of(token: bytes) -> str:
    """The id of the key that sealed the token, in hex; SealError when it is no token."""
    if len(token) < _HEAD or not token.startswith(_MAGIC):
        raise SealError("not a sealed value")
    return token[len(_MAGIC) : len(_MAGIC) + _ID_BYTES].hex()


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"authwright key id" + key).digest()[:_ID_BYTES].hex()


@cache
def _subkey(key: bytes, purpose: str) -> bytes:
    """A key of its own for each use (HKDF, RFC 5869), so that no key serves two algorithms."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"authwright {purpose}".encode()).derive(key)


def _index(key: bytes, text: str, purpose: str) -> str:
    message = f"{purpose}\x1f{text}".encode()
    return hmac.new(_subkey(key, "index"), message, hashlib.sha256).hexdigest()
