"""Any change, removal, insertion, reordering or cut of a chain is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.ledger.chain import Entry, Head, entry_hash, link, payload_hash, public_key, sign
from authwright.ledger.verify import FindingKind, verify

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
SEED = bytes(range(32))
KEYS = {"k1": public_key(SEED)}


def chain(length: int, practice: str = "clinic") -> list[Entry]:
    entries: list[Entry] = []
    for n in range(length):
        entry = Entry(
            0,
            practice,
            AT + timedelta(minutes=n),
            "Jane",
            "case.moved",
            f"c{n}",
            payload_hash(b"{}", bytes(16)),
        )
        entries.append(link(entry, entries[-1] if entries else None))
    return entries


def head(entry: Entry) -> Head:
    return sign(entry, at=AT, key_id="k1", seed=SEED)


def kinds(entries: list[Entry], heads: list[Head]) -> set[FindingKind]:
    return {finding.kind for finding in verify(entries, heads, KEYS)}


def test_an_untouched_chain_has_no_findings() -> None:
    entries = chain(5)
    assert verify(entries, [head(entries[1]), head(entries[4])], KEYS) == []
    assert verify([], [], KEYS) == []


def test_sequences_count_from_one_and_link() -> None:
    entries = chain(3)
    assert [e.sequence for e in entries] == [1, 2, 3]
    assert entries[2].previous_hash == entries[1].hash


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "Joe"},
        {"kind": "x"},
        {"case": "c9"},
        {"at": AT + timedelta(days=1)},
        {"payload_hash": "0" * 64},
        {"previous_hash": "1" * 64},
        {"hash": "1" * 64},
        {"practice": "other"},
    ],
)
def test_a_changed_field_is_found(change: dict[str, object]) -> None:
    entries = chain(4)
    entries[1] = replace(entries[1], **change)  # type: ignore[arg-type]
    assert kinds(entries, [head(chain(4)[3])])


def test_a_change_with_its_hashes_made_anew_is_found_by_the_head() -> None:
    entries = chain(4)
    signed = head(entries[3])
    forged = [replace(entries[0], actor="Joe")]
    forged[0] = replace(forged[0], hash=entry_hash(forged[0]))
    for entry in entries[1:]:
        forged.append(link(entry, forged[-1]))
    assert kinds(forged, [signed]) == {FindingKind.HEAD_DIFFERS}


def test_removal_reorder_and_repetition_are_found() -> None:
    entries = chain(5)
    signed = [head(entries[4])]
    assert FindingKind.MISSING in kinds(entries[:2] + entries[3:], signed)
    assert FindingKind.MISSING in kinds(entries[1:], signed)
    assert FindingKind.OUT_OF_ORDER in kinds([entries[0], entries[2], entries[1], *entries[3:]], signed)
    assert FindingKind.OUT_OF_ORDER in kinds([*entries[:3], entries[2], *entries[3:]], signed)


def test_a_cut_after_a_signed_head_is_found() -> None:
    entries = chain(5)
    assert kinds(entries[:3], [head(entries[4])]) == {FindingKind.CUT_OFF}
    assert kinds([], [head(entries[4])]) == {FindingKind.CUT_OFF}


def test_entries_that_nobody_signed_are_found() -> None:
    entries = chain(5)
    assert kinds(entries, [head(entries[2])]) == {FindingKind.UNSIGNED}


def test_a_head_of_another_key_or_with_other_words_is_found() -> None:
    entries = chain(2)
    stranger = sign(entries[1], at=AT, key_id="k1", seed=bytes(32))
    assert kinds(entries, [stranger]) == {FindingKind.BAD_SIGNATURE}
    unknown = sign(entries[1], at=AT, key_id="k2", seed=SEED)
    assert kinds(entries, [unknown]) == {FindingKind.BAD_SIGNATURE}
    moved = replace(head(entries[1]), at=AT + timedelta(days=1))
    assert kinds(entries, [moved]) == {FindingKind.BAD_SIGNATURE}


def test_a_commitment_hides_and_binds() -> None:
    nonce = bytes(16)
    assert payload_hash(b"W123", nonce) != payload_hash(b"W124", nonce)
    assert payload_hash(b"W123", nonce) != payload_hash(b"W123", b"x" * 16)
    with pytest.raises(ValueError, match="16 bytes"):
        payload_hash(b"W123", b"short")


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        link(Entry(0, "p", datetime(2026, 1, 1), "a", "k", "", ""), None)  # noqa: DTZ001


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_other_list_of_the_entries_is_found(data: st.DataObject) -> None:
    entries = chain(6)
    picked = data.draw(st.lists(st.sampled_from(range(6)), max_size=8))
    other = [entries[n] for n in picked]
    assert bool(verify(other, [head(entries[5])], KEYS)) == (other != entries)
