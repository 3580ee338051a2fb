"""The chat providers, one row each: what to ask an operator for, and in which words.

What a delivery reads is in BEHAVIOUR.md, section 4. Looks are soft: Novu itself checks nothing on writing.
"""

from dataclasses import replace

from dashboard.providers.makers import chat, https_url, room, url
from dashboard.providers.shapes import Field, Kind, Look, Provider

_SLACK = (
    https_url(
        "Incoming webhook URL",
        "In Slack: your app's settings, Incoming Webhooks, Add New Webhook. "
        "Whoever knows this address can post there.",
        "https://hooks.slack.com/services/T0000/B0000/XXXXXXXX",
        look=Look(
            r"https://hooks\.slack(-gov)?\.com/",
            "Slack's webhooks usually start with https://hooks.slack.com/.",
        ),
    ),
    room(
        "Channel id",
        "For orientation only: the webhook alone decides where messages go. Connect Slack fills it in.",
        "C024BE91L",
    ),
)


def _grafana_extra(key: str, label: str, example: str, *, kind: Kind = Kind.TEXT) -> Field:
    return Field(
        key=key,
        label=label,
        kind=kind,
        help="Servers seen so far take this and do not keep it. After saving you see what was kept.",
        example=example,
        required=False,
        secret=False,
        stored=False,
    )


def _undocumented(provider_id: str, label: str, address: str, example: str) -> Provider:
    webhook = url("Webhook URL", "Only if your integration works with webhooks.", "https://example.com/hook")
    where = room(address, "Where the message goes, as the provider itself names it.", example)
    note = (
        "Novu added this provider recently, and its documents do not say which field a delivery reads. "
        "Fill in what the person who set up the integration tells you."
    )
    row = chat(provider_id, label, replace(webhook, required=False), where, note=note)
    return replace(row, is_certain=False)


CHAT: tuple[Provider, ...] = (
    replace(chat("slack", "Slack", *_SLACK), connects=True),
    chat(
        "discord",
        "Discord",
        https_url(
            "Webhook URL",
            "In Discord: the channel's settings, Integrations, Webhooks, Copy Webhook URL.",
            "https://discord.com/api/webhooks/1234567890/abcdef",
            look=Look(
                r"https://([a-z]+\.)?discord(app)?\.com/api/(v\d+/)?webhooks/",
                "Discord's webhooks usually start with https://discord.com/api/webhooks/.",
            ),
        ),
    ),
    chat(
        "msteams",
        "Microsoft Teams",
        https_url(
            "Workflow or connector URL",
            "In Teams: the channel's menu, Workflows, then the one that posts what a webhook receives. "
            "The address of an older connector works as long as Microsoft serves it.",
            "https://example.webhook.office.com/webhookb2/…",
            look=Look(
                r"https://[^/]+\.(webhook\.office\.com|logic\.azure\.com|powerplatform\.com)(:443)?/",
                "Teams addresses usually lead to office.com, logic.azure.com or powerplatform.com.",
            ),
        ),
    ),
    chat(
        "mattermost",
        "Mattermost",
        url(
            "Incoming webhook URL",
            "In Mattermost: Integrations, Incoming Webhooks. An address on your own server is fine.",
            "https://mattermost.example.com/hooks/abc123",
            look=Look(r"https?://[^?#]+/hooks/", "Mattermost's webhooks usually have /hooks/ in them."),
        ),
        room(
            "Channel",
            "Post here instead of in the webhook's own channel. @name writes to a person.",
            "@ada",
        ),
    ),
    chat(
        "rocket-chat",
        "Rocket.Chat",
        url(
            "Server address",
            "The server's address alone: Novu adds /api/v1/chat.sendMessage. "
            "User and token come from the integration.",
            "https://chat.example.com",
            look=Look(r"https?://[^/?#]+/?$", "Usually the server's address alone: Novu adds a path to it."),
        ),
        replace(
            room(
                "Room id",
                "The room that messages go to. In Rocket.Chat: the room's menu, Room information.",
                "GENERAL",
            ),
            required=True,
        ),
    ),
    chat(
        "ryver",
        "Ryver",
        url(
            "Inbound webhook URL",
            "In Ryver: Integrations, Inbound Webhooks. Copy the address of the one for this person or team.",
            "https://example.ryver.com/application/webhook/abc123",
        ),
    ),
    chat(
        "zulip",
        "Zulip",
        url(
            "Slack-compatible webhook URL",
            "In Zulip: add a bot of the type Incoming webhook and build its URL for the Slack-compatible "
            "integration. The bot's API key is part of the address.",
            "https://example.zulipchat.com/api/v1/external/slack_incoming?api_key=…&stream=general",
            look=Look(
                r"https?://[^?#]+/api/v1/external/[^#]*api_key=",
                "Zulip's addresses usually have /api/v1/external/ and an api_key in them.",
            ),
        ),
    ),
    chat(
        "getstream",
        "Stream Chat",
        url(
            "Webhook URL",
            "The address that takes the message. Stream's API key comes from the integration, not from here.",
            "https://chat.example.com/stream/incoming",
        ),
    ),
    chat(
        "grafana-on-call",
        "Grafana OnCall",
        url(
            "Integration URL",
            "In Grafana OnCall: Integrations, Formatted webhook, HTTP endpoint.",
            "https://example.grafana.net/integrations/v1/formatted_webhook/abc123/",
            look=Look(
                r"https?://[^?#]+/integrations/v1/",
                "Grafana OnCall's addresses usually have /integrations/v1/ in them.",
            ),
        ),
        _grafana_extra("alertUid", "Alert id", "12345-abcde"),
        _grafana_extra("title", "Title", "Payments are failing"),
        _grafana_extra("imageUrl", "Image URL", "https://example.com/graph.png", kind=Kind.URL),
        _grafana_extra("state", "State", "alerting"),
        _grafana_extra("externalUrl", "Details URL", "https://example.com/incidents/7", kind=Kind.URL),
    ),
    chat(
        "chat-webhook",
        "Chat webhook",
        url(
            "Webhook URL",
            "An address of your own. Novu sends each message there, signed with the integration's secret.",
            "https://chat.example.com/novu/incoming",
        ),
        room("Channel", "Passed on to your address as it is.", "support"),
    ),
    chat("novu-slack", "Slack (Novu's own app)", *_SLACK),
    chat(
        "whatsapp-business",
        "WhatsApp Business",
        note="There is nothing to fill in: WhatsApp messages go to the phone number in the person's profile.",
    ),
    _undocumented("webex-messaging", "Webex", "Room or person id", "Y2lzY29zcGFyazovL3…"),
    _undocumented("line", "LINE", "LINE user id", "U4af4980629…"),
    _undocumented("telegram", "Telegram", "Chat id", "123456789"),
)
