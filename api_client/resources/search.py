"""Which subscribers, and in what order: the filter and the query that list, count, export and bulk share."""

from dataclasses import dataclass

from api_client.errors import BadArgument
from api_client.routes import QueryValue


@dataclass(frozen=True, slots=True)
class SubscriberFilter:
    """Which subscribers: all parts given must match, as substrings (newer servers: `subscriber_id` whole)."""

    email: str | None = None
    phone: str | None = None
    name: str | None = None
    subscriber_id: str | None = None

    def to_query(self) -> dict[str, QueryValue]:
        """Query parameters; an empty text is no filter."""
        return {
            "email": self.email or None,
            "phone": self.phone or None,
            "name": self.name or None,
            "subscriberId": self.subscriber_id or None,
        }


EVERYONE = SubscriberFilter()
_DIRECTIONS = {True: "DESC", False: "ASC"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the list, how much of it, and in which order."""

    after: str | None = None
    before: str | None = None
    limit: int | None = 50
    order_by: str | None = "_id"
    descending: bool | None = True
    include_cursor: bool = False

    def to_query(self) -> dict[str, QueryValue]:
        """Query parameters; None leaves one to the server. `desc` in lower case would sort ascending."""
        if self.limit is not None and not 1 <= self.limit <= 100:
            raise BadArgument("A page has 1 to 100 rows.")
        if self.after is not None and self.before is not None:
            raise BadArgument("A page lies after a row or before one, not both.")
        return {
            "limit": self.limit,
            "after": self.after,
            "before": self.before,
            "orderBy": self.order_by,
            "orderDirection": None if self.descending is None else _DIRECTIONS[self.descending],
            "includeCursor": True if self.include_cursor else None,
        }
