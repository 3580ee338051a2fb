"""The OpenAPI document of the 20 operations, envelope included, as this server answers them."""

import json
from dataclasses import dataclass
from typing import Any

from .schemas import CHAT_AND_PUSH, SHAPES

Document = dict[str, Any]
ERRORS = "400 401 403 404 405 409 413 414 415 422 429 500 503".split()
PLAIN = ("string", "number", "boolean", "object")
ONE, CREDENTIALS = "/v1/subscribers/{subscriberId}", "/v1/subscribers/{subscriberId}/credentials"
OAUTH = CREDENTIALS + "/{providerId}/oauth"
PREFERENCES = "/v2/subscribers/{subscriberId}/preferences"
OAUTH_QUERY = "hmacHash:string environmentId!:string integrationIdentifier:string"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `answer` is the type inside the envelope; with `bare` there is no envelope."""

    route: str
    name: str
    status: int = 200
    answer: str = ""
    body: str = ""
    query: str = ""
    bare: bool = False


OPERATIONS = (
    Operation(
        "GET /v1/subscribers",
        "SubscribersV1Controller_listSubscribers",
        answer="PaginatedResponseDto",
        query="page:number limit:number=10..100",
        bare=True,
    ),
    Operation(
        "POST /v1/subscribers/bulk",
        "SubscribersV1Controller_bulkCreateSubscribers",
        201,
        "BulkCreateSubscriberResponseDto",
        "BulkSubscriberCreateDto",
    ),
    Operation(
        f"PUT {CREDENTIALS}",
        "SubscribersV1Controller_updateSubscriberChannel",
        200,
        "SubscriberResponseDto",
        "UpdateSubscriberChannelRequestDto",
    ),
    Operation(
        f"PATCH {CREDENTIALS}",
        "SubscribersV1Controller_modifySubscriberChannel",
        200,
        "SubscriberResponseDto",
        "UpdateSubscriberChannelRequestDto",
    ),
    Operation(
        f"DELETE {CREDENTIALS}/{{providerId}}", "SubscribersV1Controller_deleteSubscriberCredentials", 204
    ),
    Operation(
        f"PATCH {ONE}/online-status",
        "SubscribersV1Controller_updateSubscriberOnlineFlag",
        200,
        "SubscriberResponseDto",
        "UpdateSubscriberOnlineFlagRequestDto",
    ),
    Operation(
        f"GET {ONE}/notifications/feed",
        "SubscribersV1Controller_getNotificationsFeed",
        answer="FeedResponseDto",
        query="page:number limit:number=10..100 read:boolean seen:boolean payload:string",
        bare=True,
    ),
    Operation(
        f"GET {ONE}/notifications/unseen",
        "SubscribersV1Controller_getUnseenCount",
        answer="UnseenCountResponse",
        query="seen:boolean=false limit:number=100",
    ),
    Operation(
        f"POST {ONE}/messages/mark-as",
        "SubscribersV1Controller_markMessagesAs",
        201,
        "[MessageResponseDto]",
        "MessageMarkAsRequestDto",
    ),
    Operation(
        f"POST {ONE}/messages/mark-all",
        "SubscribersV1Controller_markAllUnreadAsRead",
        201,
        "number",
        "MarkAllMessageAsRequestDto",
    ),
    Operation(
        f"POST {ONE}/messages/{{messageId}}/actions/{{type}}",
        "SubscribersV1Controller_markActionAsSeen",
        201,
        "MessageResponseDto",
        "MarkMessageActionAsSeenDto",
    ),
    Operation(
        f"GET {OAUTH}/callback",
        "SubscribersV1Controller_chatOauthCallback",
        query=f"{OAUTH_QUERY} code!:string",
    ),
    Operation(f"GET {OAUTH}", "SubscribersV1Controller_chatAccessOauth", 302, query=OAUTH_QUERY),
    Operation(
        "GET /v2/subscribers",
        "SubscribersController_searchSubscribers",
        answer="ListSubscribersResponseDto",
        query="after:string before:string email:string name:string phone:string subscriberId:string "
        "limit:number orderDirection:ASC|DESC orderBy:any includeCursor:boolean",
        bare=True,
    ),
    Operation(
        "POST /v2/subscribers",
        "SubscribersController_createSubscriber",
        201,
        "SubscriberResponseDto",
        "CreateSubscriberRequestDto",
        "failIfExists:boolean",
    ),
    Operation(
        "GET /v2/subscribers/{subscriberId}",
        "SubscribersController_getSubscriber",
        answer="SubscriberResponseDto",
    ),
    Operation(
        "PATCH /v2/subscribers/{subscriberId}",
        "SubscribersController_patchSubscriber",
        200,
        "SubscriberResponseDto",
        "PatchSubscriberRequestDto",
    ),
    Operation(
        "DELETE /v2/subscribers/{subscriberId}",
        "SubscribersController_removeSubscriber",
        answer="RemoveSubscriberResponseDto",
    ),
    Operation(
        f"GET {PREFERENCES}",
        "SubscribersController_getSubscriberPreferences",
        answer="GetSubscriberPreferencesDto",
        query="criticality:critical|nonCritical|all",
    ),
    Operation(
        f"PATCH {PREFERENCES}",
        "SubscribersController_updateSubscriberPreferences",
        200,
        "GetSubscriberPreferencesDto",
        "PatchSubscriberPreferencesDto",
    ),
)


def document() -> Document:
    """The whole document, made anew; OpenAPI 3.1."""
    paths: dict[str, Document] = {}
    for operation in OPERATIONS:
        method, template = operation.route.split(" ")
        paths.setdefault(template, {})[method.lower()] = _operation(operation, template)
    shapes: Document = {name: _shape(fields) for name, fields in SHAPES.items()}
    shapes["StringOrList"] = {"oneOf": [_type("string"), _type("[string]")]}
    key = {"type": "apiKey", "name": "Authorization", "in": "header", "description": "`ApiKey` and the key."}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Novu, embedded", "version": "2026-04"},
        "paths": paths,
        "components": {"schemas": shapes, "securitySchemes": {"secretKey": key}},
        "security": [{"secretKey": []}],
    }


def _operation(operation: Operation, template: str) -> Document:
    names = [part.split("}")[0] for part in template.split("{")[1:]]
    path: list[Document] = [_parameter(name, "path", _type("string"), required=True) for name in names]
    query = [
        _parameter(n, "query", _query_type(t), required=r) for n, t, r in map(_field, operation.query.split())
    ]
    key = _parameter("idempotency-key", "header", _type("string"), required=False)
    found: Document = {
        "operationId": operation.name,
        "tags": ["Subscribers"],
        "parameters": [*path, *query, key],
        "responses": _responses(operation),
    }
    if operation.body:
        found["requestBody"] = {"required": True, "content": _json(_type(operation.body))}
    return found | ({"security": []} if template.startswith(OAUTH) else {})


def _responses(operation: Operation) -> Document:
    good: Document = {"description": "As asked."}
    if operation.answer:
        inner = _type(operation.answer)
        wrapped = {"type": "object", "properties": {"data": inner}, "required": ["data"]}
        good["content"] = _json(inner if operation.bare else wrapped)
    elif operation.status == 200:
        good["content"] = {"text/html": {"schema": _type("string")}}
    bad: Document = {"description": "Refused.", "content": _json(_type("ErrorDto"))}
    redirect = {"302": {"description": "Go there."}} if operation.route.startswith(f"GET {OAUTH}") else {}
    return {**redirect, str(operation.status): good, **dict.fromkeys(ERRORS, bad)}


def _parameter(name: str, where: str, schema: Document, *, required: bool) -> Document:
    return {"name": name, "in": where, "required": required, "schema": schema}


def _json(schema: Document) -> Document:
    return {"application/json": {"schema": schema}}


def _shape(fields: str) -> Document:
    found = [_field(text) for text in fields.split()]
    shape: Document = {"type": "object", "properties": {name: _type(kind) for name, kind, _ in found}}
    required = [name for name, _, must in found if must]
    return shape | ({"required": required} if required else {})


def _field(text: str) -> tuple[str, str, bool]:
    name, _, kind = text.partition(":")
    return name.removesuffix("!"), kind, name.endswith("!")


def _query_type(kind: str) -> Document:
    """`type=default..most`; the last two may be missing."""
    name, _, default = kind.partition("=")
    value, _, most = default.partition("..")
    more: Document = {"default": json.loads(value)} if value else {}
    return {**_type(name), **more, **({"maximum": int(most)} if most else {})}


def _type(kind: str) -> Document:
    if kind.endswith("?"):
        inner = _type(kind[:-1])
        return {**inner, "type": [inner["type"], "null"]}
    if kind.startswith("["):
        return {"type": "array", "items": _type(kind[1:-1])}
    if kind in PLAIN:
        return {"type": kind}
    if kind == "any":
        return {}
    words = kind.split("|")
    if len(words) > 1 or kind in ("redirect", CHAT_AND_PUSH):
        return {"type": "string", "enum": words}
    return {"$ref": f"#/components/schemas/{kind}"}
