"""The push providers, one row each: what to ask an operator for, and in which words.

What a delivery reads is in BEHAVIOUR.md, section 4. Looks are soft: Novu itself checks nothing on writing.
"""

from dataclasses import replace

from dashboard.providers.makers import push, tokens
from dashboard.providers.shapes import Look, Provider

_OWN_ID = Look(
    r"(?!ExponentPushToken\[)(?![0-9a-fA-F]{64,}$)(?!.{100})",
    "This looks like a device token; the provider wants a user id of your own.",
)

PUSH: tuple[Provider, ...] = (
    push(
        "fcm",
        "Firebase Cloud Messaging",
        tokens(
            "Registration tokens",
            "One per app installation: what getToken() returns in the app. "
            "Novu itself removes those that Firebase reports as gone.",
            "fGx1…:APA91b…",
            look=Look(r"[^:]+:.{60,}$", "Firebase tokens are usually long, with a colon inside."),
        ),
    ),
    push(
        "apns",
        "Apple Push Notification service",
        tokens(
            "Device tokens",
            "One per device, in hexadecimal digits: what the app gets when it registers for notifications.",
            "740f4707bebcf74f9b7c25d48e335894…",
            look=Look(r"[0-9a-fA-F]{64,}$", "Apple's tokens are usually 64 or more hexadecimal digits."),
        ),
    ),
    push(
        "expo",
        "Expo",
        tokens(
            "Push tokens",
            "One per app installation: what getExpoPushTokenAsync() returns, with the word in front and the "
            "brackets. Novu itself removes those that Expo reports as gone.",
            "ExponentPushToken[xxxxxxxxxxxxxxxxxxxxxx]",
            look=Look(
                r"Expo(nent)?PushToken\[[^\[\]]+\]$",
                "Expo's tokens usually look like ExponentPushToken[…].",
            ),
        ),
    ),
    push(
        "one-signal",
        "OneSignal",
        tokens(
            "Player ids or external ids",
            "Player ids, which OneSignal now calls subscription ids; or your own external ids, if the "
            "integration is set to External ID.",
            "1dd608f2-c6a1-11e3-851d-000c2940e62c",
            look=Look(
                r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
                "Player ids usually look like 1dd608f2-c6a1-…; other values work only with External ID.",
            ),
        ),
    ),
    push(
        "pushpad",
        "Pushpad",
        tokens(
            "User ids (uid)",
            "The uid that you gave Pushpad for this person: usually your own user id, not a device token.",
            "user-123",
            look=_OWN_ID,
        ),
    ),
    push(
        "push-webhook",
        "Push webhook",
        tokens(
            "Targets",
            "Any text of your own. It arrives as target in the call to your webhook; "
            "the webhook's address and secret come from the integration.",
            "ada-phone",
        ),
    ),
    push(
        "pusher-beams",
        "Pusher Beams",
        tokens(
            "Beams user ids",
            "The user id that your app gave Beams when the person signed in, not a device token.",
            "user-123",
            look=_OWN_ID,
        ),
    ),
    push(
        "appio",
        "App IO",
        replace(
            tokens(
                "Fiscal code (codice fiscale)",
                "The person's Italian fiscal code. Only the first one is used.",
                "RSSMRA85T10A562S",
                look=Look(
                    r"(?i)[a-z]{6}[\dlmnp-v]{2}[a-z][\dlmnp-v]{2}[a-z][\dlmnp-v]{3}[a-z]$",
                    "A fiscal code usually has 16 letters and digits, like RSSMRA85T10A562S.",
                ),
            ),
            most_used=1,
        ),
    ),
)
