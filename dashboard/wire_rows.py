"""Reads a person's row as the API sent it, without a model, whatever shape its parts have. Pure."""

from collections.abc import Iterator, Mapping
from typing import cast

WireRow = Mapping[str, object]
"""A subscriber as the API sent it: wire names, any values."""


def credentials_of(row: WireRow) -> Iterator[tuple[str, WireRow]]:
    """Provider id and credentials of each entry of the row's channels."""
    for entry in as_list(row.get("channels")):
        if isinstance(entry, Mapping):
            fields = as_object(cast("object", entry))
            yield str(fields.get("providerId", "")), as_object(fields.get("credentials"))


def as_list(value: object) -> list[object]:
    """The list that it is, or an empty one."""
    return cast("list[object]", value) if isinstance(value, list) else []


def as_object(value: object) -> WireRow:
    """The object that it is, or an empty one."""
    return cast("WireRow", value) if isinstance(value, Mapping) else {}
