"""The client: holds the resources and carries out every call in one place."""

import hmac
from collections.abc import Callable, Mapping
from copy import copy
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import uuid4

from api_client.options import INTERACTIVE, CallOptions, ClientOptions
from api_client.refusals import from_answer, request_id
from api_client.routes import QueryValue, Route, to_json
from api_client.transport import (
    Clock,
    Observer,
    Outgoing,
    RateSnapshot,
    Retrier,
    SystemClock,
    build_transport,
)

if TYPE_CHECKING:
    import httpx

    from api_client.resources.credentials import Credentials
    from api_client.resources.deliveries import Deliveries
    from api_client.resources.feed import Feed
    from api_client.resources.messages import Messages
    from api_client.resources.notifications import Notifications
    from api_client.resources.preferences import PreferenceCalls
    from api_client.resources.runs import Runs
    from api_client.resources.subscribers import Subscribers
    from api_client.resources.surroundings import Environments, Events, Integrations, Workflows
    from api_client.resources.topics import Topics

T = TypeVar("T")

# Loaded when first asked for: models are most of the cost of importing a client.
_RESOURCES = {
    "subscribers": ("subscribers", "Subscribers"),
    "credentials": ("credentials", "Credentials"),
    "feed": ("feed", "Feed"),
    "messages": ("messages", "Messages"),
    "preferences": ("preferences", "PreferenceCalls"),
    "notifications": ("notifications", "Notifications"),
    "deliveries": ("deliveries", "Deliveries"),
    "runs": ("runs", "Runs"),
    "topics": ("topics", "Topics"),
    "integrations": ("surroundings", "Integrations"),
    "environments": ("surroundings", "Environments"),
    "workflows": ("surroundings", "Workflows"),
    "events": ("surroundings", "Events"),
}


class SubscriberClient:
    """Novu's subscriber API for one environment. Close it, or use it in `async with`.

    One client serves a whole process: connections, rate budget and retry budget are shared by its callers.
    """

    subscribers: "Subscribers"
    credentials: "Credentials"
    feed: "Feed"
    messages: "Messages"
    preferences: "PreferenceCalls"
    notifications: "Notifications"
    deliveries: "Deliveries"
    runs: "Runs"
    topics: "Topics"
    integrations: "Integrations"
    environments: "Environments"
    workflows: "Workflows"
    events: "Events"

    def __init__(
        self,
        options: ClientOptions,
        *,
        transport: "httpx.AsyncBaseTransport | None" = None,
        clock: Clock | None = None,
        observer: Observer | None = None,
        new_key: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._options = options
        self._clock = clock or SystemClock()
        self._transport = build_transport(options, transport, self._clock, observer)
        self._retrier = Retrier(self._clock)
        self._new_key = new_key
        self._signing_key = options.signing_key or options.api_key
        self._secrets = (options.api_key, self._signing_key)
        self._on_request_id: Callable[[str], None] | None = None
        self._keyless = {"Accept-Encoding": "identity" if options.is_on_this_machine else "gzip"}
        self._reading = {"Authorization": f"ApiKey {options.api_key}", **self._keyless}
        self._writing = {**self._reading, "Content-Type": "application/json"}

    if not TYPE_CHECKING:  # for type checkers, only the attributes declared above exist

        def __getattr__(self, name: str) -> object:
            home = _RESOURCES.get(name)
            if home is None:
                raise AttributeError(f"SubscriberClient has no attribute {name!r}")
            module = import_module(f"api_client.resources.{home[0]}")
            resource = getattr(module, home[1])(self)
            setattr(self, name, resource)
            return resource

        def __dir__(self) -> list[str]:
            return [*super().__dir__(), *_RESOURCES]

    def __repr__(self) -> str:
        return f"SubscriberClient({self._options.base_url})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections; calls from then on are `Unreachable`."""
        await self._transport.aclose()

    @property
    def base_url(self) -> str:
        return self._options.base_url

    def heard_by(self, on_request_id: Callable[[str], None]) -> Self:
        """A twin of this client, on the same connections, that reports the request ids of its answers."""
        twin = copy(self)
        for name in _RESOURCES:
            twin.__dict__.pop(name, None)  # each resource belongs to the client that made it
        twin._on_request_id = on_request_id
        return twin

    def sign(self, text: str) -> str:
        """Hex HMAC-SHA256 of `text` with the environment's key, as Novu checks subscriber ids."""
        return hmac.new(self._signing_key.encode(), text.encode(), "sha256").hexdigest()

    def budget(self) -> RateSnapshot | None:
        """The rate limit as of the last answer; None when the server reports none."""
        return self._transport.snapshot()

    async def call(
        self,
        route: Route[T],
        path: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, QueryValue] | None = None,
        body: Any = None,
        secrets: tuple[str, ...] = (),
        options: CallOptions = INTERACTIVE,
    ) -> T:
        """Carry out one call under `options`; raises an `ApiError`. The only place that reads a status.

        `body` is sent as JSON, bytes as they are.
        """
        content = body if body is None or isinstance(body, bytes) else to_json(body)
        out = Outgoing(
            method=route.method,
            url=self._options.base_url + route.address(path or {}, query),
            headers=self._headers(route, content, options),
            body=content,
            where=route.where,
            cost=route.cost,
            repeatable=route.repeatable,
            options=options,
            deadline_at=self._clock.monotonic() + options.deadline,
        )
        return await self._retrier.run(out, lambda out: self._attempt(route, out, secrets))

    async def _attempt(self, route: Route[T], out: Outgoing, secrets: tuple[str, ...]) -> T:
        answer = await self._transport.send(out)
        if self._on_request_id and (found := request_id(answer.headers)):
            self._on_request_id(found)
        if 200 <= answer.status < 300:
            return route.read(b"" if route.reads_redirect else answer.body)
        if route.reads_redirect and 300 <= answer.status < 400 and "location" in answer.headers:
            return route.read(answer.headers["location"].encode())
        raise from_answer(
            answer.status,
            answer.headers,
            answer.body,
            where=out.where,
            now=self._clock.now(),
            secrets=self._secrets + secrets,
        )

    def _headers(self, route: Route[Any], content: bytes | None, options: CallOptions) -> Mapping[str, str]:
        if route.public:
            return self._keyless
        headers = self._reading if content is None else self._writing
        if not route.takes_key:
            return headers
        return {**headers, "Idempotency-Key": options.idempotency_key or self._new_key()}
