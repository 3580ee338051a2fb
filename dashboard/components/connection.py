"""What is said when the connection to the dashboard is gone, is back, or leads to one that was restarted."""

from nicegui.element import Element

from dashboard.components import html
from dashboard.components.buttons import button

LOST = "Connection lost. Trying again…"
BACK = "Connected again."
RESTARTED = "The dashboard was restarted; this page was loaded anew from its address."


class Connection(Element, component="connection.js"):
    """A word in the band, and in `place` a note after a restart. `run` names this run of the program."""

    def __init__(self, run: str, *, place: html.Tag) -> None:
        super().__init__()
        self.props.update({"run": run, "lost": LOST, "back": BACK})
        self._place = place.attributes(role="status")
        self.on("restarted", lambda _: self._say_so())

    def _say_so(self) -> None:
        with self._place.clear(), html.div().classes("notice closable"):
            html.span(RESTARTED).classes("grow")
            button("Close", look="bare", on_click=self._place.clear)
