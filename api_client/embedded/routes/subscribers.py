"""Search and single subscribers."""

import math
from functools import partial

from api_client.embedded.checks import as_number, check, optional, text
from api_client.embedded.ids import is_object_id
from api_client.embedded.problems import bad_request, crashed, invalid_command, not_found
from api_client.embedded.router import Route
from api_client.embedded.search import Wanted
from api_client.embedded.state import State
from api_client.embedded.subscribers import entity_of, find, mapped, raw
from api_client.embedded.wire import Answer, Call, answer, json_answer

SEARCH_CHECKS = {
    name: optional(text)
    for name in ("after", "before", "orderDirection", "orderBy", "email", "name", "phone", "subscriberId")
}


def routes(state: State) -> list[Route]:
    return [
        Route("GET", "/v2/subscribers", partial(search, state)),
        Route("GET", "/v2/subscribers/{subscriberId}", partial(get, state)),
        Route("GET", "/v1/subscribers/{subscriberId}", partial(get_v1, state)),
    ]


def search(state: State, call: Call) -> Answer:
    check(call.query, SEARCH_CHECKS)
    wanted = _wanted(call)
    with state.store.reading() as db:
        found = state.search.page(db, call.caller, wanted)
    return json_answer(
        {
            "data": [mapped(entity_of(row, call.caller)) for row in found.rows],
            "next": found.next,
            "previous": found.previous,
            "totalCount": found.total,
            "totalCountCapped": found.capped,
        },
        200,
    )


def get(state: State, call: Call) -> Answer:
    with state.store.reading() as db:
        row = find(db, call.caller, call.params["subscriberId"])
    if row is None:
        raise not_found(f"Subscriber: {call.params['subscriberId']} was not found")
    return answer(mapped(entity_of(row, call.caller)))


def get_v1(state: State, call: Call) -> Answer:
    with state.store.reading() as db:
        row = find(db, call.caller, call.params["subscriberId"])
    if row is None:
        raise not_found(f"Subscriber '{call.params['subscriberId']}' was not found")
    return answer(raw(entity_of(row, call.caller)))


def _wanted(call: Call) -> Wanted:
    query = {name: value for name, value in call.query.items() if isinstance(value, str)}
    limit = _limit(call)
    after, before = query.get("after"), query.get("before")
    if after and before:
        raise bad_request('Cannot specify both "before" and "after" cursors at the same time.')
    if any(cursor and not is_object_id(cursor) for cursor in (after, before)):
        raise crashed()
    return Wanted(
        filters=tuple((name, query[name]) for name in ("email", "name", "phone") if query.get(name)),
        subscriber_id=query.get("subscriberId") or None,
        after=after or None,
        before=before or None,
        limit=limit,
        order_by=query.get("orderBy") or "_id",
        descending=query.get("orderDirection", "DESC") in ("DESC", ""),
        include_cursor=query.get("includeCursor") == "true",
    )


def _limit(call: Call) -> int:
    sent = call.query.get("limit")
    number = as_number(sent)
    if isinstance(sent, list):
        texts = ["limit must not be greater than 100", "limit must not be less than 1"]
        texts.append("limit must be a number conforming to the specified constraints")
        raise invalid_command("ListSubscribersCommand", {"limit": (texts, None)})
    if math.isnan(number) or number == 0:
        return 10
    if not 1 <= number <= 100:
        told = "not be greater than 100" if number > 100 else "not be less than 1"
        value = int(number) if number == int(number) else number
        raise invalid_command("ListSubscribersCommand", {"limit": ([f"limit must {told}"], value)})
    return int(number)
