"""What the operator may set from outside: the only reader of the environment."""

import ipaddress
import re
import sys
from pathlib import Path
from typing import Annotated, NoReturn
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

EXIT_BAD_CONFIGURATION = 78  # EX_CONFIG of sysexits.h: supervisors know not to restart on it


def load_settings() -> "Settings":
    """Read the environment; on bad values print one line per problem to stderr and exit with 78.

    A line holds the variable's name and the reason, never the value: it may be a secret.
    """
    try:
        return Settings()
    except ValidationError as error:
        _give_up(problem_lines(error))


def problem_lines(error: ValidationError) -> list[str]:
    """One line per refused variable: its name and why, without what was given."""
    return [
        f"{problem['loc'][0] if problem['loc'] else 'settings'}: {_plain(problem['msg'])}"
        for problem in error.errors(include_url=False, include_input=False, include_context=False)
    ]


def _give_up(lines: list[str]) -> NoReturn:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    raise SystemExit(EXIT_BAD_CONFIGURATION)


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")


def _loopback_only(host: str) -> str:
    if host == "localhost":
        return host
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise ValueError(
            "only 127.0.0.1, ::1 or localhost are allowed while the dashboard has no operator accounts"
        )
    return host


def _http_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError("this is not a web address") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not port_is_fine:
        raise ValueError("must be a web address that starts with http:// or https://")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("must be a plain address: no user name, no ? and no #")
    return url.rstrip("/")


def _header_safe(secret: SecretStr) -> SecretStr:
    """An HTTP header carries the key: line breaks would split it, other scripts cannot be sent."""
    text = secret.get_secret_value().strip()
    if not re.fullmatch(r"[\x21-\x7e]{8,512}", text):
        raise ValueError("must be 8 to 512 printable ASCII characters without blanks")
    return SecretStr(text)


def _long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < 32:
        raise ValueError("must have at least 32 characters; leave it unset to have one made")
    return secret


def _sqlite_only(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().startswith("sqlite:///"):
        raise ValueError("must start with sqlite:/// (this version keeps its own data in one SQLite file)")
    return secret


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError("must be a colour like #0f766e")
    return text.lower()


class Settings(BaseSettings):
    """Everything that can be set, checked once at the start. An empty variable counts as unset."""

    model_config = SettingsConfigDict(
        frozen=True,
        env_ignore_empty=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
        extra="ignore",
    )

    api_key: Annotated[
        Annotated[SecretStr, AfterValidator(_header_safe)] | None, Field(validation_alias="NOVU_SECRET_KEY")
    ] = None
    """Secret key of the Novu environment. Unset: the embedded API with invented people is used."""

    api_url: Annotated[str, AfterValidator(_http_address), Field(validation_alias="NOVU_API_URL")] = (
        "https://api.novu.co"
    )
    """Address of the Novu API: the US cloud, the EU cloud (`https://eu.api.novu.co`) or your own server."""

    host: Annotated[str, AfterValidator(_loopback_only), Field(validation_alias="DASHBOARD_HOST")] = (
        "127.0.0.1"
    )
    """Address to listen on. Only loopback while there are no operator accounts."""

    port: Annotated[int, Field(ge=1, le=65535, validation_alias="DASHBOARD_PORT")] = 8080
    """Port to listen on."""

    data_dir: Annotated[Path, AfterValidator(_absolute)] = Field(
        default_factory=lambda: user_data_path("novu-operator-dashboard", appauthor=False),
        validation_alias="DASHBOARD_DATA_DIR",
    )
    """Folder for the dashboard's own data: database, session secret, files being exported."""

    database_url_given: Annotated[
        Annotated[SecretStr, AfterValidator(_sqlite_only)] | None,
        Field(validation_alias="DASHBOARD_DATABASE_URL"),
    ] = None
    """Database for sessions and the audit log (`sqlite:///…`). Unset: a file in the data folder."""

    session_secret: Annotated[
        Annotated[SecretStr, AfterValidator(_long_enough)] | None,
        Field(validation_alias="DASHBOARD_SESSION_SECRET"),
    ] = None
    """Signs browser cookies; at least 32 characters. Unset: made once and kept in the data folder."""

    environment: Annotated[str | None, Field(max_length=40, validation_alias="DASHBOARD_ENVIRONMENT")] = None
    """Name in the band on every page. Unset: the name that the API gives, else "Embedded"."""

    environment_colour: Annotated[
        Annotated[str, AfterValidator(_colour)] | None,
        Field(validation_alias="DASHBOARD_ENVIRONMENT_COLOUR"),
    ] = None
    """Colour of that band, like `#b91c1c` for production."""

    read_only: Annotated[bool, Field(validation_alias="DASHBOARD_READ_ONLY")] = False
    """Refuse every change, whoever asks; buttons that change something are disabled and say so."""

    subscribers: Annotated[int, Field(ge=0, le=1_000_000, validation_alias="DASHBOARD_SUBSCRIBERS")] = 5000
    """How many invented people the embedded API starts with."""

    @property
    def uses_embedded_api(self) -> bool:
        return self.api_key is None

    @property
    def database_url(self) -> str:
        """The address of the database, as SQLAlchemy wants it. May hold a password: not for logs."""
        if self.database_url_given is not None:
            return self.database_url_given.get_secret_value()
        return f"sqlite:///{self.data_dir / 'dashboard.sqlite'}"
