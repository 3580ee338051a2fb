"""The list of messages sent over push, chat, e-mail and SMS; in-app ones are in the feed."""

from functools import partial

from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.wire import Answer, Call, json_answer

FILTERS = ("channel", "subscriberId", "transactionId")
HIDDEN = ("subscriberId",)


def routes(state: State) -> list[Route]:
    return [Route("GET", "/v1/messages", partial(messages, state), category="global")]


def messages(state: State, call: Call) -> Answer:
    """All on one page, newest first."""
    wanted = {name: value for name in FILTERS if (value := call.query.get(name))}
    found = state.deliveries.find(call.caller, wanted)
    data = [{name: value for name, value in one.items() if name not in HIDDEN} for one in found]
    page = {"page": 0, "pageSize": len(data), "hasMore": False, "totalCount": len(data), "data": data}
    return json_answer(page, 200)
