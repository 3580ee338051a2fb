"""Foreign JSON by its type: the one place where `Any` becomes something known."""

from collections.abc import Mapping
from typing import Any, cast

Object = dict[str, Any]
Record = Mapping[str, Any]


def as_object(value: Any) -> Object | None:
    """The value when it is an object, else None."""
    return cast("Object", value) if isinstance(value, dict) else None


def as_list(value: Any) -> list[Any] | None:
    """The value when it is a list, else None."""
    return cast("list[Any]", value) if isinstance(value, list) else None
