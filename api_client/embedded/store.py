"""The SQLite file behind the service: its tables and connections."""

import sqlite3
import weakref
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock, local

from .second import Second

SETTINGS = (
    "page_size=8192",
    "auto_vacuum=INCREMENTAL",
    "journal_mode=WAL",
    "synchronous=FULL",
    "cache_size=-65536",
    "mmap_size=2147483648",
)
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS subscribers (
    id INTEGER PRIMARY KEY,           -- ids.new_key: grows with the object id; environment in the upper bits
    email TEXT,
    folded_email TEXT,                -- lower case; NULL when the e-mail is so already
    phone TEXT,
    folded_phone TEXT,
    folded_name TEXT NOT NULL,        -- "first last", trimmed, lower case; filters read no further than here
    first_name TEXT,
    last_name TEXT,
    oid BLOB NOT NULL,                -- the object id, twelve bytes
    subscriber_id TEXT NOT NULL,
    is_online INTEGER NOT NULL DEFAULT 0,
    last_online_at INTEGER,
    created_at INTEGER NOT NULL,      -- milliseconds
    updated_at INTEGER NOT NULL,
    nulls TEXT                        -- comma separated wire names that are null rather than absent
);
CREATE TABLE IF NOT EXISTS profiles ( -- what no filter looks at, kept apart: counting walks small rows
    id INTEGER PRIMARY KEY,
    avatar TEXT, locale TEXT, timezone TEXT,
    data TEXT,                        -- JSON
    channels TEXT                     -- JSON
);
CREATE UNIQUE INDEX IF NOT EXISTS subscribers_by_subscriber_id ON subscribers (subscriber_id, id >> 56);
CREATE INDEX IF NOT EXISTS subscribers_by_updated_at ON subscribers (id >> 56, updated_at);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    name, email, phone, content='', detail='none', columnsize=0, tokenize="trigram case_sensitive 1"
);
CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(words, 'row');
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY,           -- in the order in which they came
    oid TEXT NOT NULL UNIQUE,
    subscriber INTEGER NOT NULL,
    workflow TEXT NOT NULL,           -- object id
    feed TEXT,                        -- object id
    seen INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    archived INTEGER NOT NULL DEFAULT 0,
    last_seen_at INTEGER,
    last_read_at INTEGER,
    archived_at INTEGER,
    snoozed_until INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    doc TEXT NOT NULL                 -- JSON of all else, as the service answers it
);
CREATE INDEX IF NOT EXISTS messages_by_subscriber ON messages (subscriber, created_at DESC, id);
CREATE TABLE IF NOT EXISTS preferences (
    subscriber INTEGER NOT NULL,
    workflow TEXT NOT NULL,           -- object id; empty for the global ones
    doc TEXT NOT NULL,                -- JSON: channels, schedule, updatedAt
    PRIMARY KEY (subscriber, workflow)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS subscriptions (
    subscriber INTEGER NOT NULL,
    topic_key TEXT NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (subscriber, topic_key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS idempotency (
    organization TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    answer BLOB NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (organization, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS idempotency_by_until ON idempotency (until);
"""


class Store:
    """One writing connection behind a lock; for a file also one for each reading that goes on at a time.

    In memory without a path. A file survives a hard kill: what was answered is on the disk. `on_commit` is
    called before the next write can begin. Whoever drops a store without closing it leaves nothing open.
    """

    def __init__(self, path: Path | None) -> None:
        self.on_commit: Callable[[], None] = lambda: None
        self._path = path
        self._lock = RLock()
        self._open: list[sqlite3.Connection] = []
        self._close_all = weakref.finalize(self, _close_all, self._open)
        self._idle: list[sqlite3.Connection] = []
        self._own = local()
        self.second = Second(self._connect_reader if path is not None else None)
        try:
            self._writer = self._connect()
            self._writer.executescript(SCHEMA)
        except sqlite3.Error:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """Sees what was committed, and what this thread has written but not committed yet."""
        if self._path is None or getattr(self._own, "writes", False):
            with self._lock:
                yield self._writer
            return
        reader = self._take_reader()
        try:
            yield reader
        finally:
            self._idle.append(reader)

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """A transaction: all statements inside are kept, on disk, or none. May be nested."""
        with self._lock:
            if self._writer.in_transaction:
                yield self._writer
                return
            self._writer.execute("BEGIN IMMEDIATE")
            self._own.writes = True
            try:
                yield self._writer
                self._writer.execute("COMMIT")
                self.on_commit()
            finally:
                self._own.writes = False
                if self._writer.in_transaction:  # not if SQLite rolled back itself, as on a full disk
                    self._writer.execute("ROLLBACK")

    def meta(self, name: str) -> str | None:
        with self.reading() as db:
            row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: str) -> None:
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def tidy(self) -> None:
        """After much was written at once: merges the index, gives free pages back and empties the log."""
        with self._lock:
            self._writer.execute("INSERT INTO words(words) VALUES ('optimize')")
            self._writer.executescript("PRAGMA incremental_vacuum")  # all of it: `execute` stops after a page
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.second.close()
        with self._lock:
            self._close_all()

    def _take_reader(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect_reader()

    def _connect_reader(self) -> sqlite3.Connection:
        found = self._connect()
        found.execute("PRAGMA query_only=ON")
        return found

    def _connect(self) -> sqlite3.Connection:
        found = sqlite3.connect(self._path or ":memory:", check_same_thread=False, isolation_level=None)
        self._open.append(found)
        for setting in SETTINGS:
            found.execute(f"PRAGMA {setting}")
        return found


def _close_all(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()
