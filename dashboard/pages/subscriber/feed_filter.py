"""Which messages of a feed are wanted; lives in the URL. Pure."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

import orjson

Show = Literal["all", "unread", "unseen", "read", "seen", "archived", "snoozed"]
SHOWN: dict[str, str] = {
    "all": "All messages",
    "unread": "Unread",
    "unseen": "Unseen",
    "read": "Read",
    "seen": "Seen",
    "archived": "Archived",
    "snoozed": "Snoozed",
}
_ASKED: Mapping[str, dict[str, bool]] = {
    "all": {},
    "unread": {"read": False},
    "unseen": {"seen": False},
    "read": {"read": True},
    "seen": {"seen": True},
}
_STATES: tuple[Show, ...] = ("archived", "snoozed")
"""Told by another call of the API, which knows neither feeds nor payloads."""
MOST = 2000
DEEPEST = 50


class BadPayload(ValueError):
    """The payload filter cannot be understood; the text says what is expected."""


@dataclass(frozen=True)
class FeedFilter:
    """`feed` is a feed's identifier; `payload` is what was typed: a JSON object or `path=value`."""

    show: Show = "all"
    feed: str = ""
    payload: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "FeedFilter":
        show = _show(query.get("show", ""))
        if show in _STATES:
            return cls(show)
        return cls(show, query.get("feed", "")[:MOST], query.get("payload", "")[:MOST])

    def to_query(self) -> dict[str, str]:
        show = {} if self.show == "all" else {"show": self.show}
        named = {"feed": self.feed, "payload": self.payload}
        return show | {name: value for name, value in named.items() if value}

    @property
    def is_empty(self) -> bool:
        return self == FeedFilter()

    @property
    def state(self) -> str:
        """`archived` or `snoozed`; empty when the feed itself is wanted."""
        return self.show if self.show in _STATES else ""

    def asks(self) -> dict[str, Any]:
        """Arguments for `feed.page`. Raises BadPayload."""
        feeds = {"feeds": (self.feed.strip(),)} if self.feed.strip() else {}
        payload = {"payload": payload_of(self.payload)} if self.payload.strip() else {}
        return {**_ASKED.get(self.show, {}), **feeds, **payload}

    def as_query(self) -> dict[str, str]:
        """The same as the API's own query parameters, to show the call. Raises BadPayload."""
        asked = self.asks()
        flags = {name: str(asked[name]).lower() for name in ("read", "seen") if name in asked}
        feed = {"feedIdentifier": self.feed.strip()} if "feeds" in asked else {}
        encoded = b64encode(orjson.dumps(asked["payload"])).decode() if "payload" in asked else ""
        return flags | feed | ({"payload": encoded} if encoded else {})


EVERYTHING = FeedFilter()


def payload_of(text: str) -> dict[str, Any]:
    """`{"order": {"id": 7}}`, or `order.id=7` for short. Raises BadPayload."""
    typed = text.strip()
    found = _from_json(typed) if typed.startswith("{") else _from_path(typed)
    try:
        orjson.dumps(found)
    except orjson.JSONEncodeError as flaw:
        raise BadPayload("This is nested too deeply, or holds text that no JSON can hold.") from flaw
    return found


def _from_json(typed: str) -> dict[str, Any]:
    try:
        return cast("dict[str, Any]", orjson.loads(typed))
    except orjson.JSONDecodeError as flaw:
        raise BadPayload("This is not valid JSON. Close every brace and quote every name.") from flaw


def _from_path(typed: str) -> dict[str, Any]:
    path, equals, value = typed.partition("=")
    steps = path.strip().split(".")
    if not equals or not path.strip() or len(steps) > DEEPEST:
        raise BadPayload('Write a name and a value, as in order.id=7, or a JSON object such as {"id": 7}.')
    return _nested(steps, _scalar(value.strip()))


def _show(name: str) -> Show:
    return next((one for one in get_args(Show) if one == name), "all")


def _nested(steps: list[str], value: object) -> dict[str, Any]:
    return {steps[0]: _nested(steps[1:], value) if steps[1:] else value}


def _scalar(text: str) -> object:
    """Numbers, true, false and null mean themselves; anything else is text, quotes or not."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
    return text if isinstance(found, dict | list) else found
