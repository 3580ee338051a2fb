"""The in-app feed of a subscriber and the count of what was not seen."""

import math
from functools import partial
from typing import Any

from api_client.embedded import messages
from api_client.embedded.checks import as_number, check, whole
from api_client.embedded.problems import bad_request, crashed, invalid_command
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.subscribers import Row, find
from api_client.embedded.wire import Answer, Call, answer, json_answer

PAGE_CHECKS = {"page": whole(least=0), "limit": whole(least=1, most=100)}


def routes(state: State) -> list[Route]:
    path = "/v1/subscribers/{subscriberId}/notifications"
    return [
        Route("GET", path + "/feed", partial(feed, state)),
        Route("GET", path + "/unseen", partial(unseen, state)),
    ]


def feed(state: State, call: Call) -> Answer:
    check(call.query, PAGE_CHECKS)
    page = int(as_number(call.query.get("page", "0")))
    limit = int(as_number(call.query.get("limit", "10")))
    if page < 0:
        raise crashed()
    where, values = _narrowed(state, call, feeds="feedIdentifier", flags=("read", "seen"))
    with state.store.reading() as db:
        row = find(db, call.caller, call.params["subscriberId"])
        if row is None:
            raise bad_request(
                "Subscriber not found for this environment with the id: "
                f"{call.params['subscriberId']}. Make sure to create a subscriber before fetching the feed."
            )
        found = messages.page(db, row[0], where=where, values=values, skip=page * limit, limit=limit + 1)
    items = [_item(state, call, one, row) for one in found[:limit]]
    has_more = len(found) > limit
    return json_answer(
        {"data": items, "totalCount": len(items), "hasMore": has_more, "pageSize": limit, "page": page}, 200
    )


def unseen(state: State, call: Call) -> Answer:
    limit = _count_limit(call)
    where, values = _narrowed(state, call, feeds="feedId", flags=())
    seen = call.query.get("seen") == "true"
    with state.store.reading() as db:
        row = find(db, call.caller, call.params["subscriberId"])
        if row is None:
            raise bad_request(
                f"Subscriber {call.params['subscriberId']} is not exist in environment "
                f"{call.caller.environment_id}, please provide a valid subscriber identifier"
            )
        where += " AND seen = ?"
        count = messages.count(db, row[0], where=where, values=[*values, int(seen)], most=limit)
    return answer({"count": count})


def _narrowed(state: State, call: Call, *, feeds: str, flags: tuple[str, ...]) -> tuple[str, list[object]]:
    where, values = "", list[object]()
    for flag in flags:
        if flag in call.query:
            where += f" AND {flag} = ?"
            values.append(int(call.query[flag] == "true"))
    wanted = call.query.get(feeds)
    if wanted:
        names = wanted if isinstance(wanted, list) else [wanted]
        known = [state.home.feed_ids[name] for name in names if name in state.home.feed_ids]
        where += f" AND feed IN ({', '.join('?' * len(known))})"
        values += known
    return where, values


def _item(state: State, call: Call, row: messages.Row, subscriber: Row) -> dict[str, Any]:
    found = messages.document(row, call.caller, subscriber[1])
    person = {"firstName": subscriber[3], "lastName": subscriber[4], "avatar": subscriber[7]}
    workflow = state.home.workflows[row[3]]
    found["subscriber"] = {
        "_id": subscriber[1],
        **{name: value for name, value in person.items() if value is not None},
        "subscriberId": subscriber[2],
        "id": subscriber[1],
    }
    found["template"] = {"_id": row[3], "tags": workflow["tags"], "id": row[3]}
    return found | {"actorSubscriber": None, "id": row[1]}


def _count_limit(call: Call) -> int:
    number = as_number(call.query.get("limit"))
    if math.isnan(number) or number == 0:
        return 100
    if not 1 <= number <= 1000:
        told = "limit must not be greater than 1000" if number > 1000 else "limit must not be less than 1"
        value = int(number) if number == int(number) else number
        raise invalid_command("GetFeedCountCommand", {"limit": ([told], value)})
    return int(number)
