"""Turns a recorded request into the client call that a program would write for it, where there is one."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from api_client import (
    CallOptions,
    ChannelCredentials,
    MarkAs,
    NewSubscriber,
    PreferencePatch,
    SubscriberClient,
    SubscriberFilter,
    SubscriberPatch,
)
from tests.contract.recorded import Exchange
from tests.contract.sayable import (
    NotSayable,
    Why,
    asked,
    dict_of,
    flag,
    listed,
    model,
    number,
    options_of,
    payload_of,
    said,
)

Call = Callable[[SubscriberClient], Awaitable[object]]


def asking(exchange: Exchange) -> Call:
    """The call for an exchange; raises `NotSayable` when no caller could express it."""
    request = exchange.request
    _check_headers(exchange)
    if re.search("%(?![0-9a-fA-F]{2})|/$|[A-Z](?=ubscribers)", request["path"]):
        raise NotSayable(Why.SPELLING)
    for method, pattern, make in _TABLE:
        found = re.fullmatch(pattern, request["path"])
        if request["method"] == method and found:
            parts = {name: unquote(value) for name, value in found.groupdict().items()}
            if any(not part.strip() or part in {".", ".."} for part in parts.values()):
                raise NotSayable(Why.SPELLING)
            _check_body(request)
            return make(parts, dict_of(exchange.pairs), request["body"], options_of(request["headers"]))
    raise NotSayable(Why.OPERATION)


def key_of(exchange: Exchange, usual: str) -> str:
    """The key that the client must have been given to send this request."""
    other = re.fullmatch(r"ApiKey (\S+)", exchange.request["headers"].get("authorization") or "")
    return other[1] if other else usual


def is_public(exchange: Exchange) -> bool:
    """Whether a person's browser asks for this, without a key."""
    return re.search("/credentials/[^/]+/oauth", exchange.request["path"]) is not None


def _check_headers(exchange: Exchange) -> None:
    headers = {name.lower(): value for name, value in exchange.request["headers"].items()}
    if is_public(exchange):
        fitting = headers.get("authorization", "the right key") is None
    else:
        fitting = "authorization" not in headers or re.fullmatch(
            r"ApiKey \S+", headers["authorization"] or ""
        )
    if not fitting:
        raise NotSayable(Why.CREDENTIAL)
    known = {"authorization", "content-type", "accept-encoding"}
    known |= {"idempotency-key"} if exchange.request["method"] in {"POST", "PATCH"} else set()
    if set(headers) - known:
        raise NotSayable(Why.HEADER)
    if headers.get("content-type", "application/json") != "application/json":
        raise NotSayable(Why.HEADER)


def _check_body(request: dict[str, Any]) -> None:
    body, method = request["body"], request["method"]
    is_raw = isinstance(body, dict) and "__raw__" in body
    if is_raw or (body is None) != (method in {"GET", "DELETE"}):
        raise NotSayable(Why.NOT_JSON)


def _search(_parts: Any, query: Any, _body: Any, options: CallOptions) -> Call:
    allowed = asked(
        query,
        *("after", "before", "limit", "orderDirection", "orderBy", "includeCursor"),
        *("email", "phone", "name", "subscriberId"),
    )
    if any(isinstance(value, list) or value == "" for value in allowed.values()) or (
        "after" in query and "before" in query
    ):
        raise NotSayable(Why.PARAMETER)
    direction = query.get("orderDirection")
    if direction not in {"ASC", "DESC", None} or query.get("includeCursor", "true") != "true":
        raise NotSayable(Why.PARAMETER)
    limit = number(query.get("limit"), 1, 100)
    chosen = SubscriberFilter(
        query.get("email"), query.get("phone"), query.get("name"), query.get("subscriberId")
    )
    return lambda client: client.subscribers.search(
        chosen,
        after=query.get("after"),
        before=query.get("before"),
        limit=limit,
        order_by=query.get("orderBy"),
        descending=None if direction is None else direction == "DESC",
        include_cursor="includeCursor" in query,
        options=options,
    )


def _list(_parts: Any, query: Any, _body: Any, options: CallOptions) -> Call:
    asked(query, "page", "limit")
    page, limit = number(query.get("page"), 0, 10**6), number(query.get("limit"), 0, 10**6)
    return lambda client: client.subscribers.list(page=page, limit=limit, options=options)


def _create(_parts: Any, query: Any, body: Any, options: CallOptions) -> Call:
    if query not in ({}, {"failIfExists": "true"}):
        raise NotSayable(Why.PARAMETER)
    new = model(NewSubscriber, body)
    return lambda client: client.subscribers.create(new, fail_if_exists=bool(query), options=options)


