"""Making the tables and bringing them up to date; the migrations ship with the package.

Alembic is loaded only to make changes: opening a store that is up to date does without.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect

from authwright.store.database import connect
from authwright.store.models import Base
from authwright.store.transaction import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

VERSION = "0001"
"""The newest migration; a test compares."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('authwright schema', 0))"


class SchemaError(StoreError):
    """The database's tables are of another version than this program's."""


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest version. Safe to call at every start, also by two
    processes at once: they take turns."""
    from alembic import command

    engine = connect(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(_LOCK)
            command.upgrade(_config(connection), "head")
    finally:
        engine.dispose()


def present(engine: Engine) -> str | None:
    """The version of the database; None when it has no tables yet."""
    with engine.connect().execution_options(authwright_read_only=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return version


def check(engine: Engine) -> None:
    """Raises SchemaError unless the database is of the version that this program needs."""
    there = present(engine)
    if there != VERSION:
        raise SchemaError(
            f"the database is at version {there or 'none'}, this program needs {VERSION}: upgrade it"
        )


def grants(role: str) -> tuple[str, ...]:
    """What the owner of a PostgreSQL database runs once for the role under which the program works.

    That role is neither owner nor superuser, so row-level security binds it; and it can add to the
    ledger and read it, but not change it.
    """
    quoted = '"' + role.replace('"', '""') + '"'
    open_tables = [name for name in Base.metadata.tables if not name.startswith("ledger_")]
    return (
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(sorted(open_tables))} TO {quoted}",
        f"GRANT SELECT, INSERT ON ledger_entries, ledger_heads TO {quoted}",
        f"GRANT SELECT ON alembic_version TO {quoted}",
    )


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
