"""The migrations make the tables that the program works with, on both databases."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from authwright.store import open_store, schema
from authwright.store.database import connect
from authwright.store.models import Base, tables_of_practices
from authwright.store.schema import SchemaError
from authwright.vault.seal import KeyRing

RING = KeyRing([bytes(32)])


def test_the_migrations_make_what_the_models_say(url: str) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_every_row_belongs_to_a_practice() -> None:
    """Except the list of practices itself and the workers' signs of life."""
    assert set(Base.metadata.tables) - set(tables_of_practices()) == {"practices", "heartbeats"}
    for name in tables_of_practices():
        table = Base.metadata.tables[name]
        assert next(iter(table.primary_key.columns)).name == "practice_id"
        for constraint in table.foreign_key_constraints:
            assert constraint.column_keys[0] == "practice_id"


def test_an_upgrade_twice_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    for _ in range(2):
        schema.upgrade(url)
        engine = connect(url)
        assert schema.present(engine) == schema.VERSION
        engine.dispose()


def test_processes_that_upgrade_at_once_take_turns(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    script = f"from authwright.store import schema; schema.upgrade({url!r})"
    processes = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    open_store(url, RING, tmp_path).close()


def test_an_up_to_date_store_opens_without_loading_the_migrations(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    schema.upgrade(url)
    script = (
        "import sys; from pathlib import Path; from authwright.store import open_store\n"
        "from authwright.vault.seal import KeyRing\n"
        f"open_store({url!r}, KeyRing([bytes(32)]), Path('e')).close()\n"
        "print(any(m.split('.')[0] in ('alembic', 'psycopg', 'mako') for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_database_without_tables_is_refused_with_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with pytest.raises(SchemaError, match="upgrade"):
        open_store(url, RING, tmp_path)
    open_store(url, RING, tmp_path, migrate=True).close()


def test_sqlite_waits_keeps_references_and_survives_a_power_cut(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.connect() as connection:

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert (pragma("journal_mode"), pragma("foreign_keys"), pragma("synchronous")) == ("wal", 1, 2)
        assert pragma("busy_timeout") == 15_000
    engine.dispose()


def test_a_new_database_file_is_private(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'new.db'}", RING, tmp_path / "evidence", migrate=True).close()
    assert [f.name for f in tmp_path.iterdir() if f.stat().st_mode & 0o077] == []


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="sqlite or postgresql"):
        connect("mysql://localhost/x")


def test_a_role_name_is_quoted() -> None:
    assert all(grant.endswith('TO "a""b"') for grant in schema.grants('a"b'))
