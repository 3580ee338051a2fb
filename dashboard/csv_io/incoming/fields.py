"""Where a column of a file can go: a field of the person, custom data, credentials, or nowhere. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType

from dashboard.providers import PROVIDERS, Provider

ID = "subscriberId"
DATA = "data"
NOWHERE = ""


@unique
class Goes(StrEnum):
    """What becomes of a column's cells."""

    TO_FIELD = "field"
    TO_DATA = "data"  # one key of custom data
    TO_CREDENTIALS = "credentials"


@dataclass(frozen=True)
class Destination:
    """Where a column goes, read from its `key`.

    `path` leads into custom data, `is_json` reads its cells as JSON; `provider`, `integration` (its
    identifier, or empty) and `name` are of credentials.
    """

    key: str
    goes: Goes
    path: tuple[str, ...] = ()
    is_json: bool = False
    provider: str = ""
    integration: str = ""
    name: str = ""


TITLES = MappingProxyType(
    {
        ID: "Subscriber id",
        "firstName": "First name",
        "lastName": "Last name",
        "email": "E-mail",
        "phone": "Phone",
        "avatar": "Picture (address)",
        "locale": "Language",
        "timezone": "Time zone",
        DATA: "Custom data (a JSON object)",
    }
)
"""The fields of a person that can be set, by wire name."""

_NAMES = {
    ID: "subscriberid userid id externalid customerid uid memberid kundennummer",
    "firstName": "firstname first givenname forename vorname prenom",
    "lastName": "lastname last surname familyname nachname",
    "email": "email emailaddress mail emailadresse courriel",
    "phone": "phone phonenumber mobile mobilephone telephone tel cell telefon handy",
    "avatar": "avatar avatarurl picture photo image imageurl",
    "locale": "locale language lang sprache",
    "timezone": "timezone tz zone zeitzone",
    DATA: "data customdata attributes traits metadata",
}
_BY_NAME = MappingProxyType({name: key for key, names in _NAMES.items() for name in names.split()})
_READ_ONLY = frozenset(
    {"isonline", "lastonlineat", "createdat", "updatedat", "_id", "channels", "credentials", "unseencount"}
)
_CREDENTIALS = re.compile(r"(push|chat)\.([a-z0-9-]+)(?:\[([^\[\]]{1,100})\])?\.([A-Za-z]+)")
_DATA_KEY = re.compile(r"data\.(.{1,200}?)(:json)?")


def destination(key: str) -> Destination | None:
    """`email`, `data.plan`, `data.seats:json`, `push.fcm.deviceTokens`, `chat.slack[ops].webhookUrl`."""
    if key in TITLES:
        return Destination(key, Goes.TO_FIELD)
    if found := _DATA_KEY.fullmatch(key):
        path = tuple(found[1].split("."))
        return Destination(key, Goes.TO_DATA, path, is_json=bool(found[2])) if all(path) else None
    if found := _CREDENTIALS.fullmatch(key):
        return _credentials(key, found)
    return None


def by_name(heading: str) -> str:
    """The key that a heading stands for, or NOWHERE. Case, blanks and signs do not matter."""
    text = heading.strip().lstrip("\ufeff")
    if destination(text):
        return text
    return _BY_NAME.get(_plain(text), NOWHERE)


def is_known_name(heading: str) -> bool:
    """Whether a heading names something that an import or an export knows."""
    return bool(by_name(heading)) or is_read_only(heading)


def is_read_only(heading: str) -> bool:
    """Whether this column comes from an export and holds what only the server sets."""
    return heading.strip().lower() in _READ_ONLY


def title(key: str) -> str:
    """How a destination is called on the screen."""
    place = destination(key)
    if place is None:
        return "Do not import"
    if place.goes is Goes.TO_FIELD:
        return TITLES[key]
    if place.goes is Goes.TO_DATA:
        return f"Custom data: {'.'.join(place.path)}" + (" (JSON)" if place.is_json else "")
    row = PROVIDERS[place.provider]
    label = next(field.label for field in row.fields if field.key == place.name)
    through = f" through {place.integration}" if place.integration else ""
    return f"{row.label}{through}: {label.lower()}"


def is_secret(key: str) -> bool:
    """Whether a column that goes there holds tokens or the like, not to be shown in clear."""
    place = destination(key)
    return place is not None and place.goes is Goes.TO_CREDENTIALS


def credential_keys() -> tuple[str, ...]:
    """A key for each field of each provider that has fields."""
    return tuple(f"{row.channel}.{row.id}.{field.key}" for row in PROVIDERS.values() for field in row.fields)


def _credentials(key: str, found: re.Match[str]) -> Destination | None:
    channel, provider_id, integration, name = found.groups()
    row = PROVIDERS.get(provider_id)
    if row is None or row.channel != channel or not _has(row, name):
        return None
    return Destination(
        key, Goes.TO_CREDENTIALS, provider=provider_id, integration=integration or "", name=name
    )


def _has(row: Provider, name: str) -> bool:
    return any(field.key == name for field in row.fields)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
