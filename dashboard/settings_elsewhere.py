"""The setting that names further Novu environments: where else to look for a person, never to write."""

import re
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from api_client import BadOption, ClientOptions

HOW = "must be like production=KEY,staging=KEY@https://eu.api.novu.co, each name once"
US = "https://api.novu.co"
_ENTRY = re.compile(r"(?P<name>[\w .-]{1,40}?)\s*=\s*(?P<key>[!-+\--?A-~]{8,512})(?:@(?P<url>\S+))?")


@dataclass(frozen=True)
class ElsewhereEntry:
    """One further environment: what it is called here, its key and its server."""

    name: str
    key: str = field(repr=False)
    url: str = US


def _entries(text: str) -> tuple[ElsewhereEntry, ...]:
    found = [_ENTRY.fullmatch(one.strip()) for one in text.split(",")]
    entries = tuple(
        ElsewhereEntry(one["name"], one["key"], (one["url"] or US).rstrip("/")) for one in found if one
    )
    names = {one.name.casefold() for one in entries}
    if len(names) < len(found) or not all(_is_plain_address(one.url) for one in entries):
        raise ValueError(HOW)
    return entries


def _is_plain_address(url: str) -> bool:
    try:
        ClientOptions("unused", url)
    except BadOption:
        return False
    return True


def _checked(secret: SecretStr) -> SecretStr:
    _entries(secret.get_secret_value())
    return secret


class ElsewhereSettings(BaseSettings):
    """Unset: nothing of other environments is shown or asked."""

    model_config = SettingsConfigDict(use_attribute_docstrings=True)

    other_environments: Annotated[
        Annotated[SecretStr, AfterValidator(_checked)] | None,
        Field(validation_alias="DASHBOARD_OTHER_ENVIRONMENTS"),
    ] = None
    """Further Novu environments, only read: like `production=KEY,staging=KEY@https://eu.api.novu.co`."""

    @property
    def elsewhere(self) -> tuple[ElsewhereEntry, ...]:
        """The entries of `other_environments`; they hold keys: not for logs."""
        given = self.other_environments
        return _entries(given.get_secret_value()) if given else ()
