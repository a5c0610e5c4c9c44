"""Marker values planted everywhere are in no file, no table and no error text."""

import traceback
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import exc, inspect

from authwright.cases.states import Event
from authwright.core.certification import Certification, Determination, DeterminationStatus
from authwright.core.clock import FixedClock
from authwright.core.order import Coverage, Order, Patient
from authwright.store import Store
from authwright.store.cases import CaseFacts
from authwright.store.database import connect
from authwright.store.models import LeaseRow
from authwright.store.submissions import Attempt, SubmissionStatus
from authwright.vault.seal import KeyRing
from authwright.vault.secrets import SecretBook

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NAME, MEMBER, BORN, NUMBER, SECRET = "Zyzzyvane", "MARKER778899", "1931-07-29", "AUTHMARK55", "hunter2marker"
MARKERS = (NAME, MEMBER, BORN, NUMBER, SECRET)


@pytest.fixture
def planted(store: Store) -> Store:
    with store.practice("clinic") as session:
        order = Order(
            "O-9",
            Patient("Ann", NAME, date.fromisoformat(BORN)),
            (Coverage(member_id=MEMBER),),
            notes=f"{NAME}, born {BORN}",
        )
        record, _ = session.orders.add(order, source="csv", actor="Jane", at=AT)
        document = {"patient": {"last_name": NAME, "date_of_birth": BORN}, "member": MEMBER}
        case = session.cases.open(
            record.id, document, CaseFacts(payer="cypress"), member_id=MEMBER, actor="Jane", at=AT
        )
        session.cases.move(case.id, Event.FOUND_COMPLETE, actor="Jane", at=AT, note=f"for {NAME}")
        attempt = Attempt(case.id, "k", "submit", "portal", "hub", "hub/jane")
        submission = session.submissions.start(attempt, actor="Jane", at=AT)
        session.submissions.put_status(
            submission.id,
            SubmissionStatus.SENT,
            actor="Jane",
            at=AT,
            reference_number=NUMBER,
            result={"read": {"name": NAME}},
        )
        lease = session.leases.acquire("hub/jane", "run-1", at=AT, duration=timedelta(minutes=1))
        assert lease is not None
        session.intents.record(submission.id, lease, step_line=1, page_fingerprint="f", at=AT)
        decided = Determination(DeterminationStatus.CERTIFIED, f"Certified for {NAME}", NUMBER)
        session.determinations.record(case.id, decided, actor="engine", at=AT)
        approval = Certification(NUMBER, "cypress", MEMBER, ())
        session.certifications.record(approval, actor="engine", at=AT, case_id=case.id)
        item = session.worklist.add("call", f"call about {NAME}", actor="engine", at=AT, case_id=case.id)
        session.worklist.finish(item.id, f"{NUMBER} for {MEMBER}", actor="Jane", at=AT)
    sink = store.evidence_sink("clinic", FixedClock(AT), actor="run-1", case_id=case.id)
    sink.keep(f"{NAME} {MEMBER}".encode(), kind="page-text", name=f"{NAME}.txt", note=NUMBER)
    SecretBook(store.secret_rows("clinic"), KeyRing([bytes(range(32))])).put(
        "hub.password",
        SECRET,
        owner="Jane Roe",
        permission="may sign in",
        permitted_on=AT.date(),
        actor="admin",
        at=AT,
    )
    return store


def everything_in_the_database(url: str) -> Iterator[bytes]:
    engine = connect(url)
    with engine.begin() as connection:
        tables = inspect(connection).get_table_names()
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT set_config('app.practice', 'clinic', true)")
        for table in tables:
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                yield from (bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in row)
    engine.dispose()


def test_no_marker_is_in_a_table(planted: Store, url: str) -> None:
    values = list(everything_in_the_database(url))
    assert b"hub/jane" in values
    assert [m for m in MARKERS if any(m.encode() in value for value in values)] == []


def test_no_marker_is_in_a_file(planted: Store, tmp_path: Path) -> None:
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert [(m, f) for m in MARKERS for f in files if m.encode() in f.read_bytes()] == []


def test_no_marker_is_in_an_error_of_the_database(planted: Store) -> None:
    with pytest.raises(exc.SQLAlchemyError) as failed, planted.practice("clinic") as session:
        sql = session.transaction.sql
        sql.add(LeaseRow(account=MEMBER, holder=NAME, token=None, expires_at=AT))
        sql.flush()
    printed = "".join(traceback.format_exception(failed.value))
    assert "leases" in printed
    assert [m for m in MARKERS if m in printed] == []
