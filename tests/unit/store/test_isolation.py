"""One practice never sees or touches another's rows, by three walls."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, exc, func, insert, select, text, update
from sqlalchemy.orm import aliased

from authwright.core.certification import Certification
from authwright.store import OtherPracticeError, Store, StoreError, UnknownPracticeError
from authwright.store.cases import CaseFacts
from authwright.store.database import connect
from authwright.store.models import CaseRow, LeaseRow, OrderRow, tables_of_practices
from authwright.store.transaction import BoundSession

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@contextmanager
def bound(store: Store, practice: str) -> Iterator[BoundSession]:
    """The session beneath a practice's session."""
    with store.practice(practice) as session:
        yield session.transaction.sql


def test_another_practice_sees_nothing(store: Store, case_id: str) -> None:
    with store.practice("other") as session:
        assert session.cases.find() == ()
        assert session.cases.of_member("W123456789") == ()
        assert session.orders.by_external_id("O-1") is None
        assert list(session.ledger.entries()) == []
        with pytest.raises(KeyError):
            session.cases.get(case_id)


@pytest.mark.parametrize(
    "statement",
    [
        select(CaseRow.id),
        select(func.count()).select_from(CaseRow).having(func.count() > 0),
        select(aliased(CaseRow).id),
        select(OrderRow.id).join(CaseRow, CaseRow.order_id == OrderRow.id),
        select(CaseRow.id).where(CaseRow.order_id.in_(select(OrderRow.id))),
        select(CaseRow.id).union_all(select(OrderRow.id)),
    ],
)
def test_statements_of_any_form_are_narrowed(store: Store, case_id: str, statement: object) -> None:
    with bound(store, "other") as sql:
        assert sql.execute(statement).all() == []  # type: ignore[call-overload]
    with bound(store, "clinic") as sql:
        assert sql.execute(statement).all() != []  # type: ignore[call-overload]


def test_get_by_key_is_narrowed(store: Store, case_id: str) -> None:
    with bound(store, "other") as sql:
        assert sql.get(CaseRow, ("clinic", case_id)) is None


def test_updates_and_deletes_are_narrowed(store: Store, case_id: str) -> None:
    with bound(store, "other") as sql:
        sql.execute(update(CaseRow).values(state="closed"))
        sql.execute(delete(CaseRow))
    with store.practice("clinic") as session:
        assert session.cases.get(case_id).state == "ready"


def test_rows_of_another_practice_are_not_written(store: Store) -> None:
    lease = {"account": "a", "holder": "h", "token": 1, "expires_at": AT}
    with pytest.raises(OtherPracticeError), bound(store, "other") as sql:
        sql.add(LeaseRow(practice_id="clinic", **lease))
    with pytest.raises(OtherPracticeError), bound(store, "other") as sql:
        sql.execute(insert(LeaseRow).values(practice_id="clinic", **lease))


def test_a_row_can_not_be_moved_to_another_practice(store: Store, case_id: str) -> None:
    with pytest.raises(OtherPracticeError), bound(store, "clinic") as sql:
        row = sql.scalars(select(CaseRow)).one()
        row.practice_id = "other"


def test_plain_sql_is_refused(store: Store) -> None:
    with pytest.raises(OtherPracticeError), bound(store, "other") as sql:
        sql.execute(text("SELECT 1"))


def test_a_case_can_not_belong_to_another_practice_order(store: Store, case_id: str) -> None:
    with store.practice("clinic") as session:
        order_id = session.cases.get(case_id).order_id
    with pytest.raises(exc.IntegrityError), store.practice("other") as session:
        session.cases.open(order_id, {}, CaseFacts(), actor="Joe", at=AT)


def test_the_same_member_has_another_hash_in_another_practice(store: Store, case_id: str) -> None:
    with store.practice("other") as session:
        session.certifications.record(Certification("A1", "cypress", "W123456789", ()), actor="Joe", at=AT)
        assert len(session.certifications.of_members(["W123456789"])) == 1
    with store.practice("clinic") as session:
        assert session.certifications.of_members(["W123456789"]) == ()


