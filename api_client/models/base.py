"""What all wire models share: frozen, camelCase on the wire, unknown keys ignored."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

UNREADABLE = "(unreadable)"


class Wire(BaseModel):
    """Something that travels. Absent fields are told from null ones by `model_fields_set`."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        hide_input_in_errors=True,
        defer_build=True,
        cache_strings="keys",  # values hardly repeat: looking them up would cost more than making them
    )

    def to_body(self) -> dict[str, Any]:
        """Only the fields that were set: omitted keeps, null clears."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Row(Wire):
    """Something read from a list: `unreadable` names the parts that had to be left out."""

    unreadable: tuple[str, ...] = Field(default=(), validation_alias=UNREADABLE, exclude=True)
