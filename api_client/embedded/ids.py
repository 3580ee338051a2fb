"""Object ids, and the integer keys that sort the same way.

A row's key is made of its environment, and the time and counter of its object id, so one integer index
serves cursors, order by id, the walls between environments and the full-text index alike.
"""

import re
from dataclasses import dataclass, field
from threading import Lock

OBJECT_ID = re.compile(r"[0-9a-fA-F]{24}")
ENVIRONMENT_SHIFT = 56


@dataclass(slots=True)
class IdMaker:
    """Makes object ids that grow within a database; `machine` is ten hex digits of its own."""

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


def key_of(oid: str, environment: int) -> int:
    """The integer key of an object id within an environment (0 to 63)."""
    return environment << ENVIRONMENT_SHIFT | int(oid[:8], 16) << 24 | int(oid[18:], 16)


def key_range(environment: int) -> tuple[int, int]:
    """First and last possible key of an environment."""
    return environment << ENVIRONMENT_SHIFT, ((environment + 1) << ENVIRONMENT_SHIFT) - 1
