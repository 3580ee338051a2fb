"""A reader over people in memory: pages like the API's, and a place to break."""

from collections.abc import AsyncIterator, Callable
from typing import Any, cast

from api_client import CallOptions, RowPage, SubscriberFilter
from dashboard.reading import Reader


def person(number: int, **fields: Any) -> dict[str, Any]:
    """A row as the API sends it; fields win over what is made up."""
    return {"_id": f"{number:024x}", "subscriberId": f"user-{number}", "channels": [], "data": None} | fields


class MemoryReader:
    """Filters by substring of the e-mail or by name; `before_page` is called with each page's number."""

    def __init__(
        self, people: list[dict[str, Any]], *, before_page: Callable[[int], None] = lambda _: None
    ) -> None:
        self.people = sorted(people, key=lambda row: row["_id"])
        self.before_page = before_page
        self.unseen: dict[str, int | Exception] = {}
        self.subscribers = self
        self.feed = self

    async def search_rows(
        self,
        filter: SubscriberFilter,  # noqa: A002 - the client's name for it
        *,
        max_items: int,
        page_size: int = 100,
        descending: bool = True,
        options: CallOptions | None = None,
    ) -> AsyncIterator[RowPage]:
        found = sorted(
            (row for row in self.people if _matches(row, filter)),
            key=lambda row: row["_id"],
            reverse=descending,
        )
        for number, start in enumerate(range(0, min(len(found), max_items), page_size)):
            self.before_page(number)
            end = min(start + page_size, max_items)
            is_last = end >= len(found)
            yield RowPage(
                found[start:end], None if is_last else found[end - 1]["_id"], len(found), total_is_exact=True
            )

    async def unseen_count(self, subscriber_id: str, *, limit: int, options: CallOptions) -> int:
        count = self.unseen.get(subscriber_id, 0)
        if isinstance(count, Exception):
            raise count
        return min(count, limit)


def as_reader(reader: MemoryReader) -> Reader:
    return cast("Reader", reader)


def _matches(row: dict[str, Any], wanted: SubscriberFilter) -> bool:
    return (
        wanted.subscriber_id in (None, row["subscriberId"])
        and (wanted.email or "") in (row.get("email") or "")
        and (wanted.name or "") in (row.get("firstName") or "")
    )
