"""What the operator may set from outside: the only reader of the environment."""

import ipaddress
import re
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn, Self

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import SettingsConfigDict

from api_client import ClientOptions
from dashboard.settings_elsewhere import ElsewhereSettings
from dashboard.settings_sign_on import SignOnSettings

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
        ": ".join([*map(str, problem["loc"][:1]), _plain(problem["msg"])])
        for problem in error.errors(include_url=False, include_input=False, include_context=False)
    ]


def _give_up(lines: list[str]) -> NoReturn:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    raise SystemExit(EXIT_BAD_CONFIGURATION)


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")


def is_loopback(host: str) -> bool:
    """Whether only this very machine reaches an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _address_to_listen_on(host: str) -> str:
    try:
        return host if host == "localhost" else str(ipaddress.ip_address(host))
    except ValueError:
        raise ValueError("must be an IP address to listen on, like 127.0.0.1, 0.0.0.0 or ::") from None


def _proxies(text: str) -> str:
    """Addresses or networks, separated by commas, as uvicorn takes them; `*` would believe everybody."""
    try:
        networks = [str(ipaddress.ip_network(one.strip(), strict=False)) for one in text.split(",")]
    except ValueError:
        raise ValueError("must be IP addresses or networks, separated by commas") from None
    return ",".join(networks)


def _http_address(url: str) -> str:
    """As the client takes it, or why it does not."""
    return ClientOptions("unused", url).base_url


def _header_safe(secret: SecretStr) -> SecretStr:
    """An HTTP header carries the key: line breaks would split it, other scripts cannot be sent."""
    text = secret.get_secret_value().strip()
    if not re.fullmatch(r"[\x21-\x7e]{8,512}", text):
        raise ValueError("must be 8 to 512 printable ASCII characters without blanks")
    return SecretStr(text)


def _long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < 32:
        raise ValueError("must have at least 32 characters")
    return secret


def _database_address(secret: SecretStr) -> SecretStr:
    url = secret.get_secret_value()
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
        raise ValueError("must start with postgresql:// (shared by replicas) or sqlite:/// (one file)")
    return secret


def _redis_address(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("must start with redis://, rediss:// (encrypted) or unix://")
    return secret


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError("must be a colour like #0f766e")
    return text.lower()


class Settings(SignOnSettings, ElsewhereSettings):
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

    host: Annotated[str, AfterValidator(_address_to_listen_on), Field(validation_alias="DASHBOARD_HOST")] = (
        "127.0.0.1"
    )
    """Address to listen on. Anything but loopback is refused while there is no operator account."""

    port: Annotated[int, Field(ge=1, le=65535, validation_alias="DASHBOARD_PORT")] = 8080
    """Port to listen on."""

    data_dir: Annotated[Path, AfterValidator(_absolute)] = Field(
        default_factory=lambda: user_data_path("novu-operator-dashboard", appauthor=False),
        validation_alias="DASHBOARD_DATA_DIR",
    )
    """Folder for the dashboard's own data: database, session secret, files being exported."""

    database_url_given: Annotated[
        Annotated[SecretStr, AfterValidator(_database_address)] | None,
        Field(validation_alias="DASHBOARD_DATABASE_URL"),
    ] = None
    """The dashboard's own database; `postgresql://…` for several replicas. Unset: a file of its own."""

    redis_url: Annotated[
        Annotated[SecretStr, AfterValidator(_redis_address)] | None,
        Field(validation_alias="DASHBOARD_REDIS_URL"),
    ] = None
    """Redis in which NiceGUI shares what belongs to a tab among the replicas. Unset: kept in the process."""

    trusted_proxies: Annotated[
        str, AfterValidator(_proxies), Field(validation_alias="DASHBOARD_TRUSTED_PROXIES")
    ] = "127.0.0.1/32"
    """Proxies that are believed when they say who is asking, and over https or not; commas between them."""

    metrics_token: Annotated[
        Annotated[SecretStr, AfterValidator(_long_enough)] | None,
        Field(validation_alias="DASHBOARD_METRICS_TOKEN"),
    ] = None
    """Bearer token that reads `/metrics`. Unset: only this machine may read them, and not through a proxy."""

    log_format: Annotated[Literal["text", "json"], Field(validation_alias="DASHBOARD_LOG_FORMAT")] = "text"
    """The log on stderr: `text` for people, `json` with one object a line for machines."""

    session_secret: Annotated[
        Annotated[SecretStr, AfterValidator(_long_enough)] | None,
        Field(validation_alias="DASHBOARD_SESSION_SECRET"),
    ] = None
    """Signs browser cookies; at least 32 characters. Unset: made once and kept in the data folder."""

    require_second_factor: Annotated[bool, Field(validation_alias="DASHBOARD_REQUIRE_SECOND_FACTOR")] = False
    """Whoever signs in by password needs a second factor, and sets one up before anything else."""

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

    @model_validator(mode="after")
    def _replicas_share_the_secret(self) -> Self:
        """Two secrets made by two replicas would tear the audit chain."""
        given = self.database_url_given
        if given and not given.get_secret_value().startswith("sqlite") and self.session_secret is None:
            raise ValueError(
                "DASHBOARD_SESSION_SECRET: must be set where DASHBOARD_DATABASE_URL is PostgreSQL"
            )
        return self

    import_bytes: Annotated[
        int, Field(ge=1, le=20 * 1024 * 1024, validation_alias="DASHBOARD_IMPORT_BYTES")
    ] = 20_000_000
    """Largest file of people that is taken, in bytes."""

    import_rows: Annotated[int, Field(ge=1, le=1_000_000, validation_alias="DASHBOARD_IMPORT_ROWS")] = (
        1_000_000
    )
    """Most rows of a file of people."""

    import_columns: Annotated[int, Field(ge=1, le=2_000, validation_alias="DASHBOARD_IMPORT_COLUMNS")] = 200
    """Most columns of a file of people."""

    import_cell: Annotated[int, Field(ge=1, le=100_000, validation_alias="DASHBOARD_IMPORT_CELL")] = 100_000
    """Longest cell of a file of people, in characters."""

    import_chunk: Annotated[int, Field(ge=1, le=500, validation_alias="DASHBOARD_IMPORT_CHUNK")] = 500
    """Most people in one call of an import; Novu takes 500."""

    @property
    def uses_embedded_api(self) -> bool:
        return self.api_key is None

    @property
    def database_url(self) -> str:
        """The address of the database, as SQLAlchemy wants it. May hold a password: not for logs."""
        if self.database_url_given is not None:
            return self.database_url_given.get_secret_value()
        return f"sqlite:///{self.data_dir / 'dashboard.sqlite'}"
