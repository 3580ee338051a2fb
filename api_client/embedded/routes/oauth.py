"""Linking a chat account by OAuth: two browser routes without a key. A stub stands in for Slack."""

import hashlib
import hmac
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from api_client.embedded.checks import Check, check, optional, text
from api_client.embedded.foreign import Record
from api_client.embedded.ids import is_object_id
from api_client.embedded.problems import bad_request, invalid_command, not_found
from api_client.embedded.providers import CHAT
from api_client.embedded.router import Route
from api_client.embedded.routes.credentials import Given, save
from api_client.embedded.routes.subscribers import upsert
from api_client.embedded.state import State
from api_client.embedded.subscribers import find
from api_client.embedded.wire import Answer, Call, Caller, html, redirect

AUTHORIZE = "https://slack.com/oauth/v2/authorize"
QUERY_CHECKS: dict[str, list[Check]] = {
    "hmacHash": optional(text),
    "environmentId": optional(text),
    "integrationIdentifier": optional(text),
}


def routes(state: State) -> list[Route]:
    path = "/v1/subscribers/{subscriberId}/credentials/{providerId}/oauth"
    return [
        Route("GET", path, partial(begin, state), needs_key=False),
        Route("GET", path + "/callback", partial(finish, state), needs_key=False),
    ]


def begin(state: State, call: Call) -> Answer:
    check(call.query, QUERY_CHECKS)
    caller, integration = _integration(state, call, "ChatOauthCommand")
    credentials = integration.get("credentials")
    where = f"channel: chat, providerId: {call.params['providerId']}"
    if not credentials:
        raise not_found(f"Integration in environment {caller.environment_id} missing credentials, {where}")
    _check_hash(state, call, caller, credentials)
    if not credentials.get("clientId"):
        raise not_found(f"Integration in environment {caller.environment_id} missing clientId, {where}")
    back = f"{call.root}/v1/subscribers/{call.params['subscriberId']}/credentials/slack/oauth/callback"
    back += f"?environmentId={caller.environment_id}"
    if call.query.get("integrationIdentifier"):
        back += f"&integrationIdentifier={call.query['integrationIdentifier']}"
    query = f"client_id={credentials['clientId']}&scope=incoming-webhook&user_scope="
    return redirect(f"{AUTHORIZE}?{query}&redirect_uri={quote(back, safe='')}")


def finish(state: State, call: Call) -> Answer:
    check(call.query, {"code": [text], **QUERY_CHECKS})
    caller, integration = _integration(state, call, "ChatOauthCallbackCommand")
    credentials = integration.get("credentials", {})
    _check_hash(state, call, caller, credentials)
    provider, subscriber_id = call.params["providerId"], call.params["subscriberId"]
    webhook = _webhook(provider, str(call.query["code"]))
    sent = {"webhookUrl": webhook, "channel": provider}
    with state.store.writing() as db:
        known = call.known_as(caller)
        if find(db, caller, subscriber_id) is None:
            upsert(state, known, subscriber_id, {}, unique=False)
        save(state, known, db, Given(provider, integration["identifier"], sent))
    if credentials.get("redirectUrl"):
        return redirect(credentials["redirectUrl"])
    return html("<script>window.close();</script>")


def _integration(state: State, call: Call, command: str) -> tuple[Caller, Record]:
    """The environment named in the query and its newest integration, active or not."""
    provider, environment_id = call.params["providerId"], call.query.get("environmentId", ...)
    wrong: dict[str, tuple[list[str], object]] = {}
    if provider not in CHAT:
        wrong["providerId"] = (
            [f"providerId must be one of the following values: {', '.join(CHAT)}"],
            provider,
        )
    if not isinstance(environment_id, str):
        told = ["environmentId must be a string", "environmentId must be a mongodb id"]
        wrong["environmentId"] = (told, environment_id)
    elif not is_object_id(environment_id):
        wrong["environmentId"] = (["environmentId must be a mongodb id"], environment_id)
    if wrong:
        raise invalid_command(command, wrong)
    identifier = str(call.query.get("integrationIdentifier", ""))
    for caller in state.home.callers:
        found = state.home.integration(caller, provider, identifier, active=False)
        if found is not None and caller.environment_id == environment_id:
            return caller, found
    raise not_found(
        f"Integration in environment {environment_id} was not found, channel: chat, providerId: {provider}"
    )


def _check_hash(state: State, call: Call, caller: Caller, credentials: Mapping[str, Any]) -> None:
    """Compares with a hash made with the stored, encrypted key; the documented hash is refused."""
    if not credentials.get("hmac"):
        return
    sent = call.query.get("hmacHash")
    if not sent:
        raise bad_request(
            "Hmac is enabled on the integration, please provide a HMAC hash on the request params"
        )
    key = state.home.environments[caller.environment]["apiKeyAtRest"].encode()
    wanted = hmac.new(key, call.params["subscriberId"].encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted.encode(), str(sent).encode()):
        raise bad_request("Hmac is enabled on the integration, please provide a valid HMAC hash")


def _webhook(provider: str, code: str) -> str:
    """What Slack would answer: codes that begin with `good` give a webhook, others fail in their way."""
    if code.startswith("good"):
        return f"https://hooks.slack.com/services/T/B/{code}"
    if code == "nohook":
        raise bad_request(f"Provider {provider} did not return a webhook url")
    error = "bad_redirect_uri, metadata:m1, m2" if code == "meta" else "invalid_code"
    raise bad_request(f"Provider {provider} returned error {error}")
