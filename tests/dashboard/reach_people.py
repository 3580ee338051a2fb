"""People for the reach panel, made in a line."""

from datetime import UTC, datetime
from typing import Any

from api_client import (
    ChannelCredentials,
    ChannelSettings,
    GlobalPreference,
    Integration,
    Preferences,
    Subscriber,
    WorkflowPreference,
)
from dashboard.reach import Facts

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday
ALL = ("in_app", "email", "sms", "push", "chat")
ON: dict[str, bool | None] = dict.fromkeys(ALL, True)
ADDRESS: dict[str, Any] = {"email": "ada@example.com", "phone": "+4915112345678", "timezone": "Europe/Berlin"}


def integration(channel: str, provider: str = "x", *, active: bool = True) -> Integration:
    name = f"{provider}-main"
    return Integration(id=name, identifier=name, provider_id=provider, channel=channel, active=active)


ENVIRONMENT = (
    integration("in_app"),
    integration("email"),
    integration("sms"),
    integration("push", "fcm"),
    integration("chat", "slack"),
)


def entry(provider: str, *, tokens: tuple[str, ...] | None = None, **rest: Any) -> ChannelSettings:
    return ChannelSettings(
        integration_id=f"{provider}-main",
        provider_id=provider,
        credentials=ChannelCredentials(device_tokens=tokens, **rest),
    )


HOOK: dict[str, Any] = {"webhook_url": "https://hooks.example.com/a"}
CONNECTED = (entry("fcm", tokens=("t1", "t2")), entry("slack", **HOOK))


def workflow(key: str, changed: bool = False, **channels: bool | None) -> WorkflowPreference:
    return WorkflowPreference.model_validate(
        {
            "channels": channels or ON,
            "workflow": {"identifier": key, "name": key.title()},
            "updatedAt": NOON if changed else None,
        }
    )


def prefer(
    *workflows: WorkflowPreference, schedule: dict[str, Any] | None = None, **off: bool
) -> Preferences:
    overall = GlobalPreference(channels=ON | off, schedule=schedule)
    return Preferences.model_validate({"global": overall, "workflows": workflows or (workflow("welcome"),)})


def facts(
    *,
    channels: tuple[ChannelSettings, ...] = CONNECTED,
    now: datetime = NOON,
    person: Any = None,
    **rest: Any,
) -> Facts:
    stored = Subscriber.model_validate({"subscriberId": "ada", **ADDRESS, **(person or {})})
    someone = stored.model_copy(update={"channels": channels})
    known: dict[str, Any] = {"integrations": ENVIRONMENT, "preferences": prefer()}
    return Facts(person=someone, now=now, **known | rest)


def without(channel: str) -> tuple[Integration, ...]:
    return tuple(one for one in ENVIRONMENT if one.channel != channel)


def asleep(channel: str, provider: str = "x") -> tuple[Integration, ...]:
    return (*without(channel), integration(channel, provider, active=False))


def hours(**days: tuple[str, str] | None) -> dict[str, Any]:
    week = {
        day: {"isEnabled": bool(span), "hours": [{"start": span[0], "end": span[1]}] if span else []}
        for day, span in days.items()
    }
    return {"isEnabled": True, "weeklySchedule": week}


OFFICE = hours(wednesday=("09:00 AM", "05:00 PM"), thursday=("09:00 AM", "05:00 PM"))
LATE = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)
CRITICAL = frozenset({"alarm"})
ALARM = workflow("alarm")
GRAY: dict[str, Any] = {"email": None}

Case = tuple[str, str, Facts, str, tuple[str, ...]]
