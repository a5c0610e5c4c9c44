"""Sealed values open in their place only, with a key of the ring only."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.core.ports import SealError
from authwright.vault.seal import KeyRing, key_id_of

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
RING = KeyRing([OLD])


@given(st.binary(max_size=300), st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_what_is_sealed_opens_in_its_place(data: bytes, place: str) -> None:
    assert RING.unseal(RING.seal(data, place=place), place=place) == data


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    token = bytearray(RING.seal(b"W123456789", place="p"))
    at = data.draw(st.integers(0, len(token) - 1))
    token[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealError):
        RING.unseal(bytes(token), place="p")


def test_another_place_does_not_open() -> None:
    with pytest.raises(SealError, match="moved from another place"):
        RING.unseal(RING.seal(b"x", place="cases.document/1"), place="cases.document/2")


@pytest.mark.parametrize("token", [b"", b"plain text", b"AW1" + bytes(10)])
def test_what_is_no_token_is_refused(token: bytes) -> None:
    with pytest.raises(SealError, match="not a sealed value"):
        RING.unseal(token, place="p")


def test_two_seals_of_one_value_differ() -> None:
    assert RING.seal(b"x", place="p") != RING.seal(b"x", place="p")


def test_a_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    old_token = RING.seal(b"x", place="p")
    ring = KeyRing([NEW, OLD])
    assert ring.unseal(old_token, place="p") == b"x"
    assert key_id_of(ring.seal(b"x", place="p")) == ring.active != RING.active
    with pytest.raises(SealError, match="isn't on the ring"):
        KeyRing([NEW]).unseal(old_token, place="p")


def test_look_ups_find_values_indexed_under_the_old_key() -> None:
    ring = KeyRing([NEW, OLD])
    assert RING.index("W1", purpose="member") in ring.index_all("W1", purpose="member")
    assert ring.index_all("W1", purpose="member")[0] == ring.index("W1", purpose="member")
    assert RING.index("W1", purpose="member") != RING.index("W1", purpose="number")
    assert RING.index("W1", purpose="member") != RING.index("W2", purpose="member")


def test_derived_keys_are_of_one_purpose_and_start_with_the_active_one() -> None:
    ring = KeyRing([NEW, OLD])
    assert next(iter(ring.derive("ledger"))) == ring.active
    assert set(ring.derive("ledger").values()).isdisjoint(ring.derive("other").values())
    assert {NEW, OLD}.isdisjoint(ring.derive("ledger").values())


def test_keys_of_another_length_and_empty_rings_are_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        KeyRing([b"short"])
    with pytest.raises(ValueError, match="at least one"):
        KeyRing([])


def test_a_ring_shows_no_key() -> None:
    assert OLD.hex() not in repr(RING)
    assert "\\x01" not in repr(RING)
