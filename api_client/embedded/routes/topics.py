"""Topic subscriptions of a subscriber."""

from functools import partial

import orjson

from api_client.embedded.problems import not_found
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.subscribers import need
from api_client.embedded.wire import Answer, Call, json_answer


def routes(state: State) -> list[Route]:
    return [Route("GET", "/v2/subscribers/{subscriberId}/subscriptions", partial(subscriptions, state))]


def subscriptions(state: State, call: Call) -> Answer:
    """All on one page, oldest first; `key` narrows them to one topic."""
    missing = not_found(f"Subscriber: {call.params['subscriberId']} was not found")
    key = call.query.get("key")
    with state.store.reading() as db:
        rows = db.execute(
            "SELECT doc FROM subscriptions WHERE subscriber = ? AND (? IS NULL OR topic_key = ?)",
            (need(db, call, missing).id, key, key),
        ).fetchall()
    items = [orjson.loads(doc) for (doc,) in rows]
    body = {
        "data": items,
        "next": None,
        "previous": None,
        "totalCount": len(items),
        "totalCountCapped": False,
    }
    return json_answer(body, 200)
