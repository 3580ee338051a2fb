"""Topics and a subscriber's subscriptions, page by page; adding subscribers to a topic and removing them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from api_client.embedded import topics
from api_client.embedded.checks import check
from api_client.embedded.foreign import as_list
from api_client.embedded.problems import bad_request, not_found
from api_client.embedded.router import Route
from api_client.embedded.routes.search import read_limit
from api_client.embedded.state import State
from api_client.embedded.subscribers import entity_of, find_many, need
from api_client.embedded.topics import Document
from api_client.embedded.wire import Answer, Call, json_answer

MOST = 100


def routes(state: State) -> list[Route]:
    topic = "/v2/topics/{topicKey}/subscriptions"
    return [
        Route("GET", "/v2/topics", partial(every, state)),
        Route("GET", "/v2/subscribers/{subscriberId}/subscriptions", partial(subscriptions, state)),
        Route("POST", topic, partial(change, state, add=True)),
        Route("DELETE", topic, partial(change, state, add=False)),
    ]


def subscriptions(state: State, call: Call) -> Answer:
    """Newest first; cursors are ids of subscriptions, `key` narrows them to one topic."""
    limit = read_limit(call, "ListSubscriberSubscriptionsCommand")
    query = {name: text for name, text in call.query.items() if isinstance(text, str) and text}
    after, before = query.get("after"), query.get("before")
    if after and before:
        raise bad_request('Cannot specify both "before" and "after" cursors at the same time.')
    with state.store.reading() as db:
        row = need(db, call, not_found(f"Subscriber: {call.params['subscriberId']} was not found"))
        found = topics.of(db, row, entity_of(row, call.caller), query.get("key"))
    if query.get("orderDirection", "DESC") == "DESC":
        found.reverse()
    return json_answer(_page(found, after, before, limit), 200)


def every(state: State, call: Call) -> Answer:
    """The environment's topics, newest first. No recording holds this call; fields as the SDK has them."""
    limit = read_limit(call, "ListTopicsCommand")
    after, before = (str(call.query[name]) if name in call.query else None for name in ("after", "before"))
    with state.store.reading() as db:
        found = topics.every(db, call.caller)
    return json_answer(_page(found, after, before, limit), 200)


def _page(found: list[Document], after: str | None, before: str | None, limit: int) -> Document:
    first, last = _window([one["_id"] for one in found], after, before, limit)
    page = found[first:last]
    return {
        "data": page,
        "next": page[-1]["_id"] if page and last < len(found) else None,
        "previous": page[0]["_id"] if page and first > 0 else None,
        "totalCount": len(found),
        "totalCountCapped": False,
    }


def _window(ids: list[str], after: str | None, before: str | None, limit: int) -> tuple[int, int]:
    """Where a page begins and ends; an empty one for a cursor that is not among the ids."""
    if (after or before) not in (None, *ids):
        return 0, 0
    if before:
        end = ids.index(before)
        return max(0, end - limit), end
    start = ids.index(after) + 1 if after else 0
    return start, start + limit


def change(state: State, call: Call, *, add: bool) -> Answer:
    """Answers for each id whether it went well; a topic exists from its first subscription on."""
    check(call.body, {"subscriberIds": [_ids]})
    ids, topic = list(dict.fromkeys(call.body["subscriberIds"])), call.params["topicKey"]
    done: list[Document] = []
    with state.store.writing() as db:
        known = find_many(db, call.caller, ids)
        for row in known.values():
            if add:
                oid = state.ids.make(call.ms)
                topics.insert(db, [topics.subscription(row, topic, oid=oid, ms=call.ms)])
            done += topics.of(db, row, entity_of(row, call.caller), topic)
            if not add:
                topics.delete(db, row.id, topic)
    failed = [_unknown(one) for one in ids if one not in known]
    meta = {"totalCount": len(ids), "successful": len(ids) - len(failed), "failed": len(failed)}
    body = {"data": done, "meta": meta} | ({"errors": failed} if failed else {})
    return json_answer(body, 201 if add else 200)


def _unknown(subscriber_id: str) -> Document:
    told = f"Subscriber with ID '{subscriber_id}' could not be found."
    return {"subscriberId": subscriber_id, "code": "SUBSCRIBER_NOT_FOUND", "message": told}


def _ids(name: str, value: Any) -> Iterator[str]:
    listed = as_list(value)
    if listed is None:
        yield f"{name} must be an array"
    elif not 0 < len(listed) <= MOST:
        yield f"{name} must contain at least 1 and no more than {MOST} elements"
    elif not all(isinstance(one, str) for one in listed):
        yield f"each value in {name} must be a string"
