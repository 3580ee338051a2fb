"""Channel credentials: how a subscriber is reached through a provider. Secrets stay out of every repr."""

from collections.abc import Iterable
from functools import cache

from pydantic import ConfigDict, Field, TypeAdapter, field_validator, with_config
from typing_extensions import TypedDict

from api_client.models.base import Wire


class ChannelCredentials(Wire):
    """What a provider needs to reach one subscriber. A write without `device_tokens` empties the list.

    Other fields (Grafana's `alertUid` and the like) keep their wire names and are read and written as given;
    every server seen so far accepts them and stores none.
    """

    model_config = ConfigDict(extra="allow")

    webhook_url: str | None = Field(default=None, repr=False)
    channel: str | None = None
    device_tokens: tuple[str, ...] | None = Field(default=None, repr=False)

    @field_validator("device_tokens", mode="before")
    @classmethod
    def _no_single_text(cls, given: object) -> object:
        if isinstance(given, str):
            raise ValueError("device tokens are a list of texts, not one text")
        return given

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        known = type(self).model_fields
        return [(name, value) for name, value in super().__repr_args__() if name in known]

    def secrets(self) -> tuple[str, ...]:
        """Every value that must not appear in an error or a log."""
        others = (str(value) for value in (self.model_extra or {}).values())
        return tuple(v for v in (self.webhook_url, *(self.device_tokens or ()), *others) if v and len(v) > 3)


class ChannelSettings(Wire):
    """One entry of a subscriber's `channels`: a provider, through one integration."""

    integration_id: str | None = Field(default=None, validation_alias="_integrationId")
    provider_id: str = ""
    integration_identifier: str | None = None
    credentials: ChannelCredentials = ChannelCredentials()


# The same two as a row of a list holds them: checked with the row, made into the models above when asked for.
# Four models in each row would cost more than all the rest of it.
@with_config(ConfigDict(extra="allow"))
class CredentialsAsRead(TypedDict, total=False):
    """Credentials under the names they travel by."""

    webhookUrl: str | None
    channel: str | None
    deviceTokens: tuple[str, ...] | None


@with_config(ConfigDict(extra="ignore"))  # a config of its own, or the parent's aliases would apply
class ChannelAsRead(TypedDict, total=False):
    """One entry of a subscriber's `channels`, under the names it travels by."""

    _integrationId: str | None
    providerId: str
    integrationIdentifier: str | None
    credentials: CredentialsAsRead


def made(channels: tuple[ChannelAsRead, ...]) -> tuple[ChannelSettings, ...]:
    """Models for channels that were validated when they were read."""
    return _maker().validate_python(channels, by_alias=True, by_name=False)


@cache
def _maker() -> TypeAdapter[tuple[ChannelSettings, ...]]:
    return TypeAdapter(tuple[ChannelSettings, ...])
