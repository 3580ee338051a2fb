"""Whether what the client returned says all that a recorded answer said."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from api_client import ApiError, FeedPage, NotificationPage, OutcomeUnknown, Page, errors
from api_client.models.base import Wire
from api_client.models.feed import UnseenCount
from api_client.models.subscribers import ListAnswer, SearchAnswer
from api_client.models.surroundings import SubscriptionsAnswer
from tests.contract.recorded import Exchange

# The store's own bookkeeping, and `id`, which repeats `_id`.
_NO_MEANING = {"__v", "id", "widget", "filter", "totalCount"}


def disagreements(exchange: Exchange, result: object) -> Iterator[str]:
    """What the answer said and the result does not."""
    status = exchange.response["status"]
    if isinstance(result, ApiError):
        yield from _error_differs(exchange, result)
    elif not exchange.body_bytes:
        yield from [] if result in (None, "") else [f"{result!r} out of nothing"]
    elif status >= 400:
        yield f"a {status} was taken for a success"
    elif status == 302:
        yield from [] if result == exchange.response["headers"]["location"] else [f"target {result!r}"]
    else:
        yield from _result_differs(exchange.response["body"], result)


def _error_differs(exchange: Exchange, error: ApiError) -> Iterator[str]:
    cause = error.cause if isinstance(error, OutcomeUnknown) else error
    status, body = exchange.response["status"], exchange.response["body"] or {}
    if type(cause) is not _expected(exchange) or getattr(cause, "status", status) != status:
        yield f"{status} became {cause}"
    if status == 422 and "errors" in body and not getattr(cause, "fields", None):
        yield "no fields"
    if body.get("errorId") != getattr(cause, "error_id", None):
        yield "error id lost"


def _expected(exchange: Exchange) -> type[ApiError]:
    status, message = exchange.response["status"], (exchange.response["body"] or {}).get("message", "")
    if status == 409 and "retry-after" in exchange.response["headers"]:
        return errors.StillRunning
    if status == 400 and ("not found" in message or "is not exist" in message):
        return errors.NotFound
    return _CLASSES[status]


_CLASSES: dict[int, type[ApiError]] = {
    304: errors.Redirected,  # only for who asks "if none match"; the client never does
    400: errors.Invalid,
    401: errors.KeyRejected,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    413: errors.TooLarge,
    422: errors.Invalid,
    429: errors.RateLimited,
    500: errors.ServerFault,
    503: errors.ServerFault,
}


def _result_differs(body: Any, result: object) -> Iterator[str]:
    if result is None or isinstance(result, str):
        return
    if isinstance(result, dict):
        yield from [] if result == body else ["not as it stands"]
    elif isinstance(result, Page):
        yield from _differs(list(result.items), body["data"], "data")
        yield from _cursors_differ(body, result)
    elif isinstance(result, FeedPage | NotificationPage | ListAnswer | SearchAnswer | SubscriptionsAnswer):
        yield from _differs(result, body, "")
    elif isinstance(result, UnseenCount):
        yield from _differs(result, body["data"], "")
    elif isinstance(result, Wire | int):
        inner = body["data"]
        yield from _differs(
            result, inner["count"] if isinstance(inner, dict) and "count" in inner else inner, ""
        )
    else:
        yield from _differs(list(result), body["data"], "data")  # type: ignore[call-overload]  # a tuple


def _cursors_differ(body: dict[str, Any], page: Page[Any]) -> Iterator[str]:
    if "totalCount" in body and page.total != body["totalCount"]:
        yield f"total {page.total}"
    if "next" in body and (page.next, page.previous) != (body["next"], body["previous"]):
        yield "cursors"


def _differs(ours: Any, theirs: Any, place: str) -> Iterator[str]:
    if isinstance(ours, Wire) and isinstance(theirs, dict):
        yield from _model_differs(ours, theirs, place)
    elif isinstance(ours, list | tuple) and isinstance(theirs, list):
        theirs = [one for one in theirs if one is not None]  # a hole in a list is nothing
        if len(ours) != len(theirs):
            yield f"{place}: {len(ours)} of {len(theirs)}"
        for at, (one, other) in enumerate(zip(ours, theirs, strict=False)):
            yield from _differs(one, other, f"{place}.{at}")
    elif ours != _as_read(ours, theirs):
        yield f"{place}: {ours!r} for {theirs!r}"


def _as_read(ours: Any, theirs: Any) -> Any:
    """Times are read as times, and a number where a text belongs as its digits."""
    if isinstance(ours, datetime):
        return datetime.fromisoformat(theirs)
    return str(theirs) if isinstance(ours, str) else theirs


def _model_differs(model: Wire, theirs: dict[str, Any], place: str) -> Iterator[str]:
    names = {field.validation_alias: name for name, field in type(model).model_fields.items()}
    if getattr(model, "unreadable", ()):
        yield f"{place} unreadable: {model}"
    for key, value in theirs.items():
        if key in names:
            ours = getattr(model, names[key].removesuffix("_as_read"))
            yield from _differs(ours, value, f"{place}.{key}")
        elif key not in _NO_MEANING:
            yield f"{place}.{key} lost"
