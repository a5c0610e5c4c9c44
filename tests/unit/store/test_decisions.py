"""Determinations, certifications, evidence and secrets as they come back."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import exc

from authwright.core.certification import (
    Certification,
    CertifiedCode,
    Determination,
    DeterminationStatus,
    ObtainedBy,
    Proof,
)
from authwright.core.clock import FixedClock
from authwright.core.ports import SealError
from authwright.store import Store
from authwright.vault.seal import KeyRing
from authwright.vault.secrets import SecretBook

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
APPROVAL = Certification(
    number="A0001",
    payer="cypress",
    member_id="W123456789",
    codes=(CertifiedCode("72148", ("26",), Decimal("1.5")),),
    start=date(2026, 12, 1),
    end=date(2027, 2, 28),
    rendering_npi="1234567893",
    places=("11", "22"),
    process="prior-authorization",
    proof=Proof(ObtainedBy.PHONE, "Sam", AT, call_reference="C-9"),
)


def test_an_approval_comes_back_whole(store: Store, case_id: str) -> None:
    with store.practice("clinic") as session:
        kept = session.certifications.record(APPROVAL, actor="Jane", at=AT, case_id=case_id)
        assert session.certifications.record(APPROVAL, actor="Jane", at=AT, case_id=case_id) == kept
    with store.practice("clinic", read_only=True) as session:
        find = session.certifications
        assert find.get(kept.id).certification == APPROVAL
        assert find.of_case(case_id) == find.by_number(" a0001 ", payer="cypress") == (kept,)
        assert find.by_number("A0001", payer="aetna") == ()
        assert find.of_members(["W123456789", "X"]) == (kept,)
        assert find.ending(date(2027, 3, 1)) == (kept,)
        assert find.ending(date(2027, 3, 1), since=date(2027, 3, 1)) == ()
        assert find.ending(date(2027, 2, 28)) == ()
        assert list(find.all()) == [kept]


def test_an_imported_approval_is_assigned_and_replaced(store: Store, case_id: str) -> None:
    with store.practice("clinic") as session:
        kept = session.certifications.record(APPROVAL, actor="Jane", at=AT)
        session.certifications.assign(kept.id, case_id, actor="Jane", at=AT)
        longer = Certification("A0001", "cypress", "W123456789", (), end=date(2027, 6, 30))
        session.certifications.replace(kept.id, longer, actor="Jane", at=AT)
    with store.practice("clinic", read_only=True) as session:
        (found,) = session.certifications.of_case(case_id)
        assert found.certification == longer
        kinds = [entry.kind for entry, _ in session.ledger.history(case_id)]
    assert kinds[-2:] == ["certification.assigned", "certification.replaced"]


def test_a_decision_that_was_read_before_is_not_new(store: Store, case_id: str) -> None:
    pended = Determination(DeterminationStatus.PENDED, "Pended")
    certified = Determination(DeterminationStatus.CERTIFIED, "Certified in Total", "A0001", AT)
    with store.practice("clinic") as session:
        record = session.determinations.record
        given = [(pended, 0), (pended, 0), (pended, 1), (certified, 0), (pended, 0)]
        new = [record(case_id, d, line=line, actor="engine", at=AT) for d, line in given]
    assert new == [True, False, True, True, True]
    with store.practice("clinic", read_only=True) as session:
        found = session.determinations.of_case(case_id)
    assert [(d.determination, d.line) for d in found] == [given[0], given[2], given[3], given[4]]


def evidence_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "evidence").rglob("*") if path.is_file()]


def test_evidence_comes_back_and_is_sealed_on_disk(store: Store, case_id: str, tmp_path: Path) -> None:
    sink = store.evidence_sink("clinic", FixedClock(AT), actor="run-1", case_id=case_id)
    digest = sink.keep(b"page of Ann Example", kind="page-text", name="review", note="before sending")
    assert sink.keep(b"page of Ann Example", kind="page-text", name="again") == digest
    (file,) = evidence_files(tmp_path)
    assert file.name == f"{digest}.sealed"
    assert b"Ann" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with store.practice("clinic", read_only=True) as session:
        assert session.evidence.read(digest) == b"page of Ann Example"
        first, second = session.evidence.of_case(case_id)
        assert session.evidence.damaged() == ()
    assert (first.name, first.note, first.kind, first.size) == ("review", "before sending", "page-text", 19)
    assert second.name == "again"


def test_changed_and_missing_files_are_found(store: Store, tmp_path: Path) -> None:
    sink = store.evidence_sink("clinic", FixedClock(AT), actor="run-1")
    digests = [sink.keep(data, kind="letter", name="l") for data in (b"one", b"two", b"three")]
    changed, gone, swapped = (next((tmp_path / "evidence").rglob(f"{d}.sealed")) for d in digests)
    swapped.write_bytes(changed.read_bytes())
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    gone.unlink()
    with store.practice("clinic", read_only=True) as session:
        damaged = dict(session.evidence.damaged())
        assert damaged.keys() == set(digests)
        assert damaged[digests[1]] == "the file is gone"
        with pytest.raises(SealError):
            session.evidence.read(digests[0])


def test_another_practice_does_not_read_evidence_by_its_hash(store: Store) -> None:
    digest = store.evidence_sink("clinic", FixedClock(AT), actor="x").keep(b"one", kind="letter", name="l")
    with pytest.raises(KeyError), store.practice("other") as session:
        session.evidence.read(digest)


def test_evidence_of_an_unknown_case_is_refused(store: Store) -> None:
    sink = store.evidence_sink("clinic", FixedClock(AT), actor="x", case_id="nothing")
    with pytest.raises(exc.IntegrityError):
        sink.keep(b"one", kind="letter", name="l")


def test_secrets_in_the_store_are_those_of_the_vault(store: Store) -> None:
    ring = KeyRing([bytes(range(32))])
    book = SecretBook(store.secret_rows("clinic"), ring)
    for value in ("old", "s3cret"):
        book.put(
            "hub.password",
            value,
            owner="Jane Roe",
            permission="may sign in",
            permitted_on=AT.date() - timedelta(days=1),
            actor="admin",
            at=AT,
        )
    assert SecretBook(store.secret_rows("clinic"), ring).get("hub.password") == "s3cret"
    assert [c.owner for c in book.credentials()] == ["Jane Roe"]
    with pytest.raises(KeyError):
        SecretBook(store.secret_rows("other"), ring).get("hub.password")
    book.remove("hub.password", actor="admin", at=AT)
    with pytest.raises(KeyError, match=r"hub\.password"):
        book.remove("hub.password", actor="admin", at=AT)