def test_leases_of_one_account_name_are_apart(store: Store) -> None:
    minute = timedelta(minutes=1)
    for practice in ("clinic", "other"):
        with store.practice(practice) as session:
            lease = session.leases.acquire("hub/jane", "run", at=AT, duration=minute)
            assert lease is not None
            assert lease.token == 1


def test_an_unknown_practice_is_an_error_at_once(store: Store) -> None:
    with pytest.raises(UnknownPracticeError, match="nowhere"), store.practice("nowhere"):
        pass


def test_a_practice_is_added_once(store: Store) -> None:
    with pytest.raises(StoreError, match="already"):
        store.add_practice("clinic", "Again", at=AT)
    assert [p.id for p in store.practices()] == ["clinic", "other"]


def test_a_reading_session_does_not_write(store: Store) -> None:
    with pytest.raises(StoreError, match="only reads"), store.practice("clinic", read_only=True) as session:
        session.leases.acquire("hub/jane", "run", at=AT, duration=timedelta(minutes=1))


def test_a_writing_session_within_another_is_refused_at_once(store: Store) -> None:
    refused = pytest.raises(StoreError, match="open here already")
    with store.practice("clinic"), refused, store.practice("other"):
        pass
    with store.practice("clinic"), store.practice("clinic", read_only=True) as reading:
        assert reading.cases.find() == ()
    with store.practice("other") as session:
        assert session.practice == "other"


@pytest.mark.postgres
class TestRowLevelSecurity:
    """Below the program: plain SQL under the program's role."""

    @pytest.fixture
    def url(self, postgres_url: str) -> str:
        return postgres_url

    def test_every_table_of_practices_is_guarded(self, url: str) -> None:
        engine = connect(url)
        query = (
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity "
            "AND relnamespace = current_schema()::regnamespace"
        )
        with engine.connect() as connection:
            guarded = set(connection.exec_driver_sql(query).scalars())
            bypass = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            assert connection.exec_driver_sql(bypass).scalar() is False
        assert guarded == set(tables_of_practices())
        engine.dispose()

    def test_plain_sql_sees_the_set_practice_only(self, url: str, store: Store, case_id: str) -> None:
        engine = connect(url)
        seen = {}
        for practice in ("clinic", "other", None):
            with engine.begin() as connection:
                if practice:
                    connection.exec_driver_sql("SELECT set_config('app.practice', %s, true)", (practice,))
                seen[practice] = connection.exec_driver_sql("SELECT count(*) FROM cases").scalar()
        assert seen == {"clinic": 1, "other": 0, None: 0}
        engine.dispose()

    def test_the_setting_does_not_outlive_its_transaction(self, url: str, store: Store, case_id: str) -> None:
        engine = connect(url)
        with engine.connect() as connection:
            with connection.begin():
                connection.exec_driver_sql("SELECT set_config('app.practice', 'clinic', true)")
            with connection.begin():
                assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == 0
        engine.dispose()

    def test_plain_sql_can_not_write_into_another_practice(self, url: str, store: Store) -> None:
        engine = connect(url)
        insert_lease = "INSERT INTO leases VALUES ('clinic', 'a', 'h', 1, now())"
        with pytest.raises(exc.ProgrammingError, match="row-level security"), engine.begin() as connection:
            connection.exec_driver_sql("SELECT set_config('app.practice', 'other', true)")
            connection.exec_driver_sql(insert_lease)
        engine.dispose()

    def test_the_ledger_can_be_added_to_but_not_changed(self, url: str, store: Store, case_id: str) -> None:
        engine = connect(url)
        for change in ("UPDATE ledger_entries SET actor = 'Joe'", "DELETE FROM ledger_heads"):
            with pytest.raises(exc.ProgrammingError, match="permission denied"), engine.begin() as connection:
                connection.exec_driver_sql(change)
        engine.dispose()
