"""Connecting to SQLite or PostgreSQL, so that both behave alike."""

import os
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

BUSY_MILLISECONDS = 15_000


def connect(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...` (psycopg). Parameters stay out of errors."""
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        _make_private(parsed.database)
        engine = create_engine(parsed, hide_parameters=True)
        _prepare_sqlite(engine)
        return engine
    if kind == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True
        )
    raise ValueError(f"a database is sqlite or postgresql, not {kind}")


def _make_private(database: str | None) -> None:
    """A new database file is its owner's only; SQLite's files beside it take the same mode."""
    if database and database != ":memory:" and not database.startswith("file:"):
        with suppress(FileExistsError):
            os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(engine: Engine) -> None:
    """Writers queue up from the start of their transaction instead of failing in the middle of it.

    synchronous=FULL: a committed intent must outlive a power cut, which WAL alone doesn't promise.
    """

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("authwright_read_only", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def begin_for(connection: Connection, practice: str, *, read_only: bool) -> None:
    """Tell PostgreSQL for whom this transaction is; its row-level security goes by that."""
    if connection.dialect.name != "postgresql":
        return
    if read_only:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    connection.exec_driver_sql("SELECT set_config('app.practice', %s, true)", (practice,))
