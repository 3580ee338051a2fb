"""Who of a file's people is there already: asked one by one, or by walking everyone, whichever costs less."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from api_client import BATCH, SubscriberFilter
from dashboard.csv_io.incoming.fields import TITLES
from dashboard.reading import Reader

_PAGE = 100
_AT_ONCE = 8
_EVERYONE = 10_000_000
_KEPT = frozenset(TITLES)


@dataclass(frozen=True, slots=True)
class Known:
    """Someone who is there: the fields an import can set, and the entries of their channels."""

    fields: dict[str, Any]
    channels: tuple[Mapping[str, Any], ...] = ()

    def has(self, key: str, value: object) -> bool:
        """Whether a field holds this already; absent, null and empty are the same."""
        return (self.fields.get(key) or None) == (value or None)

    def is_reached(self, entry: str, wanted: Mapping[str, object]) -> bool:
        """Whether an entry of this provider holds what is wanted, and none what is to be empty.

        Of a named integration that cannot be told, as long as there is any entry: a person's entries do not
        say which identifier they belong to. So it is written, which changes nothing that is there already.
        """
        provider, _, integration = entry.partition("[")
        entries = [_credentials(one) for one in self.channels if one.get("providerId") == provider]
        if integration and entries:
            return False
        held = {key: value for key, value in wanted.items() if value}
        cleared = [key for key in wanted if key not in held]
        is_held = any(all(_holds(one.get(key), value) for key, value in held.items()) for one in entries)
        return (is_held or not held) and not any(one.get(key) for one in entries for key in cleared)


async def find_existing(
    reader: Reader,
    ids: Collection[str],
    *,
    on_progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> dict[str, Known]:
    """Those of `ids` that are there. `on_progress` gets how many calls are done, and of how many.

    Paced by the client to leave a part of the rate budget to people. Raises ApiError.
    """
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    page = await reader.subscribers.search(limit=1, options=BATCH)
    walk = None if page.total is None or not page.total_is_exact else -(-page.total // _PAGE)
    if walk is not None and walk <= len(wanted):
        return await _walked(reader, wanted, walk, on_progress)
    return await _asked(reader, wanted, on_progress)


async def _walked(
    reader: Reader, wanted: set[str], calls: int, on_progress: Callable[[int, int], None]
) -> dict[str, Known]:
    found: dict[str, Known] = {}
    done = 0
    async for page in reader.subscribers.search_rows(max_items=_EVERYONE, page_size=_PAGE):
        done += 1
        for row in page.rows:
            if row.get("subscriberId") in wanted:
                found[str(row["subscriberId"])] = _known(row)
        on_progress(done, max(calls, done))
    return found


async def _asked(
    reader: Reader, wanted: set[str], on_progress: Callable[[int, int], None]
) -> dict[str, Known]:
    found: dict[str, Known] = {}
    waiting = list(wanted)

    async def work() -> None:
        while waiting:
            subscriber_id = waiting.pop()
            only = SubscriberFilter(subscriber_id=subscriber_id)
            async for page in reader.subscribers.search_rows(only, max_items=1, page_size=1):
                for row in page.rows:
                    found[subscriber_id] = _known(row)
            on_progress(len(wanted) - len(waiting), len(wanted))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(work())
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return found


def _known(row: Mapping[str, Any]) -> Known:
    channels = row.get("channels")
    entries = cast("list[Any]", channels) if isinstance(channels, list) else []
    return Known(
        {key: value for key, value in row.items() if key in _KEPT},
        tuple(cast("Mapping[str, Any]", one) for one in entries if isinstance(one, dict)),
    )


def _credentials(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    found = entry.get("credentials")
    return cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}


def _holds(stored: object, wanted: object) -> bool:
    """A text is there when it is equal, tokens when all of them are among those stored."""
    if isinstance(wanted, list):
        return isinstance(stored, list) and set(cast("list[str]", wanted)) <= set(cast("list[str]", stored))
    return stored == wanted
