"""The same tests on SQLite and on PostgreSQL; the latter under a role that row-level security binds."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import psutil
import pytest
from sqlalchemy import make_url

from authwright.cases.states import Event
from authwright.core.order import Coverage, Order
from authwright.store import Store, open_store, schema
from authwright.store.cases import CaseFacts
from authwright.store.database import connect
from authwright.store.schema import grants
from authwright.vault.seal import KeyRing

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ROLE = "authwright_app"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that ends with the tests. Skips where the wheel isn't installed."""
    pgserver = pytest.importorskip("pgserver")
    folder = tmp_path_factory.mktemp("postgres")
    server = pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    process = psutil.Process(server.get_pid())
    process.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
    process.wait(30)
    server.cleanup()


_numbers = count(1)


@contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """A database with the tables, and its address for the role that is neither superuser nor owner."""
    name = f"store_{next(_numbers)}"
    admin = connect(server)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        known = connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,))
        if known.first() is None:
            connection.exec_driver_sql(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
    owner_url = make_url(server).set(database=name).render_as_string(hide_password=False)
    schema.upgrade(owner_url)
    owner = connect(owner_url)
    with owner.begin() as connection:
        for statement in grants(ROLE):
            connection.exec_driver_sql(statement)
    owner.dispose()
    yield make_url(owner_url).set(username=ROLE).render_as_string(hide_password=False)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    with postgres_database(postgres_server) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database with its tables."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'store.db'}"
        schema.upgrade(address)
        yield address
        return
    yield request.getfixturevalue("postgres_url")


@pytest.fixture
def new_id() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"id-{next(numbers):04}"


@pytest.fixture
def store(url: str, tmp_path: Path, new_id: Callable[[], str]) -> Iterator[Store]:
    """A store with the practices "clinic" and "other"."""
    opened = open_store(url, KeyRing([bytes(range(32))]), tmp_path / "evidence", new_id=new_id)
    opened.add_practice("clinic", "Northside Clinic", at=AT)
    opened.add_practice("other", "Other Clinic", at=AT)
    yield opened
    opened.close()


@pytest.fixture
def case_id(store: Store) -> str:
    """A case of the practice "clinic", in state ready."""
    with store.practice("clinic") as session:
        order = Order("O-1", coverages=(Coverage(member_id="W123456789"),))
        record, _ = session.orders.add(order, source="csv", actor="Jane", at=AT)
        facts = CaseFacts(payer="cypress", portal="hub", date_of_service=date(2026, 12, 1))
        case = session.cases.open(
            record.id, {"notes": "n"}, facts, member_id="W123456789", actor="Jane", at=AT
        )
        session.cases.move(case.id, Event.FOUND_COMPLETE, actor="Jane", at=AT)
    return case.id
