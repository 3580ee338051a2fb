"""How each kind of database is opened, and how a transaction becomes the only writer in it."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

BUSY_MS = 5000
SYNCHRONOUS = "NORMAL"  # with a log: a power cut may cost the last transactions, never the file
PATIENCE_MS = 15_000  # what a statement may take, and how long it waits for others
CONNECTIONS = 12  # of one replica: as many as there are worker threads, and a few
WRITERS_LOCK = 0x4F50_4441  # an advisory lock is a number; ours spells OPDA

_ONLY_WRITER = text("SELECT pg_advisory_xact_lock(:number)").bindparams(number=WRITERS_LOCK)
_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")


def is_postgres(url: str) -> bool:
    """Whether this address is one of PostgreSQL, by whatever name people know it."""
    return url.partition("://")[0] in _POSTGRES


def open_engine(url: str) -> Engine:
    """An engine whose `writes` transactions exclude each other, across processes and machines too."""
    return _open_postgres(make_url(url)) if is_postgres(url) else _open_sqlite(make_url(url))


def _open_sqlite(url: URL) -> Engine:
    """One file, readable by its owner only."""
    if url.database:
        _make_private(Path(url.database))
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin_on_sqlite)
    return engine


def _open_postgres(url: URL) -> Engine:
    """Connections are looked at before use: a database that was started again is no failure."""
    waits = f"-c statement_timeout={PATIENCE_MS} -c idle_in_transaction_session_timeout={PATIENCE_MS}"
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=CONNECTIONS // 2,
        max_overflow=CONNECTIONS // 2,
        connect_args={"connect_timeout": 5, "application_name": "novu-dashboard", "options": waits},
    )
    event.listen(engine, "begin", _begin_on_postgres)
    return engine


def _make_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    settings = {
        "journal_mode": "WAL",
        "synchronous": SYNCHRONOUS,
        "busy_timeout": BUSY_MS,
        "foreign_keys": "ON",
    }
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name}={value}")


def _begin_on_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first could not get it later."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _begin_on_postgres(connection: Connection) -> None:
    """Writers queue up, so that what a store reads before it writes still holds, as on SQLite.

    The lock comes before the first look at the data and goes with the transaction, however that ends.
    """
    if _writes(connection):
        connection.execute(_ONLY_WRITER)
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes", False))
