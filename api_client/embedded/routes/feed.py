"""The in-app feed of a subscriber, and the count of unseen messages."""

import base64
import binascii
import math
from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson

from api_client.embedded import messages
from api_client.embedded.checks import as_number, check, shown_number, whole
from api_client.embedded.foreign import as_object
from api_client.embedded.inbox import person
from api_client.embedded.messages import Message, Narrowed
from api_client.embedded.problems import bad_request, crashed, invalid_command
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.subscribers import Row, need
from api_client.embedded.wire import Answer, Call, answer, json_answer

PAGE_CHECKS = {"page": whole(least=0), "limit": whole(least=1, most=100)}
BAD_PAYLOAD = "Invalid payload, the JSON object should be encoded to base64 string."
NOTHING = Narrowed(" AND 0")


def routes(state: State) -> list[Route]:
    path = "/v1/subscribers/{subscriberId}/notifications"
    return [
        Route("GET", path + "/feed", partial(feed, state)),
        Route("GET", path + "/unseen", partial(unseen, state)),
    ]


def feed(state: State, call: Call) -> Answer:
    """One page, newest first; `totalCount` only counts the page."""
    check(call.query, PAGE_CHECKS)
    page, limit = int(as_number(call.query.get("page", "0"))), int(as_number(call.query.get("limit", "10")))
    narrowed = _flags(call) + _feeds(state, call, "feedIdentifier") + _payload(call)
    missing = bad_request(
        f"Subscriber not found for this environment with the id: {call.params['subscriberId']}. "
        "Make sure to create a subscriber before fetching the feed."
    )
    with state.store.reading() as db:
        row = need(db, call, missing)
        if page < 0:
            raise crashed()
        skip = min(page * limit, 2**62)
        found = messages.page(db, row.id, narrowed, skip=skip, limit=limit + 1)
    items = [item(state, call, one, row) for one in found[:limit]]
    more = len(found) > limit
    body = {
        "data": items,
        "totalCount": len(items),
        "hasMore": more,
        "pageSize": limit,
        "page": shown_number(page),
    }
    return json_answer(body, 200)


def unseen(state: State, call: Call) -> Answer:
    """Counts no further than `limit`; read and archived messages count too."""
    limit = _count_limit(call)
    narrowed = messages.flag("seen", call.query.get("seen") == "true") + _feeds(state, call, "feedId")
    missing = bad_request(
        f"Subscriber {call.params['subscriberId']} is not exist in environment "
        f"{call.caller.environment_id}, please provide a valid subscriber identifier"
    )
    with state.store.reading() as db:
        count = messages.count(db, need(db, call, missing).id, narrowed, most=limit)
    return answer({"count": count})


def item(state: State, call: Call, message: Message, subscriber: Row) -> dict[str, Any]:
    """A message with its subscriber and workflow beside it."""
    found = messages.document(message, call.caller, subscriber.oid.hex())
    workflow = state.home.workflows[message.workflow]
    return found | {
        "subscriber": person(subscriber, "_id") | {"id": subscriber.oid.hex()},
        "template": {"_id": message.workflow, "tags": workflow["tags"], "id": message.workflow},
        "actorSubscriber": None,
        "id": message.oid,
    }


def _flags(call: Call) -> Narrowed:
    found = Narrowed()
    for name in ("read", "seen"):
        if name in call.query:
            found += messages.flag(name, call.query[name] == "true")
    return found


def _feeds(state: State, call: Call, name: str) -> Narrowed:
    wanted = call.query.get(name)
    if not wanted:
        return Narrowed()
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    return messages.one_of("feed", [state.home.feed_ids[one] for one in names if one in state.home.feed_ids])


def _payload(call: Call) -> Narrowed:
    sent = call.query.get("payload")
    if not sent:
        return Narrowed()
    try:
        wanted: Any = orjson.loads(base64.b64decode(str(sent), validate=True))
    except (binascii.Error, orjson.JSONDecodeError, ValueError) as error:
        raise bad_request(BAD_PAYLOAD) from error
    if wanted is None:
        return Narrowed()
    found = as_object(wanted)
    return NOTHING if found is None else messages.holding(_flattened(found))


def _flattened(found: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in found.items():
        inner = as_object(value)
        if inner is not None:
            flat |= _flattened(inner, f"{before}{name}.")
        elif isinstance(value, list):
            flat[before + name] = orjson.dumps(value).decode()
        else:
            flat[before + name] = int(value) if isinstance(value, bool) else value
    return flat


def _count_limit(call: Call) -> int:
    number = as_number(call.query.get("limit"))
    if math.isnan(number) or number == 0:
        return 100
    if number < 1 or number > 1000:
        told = "limit must not be less than 1" if number < 1 else "limit must not be greater than 1000"
        value = shown_number(number)
        raise invalid_command("GetFeedCountCommand", {"limit": ([told], value)})
    if number != int(number):
        raise crashed()
    return int(number)
