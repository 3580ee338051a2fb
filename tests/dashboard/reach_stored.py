"""Verdicts that follow from what is stored: profile, credentials, integrations."""

from tests.dashboard.reach_people import HOOK, Case, asleep, entry, facts, integration, without

YES, NO, MAYBE = "reachable", "unreachable", "unclear"

# name, channel, facts, verdict, ids of reasons in order
STORED: list[Case] = [
    ("all is well", "in_app", facts(), YES, ()),
    ("all is well", "email", facts(), YES, ()),
    ("all is well", "sms", facts(), YES, ()),
    ("all is well", "push", facts(), YES, ()),
    ("all is well", "chat", facts(), YES, ()),
    # what is stored
    ("no address", "email", facts(person={"email": None}), NO, ("email.no_address",)),
    ("blank address", "email", facts(person={"email": " "}), NO, ("email.no_address",)),
    ("odd address", "email", facts(person={"email": "ada at home"}), MAYBE, ("email.address_odd",)),
    ("no domain", "email", facts(person={"email": "ada@localhost"}), MAYBE, ("email.address_odd",)),
    ("no phone", "sms", facts(person={"phone": None}), NO, ("sms.no_phone",)),
    ("national phone", "sms", facts(person={"phone": "0171 5551234"}), MAYBE, ("sms.phone_odd",)),
    ("no phone but words", "sms", facts(person={"phone": "call me"}), MAYBE, ("sms.phone_odd",)),
    ("no entry", "push", facts(channels=()), NO, ("push.no_token",)),
    ("no entry", "chat", facts(channels=()), NO, ("chat.no_connection",)),
    ("list absent", "push", facts(channels=(entry("fcm"),)), NO, ("push.tokens_empty",)),
    ("list empty", "push", facts(channels=(entry("fcm", tokens=()),)), NO, ("push.tokens_empty",)),
    ("blank tokens", "push", facts(channels=(entry("fcm", tokens=(" ",)),)), NO, ("push.tokens_empty",)),
    ("no webhook", "chat", facts(channels=(entry("slack"),)), NO, ("chat.webhook_missing",)),
    (
        "empty webhook",
        "chat",
        facts(channels=(entry("slack", webhook_url=""),)),
        NO,
        ("chat.webhook_missing",),
    ),
    (
        "no room",
        "chat",
        facts(channels=(entry("rocket-chat", **HOOK),), integrations=(integration("chat", "rocket-chat"),)),
        NO,
        ("chat.room_missing",),
    ),
    (
        "unknown provider, empty",
        "chat",
        facts(channels=(entry("carrier-pigeon"),), integrations=(integration("chat", "carrier-pigeon"),)),
        MAYBE,
        ("chat.nothing_in_entry",),
    ),
    (
        "unknown provider, filled",
        "chat",
        facts(
            channels=(entry("carrier-pigeon", **HOOK),), integrations=(integration("chat", "carrier-pigeon"),)
        ),
        YES,
        (),
    ),
    (
        "unknown push provider",
        "push",
        facts(channels=(entry("pager", tokens=("a",)),), integrations=(integration("push", "pager"),)),
        YES,
        (),
    ),
    # integrations
    ("none at all", "in_app", facts(integrations=without("in_app")), NO, ("in_app.no_integration",)),
    ("none at all", "email", facts(integrations=without("email")), NO, ("email.no_integration",)),
    ("none at all", "sms", facts(integrations=without("sms")), NO, ("sms.no_integration",)),
    (
        "none at all",
        "push",
        facts(channels=(), integrations=without("push")),
        NO,
        ("push.no_integration", "push.no_token"),
    ),
    (
        "none at all",
        "chat",
        facts(channels=(), integrations=without("chat")),
        NO,
        ("chat.no_integration", "chat.no_connection"),
    ),
    (
        "asleep",
        "chat",
        facts(channels=(), integrations=asleep("chat", "slack")),
        NO,
        ("chat.none_active", "chat.no_connection"),
    ),
    ("asleep", "in_app", facts(integrations=asleep("in_app")), NO, ("in_app.none_active",)),
    ("asleep", "email", facts(integrations=asleep("email")), NO, ("email.none_active",)),
    ("asleep", "sms", facts(integrations=asleep("sms")), NO, ("sms.none_active",)),
    (
        "inactive behind the entry",
        "push",
        facts(integrations=(*asleep("push", "fcm"), integration("push", "expo"))),
        NO,
        ("push.integration_inactive",),
    ),
    (
        "inactive behind the entry",
        "chat",
        facts(integrations=(*asleep("chat", "slack"), integration("chat", "zulip"))),
        NO,
        ("chat.integration_inactive",),
    ),
    (
        "gone behind the entry",
        "push",
        facts(integrations=(*without("push"), integration("push", "expo"))),
        NO,
        ("push.integration_missing",),
    ),
    (
        "gone behind the entry",
        "chat",
        facts(integrations=(*without("chat"), integration("chat", "zulip"))),
        NO,
        ("chat.integration_missing",),
    ),
    ("not listed", "in_app", facts(integrations=None), MAYBE, ("in_app.integrations_unknown",)),
    ("not listed", "email", facts(integrations=None), MAYBE, ("email.integrations_unknown",)),
    ("not listed", "sms", facts(integrations=None), MAYBE, ("sms.integrations_unknown",)),
    ("not listed", "push", facts(integrations=None), MAYBE, ("push.integrations_unknown",)),
    ("not listed", "chat", facts(integrations=None), MAYBE, ("chat.integrations_unknown",)),
]
