"""Our client for Novu's subscriber API.

    import asyncio
    from api_client import ClientOptions, SubscriberClient, SubscriberFilter

    async def main() -> None:
        async with SubscriberClient(ClientOptions("KEY", "http://127.0.0.1:3000")) as novu:
            page = await novu.subscribers.search(SubscriberFilter(email="@example.com"))
            for person in page.items:
                print(person.subscriber_id, person.first_name)

    asyncio.run(main())

Without an address it calls Novu's US cloud; `python -m api_client.embedded --key KEY` serves a small Novu at
the one above. There are no synchronous calls: a script makes all of its calls within one `asyncio.run`. Every
failure is an `ApiError` (the tree is drawn in `errors.py`), whose `user_text` may be shown as it is.

Models are loaded when first asked for, so that importing the client stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from api_client.client import SubscriberClient
from api_client.errors import (
    ApiError,
    BadArgument,
    BadPayload,
    Conflict,
    Forbidden,
    Invalid,
    KeyRejected,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    Reason,
    Redirected,
    Refused,
    ServerFault,
    StillRunning,
    TimedOut,
    TooLarge,
    Unreachable,
    WalkBroken,
)
from api_client.options import BATCH, EU, INTERACTIVE, US, BadOption, CallOptions, ClientOptions, Timeouts
from api_client.paging import Page, RowPage
from api_client.resources.search import SubscriberFilter
from api_client.transport import Clock, Observer, RateSnapshot, SystemClock

if TYPE_CHECKING:
    from api_client.models.credentials import ChannelCredentials, ChannelSettings
    from api_client.models.deliveries import Delivery
    from api_client.models.feed import ActionStatus, Button, FeedItem, FeedPage, MarkAs, Message
    from api_client.models.notifications import Notification, NotificationCount, NotificationPage
    from api_client.models.preferences import (
        ChangedPreference,
        GlobalPreference,
        PreferencePatch,
        Preferences,
        WorkflowPreference,
    )
    from api_client.models.runs import Run, RunDetail, RunJob, RunPage
    from api_client.models.subscribers import (
        BulkOutcome,
        NewSubscriber,
        Subscriber,
        SubscriberPatch,
        SubscriberRow,
    )
    from api_client.models.surroundings import (
        Environment,
        Integration,
        Subscription,
        Topic,
        TopicsChanged,
        TriggerOutcome,
        Workflow,
    )
    from api_client.resources.rows import bulk_chunks
    from api_client.resources.runs import RunFilter

_LATE = {
    "api_client.models.credentials": ("ChannelCredentials", "ChannelSettings"),
    "api_client.models.deliveries": ("Delivery",),
    "api_client.models.feed": ("ActionStatus", "Button", "FeedItem", "FeedPage", "MarkAs", "Message"),
    "api_client.models.notifications": ("Notification", "NotificationCount", "NotificationPage"),
    "api_client.models.preferences": (
        "ChangedPreference",
        "GlobalPreference",
        "PreferencePatch",
        "Preferences",
        "WorkflowPreference",
    ),
    "api_client.models.runs": ("Run", "RunDetail", "RunJob", "RunPage"),
    "api_client.models.subscribers": (
        "BulkOutcome",
        "NewSubscriber",
        "Subscriber",
        "SubscriberPatch",
        "SubscriberRow",
    ),
    "api_client.models.surroundings": (
        "Environment",
        "Integration",
        "Subscription",
        "Topic",
        "TopicsChanged",
        "TriggerOutcome",
        "Workflow",
    ),
    "api_client.resources.rows": ("bulk_chunks",),
    "api_client.resources.runs": ("RunFilter",),
}

__all__ = [
    "BATCH",
    "EU",
    "INTERACTIVE",
    "US",
    "ActionStatus",
    "ApiError",
    "BadArgument",
    "BadOption",
    "BadPayload",
    "BulkOutcome",
    "Button",
    "CallOptions",
    "ChangedPreference",
    "ChannelCredentials",
    "ChannelSettings",
    "ClientOptions",
    "Clock",
    "Conflict",
    "Delivery",
    "Environment",
    "FeedItem",
    "FeedPage",
    "Forbidden",
    "GlobalPreference",
    "Integration",
    "Invalid",
    "KeyRejected",
    "MarkAs",
    "Message",
    "NewSubscriber",
    "NotFound",
    "Notification",
    "NotificationCount",
    "NotificationPage",
    "Observer",
    "OutcomeUnknown",
    "Page",
    "PreferencePatch",
    "Preferences",
    "RateLimited",
    "RateSnapshot",
    "Reason",
    "Redirected",
    "Refused",
    "RowPage",
    "Run",
    "RunDetail",
    "RunFilter",
    "RunJob",
    "RunPage",
    "ServerFault",
    "StillRunning",
    "Subscriber",
    "SubscriberClient",
    "SubscriberFilter",
    "SubscriberPatch",
    "SubscriberRow",
    "Subscription",
    "SystemClock",
    "TimedOut",
    "Timeouts",
    "TooLarge",
    "Topic",
    "TopicsChanged",
    "TriggerOutcome",
    "Unreachable",
    "WalkBroken",
    "Workflow",
    "WorkflowPreference",
    "bulk_chunks",
]


if not TYPE_CHECKING:  # a checker sees the imports above

    def __getattr__(name: str) -> object:
        for home, names in _LATE.items():
            if name in names:
                return getattr(import_module(home), name)
        raise AttributeError(f"api_client has no name {name!r}")

    def __dir__() -> list[str]:
        return [*globals(), *__all__]
