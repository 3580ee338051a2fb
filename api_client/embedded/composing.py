"""Makes in-app messages out of a workflow's steps and a payload."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from .clock import to_text
from .foreign import Record, as_object
from .ids import IdMaker
from .messages import Message

PLACEHOLDER = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Receiver:
    """The receiver of messages: its row key, and its fields, which texts may refer to."""

    key: int
    entity: Record


def compose(
    workflow: Record, to: Receiver, *, payload: Record, transaction_id: str, ids: IdMaker, ms: int
) -> Iterator[Message]:
    """The in-app messages that a trigger leaves with a receiver, one for each active in-app step."""
    values = {"payload": payload, "subscriber": to.entity, **payload}
    for step in workflow["steps"]:
        if step["channel"] != "in_app" or not step["active"]:
            continue
        document = {
            "cta": _cta(step, values, ids, ms),
            "_messageTemplateId": step["_messageTemplateId"],
            "_notificationId": ids.make(ms),
            "_jobId": ids.make(ms),
            "templateIdentifier": workflow["identifier"],
            **({"stepId": step["stepId"]} if "stepId" in step else {}),
            **_texts(step, values),
            "deliveredAt": [to_text(ms)],
            "transactionId": transaction_id,
            "payload": payload,
            "tags": workflow["tags"],
            "severity": workflow["severity"],
        }
        oid = ids.make(ms)
        yield Message(
            id=0,
            oid=oid,
            subscriber=to.key,
            workflow=workflow["_id"],
            feed=step["_feedId"],
            seen=0,
            read=0,
            archived=0,
            last_seen_at=None,
            last_read_at=None,
            archived_at=None,
            snoozed_until=None,
            created_at=ms,
            updated_at=ms,
            doc=orjson.dumps(document).decode(),
        )


def fill(text: str, values: Record) -> str:
    """Replaces `{{name}}` and `{{group.name}}` with their values, or with nothing."""

    def value(match: re.Match[str]) -> str:
        found: Any = values
        for part in match[1].split("."):
            found = (as_object(found) or {}).get(part)
        return "" if found is None else str(found)

    return PLACEHOLDER.sub(value, text)


def _texts(step: Record, values: Record) -> dict[str, str]:
    controls = step.get("controlValues")
    if controls is None:
        return {"content": fill(step["content"], values)}
    return {"subject": fill(controls["subject"], values), "content": fill(controls["body"], values)}


def _cta(step: Record, values: Record, ids: IdMaker, ms: int) -> dict[str, Any]:
    controls = step.get("controlValues")
    if controls is not None:
        primary = controls["primaryAction"]
        button = {"type": "primary", "content": primary["label"], **primary["redirect"]}
        return {"action": {"buttons": _buttons([button], ids, ms)}, "type": "redirect"}
    cta = step["cta"]
    action = cta.get("action", {"buttons": []})
    url = fill(cta["data"]["url"], values)
    return {
        "action": {**action, "buttons": _buttons(action["buttons"], ids, ms)},
        "type": cta["type"],
        "data": {"url": url},
    }


def _buttons(buttons: list[dict[str, Any]], ids: IdMaker, ms: int) -> list[dict[str, Any]]:
    made = [(button, ids.make(ms)) for button in buttons]
    return [{**button, "_id": oid, "id": oid} for button, oid in made]
