"""What can stand in an export: one row per column, read from the API's rows without building models."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import methodcaller
from types import MappingProxyType

from dashboard.providers import PROVIDERS, masked
from dashboard.providers.masks import DOTS
from dashboard.wire_rows import WireRow, as_list, credentials_of

UNSEEN = "unseenCount"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `key` is its heading in the file, `title` its name on the screen.

    `read` takes a plain JSON value out of a row. `is_computed`: the API has no field of this name.
    `needs_call`: the value costs one API call per person. `is_secret`: who reads it can use it.
    """

    key: str
    title: str
    read: Callable[[WireRow], object]
    is_default: bool = False
    is_computed: bool = False
    needs_call: bool = False
    is_secret: bool = False


def column(key: str) -> Column | None:
    """The column with this key, if there is one."""
    return COLUMNS.get(key)


def _plain(key: str, title: str, *, is_default: bool = True) -> Column:
    return Column(key=key, title=title, read=methodcaller("get", key), is_default=is_default)


def _channels(row: WireRow) -> object:
    """`fcm 2, slack`: by provider, with the number of tokens where there are any."""
    found: dict[str, int] = {}
    for provider_id, credentials in credentials_of(row):
        count = len(as_list(credentials.get("deviceTokens")))
        found[provider_id] = found.get(provider_id, 0) + count
    return ", ".join(f"{name} {count}" if count else name for name, count in found.items())


def _credentials(row: WireRow) -> object:
    """Per entry of `channels` its provider and what may be shown of its values: masks, never the secrets."""
    return [
        {"providerId": provider_id, **_masked(provider_id, credentials)}
        for provider_id, credentials in credentials_of(row)
    ]


def _credentials_in_full(row: WireRow) -> object:
    """Per entry of `channels` its provider and its values as they are stored."""
    return [{"providerId": provider_id, **credentials} for provider_id, credentials in credentials_of(row)]


def _masked(provider_id: str, credentials: WireRow) -> Mapping[str, object]:
    """Of a provider without a row nothing is known to be harmless, so nothing is given away."""
    row = PROVIDERS.get(provider_id)
    return masked(row, credentials) if row else dict.fromkeys(credentials, DOTS)


_ALL = (
    _plain("subscriberId", "Subscriber id"),
    _plain("firstName", "First name"),
    _plain("lastName", "Last name"),
    _plain("email", "E-mail"),
    _plain("phone", "Phone"),
    _plain("avatar", "Picture", is_default=False),
    _plain("locale", "Language"),
    _plain("timezone", "Time zone"),
    _plain("data", "Custom data"),
    _plain("isOnline", "Online", is_default=False),
    _plain("lastOnlineAt", "Last online", is_default=False),
    _plain("createdAt", "Created"),
    _plain("updatedAt", "Updated", is_default=False),
    _plain("_id", "Novu's own id", is_default=False),
    Column(key="channels", title="Channels", read=_channels, is_default=True, is_computed=True),
    Column(key="credentials", title="Credentials (masked)", read=_credentials, is_computed=True),
    Column(
        key="credentialsInFull",
        title="Credentials in full (secret)",
        read=_credentials_in_full,
        is_computed=True,
        is_secret=True,
    ),
    Column(
        key=UNSEEN,
        title="Unseen messages",
        read=lambda row: row.get(UNSEEN),
        is_computed=True,
        needs_call=True,
    ),
)

COLUMNS = MappingProxyType({one.key: one for one in _ALL})
"""By key, in the order in which they are offered and written."""

DEFAULT_COLUMNS = tuple(one for one in _ALL if one.is_default)
"""What an export holds unless the operator chooses otherwise."""
