"""The same tests on SQLite and on PostgreSQL; the latter under a role that row-level security binds."""

import signal
from collections.abc import Callable, Iterator
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
from authwright.store.models import Base
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


def _run(url: str, *statements: str) -> None:
    engine = connect(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: str) -> str:
    """The tables, owned by the superuser and granted to a role that is neither; as the owner sees them."""
    _run(
        postgres_server,
        f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE",
        "CREATE DATABASE store",
    )
    url = make_url(postgres_server).set(database="store").render_as_string(hide_password=False)
    schema.upgrade(url)
    _run(url, *grants(ROLE))
    return url


@pytest.fixture
def postgres_owner_url(postgres_tables: str) -> Iterator[str]:
    """The tables as their owner sees them; what a test puts there is gone after it."""
    yield postgres_tables
    _run(postgres_tables, f"TRUNCATE {', '.join(Base.metadata.tables)}")


@pytest.fixture
def postgres_url(postgres_owner_url: str) -> str:
    """The same database under the role that the program works as."""
    return make_url(postgres_owner_url).set(username=ROLE).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "made.db"
    schema.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database with its tables."""
    if request.param == "sqlite":
        file = tmp_path / "store.db"
        file.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        return f"sqlite:///{file}"
    address: str = request.getfixturevalue("postgres_url")
    return address


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
