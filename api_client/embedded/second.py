"""A second thread with its own connection, which takes over half of a long count."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

Work = Callable[[sqlite3.Connection], int]


class Second:
    """Does one piece of work at a time; while it is busy or has no connection, the caller works alone."""

    def __init__(self, connect: Callable[[], sqlite3.Connection] | None) -> None:
        self._connect = connect
        self._own: sqlite3.Connection | None = None
        self._busy = Lock()
        self._pool = ThreadPoolExecutor(1, "embedded-second")

    def ask(self, work: Work) -> Work:
        """Begins the work if it can; the function returned gives the result, or does the work itself."""
        if self._connect is None or not self._busy.acquire(blocking=False):
            return work
        begun = self._pool.submit(self._run, work, self._connect)
        return lambda _: begun.result()

    def close(self) -> None:
        self._pool.shutdown()

    def _run(self, work: Work, connect: Callable[[], sqlite3.Connection]) -> int:
        try:
            self._own = self._own or connect()
            return work(self._own)
        finally:
            self._busy.release()
