"""The list of runs: what triggers led to, person by person."""

from functools import partial

from api_client.embedded.checks import as_number, check, whole
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.wire import Answer, Call, json_answer

CHECKS = {"page": whole(least=0), "limit": whole(least=1, most=100)}


def routes(state: State) -> list[Route]:
    return [Route("GET", "/v1/notifications", partial(notifications, state), category="global")]


def notifications(state: State, call: Call) -> Answer:
    """A page, newest first, filtered by `subscriberIds` (one or several) and `transactionId`."""
    check(call.query, CHECKS)
    asked, transaction = call.query.get("subscriberIds"), call.query.get("transactionId")
    ids = [str(one) for one in asked] if isinstance(asked, list) else [str(asked)] if asked else []
    found = state.runs.find(call.caller, ids, str(transaction) if transaction else None)
    page, limit = (int(as_number(call.query.get(*default))) for default in (("page", 0), ("limit", 10)))
    shown = found[page * limit : (page + 1) * limit]
    body = {"page": page, "pageSize": limit, "hasMore": len(found) > (page + 1) * limit, "data": shown}
    return json_answer(body, 200)
