"""Search what the API cannot: read everyone, page by page, saying at each step how far one is. Pure."""

import json
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, cast

from pydantic import ValidationError

from api_client import RowPage, Subscriber, SubscriberFilter
from dashboard.reading import Reader
from dashboard.wording import Total

MOST_READ = 5_000_000
MOST_HITS = 200


@dataclass(frozen=True)
class Hit:
    """Someone who was found, and where the text stands."""

    person: Subscriber
    where: str


@dataclass(frozen=True)
class Coverage:
    """How far a scan has come: `hits` are all found so far. Complete only when everyone was read."""

    searched: int
    total: Total
    hits: tuple[Hit, ...]
    is_complete: bool = False
    has_too_many: bool = False


async def scan(reader: Reader, text: str, within: SubscriberFilter) -> AsyncGenerator[Coverage]:
    """Look for `text`, in any case, in ids, names, addresses, device tokens and custom data of all `within`.

    Yields after each page; ends early at `MOST_HITS` and says so. Raises ApiError. Close it to stop it.
    """
    wanted, searched, hits = text.casefold(), 0, list[Hit]()
    pages = cast("AsyncGenerator[RowPage]", reader.subscribers.search_rows(within, max_items=MOST_READ))
    async with aclosing(pages):
        async for page in pages:
            hits += (hit for row in page.rows if (hit := _hit(row, wanted)))
            searched += len(page.rows)
            is_over = len(hits) >= MOST_HITS
            yield Coverage(searched, _total(page), tuple(hits[:MOST_HITS]), has_too_many=is_over)
            if is_over:
                return
    yield Coverage(searched, Total(searched), tuple(hits), is_complete=True)


def _hit(row: Mapping[str, Any], wanted: str) -> Hit | None:
    places = [place for place, value in _places(row) if wanted in value.casefold()]
    if not places:
        return None
    try:
        return Hit(Subscriber.model_validate(row), " · ".join(dict.fromkeys(places)))
    except ValidationError:
        return None


def _places(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "part of the id", str(row.get("subscriberId", ""))
    yield "e-mail", str(row.get("email") or "")
    yield "phone", str(row.get("phone") or "")
    yield "name", f"{row.get('firstName') or ''} {row.get('lastName') or ''}"
    if row.get("data"):
        yield "custom data", json.dumps(row["data"], ensure_ascii=False)
    for entry in row.get("channels") or ():
        held: Mapping[str, Any] = entry.get("credentials") or {}
        for token in held.get("deviceTokens") or ():
            yield f"device token ({entry.get('providerId')})", str(token)
        yield f"webhook ({entry.get('providerId')})", str(held.get("webhookUrl") or "")


def _total(page: RowPage) -> Total:
    return Total(page.total, "exactly" if page.total_is_exact else "at least")