def _patch(parts: Any, _query: Any, body: Any, options: CallOptions) -> Call:
    patch = model(SubscriberPatch, body)
    return lambda client: client.subscribers.patch(parts["s"], patch, options=options)


def _bulk(_parts: Any, _query: Any, body: Any, options: CallOptions) -> Call:
    rows = said(body, "subscribers").get("subscribers")
    if not isinstance(rows, list) or not 1 <= len(rows) <= 500:
        raise NotSayable(Why.SHAPE)
    models = [model(NewSubscriber, row) for row in rows]
    return lambda client: client.subscribers.create_bulk(models, options=options)


def _online(parts: Any, _query: Any, body: Any, options: CallOptions) -> Call:
    wanted = said(body, "isOnline").get("isOnline")
    if not isinstance(wanted, bool):
        raise NotSayable(Why.SHAPE)
    return lambda client: client.subscribers.set_online(parts["s"], wanted, options=options)


def _credentials(verb: str) -> Callable[..., Call]:
    def make(parts: Any, _query: Any, body: Any, options: CallOptions) -> Call:
        said(body, "providerId", "credentials", "integrationIdentifier")
        provider, integration = body.get("providerId"), body.get("integrationIdentifier", "x")
        if not isinstance(provider, str) or not isinstance(integration, str):
            raise NotSayable(Why.SHAPE)
        credentials = model(ChannelCredentials, body.get("credentials"))
        return lambda client: getattr(client.credentials, verb)(
            parts["s"],
            provider,
            credentials,
            integration=body.get("integrationIdentifier"),
            options=options,
        )

    return make


def _feed(parts: Any, query: Any, _body: Any, options: CallOptions) -> Call:
    asked(query, "page", "limit", "read", "seen", "feedIdentifier", "payload")
    page, limit = number(query.get("page"), 0, 10**6), number(query.get("limit"), 0, 10**6)
    read, seen = flag(query.get("read")), flag(query.get("seen"))
    feeds = listed(query["feedIdentifier"]) if "feedIdentifier" in query else []
    payload = payload_of(query.get("payload"))
    return lambda client: client.feed.page(
        parts["s"],
        page=page,
        limit=limit,
        read=read,
        seen=seen,
        feeds=feeds,
        payload=payload,
        options=options,
    )


def _unseen(parts: Any, query: Any, _body: Any, options: CallOptions) -> Call:
    asked(query, "seen", "limit", "feedId")
    limit, seen = number(query.get("limit"), 0, 10**6), flag(query.get("seen"))
    feed = query.get("feedId")
    return lambda client: client.feed.unseen_count(
        parts["s"], limit=limit, seen=seen, feed=feed, options=options
    )


def _mark_as(body: Any) -> MarkAs:
    try:
        return MarkAs(body.get("markAs"))
    except (ValueError, TypeError):
        raise NotSayable(Why.SHAPE) from None


def _mark(parts: Any, _query: Any, body: Any, options: CallOptions) -> Call:
    mark_as = _mark_as(said(body, "messageId", "markAs"))
    ids = body.get("messageId")
    if not ids or not isinstance(ids, str | list) or not all(isinstance(one, str) for one in ids):
        raise NotSayable(Why.SHAPE)
    return lambda client: client.messages.mark(parts["s"], ids, mark_as, options=options)


def _mark_all(parts: Any, _query: Any, body: Any, options: CallOptions) -> Call:
    mark_as = _mark_as(said(body, "markAs", "feedIdentifier"))
    feeds = body.get("feedIdentifier", [])
    if not isinstance(feeds, str | list):
        raise NotSayable(Why.SHAPE)
    given = feeds if "feedIdentifier" in body else None
    return lambda client: client.messages.mark_all(parts["s"], mark_as, feeds=given, options=options)


def _action(parts: Any, _query: Any, body: Any, options: CallOptions) -> Call:
    status, payload = said(body, "status", "payload").get("status"), body.get("payload", {})
    if not isinstance(status, str) or not isinstance(payload, dict):
        raise NotSayable(Why.SHAPE)
    return lambda client: client.messages.complete_action(
        parts["s"], parts["m"], parts["a"], status, payload=body.get("payload"), options=options
    )


def _preferences(parts: Any, query: Any, _body: Any, options: CallOptions) -> Call:
    wanted = asked(query, "criticality").get("criticality")
    return lambda client: client.preferences.get(parts["s"], criticality=wanted, options=options)


