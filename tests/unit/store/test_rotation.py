"""After a change of keys everything opens and is found without the old key."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary

from authwright.core.certification import Certification, Determination, DeterminationStatus
from authwright.core.clock import FixedClock
from authwright.core.order import Coverage, Order
from authwright.store import Store, open_store, rotation
from authwright.store.models import Base
from authwright.store.orders import Change
from authwright.store.submissions import Attempt, SubmissionStatus
from authwright.vault.seal import KeyRing

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
OLD, NEW = bytes(range(32)), b"n" * 32


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path) -> str:
    """On SQLite: the values are the same everywhere."""
    file = tmp_path / "store.db"
    file.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{file}"


@pytest.fixture
def filled(store: Store, case_id: str) -> Store:
    with store.practice("clinic") as session:
        submission = session.submissions.start(Attempt(case_id, "k", "submit", "portal"), actor="x", at=AT)
        session.submissions.put_status(
            submission.id, SubmissionStatus.SENT, actor="x", at=AT, reference_number="R1", result={"a": 1}
        )
        decided = Determination(DeterminationStatus.CERTIFIED, "Certified")
        session.determinations.record(case_id, decided, actor="x", at=AT)
        approval = Certification("A1", "cypress", "W123456789", (), end=date(2027, 1, 1))
        session.certifications.record(approval, actor="x", at=AT, case_id=case_id)
        session.worklist.add("x", "why", actor="x", at=AT, case_id=case_id)
    store.evidence_sink("clinic", FixedClock(AT), actor="x", case_id=case_id).keep(
        b"proof", kind="letter", name="l"
    )
    return store


@pytest.fixture
def with_new_key_only(filled: Store, url: str, tmp_path: Path) -> Iterator[Store]:
    both = open_store(url, KeyRing([NEW, OLD]), tmp_path / "evidence")
    with both.practice("clinic", read_only=True) as session:
        entries = len(list(session.ledger.entries()))
    assert both.seal_anew("clinic") == 8 + entries + 1
    both.close()
    opened = open_store(url, KeyRing([NEW]), tmp_path / "evidence")
    yield opened
    opened.close()


def test_all_opens_and_is_found_without_the_old_key(with_new_key_only: Store, case_id: str) -> None:
    with with_new_key_only.practice("clinic", read_only=True) as session:
        assert session.cases.document(case_id) == {"notes": "n"}
        assert [c.id for c in session.cases.of_member("W123456789")] == [case_id]
        assert [o.external_id for o in session.orders.of_member("W123456789")] == ["O-1"]
        (submission,) = session.submissions.by_reference("R1")
        assert session.submissions.result(submission.id, dict) == {"a": 1}
        assert len(session.determinations.of_case(case_id)) == 1
        assert len(session.certifications.by_number("A1")) == 1
        assert len(session.certifications.of_members(["W123456789"])) == 1
        assert [i.why for i in session.worklist.of_case(case_id)] == ["why"]
        (proof,) = session.evidence.of_case(case_id)
        assert session.evidence.read(proof.content_hash) == b"proof"
        assert len(session.ledger.history(case_id)) == 8


def test_the_same_order_is_still_the_same(with_new_key_only: Store) -> None:
    with with_new_key_only.practice("clinic") as session:
        order = Order("O-1", coverages=(Coverage(member_id="W123456789"),))
        assert session.orders.add(order, source="csv", actor="x", at=AT)[1] is Change.SAME


def test_before_that_both_keys_find_it(filled: Store, case_id: str, url: str, tmp_path: Path) -> None:
    both = open_store(url, KeyRing([NEW, OLD]), tmp_path / "evidence")
    with both.practice("clinic", read_only=True) as session:
        assert [c.id for c in session.cases.of_member("W123456789")] == [case_id]
        assert session.ledger.verify() == []
    both.close()


def test_no_sealed_column_is_forgotten() -> None:
    """Bytes that aren't sealed: a signature. Those of the secrets are sealed anew by the vault."""
    sealed = {(model.__tablename__, column) for model, _, column in rotation.SEALED}
    in_bytes = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert in_bytes - sealed == {("ledger_heads", "signature"), ("secrets", "sealed")}
