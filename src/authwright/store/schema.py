"""Making the tables and bringing them up to date; the migrations ship with the package."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from authwright.store.database import connect
from authwright.store.models import Base
from authwright.store.transaction import StoreError

_MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaError(StoreError):
    """The database's tables are of another version than this program's."""


def upgrade(url: str) -> str:
    """Bring the database at `url` to the newest version, and return that. Safe to call at every start."""
    engine = connect(url)
    try:
        with engine.begin() as connection:
            upgrade_on(connection)
    finally:
        engine.dispose()
    return newest()


def upgrade_on(connection: Connection) -> None:
    """The same within a transaction of one's own; two processes at once take turns."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended('authwright schema', 0))")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def newest() -> str:
    """The version that this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def present(engine: Engine) -> str | None:
    """The version of the database; None when it has no tables yet."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def check(engine: Engine) -> None:
    """Raises SchemaError unless the database is of the version that this program needs."""
    there, needed = present(engine), newest()
    if there != needed:
        raise SchemaError(
            f"the database is at version {there or 'none'}, this program needs {needed}: upgrade it"
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


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
