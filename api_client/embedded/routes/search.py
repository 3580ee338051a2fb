"""The two lists: v2 by cursor with filters, v1 by page number."""

import math
from functools import partial

from api_client.embedded.checks import as_number, check, optional, shown_number, text, whole
from api_client.embedded.ids import is_object_id, key_range
from api_client.embedded.problems import bad_request, crashed, invalid_command
from api_client.embedded.router import Route
from api_client.embedded.search import Wanted
from api_client.embedded.shown import shown
from api_client.embedded.state import State
from api_client.embedded.subscribers import NAMES, SOURCE, Row, entity_of
from api_client.embedded.wire import Answer, Call, json_answer

TEXT_FIELDS = ("after", "before", "orderDirection", "orderBy", "email", "name", "phone", "subscriberId")
KEYS = "SELECT id FROM subscribers WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ? OFFSET ?"
SEARCH_CHECKS = {name: optional(text) for name in TEXT_FIELDS}
LIST_CHECKS = {"page": whole(least=0), "limit": whole(least=1, most=100)}


def routes(state: State) -> list[Route]:
    return [
        Route("GET", "/v2/subscribers", partial(search, state)),
        Route("GET", "/v1/subscribers", partial(list_v1, state)),
    ]


def search(state: State, call: Call) -> Answer:
    check(call.query, SEARCH_CHECKS)
    wanted = _wanted(call)
    with state.store.reading() as db:
        found = state.search.page(db, call.caller, wanted)
    body = {
        "data": shown(found.rows, call.caller),
        "next": found.next,
        "previous": found.previous,
        "totalCount": found.total,
        "totalCountCapped": found.capped,
    }
    return json_answer(body, 200)


def list_v1(state: State, call: Call) -> Answer:
    """The old list, oldest first; it must skip rows, since a page number is all it has."""
    check(call.query, LIST_CHECKS)
    page, limit = int(as_number(call.query.get("page", "0"))), int(as_number(call.query.get("limit", "10")))
    if page < 0:
        raise crashed()
    first, last = key_range(call.caller.environment)
    skip = min(page * limit, 2**62)
    with state.store.reading() as db:
        found = db.execute(
            f"SELECT {NAMES} FROM {SOURCE} WHERE s.id IN ({KEYS}) ORDER BY s.id", (first, last, limit, skip)
        ).fetchall()
    items = [entity_of(Row._make(row), call.caller) for row in found]
    body = {"page": shown_number(page), "hasMore": len(items) == limit, "pageSize": limit, "data": items}
    return json_answer(body, 200)


def _wanted(call: Call) -> Wanted:
    query = {name: value for name, value in call.query.items() if isinstance(value, str)}
    limit = read_limit(call, "ListSubscribersCommand")
    after, before = query.get("after"), query.get("before")
    if after and before:
        raise bad_request('Cannot specify both "before" and "after" cursors at the same time.')
    order_by = query.get("orderBy") or "_id"
    if order_by.startswith("$") or any(cursor and not is_object_id(cursor) for cursor in (after, before)):
        raise crashed()
    return Wanted(
        filters=tuple((name, query[name]) for name in ("email", "name", "phone") if query.get(name)),
        subscriber_id=query.get("subscriberId") or None,
        after=after or None,
        before=before or None,
        limit=limit,
        order_by=order_by,
        descending=query.get("orderDirection", "DESC") in ("DESC", ""),
        include_cursor=query.get("includeCursor") == "true",
    )


def read_limit(call: Call, command: str) -> int:
    """10 for nothing, zero and words; fractions are cut off; out of bounds is an error."""
    sent = call.query.get("limit")
    number = as_number(sent)
    bounds = ["limit must not be greater than 100", "limit must not be less than 1"]
    if isinstance(sent, (list, dict)):
        whole_number = "limit must be a number conforming to the specified constraints"
        raise invalid_command(command, {"limit": ([*bounds, whole_number], None)})
    if math.isnan(number) or number == 0:
        return 10
    if number > 100 or number < 1:
        value = shown_number(number)
        raise invalid_command(command, {"limit": ([bounds[number < 1]], value)})
    return int(number)
