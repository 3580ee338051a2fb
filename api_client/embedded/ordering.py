"""The orders a search may ask for, and the rows that come before or after one."""

import sqlite3
from dataclasses import dataclass

from .subscribers import SOURCE

COLUMNS = {
    "subscriberId": "s.subscriber_id",
    "isOnline": "s.is_online",
    "createdAt": "s.created_at",
    "updatedAt": "s.updated_at",
    "firstName": "s.first_name",
    "lastName": "s.last_name",
    "email": "s.email",
    "phone": "s.phone",
    "avatar": "p.avatar",
    "locale": "p.locale",
    "timezone": "p.timezone",
    "lastOnlineAt": "s.last_online_at",
}
NEVER_NULL = frozenset(list(COLUMNS.values())[:4])
Condition = tuple[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Order:
    """By one value and then by row key; by row key alone when there is no value. Null is the smallest."""

    key: str
    value: str | None

    def by(self, *, falling: bool) -> str:
        way = "DESC" if falling else "ASC"
        return f"{self.value} {way}, {self.key} {way}" if self.value else f"{self.key} {way}"

    def value_at(self, db: sqlite3.Connection, row_key: int) -> object:
        if self.value is None:
            return None
        return db.execute(f"SELECT {self.value} FROM {SOURCE} WHERE s.id = ?", (row_key,)).fetchone()[0]

    def beyond(self, row_key: int, value: object, *, falling: bool, inclusive: bool = False) -> Condition:
        """The condition for rows that follow the row with this key and value, in an order by value.

        Inclusive means the row itself too and, with a value, every row that has the same: as recorded.
        """
        sign = "<" if falling else ">"
        tie = "1" if inclusive else f"{self.key} {sign} {row_key:d}"
        if value is None:
            further = "" if falling else f" OR {self.value} IS NOT NULL"
            return f"({self.value} IS NULL AND {tie}{further})", ()
        if self.value in NEVER_NULL:
            return f"({self.value} {sign}= ? AND ({self.value} {sign} ? OR {tie}))", (value, value)
        null = f" OR {self.value} IS NULL" if falling else ""
        return f"({self.value} {sign} ? OR ({self.value} = ? AND {tie}){null})", (value, value)


def value_of(order_by: str) -> str | None:
    """The SQL for a field's value: a column, or a path into custom data; None for any other word."""
    if order_by in COLUMNS:
        return COLUMNS[order_by]
    name, _, path = order_by.partition(".")
    if name != "data" or not all(step.isascii() and step.isalnum() for step in path.split(".")):
        return None
    return f"json_extract(p.data, '$.{path}')"
