"""Small parts that show a person: avatar, chips, online state."""

from nicegui import ui

from dashboard.channels import Channel, ChannelKind
from dashboard.components import html
from dashboard.components.icons import icon
from dashboard.online import OnlineState
from dashboard.reach import VERDICTS, Reach

CHANNEL_ICONS: dict[ChannelKind, str] = {
    "in_app": "bell",
    "email": "mail",
    "sms": "phone",
    "push": "push",
    "chat": "chat",
}


def avatar(initials: str, hue: int, *, large: bool = False) -> None:
    """The initials on the person's own colour. Not the stored picture: its address is anybody's."""
    html.span(initials).classes("avatar large" if large else "avatar").style(f"--hue:{hue:d}").props(
        'aria-hidden="true"'
    )


def channel_chip(channel: Channel) -> None:
    """A channel with its icon; the rest in a tooltip that also opens on focus."""
    with (
        html.span()
        .classes("chip good" if channel.is_usable else "chip")
        .mark(f"channel-{channel.kind}") as chip
    ):
        ui.icon(icon(CHANNEL_ICONS[channel.kind])).props('aria-hidden="true"')
        html.span(channel.label if channel.is_usable else f"No {channel.label}")
    chip.props["title"] = channel.summary


def reach_chip(reach: Reach) -> None:
    """A channel in the colours of the reach panel; the words behind it stand there."""
    needs_none = not reach.stored and reach.verdict == "reachable"  # WhatsApp goes to the stored phone number
    counted = reach.kind in {"push", "chat"} and not needs_none
    number = str(reach.stored) if reach.amount == reach.stored else f"{reach.amount} of {reach.stored}"
    with html.span().classes(f"chip {reach.tone}").mark(f"channel-{reach.kind}") as chip:
        ui.icon(icon(CHANNEL_ICONS[reach.kind])).props('aria-hidden="true"')
        html.span(f"{reach.name} {number}" if counted else reach.name)
        html.span(f": {VERDICTS[reach.verdict]}").classes("visually-hidden")
    chip.props["title"] = " ".join((f"{VERDICTS[reach.verdict]}.", *(one.text for one in reach.reasons)))


def online_state(state: OnlineState) -> None:
    """Dot and words; colour is never the only sign."""
    with html.span().classes("row-x").mark("online") as line:
        html.span().classes(f"dot {state.tone}").props('aria-hidden="true"')
        html.span(state.label)
    line.props["title"] = state.title
