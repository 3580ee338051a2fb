"""Channel credentials: PUT replaces tokens, PATCH appends, and either empties what is left out."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from api_client.embedded.checks import check, given, mapping, optional, text
from api_client.embedded.clock import to_text
from api_client.embedded.foreign import as_list, as_object
from api_client.embedded.problems import bad_request, crashed, explained, not_found
from api_client.embedded.providers import CHAT, PUSH
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.subscribers import Entity, entity_of, need, raw
from api_client.embedded.wire import Answer, Call, answer

KEPT = ("webhookUrl", "deviceTokens", "channel")
MOST_TOKENS = 100
Credentials = dict[str, Any]


def routes(state: State) -> list[Route]:
    path = "/v1/subscribers/{subscriberId}/credentials"
    return [
        Route("PUT", path, partial(write, state, append=False)),
        Route("PATCH", path, partial(write, state, append=True)),
        Route("DELETE", path + "/{providerId}", partial(remove, state)),
    ]


def write(state: State, call: Call, *, append: bool) -> Answer:
    checks = {"integrationIdentifier": optional(text), "credentials": [given, mapping]}
    check(call.body, {"providerId": [given, partial(_provider, state)], **checks})
    provider, identifier = call.body["providerId"], call.body.get("integrationIdentifier")
    with state.store.writing() as db:
        entity = save(state, call, db, Given(provider, identifier, call.body["credentials"]), append=append)
    return answer(raw(entity))


@dataclass(frozen=True, slots=True)
class Given:
    """Credentials for a provider, and the integration they are meant for if one is named."""

    provider: str
    identifier: str | None
    credentials: Credentials


def save(state: State, call: Call, db: sqlite3.Connection, sent: Given, *, append: bool = True) -> Entity:
    """Stores credentials with the newest active integration of a provider, or with the one named."""
    row = need(db, call, bad_request(f"SubscriberId: {call.params['subscriberId']} not found"))
    integration = state.home.integration(call.caller, sent.provider, sent.identifier)
    if integration is None:
        where = f"Subscribers environment ({call.caller.environment_id})"
        raise bad_request(f"{where} do not have active {sent.provider} integration.")
    entity = entity_of(row, call.caller)
    kept = _kept(sent.credentials)
    channels = _with(entity["channels"], sent.provider, integration["_id"], kept, append=append)
    if channels != entity["channels"]:
        entity |= {"channels": channels, "updatedAt": to_text(call.ms)}
        state.writer.update(db, row, entity)
    return entity


def remove(state: State, call: Call) -> Answer:
    with state.store.writing() as db:
        row = need(db, call, not_found(f"Subscriber '{call.params['subscriberId']}' was not found"))
        entity = entity_of(row, call.caller)
        kept = [one for one in entity["channels"] if one.get("providerId") != call.params["providerId"]]
        if kept != entity["channels"]:
            entity |= {"channels": kept, "updatedAt": to_text(call.ms)}
            state.writer.update(db, row, entity)
    return Answer(204)


def _provider(state: State, name: str, value: Any) -> Iterator[str]:
    """Providers newer than the recorded server count if they have an integration."""
    if not isinstance(value, str) or value not in {*CHAT, *PUSH, *state.home.providers}:
        yield f"{name} must be a valid provider ID"


def _kept(sent: Credentials) -> Credentials:
    """The three fields that are stored; a text in place of tokens becomes its letters."""
    kept = {name: sent[name] for name in KEPT if sent.get(name) is not None}
    return kept | ({"deviceTokens": _spread(kept["deviceTokens"])} if "deviceTokens" in kept else {})


def _with(
    channels: list[Credentials], provider: str, integration_id: str, sent: Credentials, *, append: bool
) -> list[Credentials]:
    for at, channel in enumerate(channels):
        if channel.get("providerId") == provider and channel.get("_integrationId") == integration_id:
            stored = as_object(channel.get("credentials")) or {}
            if stored == sent:
                return channels
            merged = {**stored, **sent, "deviceTokens": _tokens(stored, sent, append=append)}
            changed = {**channel, "credentials": merged}
            return [*channels[:at], changed, *channels[at + 1 :]]
    if "deviceTokens" in sent:
        sent = {**sent, "deviceTokens": _tokens({}, sent, append=False)}
    return [*channels, {"credentials": sent, "_integrationId": integration_id, "providerId": provider}]


def _tokens(stored: Credentials, sent: Credentials, *, append: bool) -> list[Any]:
    new: list[Any] = sent.get("deviceTokens") or []
    tokens = _unique([*_spread(stored.get("deviceTokens", [])), *new] if append and new else new)
    if len(tokens) > MOST_TOKENS:
        raise explained(
            400,
            f"Device tokens limit exceeded. Maximum allowed tokens per subscriber channel is {MOST_TOKENS}, "
            f"but got {len(tokens)} tokens.",
            currentCount=len(tokens),
            limit=MOST_TOKENS,
        )
    return tokens


def _spread(tokens: Any) -> list[Any]:
    """As JavaScript spreads them; raises the service's 500 for what it cannot spread."""
    found = list(tokens) if isinstance(tokens, str) else as_list(tokens)
    if found is None:
        raise crashed()
    return found


def _unique(tokens: list[Any]) -> list[Any]:
    found: list[Any] = []
    for token in tokens:
        if token not in found:
            found.append(token)
    return found
