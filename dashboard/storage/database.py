"""One engine over one SQLite file, used on worker threads and never on the event loop."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from dashboard.storage.migrating import migrate
from dashboard.storage.tables import METADATA

T = TypeVar("T")
BUSY_MS = 5000


def open_database(url: str) -> "Database":
    """Open, or make, the database at `url` (`sqlite:///path`) and bring it to the newest shape.

    The file is readable by its owner only.
    """
    path = make_url(url).database
    if path:
        _make_private(Path(path))
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        migrate(connection)
        METADATA.create_all(connection)  # a table that is new needs no migration, one that changes does
    return Database(engine)


class Database:
    """Runs short pieces of work in a transaction each, on a worker thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on a view of the data that no writer disturbs."""
        return await asyncio.to_thread(self._run, work, writes=False)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` as the only writer; all of it is kept, or none when it raises.

        A write that has begun is finished before a cancellation goes on, so that nothing is written
        behind the back of whoever waited for the cancelled task to end.
        """
        writing = asyncio.ensure_future(asyncio.to_thread(self._run, work, writes=True))
        try:
            return await asyncio.shield(writing)
        except asyncio.CancelledError:
            while not writing.done():  # a second cancellation must not cut the waiting short either
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([writing])
            raise

    def close(self) -> None:
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        with self._engine.connect().execution_options(writes=writes) as connection, connection.begin():
            return work(connection)


def _make_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin says, not where the driver guesses
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={BUSY_MS}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first could not get it later."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
