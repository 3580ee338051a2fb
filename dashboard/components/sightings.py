"""One line that says in which other environments an id exists; nothing where there are none."""

from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.shell import Stage
from dashboard.other_environments import sentence


class Sightings:
    """Stands where it is made; empty until something was found."""

    def __init__(self, stage: Stage) -> None:
        self._others = stage.ctx.others
        self._line = html.p().classes("sightings breakable").attributes(role="status").mark("sightings")
        self._say("")

    def look(self, subscriber_id: str) -> None:
        """Ask for exactly this id; returns at once."""
        self._say("")
        if self._others.names and subscriber_id:
            beside(self._line, self._look(subscriber_id), name="the id in other environments")

    async def _look(self, subscriber_id: str) -> None:
        said = sentence(await self._others.where(subscriber_id))
        if not self._line.is_deleted:
            self._say(said)

    def _say(self, text: str) -> None:
        self._line.text = text
        self._line.set_visibility(bool(text))
