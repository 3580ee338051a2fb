"""One good filled-in form per provider; a provider without one here fails the tests."""

APNS = "740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad"

GOOD: dict[str, dict[str, str]] = {
    "slack": {"webhookUrl": "https://hooks.slack.com/services/T01/B02/kYQOD8s8oc9A4", "channel": "C024BE91L"},
    "discord": {"webhookUrl": "https://discord.com/api/webhooks/123456/abcdefgh"},
    "msteams": {"webhookUrl": "https://mycompany.webhook.office.com/webhookb2/abcdefgh"},
    "mattermost": {"webhookUrl": "http://chat.internal:8065/hooks/abcdefghijkl", "channel": "@ada"},
    "rocket-chat": {"webhookUrl": "https://chat.example.com", "channel": "GENERAL"},
    "ryver": {"webhookUrl": "https://example.ryver.com/application/webhook/abcdefgh"},
    "zulip": {
        "webhookUrl": "https://test.zulipchat.com/api/v1/external/slack_incoming?api_key=apikey&stream=general"
    },
    "getstream": {"webhookUrl": "https://chat.example.com/stream/abcdefgh"},
    "grafana-on-call": {
        "webhookUrl": "https://acme.grafana.net/integrations/v1/formatted_webhook/abcdefgh/",
        "alertUid": "12345-abcde",
        "title": "Payments are failing",
        "imageUrl": "https://example.com/graph.png",
        "state": "alerting",
        "externalUrl": "https://example.com/incidents/7",
    },
    "chat-webhook": {"webhookUrl": "https://chat.example.com/novu/abcdefgh", "channel": "support"},
    "novu-slack": {"webhookUrl": "https://hooks.slack.com/services/T01/B02/kYQOD8s8oc9A4"},
    "whatsapp-business": {},
    "webex-messaging": {"channel": "Y2lzY29zcGFyazovL3"},
    "line": {"channel": "U4af4980629"},
    "telegram": {"channel": "123456789"},
    "fcm": {"deviceTokens": "fGx1kq:APA91b" + "x" * 120},
    "apns": {"deviceTokens": APNS},
    "expo": {"deviceTokens": "ExponentPushToken[Dy4R0HK8GkSD8NDlqMzM9w]"},
    "one-signal": {"deviceTokens": "1dd608f2-c6a1-11e3-851d-000c2940e62c"},
    "pushpad": {"deviceTokens": "user-123"},
    "push-webhook": {"deviceTokens": "ada-phone"},
    "pusher-beams": {"deviceTokens": "user-123"},
    "appio": {"deviceTokens": "RSSMRA85T10A562S"},
}
