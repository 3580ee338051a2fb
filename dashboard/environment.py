"""Which Novu environment is being worked on: name, host and colour, as every page shows them."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from api_client import ApiError, Forbidden, NotFound
from dashboard.reading import Reader
from dashboard.settings import Settings

EMBEDDED_NOTE = "demonstration data on this machine; set NOVU_SECRET_KEY to work with your own"
QUIET, CALM, LOUD = "#3f4147", "#0b5c54", "#9f1d17"


@dataclass(frozen=True)
class Environment:
    """The band's words, and its colour as a checked `#rrggbb`."""

    name: str
    host: str
    colour: str
    note: str = ""

    @property
    def is_production(self) -> bool:
        """By its name, as people name them; `DASHBOARD_ENVIRONMENT` decides where the API's name misleads."""
        return "prod" in self.name.lower()


def environment_of(settings: Settings, name: str | None = None) -> Environment:
    """`name` is what the API calls the environment, where it could be asked; production is the loud one."""
    if settings.uses_embedded_api:
        shown = settings.environment or "Embedded API"
        return Environment(shown, "", settings.environment_colour or QUIET, EMBEDDED_NOTE)
    shown = settings.environment or name or "Novu"
    colour = LOUD if "prod" in shown.lower() else CALM
    return Environment(shown, urlsplit(settings.api_url).netloc, settings.environment_colour or colour)


class EnvironmentSign:
    """What the band says now; it learns the environment's own name from the API once that answers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.current = environment_of(settings)
        self.is_known = settings.uses_embedded_api or bool(settings.environment)
        """Whether the name is settled; while the API could not be asked, this may be production."""

    async def ask(self, reader: Reader) -> None:
        """Ask for the name until there is an answer; an API that does not tell it changes nothing."""
        if self.is_known:
            return
        try:
            self.current = environment_of(self._settings, (await reader.environments.me()).name)
        except (Forbidden, NotFound):
            self.is_known = True
        except ApiError:
            return
        self.is_known = True
