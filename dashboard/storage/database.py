"""One engine over one database, used on worker threads and never on the event loop."""

import asyncio
import threading
import weakref
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import TypeVar

from sqlalchemy import Connection, Engine

from dashboard.storage.engines import open_engine
from dashboard.storage.migrating import migrate
from dashboard.storage.tables import METADATA

T = TypeVar("T")


def open_database(url: str) -> "Database":
    """Open, or make, the database at `url` and bring it to the newest shape.

    `sqlite:///path` is one file for one process, `postgresql://…` is shared by all replicas.
    """
    engine = open_engine(url)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        migrate(connection)
        METADATA.create_all(connection)  # a table that is new needs no migration, one that changes does
    return Database(engine)


class Database:
    """Runs short pieces of work in a transaction each, on a worker thread.

    Closes itself when it is dropped, or when the program ends.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()  # writers of this process queue up here; SQLite would have them poll
        self.close = weakref.finalize(self, engine.dispose)

    @property
    def is_shared(self) -> bool:
        """Whether other replicas may be working on it at the same time."""
        return self._engine.dialect.name == "postgresql"

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

    def _run(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        with (
            self._turn if writes else nullcontext(),
            self._engine.connect().execution_options(writes=writes) as connection,
            connection.begin(),
        ):
            return work(connection)
