"""How a person can be reached on one provider; its values are secrets and stay out of every repr."""

from pydantic import Field

from api_client.models.base import Wire


class ChannelCredentials(Wire):
    """What a provider needs to reach one person. Leaving `device_tokens` out of a write empties the list.

    Of the Grafana fields (`alert_uid` and below) every server read so far keeps none.
    """

    webhook_url: str | None = Field(default=None, repr=False)
    channel: str | None = None
    device_tokens: tuple[str, ...] | None = Field(default=None, repr=False)
    alert_uid: str | None = None
    title: str | None = None
    image_url: str | None = Field(default=None, repr=False)
    state: str | None = None
    external_url: str | None = Field(default=None, repr=False)

    def secrets(self) -> tuple[str, ...]:
        """Every value that must not appear in an error or a log."""
        return tuple(v for v in (self.webhook_url, *(self.device_tokens or ())) if v and len(v) > 3)


class ChannelSettings(Wire):
    """One entry of a subscriber's `channels`: a provider, through one integration."""

    integration_id: str | None = Field(default=None, validation_alias="_integrationId")
    provider_id: str = ""
    integration_identifier: str | None = None
    credentials: ChannelCredentials = ChannelCredentials()
