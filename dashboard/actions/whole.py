"""Everything about one person in one JSON file: for an access request, and before an erasure."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import IO

import orjson
from pydantic import BaseModel

from api_client import BATCH, ApiError
from dashboard.actions.gate import Deed, action
from dashboard.audit.redact import mask_only
from dashboard.auth import Permission
from dashboard.context import AppContext

NO_END = 1_000_000_000
"""Messages are read to the last one, however many there are."""
_PAGE = 100


@action("subscriber.data_exported", needs=Permission.EXPORT)
async def whole_data(ctx: AppContext, deed: Deed, *, subscriber_id: str) -> Path:
    """Write profile, preferences, topics, runs and every in-app message to a file; all of it, or an error.

    Device tokens and webhook addresses are masked. A part that the server does not offer is in `missing`.
    """
    person = await ctx.reader.subscribers.get(subscriber_id, options=BATCH)
    missing: list[str] = []
    known = {
        "about": {"subscriberId": subscriber_id, "madeAt": ctx.clock.now().isoformat(), "missing": missing},
        "profile": _plain(person),
        "preferences": await _or_missing("preferences", missing, lambda: _preferences(ctx, subscriber_id)),
        "topics": await _or_missing("topics", missing, lambda: _topics(ctx, subscriber_id)),
        "runs": await _or_missing("runs", missing, lambda: _runs(ctx, subscriber_id)),
    }
    path = ctx.exports.folder / f"{uuid.uuid4()}.json"
    number: int | None = None
    try:
        number = await _write(path, known, ctx.api.feed.items(subscriber_id, max_items=NO_END))
    finally:
        if number is None:
            path.unlink(missing_ok=True)
    deed.after = {"messages": number, "missing": missing}
    return path


async def _write(path: Path, known: dict[str, object], messages: AsyncIterator[BaseModel]) -> int:
    """Page by page, so that memory does not grow with the feed; how many messages there were."""
    number = 0
    with path.open("wb") as file:
        file.write(orjson.dumps(known, option=orjson.OPT_INDENT_2, default=str)[:-2] + b',\n  "messages": [')
        waiting: list[bytes] = []
        async for item in messages:
            waiting.append((b",\n" if number else b"\n") + orjson.dumps(_plain(item), default=str))
            number += 1
            if len(waiting) == _PAGE:
                await _put(file, waiting)
        await _put(file, waiting)
        file.write(b"\n  ]\n}\n")
    return number


async def _put(file: IO[bytes], waiting: list[bytes]) -> None:
    await asyncio.to_thread(file.write, b"".join(waiting))
    waiting.clear()


async def _or_missing(name: str, missing: list[str], read: Callable[[], Awaitable[object]]) -> object:
    try:
        return await read()
    except ApiError:
        missing.append(name)
        return None


async def _preferences(ctx: AppContext, subscriber_id: str) -> object:
    return _plain(await ctx.reader.preferences.get(subscriber_id, criticality="all", options=BATCH))


async def _topics(ctx: AppContext, subscriber_id: str) -> object:
    found: list[object] = []
    after: str | None = None
    while True:
        page = await ctx.reader.topics.of(subscriber_id, after=after, limit=_PAGE, options=BATCH)
        found += [_plain(one) for one in page.items]
        if page.next is None or page.next == after:
            return found
        after = page.next


async def _runs(ctx: AppContext, subscriber_id: str) -> object:
    found: list[object] = []
    for number in count():
        page = await ctx.reader.runs.of(subscriber_id, page=number, limit=_PAGE, options=BATCH)
        found += [_plain(one) for one in page.items]
        if not page.has_more or not page.items:
            break
    return found


def _plain(model: BaseModel) -> object:
    return mask_only(model.model_dump(mode="json", by_alias=True, exclude_unset=True))
