"""Everything about one person in one JSON file: for an access request, and before an erasure."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import orjson
from pydantic import BaseModel

from api_client import ApiError
from dashboard.actions.gate import Deed, action
from dashboard.audit import redact
from dashboard.auth import Permission
from dashboard.context import AppContext

MOST_MESSAGES = 20_000
_PAGE = 100


@action("subscriber.data_exported", needs=Permission.EXPORT)
async def whole_data(ctx: AppContext, deed: Deed, *, subscriber_id: str) -> Path:
    """Write profile, preferences, topics and every in-app message to a file; all of it, or an error.

    Device tokens and webhook addresses are masked. A part that the server does not offer is in `missing`.
    """
    person = await ctx.reader.subscribers.get(subscriber_id)
    messages = [one async for one in _messages(ctx, subscriber_id)]
    missing: list[str] = []
    found = {
        "profile": _plain(person),
        "preferences": await _preferences(ctx, subscriber_id, missing),
        "topics": await _topics(ctx, subscriber_id, missing),
        "messages": messages,
    }
    about = {"subscriberId": subscriber_id, "madeAt": ctx.clock.now().isoformat(), "missing": missing}
    path = ctx.exports.folder / f"{uuid.uuid4()}.json"
    await asyncio.to_thread(_write, path, {"about": about, **found})
    deed.after = {"messages": len(messages), "missing": missing}
    return path


def _write(path: Path, found: dict[str, object]) -> None:
    path.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2, default=str))


async def _messages(ctx: AppContext, subscriber_id: str) -> AsyncIterator[object]:
    for number in range(MOST_MESSAGES // _PAGE):
        page = await ctx.reader.feed.page(subscriber_id, page=number, limit=_PAGE)
        for item in page.items:
            yield _plain(item)
        if not page.has_more:
            return


async def _preferences(ctx: AppContext, subscriber_id: str, missing: list[str]) -> object:
    try:
        return _plain(await ctx.reader.preferences.get(subscriber_id, criticality="all"))
    except ApiError:
        missing.append("preferences")
        return None


async def _topics(ctx: AppContext, subscriber_id: str, missing: list[str]) -> list[Any]:
    found: list[Any] = []
    after: str | None = None
    while True:
        try:
            page = await ctx.reader.topics.of(subscriber_id, after=after, limit=_PAGE)
        except ApiError:
            missing.append("topics")
            return found
        found += [_plain(one) for one in page.items]
        if page.next is None or page.next == after:
            return found
        after = page.next


def _plain(model: BaseModel) -> object:
    return redact(model.model_dump(mode="json", by_alias=True, exclude_unset=True))
