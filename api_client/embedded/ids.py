"""Object ids, and how they become the row keys of subscribers.

Keys grow with the object ids, so one integer order serves cursors, order by id and the full-text index, whose
lists stay short because keys lie close together. The environment stands in the upper bits: the walls between
environments are ranges of keys.
"""

import re
import sqlite3
from dataclasses import dataclass, field
from threading import Lock

OBJECT_ID = re.compile(r"[0-9a-fA-F]{24}")
ENVIRONMENT_SHIFT = 56
FIRST = 1 << 24  # leaves room for ids that a bulk call puts before all others
FROM_KEY = "SELECT id, oid FROM subscribers WHERE id >= ? ORDER BY id LIMIT 1"
GAP = 16  # leaves room for ids that a bulk call puts between neighbours


@dataclass(slots=True)
class IdMaker:
    """Makes object ids that grow within a process; `machine` is ten hex digits."""

    machine: str
    counter: int = 0
    _lock: Lock = field(default_factory=Lock)

    def make(self, ms: int) -> str:
        with self._lock:
            self.counter = (self.counter + 1) & 0xFFFFFF
            return object_id(ms // 1000, self.machine, self.counter)


def object_id(seconds: int, machine: str, counter: int) -> str:
    """Twenty-four hex digits: time, machine, counter."""
    return f"{seconds & 0xFFFFFFFF:08x}{machine}{counter:06x}"


def is_object_id(text: object) -> bool:
    return isinstance(text, str) and OBJECT_ID.fullmatch(text) is not None


def key_range(environment: int) -> tuple[int, int]:
    """First and last possible key of an environment."""
    return environment << ENVIRONMENT_SHIFT, ((environment + 1) << ENVIRONMENT_SHIFT) - 1


def find_key(db: sqlite3.Connection, environment: int, oid: str) -> int | None:
    """The key of a subscriber's object id, by binary search: keys and ids grow together."""
    key, found = _at_or_after(db, environment, bytes.fromhex(oid))
    return key if found == bytes.fromhex(oid) else None


def new_key(db: sqlite3.Connection, environment: int, oid: str) -> int | None:
    """A free key in the order of the object ids; None when the id is taken or no room is left."""
    wanted = bytes.fromhex(oid)
    last = _last(db, environment)
    if last is None:
        return key_range(environment)[0] + FIRST
    if wanted > last[1]:
        return last[0] + GAP
    after, found = _at_or_after(db, environment, wanted)
    sql = "SELECT max(id) FROM subscribers WHERE id >= ? AND id < ?"
    before: int | None = db.execute(sql, (key_range(environment)[0], after)).fetchone()[0]
    middle = after - GAP if before is None else (before + after) // 2
    return None if found == wanted or middle == before else middle


def _at_or_after(db: sqlite3.Connection, environment: int, wanted: bytes) -> tuple[int, bytes]:
    """Key and id of the first row whose id is not smaller; (0, b"") when there is none."""
    low, high = key_range(environment)
    last = _last(db, environment)
    if last is None or last[1] < wanted:
        return 0, b""
    low, high = max(low, 0), last[0]
    best = last
    while low <= high:
        middle = (low + high) // 2
        row: tuple[int, bytes] = db.execute(FROM_KEY, (middle,)).fetchone()
        if row[1] >= wanted:
            best, high = row, middle - 1
        else:
            low = row[0] + 1
    return best


def _last(db: sqlite3.Connection, environment: int) -> tuple[int, bytes] | None:
    sql = "SELECT id, oid FROM subscribers WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1"
    return db.execute(sql, key_range(environment)).fetchone()
