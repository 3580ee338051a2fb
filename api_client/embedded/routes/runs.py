"""The list of runs: what triggers led to, subscriber by subscriber."""

from collections.abc import Iterator
from functools import partial
from typing import Any, cast

from api_client.embedded.checks import as_number, check, optional, whole
from api_client.embedded.clock import from_text
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.wire import Answer, Call, json_answer

NAMES = {"subscriberIds", "channels", "templates", "transactionId", "after", "before"}


def _moment(name: str, value: Any) -> Iterator[str]:
    try:
        from_text(str(value))
    except ValueError:
        yield f"{name} must be a valid ISO 8601 date string"


CHECKS = {
    "page": whole(least=0),
    "limit": whole(least=1, most=100),
    "after": optional(_moment),
    "before": optional(_moment),
}


def routes(state: State) -> list[Route]:
    return [Route("GET", "/v1/notifications", partial(notifications, state), category="global")]


def notifications(state: State, call: Call) -> Answer:
    """A page, newest first; several values of one filter are alternatives, filters hold together."""
    check(call.query, CHECKS)
    found = state.runs.find(call.caller, {name: _values(call.query.get(name)) for name in NAMES})
    page, limit = (int(as_number(call.query.get(*default))) for default in (("page", "0"), ("limit", "10")))
    shown = found[page * limit : (page + 1) * limit]
    body = {"page": page, "pageSize": limit, "hasMore": len(found) > (page + 1) * limit, "data": shown}
    return json_answer(body, 200)


def _values(asked: object) -> list[str]:
    return [str(one) for one in cast("list[object]", asked if isinstance(asked, list) else [asked]) if one]
