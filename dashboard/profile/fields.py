"""The fields of a profile, as rows of data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dashboard.profile import checks

Check = Callable[[str], str]


def _fine(_: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class ProfileField:
    """One field. `key` is the model's name, `wire` the API's; a problem is refused, a warning is not."""

    key: str
    wire: str
    label: str
    example: str = ""
    hint: str = ""
    lines: bool = False
    problem: Check = _fine
    warning: Check = _fine


FIELDS = (
    ProfileField(key="first_name", wire="firstName", label="First name"),
    ProfileField(key="last_name", wire="lastName", label="Last name"),
    ProfileField(
        key="email", wire="email", label="E-mail", example="ada@example.com", problem=checks.email_problem
    ),
    ProfileField(
        key="phone",
        wire="phone",
        label="Phone",
        example="+49 151 12345678",
        hint="With country code; spaces and dashes are removed.",
        problem=checks.phone_problem,
        warning=checks.phone_warning,
    ),
    ProfileField(
        key="locale", wire="locale", label="Language", example="en_US", problem=checks.locale_problem
    ),
    ProfileField(
        key="timezone",
        wire="timezone",
        label="Time zone",
        example="Europe/Berlin",
        hint="Quiet hours follow it.",
        problem=checks.timezone_problem,
    ),
    ProfileField(
        key="avatar",
        wire="avatar",
        label="Picture",
        example="https://example.com/ada.png",
        warning=checks.avatar_warning,
    ),
    ProfileField(
        key="data",
        wire="data",
        label="Custom data",
        example='{"plan": "pro"}',
        hint="A JSON object. It replaces all that is stored there.",
        lines=True,
        problem=checks.data_problem,
    ),
)


def problems(raw: Mapping[str, str], keys: Iterable[str]) -> dict[str, str]:
    """Key → why it is refused, for the fields among `keys` that are filled in."""
    wanted = set(keys)
    found = {field.key: _judge(field.problem, raw, field.key) for field in FIELDS if field.key in wanted}
    return {key: text for key, text in found.items() if text}


def warnings(raw: Mapping[str, str], keys: Iterable[str]) -> dict[str, str]:
    """Key → what merely looks odd; it may be sent all the same."""
    wanted = set(keys)
    found = {field.key: _judge(field.warning, raw, field.key) for field in FIELDS if field.key in wanted}
    return {key: text for key, text in found.items() if text}


def _judge(check: Check, raw: Mapping[str, str], key: str) -> str:
    text = raw.get(key, "").strip()
    return check(text) if text else ""
