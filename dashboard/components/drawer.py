"""A drawer beside what is on the page, which covers it on a small screen as a dialog does."""

from collections.abc import Callable

from nicegui.element import Element


class Drawer(Element, component="drawer.js"):
    """Draw into it; delete it to close it. `label` is its name for those who do not see it.

    `on_away` hears Escape; `on_step` hears `j` and `k` (1, -1) while it covers the page.
    """

    def __init__(
        self,
        *,
        label: str,
        takes_focus: bool,
        shortcuts: bool,
        on_away: Callable[[], None],
        on_step: Callable[[int], None],
    ) -> None:
        super().__init__()
        self.props.update({"label": label, "takesFocus": takes_focus, "shortcuts": shortcuts})
        self.on("away", on_away, args=[])
        self.on("step", lambda e: on_step(1 if e.args == 1 else -1))

    def rename(self, label: str) -> None:
        """Another one is shown in it."""
        self.props["label"] = label

    def focus(self) -> None:
        """Move the keyboard into it."""
        self.run_method("focus")