def _prefer(parts: Any, _query: Any, body: Any, options: CallOptions) -> Call:
    patch = model(PreferencePatch, body)
    return lambda client: client.preferences.patch(parts["s"], patch, options=options)


def _prefer_many(parts: Any, _query: Any, body: Any, options: CallOptions) -> Call:
    changes = {row["workflowId"]: row["channels"] for row in said(body, "preferences")["preferences"]}
    return lambda client: client.preferences.patch_bulk(parts["s"], changes, options=options)


def _oauth(verb: str) -> Callable[..., Call]:
    names = ("code",) if verb == "oauth_finish" else ()

    def make(parts: Any, query: Any, _body: Any, options: CallOptions) -> Call:
        asked(query, "environmentId", "integrationIdentifier", "hmacHash", *names)
        if not all(isinstance(query.get(name), str) for name in ("environmentId", *names)):
            raise NotSayable(Why.PARAMETER)
        if not isinstance(query.get("integrationIdentifier", ""), str):
            raise NotSayable(Why.PARAMETER)
        if not re.fullmatch("[0-9a-f]{64}", query.get("hmacHash", "0" * 64)):
            raise NotSayable(Why.PARAMETER)
        return lambda client: getattr(client.credentials, verb)(
            parts["s"],
            parts["p"],
            environment_id=query["environmentId"],
            integration=query.get("integrationIdentifier"),
            signed="hmacHash" in query,
            options=options,
            **{name: query[name] for name in names},
        )

    return make


def _plain(
    make: Callable[[Any, Any], Callable[[SubscriberClient], Awaitable[object]]],
) -> Callable[..., Call]:
    """A call whose only words are its path."""

    def checked(parts: Any, query: Any, _body: Any, options: CallOptions) -> Call:
        if query:
            raise NotSayable(Why.PARAMETER)
        return make(parts, options)

    return checked


_V1, _V2 = r"/v1/subscribers/(?P<s>[^/]+)", r"/v2/subscribers/(?P<s>[^/]+)"
_TABLE: tuple[tuple[str, str, Callable[..., Call]], ...] = (
    ("GET", "/v2/subscribers", _search),
    ("GET", "/v1/subscribers", _list),
    ("POST", "/v2/subscribers", _create),
    ("POST", "/v1/subscribers/bulk", _bulk),
    ("GET", _V2, _plain(lambda p, o: lambda c: c.subscribers.get(p["s"], options=o))),
    ("DELETE", _V2, _plain(lambda p, o: lambda c: c.subscribers.delete(p["s"], options=o))),
    ("PATCH", _V2, _patch),
    ("PATCH", _V1 + "/online-status", _online),
    ("PUT", _V1 + "/credentials", _credentials("replace")),
    ("PATCH", _V1 + "/credentials", _credentials("append")),
    (
        "DELETE",
        _V1 + "/credentials/(?P<p>[^/]+)",
        _plain(lambda p, o: lambda c: c.credentials.delete(p["s"], p["p"], options=o)),
    ),
    ("GET", _V1 + "/credentials/(?P<p>[^/]+)/oauth", _oauth("oauth_start")),
    ("GET", _V1 + "/credentials/(?P<p>[^/]+)/oauth/callback", _oauth("oauth_finish")),
    ("GET", _V1 + "/notifications/feed", _feed),
    ("GET", _V1 + "/notifications/unseen", _unseen),
    ("POST", _V1 + "/messages/mark-as", _mark),
    ("POST", _V1 + "/messages/mark-all", _mark_all),
    ("POST", _V1 + "/messages/(?P<m>[^/]+)/actions/(?P<a>[^/]+)", _action),
    ("GET", _V2 + "/preferences", _preferences),
    ("PATCH", _V2 + "/preferences", _prefer),
    ("PATCH", _V2 + "/preferences/bulk", _prefer_many),
    (
        "GET",
        _V2 + "/notifications",
        lambda p, q, _b, o: lambda c: c.notifications.list(p["s"], limit=int(q["limit"]), options=o),
    ),
    (
        "GET",
        _V2 + "/notifications/count",
        lambda p, q, _b, o: lambda c: c.notifications.count(p["s"], json.loads(q["filters"]), options=o),
    ),
    (
        "GET",
        _V2 + "/subscriptions",
        _plain(lambda p, o: lambda c: c.topics.of(p["s"], limit=None, options=o)),
    ),
    ("GET", "/v1/environments/me", _plain(lambda _p, o: lambda c: c.environments.me(options=o))),
)
