"""A hash chain of entries, one chain for each practice, and its signed heads.

An entry's hash covers all its fields and the hash before it (SHA-256 over a JSON array, which has one
encoding only). A payload may name a patient, so the chain holds a commitment to it: the hash of a
random nonce and the payload. Without the nonce, which is sealed with the payload, nobody can try out
member ids against the hash. A head is the last entry's hash, signed (Ed25519, RFC 8032): who has the
database but not the key can't make another chain that verifies.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

START = "0" * 64
NONCE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `sequence` counts from 1 without gaps; hashes are hex SHA-256.

    `case` is "" for what concerns no case. `kind` is a word such as `case.moved`.
    """

    sequence: int
    practice: str
    at: datetime
    actor: str
    kind: str
    case: str
    payload_hash: str
    previous_hash: str = START
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The signed end of the chain at one time. `key_id` names the key that signed."""

    practice: str
    sequence: int
    hash: str
    at: datetime
    key_id: str
    signature: bytes


def payload_hash(payload: bytes, nonce: bytes) -> str:
    """The commitment to a payload; `nonce` is 16 random bytes, kept with the payload."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes, not {len(nonce)}")
    return hashlib.sha256(nonce + payload).hexdigest()


def entry_hash(entry: Entry) -> str:
    """What `entry.hash` has to be."""
    fields = [
        entry.sequence,
        entry.practice,
        _stamp(entry.at),
        entry.actor,
        entry.kind,
        entry.case,
        entry.payload_hash,
        entry.previous_hash,
    ]
    return hashlib.sha256(msgspec.json.encode(fields)).hexdigest()


def link(entry: Entry, previous: Entry | Head | None) -> Entry:
    """The entry as the next one after `previous` (None: the first of its chain)."""
    linked = replace(
        entry,
        sequence=previous.sequence + 1 if previous else 1,
        previous_hash=previous.hash if previous else START,
    )
    return replace(linked, hash=entry_hash(linked))


def sign(last: Entry, *, at: datetime, key_id: str, seed: bytes) -> Head:
    """The head that ends with `last`. `seed` is the 32-byte private key."""
    unsigned = Head(last.practice, last.sequence, last.hash, at, key_id, b"")
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_signed_bytes(unsigned))
    return replace(unsigned, signature=signature)


def public_key(seed: bytes) -> bytes:
    """The 32 bytes with which anyone can verify heads; an auditor gets these, never the seed."""
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def signature_holds(head: Head, keys: Mapping[str, bytes]) -> bool:
    """Whether the head was signed with the key that it names. `keys`: key id -> public key."""
    if head.key_id not in keys:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(keys[head.key_id]).verify(head.signature, _signed_bytes(head))
    except InvalidSignature:
        return False
    return True


def _signed_bytes(head: Head) -> bytes:
    fields = ["authwright ledger head", head.practice, head.sequence, head.hash, _stamp(head.at), head.key_id]
    return msgspec.json.encode(fields)


def _stamp(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("the ledger needs an aware datetime")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
