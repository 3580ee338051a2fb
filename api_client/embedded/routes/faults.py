"""Sets faults over HTTP, for browser tests; served only when asked for."""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from api_client.embedded.faults import Faults
from api_client.embedded.problems import bad_request
from api_client.embedded.router import Route
from api_client.embedded.wire import Answer, Call

MOST = 10_000


def routes(faults: Faults) -> list[Route]:
    return [Route("POST", "/__faults", partial(add, faults), needs_key=False)]


def add(faults: Faults, call: Call) -> Answer:
    """Takes `{route, times, status, delay_s, drop, truncate}`; `times` 0 clears all that wait."""
    sent: dict[str, Any] = {"times": 1, **call.body}
    wrong = sorted(name for name, value in sent.items() if not FIELDS.get(name, _never)(value))
    if wrong:
        raise bad_request(f"Not a fault: {', '.join(wrong)}")
    times = sent.pop("times")
    if times == 0:
        faults.clear()
    else:
        faults.next(times, **sent)
    return Answer(204)


def _never(_: Any) -> bool:
    return False


FIELDS: dict[str, Callable[[Any], bool]] = {
    "times": lambda value: isinstance(value, int) and 0 <= value <= MOST,
    "route": lambda value: isinstance(value, str),
    "status": lambda value: isinstance(value, int) and 200 <= value <= 599,
    "delay_s": lambda value: isinstance(value, int | float) and 0 <= value < math.inf,
    "drop": lambda value: isinstance(value, bool),
    "truncate": lambda value: isinstance(value, bool),
}
