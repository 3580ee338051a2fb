"""What Novu sent to a subscriber over a channel, and how the provider responded."""

from datetime import datetime

from pydantic import Field

from api_client.models.base import Row, Wire


class Delivery(Row):
    """One message of a run; its content and the tokens it went to are not read.

    `status` is `sent` once the provider accepted it, else `warning` or `error`, with `error_id` and
    `error_text`. The text is the provider's own and may quote an address or a token.
    """

    id: str = Field(default="", validation_alias="_id")
    channel: str = ""
    provider_id: str | None = None
    status: str = ""
    error_id: str | None = None
    error_text: str | None = Field(default=None, repr=False)
    transaction_id: str | None = None
    created_at: datetime | None = None


class DeliveriesAnswer(Wire):
    """A page of deliveries on the wire."""

    data: tuple[Delivery, ...] = ()
