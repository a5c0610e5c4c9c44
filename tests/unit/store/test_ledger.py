"""Whatever is done to the ledger with plain SQL is found."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from authwright.cases.states import Event
from authwright.ledger import chain
from authwright.ledger.verify import FindingKind, verify
from authwright.store import Store, open_store
from authwright.store.database import connect
from authwright.vault.seal import KeyRing

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def tamper(request: pytest.FixtureRequest, url: str) -> Callable[[str], None]:
    """Runs SQL behind the program's back, as whoever owns the database."""
    owner = url if url.startswith("sqlite") else request.getfixturevalue("postgres_owner_url")

    def run(statement: str) -> None:
        engine = connect(owner)
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    return run


def findings(store: Store) -> set[FindingKind]:
    with store.practice("clinic", read_only=True) as session:
        return {finding.kind for finding in session.ledger.verify()}


@pytest.fixture
def moved(store: Store, case_id: str) -> str:
    """A case with two more transactions behind it: five entries, three heads."""
    for event in (Event.SUBMISSION_STARTED, Event.SENT):
        with store.practice("clinic") as session:
            session.cases.move(case_id, event, actor="Jane", at=AT)
    return case_id


def test_an_untouched_ledger_verifies(store: Store, moved: str) -> None:
    with store.practice("clinic", read_only=True) as session:
        assert session.ledger.verify() == []
        assert [e.sequence for e in session.ledger.entries()] == [1, 2, 3, 4, 5]
        assert [h.sequence for h in session.ledger.heads()] == [3, 4, 5]
        assert [e.sequence for e in session.ledger.entries(case_id=moved)] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE ledger_entries SET actor = 'Joe' WHERE sequence = 2", FindingKind.CHANGED),
        ("UPDATE ledger_entries SET kind = 'x' WHERE sequence = 5", FindingKind.CHANGED),
        (
            "UPDATE ledger_entries SET at = '2026-11-23 08:00:00.000000' WHERE sequence = 4",
            FindingKind.CHANGED,
        ),
        ("DELETE FROM ledger_entries WHERE sequence = 3", FindingKind.MISSING),
        ("DELETE FROM ledger_entries WHERE sequence = 1", FindingKind.MISSING),
        ("DELETE FROM ledger_entries WHERE sequence > 3", FindingKind.CUT_OFF),
        ("DELETE FROM ledger_entries", FindingKind.CUT_OFF),
        ("UPDATE ledger_entries SET sequence = 9 WHERE sequence = 5", FindingKind.MISSING),
        ("DELETE FROM ledger_heads WHERE sequence = 5", FindingKind.UNSIGNED),
        ("UPDATE ledger_heads SET hash = 'x' WHERE sequence = 4", FindingKind.BAD_SIGNATURE),
        (
            "UPDATE ledger_entries SET payload = "
            "(SELECT payload FROM ledger_entries WHERE practice_id = 'clinic' AND sequence = 4) "
            "WHERE sequence = 5",
            FindingKind.PAYLOAD_CHANGED,
        ),
    ],
)
def test_tampering_is_found(
    store: Store, moved: str, tamper: Callable[[str], None], statement: str, found: FindingKind
) -> None:
    tamper(statement)
    assert found in findings(store)


def test_a_ledger_set_back_as_a_whole_is_found_by_a_head_kept_elsewhere(
    store: Store, moved: str, tamper: Callable[[str], None]
) -> None:
    with store.practice("clinic", read_only=True) as session:
        kept = session.ledger.heads()[-1]
    tamper("DELETE FROM ledger_entries WHERE sequence > 3")
    tamper("DELETE FROM ledger_heads WHERE sequence > 3")
    assert findings(store) == set()
    with store.practice("clinic", read_only=True) as session:
        assert {f.kind for f in session.ledger.verify([kept])} == {FindingKind.CUT_OFF}


def test_an_auditor_verifies_with_public_keys_only(store: Store, moved: str) -> None:
    with store.practice("clinic", read_only=True) as session:
        entries, heads = list(session.ledger.entries()), session.ledger.heads()
        keys = session.ledger.public_keys()
    assert verify(entries, heads, keys) == []
    assert verify(entries, heads, {next(iter(keys)): chain.public_key(bytes(32))}) != []


def test_heads_of_an_older_key_still_verify(store: Store, moved: str, url: str, tmp_path: Path) -> None:
    newer = open_store(url, KeyRing([b"n" * 32, bytes(range(32))]), tmp_path / "evidence")
    with newer.practice("clinic") as session:
        session.ledger.write("note", actor="Jane", at=AT, text="after the change of keys")
    with newer.practice("clinic", read_only=True) as session:
        assert session.ledger.verify() == []
        assert len({head.key_id for head in session.ledger.heads()}) == 2
    newer.close()


def test_writers_at_once_make_one_chain(store: Store) -> None:
    start, failures = threading.Barrier(4), []

    def work(name: str) -> None:
        start.wait()
        try:
            for n in range(5):
                with store.practice("clinic") as session:
                    session.ledger.write("note", actor=name, at=AT, n=n)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.practice("clinic", read_only=True) as session:
        assert session.ledger.verify() == []
        assert len(list(session.ledger.entries())) == 20


def test_each_practice_has_its_own_chain(store: Store, case_id: str) -> None:
    with store.practice("other") as session:
        session.ledger.write("note", actor="Joe", at=AT)
    with store.practice("other", read_only=True) as session:
        (entry,) = session.ledger.entries()
        assert (entry.sequence, entry.previous_hash) == (1, chain.START)
        assert session.ledger.verify() == []
