"""Sets faults over HTTP, for browser tests; served only when asked for."""

from functools import partial

from api_client.embedded.faults import Faults
from api_client.embedded.problems import bad_request
from api_client.embedded.router import Route
from api_client.embedded.wire import Answer, Call


def routes(faults: Faults) -> list[Route]:
    return [Route("POST", "/__faults", partial(add, faults), needs_key=False)]


def add(faults: Faults, call: Call) -> Answer:
    """Takes `{route, times, status, delay_s, drop, truncate}`; `times` 0 clears all that wait."""
    sent = dict(call.body)
    times = sent.pop("times", 1)
    unknown = set(sent) - {"route", "status", "delay_s", "drop", "truncate"}
    if unknown or not isinstance(times, int):
        raise bad_request(f"Not a fault: {sorted(unknown)}")
    if times == 0:
        faults.clear()
    else:
        faults.next(times, **sent)
    return Answer(204)
