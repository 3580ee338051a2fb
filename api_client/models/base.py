"""What all wire models share: frozen, camelCase on the wire, unknown keys ignored."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from api_client.paging import Page

T = TypeVar("T")
UNREADABLE = "(unreadable)"


class Wire(BaseModel):
    """A wire model. `model_fields_set` tells absent fields from null ones."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        hide_input_in_errors=True,
        defer_build=True,
        cache_strings="keys",  # values rarely repeat, so caching them costs more than it saves
    )

    def to_body(self) -> dict[str, Any]:
        """Only the fields that were set: one left out keeps its value, null clears it."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Row(Wire):
    """A wire model that may come in a list: `unreadable` names the parts that had to be left out."""

    unreadable: tuple[str, ...] = Field(default=(), validation_alias=UNREADABLE, exclude=True)


class CursorAnswer(Wire):
    """What the wire tells of a page besides its rows; older servers send no totals."""

    next: str | None = None
    previous: str | None = None
    total_count: int | None = None
    total_count_capped: bool | None = None

    def page(self, items: tuple[T, ...]) -> Page[T]:
        """The page with these rows."""
        is_exact = self.total_count is not None and not self.total_count_capped
        return Page(items, self.next, self.previous, self.total_count, is_exact)
