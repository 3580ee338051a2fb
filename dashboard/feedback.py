"""The only place that words an error for the person at the screen."""

import functools
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, ParamSpec

from nicegui import ui

from api_client import ApiError, BadPayload, KeyRejected, NotFound, RateLimited, Unreachable
from dashboard.refusals import Liftable, Refusal

log = logging.getLogger("dashboard")
P = ParamSpec("P")
Kind = Literal["info", "success", "warning", "error"]
SHOWN_FOR_MS = {"info": 6000, "success": 6000, "warning": 10_000, "error": 0}  # 0: until dismissed


@dataclass(frozen=True)
class Notice:
    """What a person is told: what happened and what to do; the detail is for a colleague who can mend it."""

    text: str
    detail: str = ""
    kind: Kind = "error"
    retry_after: float | None = None


# What the client's own sentence cannot know, but this dashboard does; an error's nearest ancestor wins.
ADVICE: dict[type[BaseException], str] = {
    ApiError: "",
    Unreachable: "The address is set by NOVU_API_URL.",
    BadPayload: "Check that NOVU_API_URL leads to a Novu API and not to a web page or a proxy.",
    KeyRejected: "That is the dashboard's own key, NOVU_SECRET_KEY, and not your sign-in.",
    NotFound: "It may have been deleted, or it belongs to another environment.",
}


def describe(exc: BaseException) -> Notice:
    """Word any error: our own sentences where we know what happened, a reference where we do not.

    Never the exception's own text: it may hold ids, addresses or secrets.
    """
    if isinstance(exc, ApiError):
        advice = next(ADVICE[kind] for kind in type(exc).__mro__ if kind in ADVICE)
        wait = exc.retry_after if isinstance(exc, RateLimited) else None
        return Notice(f"{exc.user_text} {advice}".strip(), _detail(exc), "error", wait)
    if isinstance(exc, Refusal):
        return Notice(exc.user_text, kind="warning")
    return _our_fault(exc)


def show(notice: Notice) -> None:
    """Tell it as a toast: for something the person has just done. Errors stay until they are dismissed."""
    ui.notification(
        notice.text,
        type={"success": "positive", "error": "negative"}.get(notice.kind, notice.kind),  # type: ignore[arg-type]  # Literal by table
        position="bottom-right",
        timeout=SHOWN_FOR_MS[notice.kind] / 1000 or None,
        close_button="Dismiss",
        multi_line=True,
    )


def succeed(text: str) -> None:
    """A toast for something that went well."""
    show(Notice(text, kind="success"))


def reports_errors(handler: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """For the handlers of buttons, menus and dialogs: a failure becomes a toast and the page goes on.

    A refusal that the person can lift is asked about, and then it is tried once more.
    """

    @functools.wraps(handler)
    async def reporting(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await handler(*args, **kwargs)
        except Liftable as refusal:
            if refusal.ask:
                refusal.ask(functools.partial(reporting, *args, **kwargs))
            else:
                show(describe(refusal))
        except (ApiError, Refusal) as exc:
            show(describe(exc))

    return reporting


def _detail(exc: ApiError) -> str:
    parts = [exc.detail]
    if exc.request_id:
        parts.append(f"Request id: {exc.request_id}")
    if exc.attempts > 1:
        parts.append(f"Attempts: {exc.attempts}")
    return "\n".join(part for part in parts if part)


def _our_fault(exc: BaseException) -> Notice:
    reference = secrets.token_hex(4)
    log.error("unexpected error, reference %s", reference, exc_info=exc)
    text = (
        "Something went wrong in the dashboard itself. The rest of the page still works; please report this."
    )
    return Notice(text, f"Reference for the log: {reference}")
