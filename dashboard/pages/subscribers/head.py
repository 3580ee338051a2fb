"""The head of the list: its title, how many there are, and what can be done with all of it."""

from collections.abc import Callable

from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.pages.create import open_create


class ListHead:
    """Draws itself where it is made; `say` tells the total, which is read out when it changes."""

    def __init__(
        self,
        stage: Stage,
        *,
        on_refresh: Callable[[], None],
        on_shortcuts: Callable[[], None],
        on_export: Callable[[], None],
    ) -> None:
        with html.div().classes("page-head"):
            html.h1("Subscribers")
            self._status = html.span().classes("muted num grow").mark("total")
            self._status.props.update({"role": "status", "aria-live": "polite"})
            button(icon="retry", label="Load again and recount", look="bare", on_click=on_refresh).mark(
                "refresh"
            )
            button(icon="keyboard", label="Keyboard shortcuts", look="bare", on_click=on_shortcuts).mark(
                "shortcuts"
            )
            with html.div().classes("row-x"):  # on a narrow screen both go to the next line
                permission_button(
                    "Create", Permission.WRITE, stage, on_click=lambda: open_create(stage), icon="plus"
                ).mark("create-people")
                permission_button(
                    "Export", Permission.EXPORT, stage, on_click=on_export, icon="download"
                ).mark("export")

    def say(self, total: str) -> None:
        self._status.text = total
