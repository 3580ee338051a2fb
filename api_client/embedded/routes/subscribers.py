"""Single subscribers: create or update, get, change, delete, the online flag, and their v1 twins."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from api_client.embedded import topics
from api_client.embedded.checks import (
    Check,
    check,
    email,
    given,
    locale,
    mapping,
    optional,
    text,
    timezone,
    truth,
)
from api_client.embedded.clock import to_text
from api_client.embedded.foreign import as_list, as_object
from api_client.embedded.problems import Problem, bad_request, explained, not_found, refused
from api_client.embedded.router import Route
from api_client.embedded.routes.credentials import Given, save
from api_client.embedded.state import State
from api_client.embedded.subscribers import Entity, entity_of, find, mapped, need, raw
from api_client.embedded.wire import Answer, Call, answer

FIELDS: dict[str, list[Check]] = {
    "firstName": optional(text),
    "lastName": optional(text),
    "email": optional(email),
    "phone": optional(text),
    "avatar": optional(text),
    "locale": optional(locale),
    "timezone": optional(timezone),
    "data": optional(mapping),
}


def _required(_: str, value: Any) -> Iterator[str]:
    if value in ("", None, ...):
        yield "SubscriberId is required"


ID_CHECKS: list[Check] = [given, _required, text]
NEW_CHECKS = {"subscriberId": ID_CHECKS, **FIELDS}


def routes(state: State) -> list[Route]:
    one, one_v1 = "/v2/subscribers/{subscriberId}", "/v1/subscribers/{subscriberId}"
    return [
        Route("POST", "/v2/subscribers", partial(create, state)),
        Route("GET", one, partial(get, state)),
        Route("PATCH", one, partial(patch, state)),
        Route("DELETE", one, partial(delete, state)),
        Route("PATCH", one_v1 + "/online-status", partial(set_online, state)),
        Route("POST", "/v1/subscribers", partial(create_v1, state)),
        Route("GET", one_v1, partial(get_v1, state)),
        Route("PUT", one_v1, partial(put_v1, state)),
        Route("DELETE", one_v1, partial(delete, state)),
    ]


def create(state: State, call: Call) -> Answer:
    """Creates, or updates what is there; custom data is replaced even when none is sent."""
    sent = dict(call.body)
    if isinstance(sent.get("subscriberId"), str):
        sent["subscriberId"] = sent["subscriberId"].strip()
    check(sent, NEW_CHECKS)
    unique = call.query.get("failIfExists") == "true"
    entity = upsert(
        state, call, sent["subscriberId"], {**sent, "data": sent.get("data") or ...}, unique=unique
    )
    return answer(mapped(entity), 201)


def get(state: State, call: Call) -> Answer:
    missing = not_found(f"Subscriber: {call.params['subscriberId']} was not found")
    with state.store.reading() as db:
        row = need(db, call, missing)
    return answer(mapped(entity_of(row, call.caller)))


def patch(state: State, call: Call) -> Answer:
    """Changes what was sent; the answer has the time of the previous change."""
    check(call.body, FIELDS)
    sent = {name: call.body[name] for name in FIELDS if name in call.body}
    with state.store.writing() as db:
        row = need(db, call, not_found(f"Subscriber {call.params['subscriberId']} was not found"))
        before = entity_of(row, call.caller)
        after = before | sent
        if after != before:
            state.writer.update(db, row, after | {"updatedAt": to_text(call.ms)})
    return answer(mapped(after))


def delete(state: State, call: Call) -> Answer:
    missing = explained(404, "Subscriber was not found", externalSubscriberId=call.params["subscriberId"])
    with state.store.writing() as db:
        state.writer.delete(db, need(db, call, missing))
    return answer({"acknowledged": True, "status": "deleted"})


def set_online(state: State, call: Call) -> Answer:
    check(call.body, {"isOnline": [given, truth]})
    online = call.body["isOnline"]
    now = to_text(call.ms)
    left = {} if online else {"lastOnlineAt": now}
    entity = _change(
        state, call, {"isOnline": online, **left, "updatedAt": now}, not_found("Subscriber not found")
    )
    return answer(raw(entity))


def create_v1(state: State, call: Call) -> Answer:
    """The old way to create: here channels count, and data that is not sent stays."""
    check(call.body, NEW_CHECKS)
    sent = {**call.body, "data": call.body.get("data") or ...}
    with state.store.writing() as db:
        entity = upsert(state, call, call.body["subscriberId"], sent, unique=False, keep_data=True)
        known = call.about(entity["subscriberId"])
        for one in as_list(call.body.get("channels")) or []:
            channel = as_object(one) or {}
            provider, identifier = str(channel.get("providerId")), channel.get("integrationIdentifier")
            entity = save(
                state, known, db, Given(provider, identifier, as_object(channel.get("credentials")) or {})
            )
    return answer(raw(entity), 201)


def get_v1(state: State, call: Call) -> Answer:
    missing = not_found(f"Subscriber '{call.params['subscriberId']}' was not found")
    with state.store.reading() as db:
        row = need(db, call, missing)
        entity = entity_of(row, call.caller)
        keys = [one["topic"]["key"] for one in topics.of(db, row, entity)]
    more: Entity = {"topics": keys} if call.query.get("includeTopics") == "true" else {}
    return answer(raw(entity) | more)


def put_v1(state: State, call: Call) -> Answer:
    check(call.body, FIELDS)
    sent = {name: call.body[name] for name in FIELDS if name in call.body}
    missing = bad_request(f"SubscriberId: {call.params['subscriberId']} not found")
    return answer(raw(_change(state, call, sent, missing)))


def upsert(
    state: State,
    call: Call,
    subscriber_id: str,
    sent: Mapping[str, Any],
    *,
    unique: bool,
    keep_data: bool = False,
) -> Entity:
    """Sets the fields that were sent; `...` as custom data takes stored data away unless it is kept."""
    now = to_text(call.ms)
    fields = {name: sent[name] for name in FIELDS if name in sent}
    with state.store.writing() as db:
        row = find(db, call.caller, subscriber_id)
        if row is not None and unique:
            raise refused(409, f'Subscriber with id "{subscriber_id}" already exists')
        before = entity_of(row, call.caller) if row else new_entity(state, call, subscriber_id)
        entity = before | fields | {"updatedAt": now}
        if entity.get("data") is ...:
            entity |= {"data": before["data"]} if keep_data and "data" in before else {"data": ...}
        entity = {name: value for name, value in entity.items() if value is not ...}
        if row is None:
            state.writer.insert(db, call.caller, entity)
        else:
            state.writer.update(db, row, entity)
    return entity


def new_entity(state: State, call: Call, subscriber_id: str) -> Entity:
    """A subscriber with nothing but an id."""
    now = to_text(call.ms)
    return {
        "_id": state.ids.make(call.ms),
        "subscriberId": subscriber_id,
        "_environmentId": call.caller.environment_id,
        "_organizationId": call.caller.organization_id,
        "createdAt": now,
        "channels": [],
        "isOnline": False,
        "__v": 0,
        "deleted": False,
        "updatedAt": now,
    }


def _change(state: State, call: Call, changes: Mapping[str, Any], missing: Problem) -> Entity:
    with state.store.writing() as db:
        row = need(db, call, missing)
        entity = {**entity_of(row, call.caller), **changes}
        state.writer.update(db, row, entity)
    return entity
