"""The few shapes that the fields of providers come in, as tiny makers."""

from dataclasses import replace

from dashboard.providers.shapes import Channel, Field, Kind, Look, Provider


def url(label: str, hint: str, example: str, *, look: Look | None = None) -> Field:
    """The address that a chat provider gives out: a secret, for whoever knows it can post."""
    return Field(key="webhookUrl", label=label, kind=Kind.URL, help=hint, example=example, look=look)


def https_url(label: str, hint: str, example: str, *, look: Look | None = None) -> Field:
    """The same for providers in the cloud, which never have http addresses."""
    return replace(url(label, hint, example, look=look), kind=Kind.HTTPS_URL)


def room(label: str, hint: str, example: str) -> Field:
    """Where in a chat the message goes; optional and no secret."""
    return Field(
        key="channel",
        label=label,
        kind=Kind.TEXT,
        help=hint,
        example=example,
        required=False,
        secret=False,
    )


def tokens(label: str, hint: str, example: str, *, look: Look | None = None) -> Field:
    """The values under which a push provider knows the person."""
    return Field(key="deviceTokens", label=label, kind=Kind.TOKENS, help=hint, example=example, look=look)


def chat(provider_id: str, label: str, *fields: Field, note: str = "") -> Provider:
    return Provider(id=provider_id, label=label, channel=Channel.CHAT, fields=fields, note=note)


def push(provider_id: str, label: str, *fields: Field, note: str = "") -> Provider:
    return Provider(id=provider_id, label=label, channel=Channel.PUSH, fields=fields, note=note)
