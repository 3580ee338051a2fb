"""Marking messages, and completing the actions of their buttons."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson

from api_client.embedded import messages
from api_client.embedded.checks import Check, check, given, mapping, text
from api_client.embedded.foreign import as_list
from api_client.embedded.ids import ENVIRONMENT_SHIFT, is_object_id
from api_client.embedded.messages import Document, Narrowed
from api_client.embedded.problems import bad_request, crashed, invalid_command, not_found
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.subscribers import need
from api_client.embedded.wire import Answer, Call, answer

MARKS = ("read", "seen", "unread", "unseen")
# The fields of a marked message, in the service's order.
MAPPED = (
    "_id _templateId _environmentId _messageTemplateId _organizationId _notificationId _subscriberId "
    "templateIdentifier createdAt lastSeenDate lastReadDate content transactionId subject channel read seen "
    "snoozedUntil deliveredAt email phone directWebhookUrl providerId deviceTokens title cta _feedId status "
    "errorId errorText payload overrides"
).split()


def routes(state: State) -> list[Route]:
    path = "/v1/subscribers/{subscriberId}/messages"
    return [
        Route("POST", path + "/mark-as", partial(mark, state)),
        Route("POST", path + "/mark-all", partial(mark_all, state)),
        Route("POST", path + "/markAs", partial(mark_legacy, state)),
        Route("POST", path + "/{messageId}/actions/{type}", partial(act, state)),
    ]


def mark(state: State, call: Call) -> Answer:
    check(call.body, {"messageId": ID_CHECKS, "markAs": [given, _mark_word]})
    changes = _changes(call.body["markAs"], call.ms)
    documents = _mark(state, call, changes)
    return answer([{name: one[name] for name in MAPPED if name in one} for one in documents], 201)


def mark_all(state: State, call: Call) -> Answer:
    """Answers how many it changed; an unknown mark changes only times, but in every message."""
    word, feeds = call.body.get("markAs", ...), call.body.get("feedIdentifier")
    if word is None or word is ...:
        told = ["markAs should not be null or undefined"]
        raise invalid_command("MarkAllMessagesAsCommand", {"markAs": (told, word)})
    missing = not_found(
        f"Subscriber {call.params['subscriberId']} does not exist in environment "
        f"{call.caller.environment_id}, please provide a valid subscriber identifier"
    )
    narrowed = _not_yet(word) + _feeds(state, feeds)
    with state.store.writing() as db:
        row = need(db, call, missing)
        if isinstance(feeds, (int, float)) and not isinstance(feeds, bool) and feeds:
            raise crashed()
        changed = messages.change(db, row.id, narrowed, _changes(word, call.ms))
    return answer(changed, 201)


def mark_legacy(state: State, call: Call) -> Answer:
    check(call.body, {"messageId": ID_CHECKS, "mark": [given, mapping]})
    wanted = {name: call.body["mark"][name] for name in ("seen", "read") if name in call.body["mark"]}
    changes: dict[str, object] = {name: int(bool(value)) for name, value in wanted.items()}
    changes |= {f"last_{name}_at": call.ms for name in ("seen", "read") if name in wanted}
    return answer(_mark(state, call, changes | {"updated_at": call.ms}), 201)


def act(state: State, call: Call) -> Answer:
    """Any status and any type of button is stored, also for a message without buttons."""
    check(call.body, {"status": [given, text]})
    message_id, subscriber_id = call.params["messageId"], call.params["subscriberId"]
    if not is_object_id(message_id):
        told = ["messageId must be a mongodb id"]
        raise invalid_command("UpdateMessageActionsCommand", {"messageId": (told, message_id)})
    with state.store.writing() as db:
        message = messages.get(db, message_id)
        if message is None or message.subscriber >> ENVIRONMENT_SHIFT != call.caller.environment:
            raise not_found(f"Message {message_id} not found")
        row = need(
            db,
            call,
            bad_request(
                f"Subscriber with the id: {subscriber_id} was not found for this environment. "
                "Make sure to create a subscriber before trying to modify it."
            ),
        )
        if message.subscriber != row.id:
            raise bad_request(
                f"Message with the id: {message_id} was not found for this environment. "
                "Make sure to address correct message before trying to modify it."
            )
        doc = orjson.dumps(_acted(orjson.loads(message.doc), call)).decode()
        message = message._replace(doc=doc, updated_at=call.ms)
        changes = {"doc": doc, "updated_at": call.ms}
        messages.change(db, row.id, messages.one_of("id", [message.id]), changes)
    return answer(messages.document(message, call.caller, row.oid.hex()) | {"id": message.oid}, 201)


def _acted(document: Document, call: Call) -> Document:
    action = document["cta"]["action"]
    result = action.get("result", {}) | {"type": call.params["type"]}
    if call.body.get("payload"):
        result["payload"] = call.body["payload"]
    status = {"status": call.body["status"]} if call.body["status"] else {}
    cta = document["cta"] | {"action": action | {"result": result} | status}
    return document | {"cta": cta}


def _mark(state: State, call: Call, changes: dict[str, object]) -> list[Document]:
    sent = call.body["messageId"]
    ids = [sent] if isinstance(sent, str) else sent
    wanted = messages.one_of("oid", sorted({one.lower() for one in ids}))
    with state.store.writing() as db:
        row = need(db, call, not_found(f"Subscriber {call.params['subscriberId']} not found"))
        messages.change(db, row.id, wanted, changes)
        found = messages.page(db, row.id, wanted, skip=0, limit=len(ids))
    found.sort(key=lambda message: message.id)
    return [_without_button_ids(messages.document(one, call.caller, row.oid.hex())) for one in found]


def _without_button_ids(document: Document) -> Document:
    action = document["cta"]["action"]
    buttons = [{name: value for name, value in one.items() if name != "id"} for one in action["buttons"]]
    return document | {"cta": document["cta"] | {"action": action | {"buttons": buttons}}}


def _changes(word: object, ms: int) -> dict[str, object]:
    marks: dict[object, dict[str, object]] = {
        "read": {"read": 1, "seen": 1, "last_read_at": ms, "last_seen_at": ms},
        "unread": {"read": 0, "seen": 1, "last_read_at": ms, "last_seen_at": ms},
        "seen": {"seen": 1, "last_seen_at": ms},
        "unseen": {"seen": 0, "last_seen_at": ms},
    }
    return (marks[word] if isinstance(word, str) and word in marks else {}) | {"updated_at": ms}


def _not_yet(word: object) -> Narrowed:
    if word in ("read", "unread"):
        return messages.flag("read", word == "unread")
    return messages.flag("seen", word == "unseen") if word in ("seen", "unseen") else Narrowed()


def _feeds(state: State, feeds: object) -> Narrowed:
    """A text is split at commas; an empty one means every feed, an empty list none."""
    if isinstance(feeds, str) and feeds:
        feeds = feeds.split(",")
    listed = as_list(feeds)
    if listed is None:
        return Narrowed()
    known = state.home.feed_ids
    return messages.one_of("feed", [known[one] for one in listed if isinstance(one, str) and one in known])


def _mark_word(name: str, value: Any) -> Iterator[str]:
    if not (isinstance(value, str) and value in MARKS):
        yield f"{name} must be one of the following values: {', '.join(MARKS)}"


def _ids(name: str, value: Any) -> Iterator[str]:
    listed = as_list(value)
    ids = [value] if listed is None else listed
    if not ids or not all(is_object_id(one) for one in ids):
        yield f"{name} must be a valid MongoDB ObjectId or an array of valid MongoDB ObjectIds"


ID_CHECKS: list[Check] = [given, _ids]
