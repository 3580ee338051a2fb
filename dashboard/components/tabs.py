"""Tabs by the ARIA pattern: arrow keys move, each panel is drawn when it is first opened."""

from collections.abc import Callable, Mapping

from dashboard.components import html

KEYS = """(event) => {
    const tabs = [...event.currentTarget.parentElement.querySelectorAll('[role=tab]')];
    const at = tabs.indexOf(event.currentTarget);
    const last = tabs.length - 1;
    const to = {ArrowRight: at + 1, ArrowLeft: at + last, Home: 0, End: last}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[to % tabs.length];
    next.focus();
    next.click();
}"""


class Tabs:
    """A row of tabs over panels of which one is visible; `draw` is called when one is first opened."""

    def __init__(
        self,
        names: Mapping[str, str],
        *,
        draw: Callable[[str], None],
        on_open: Callable[[str], None],
        label: str,
    ) -> None:
        self._draw, self._on_open = draw, on_open
        self._drawn: set[str] = set()
        self._buttons: dict[str, html.Tag] = {}
        self._panels: dict[str, html.Tag] = {}
        with html.div().classes("tabs") as row:
            row.props.update({"role": "tablist", "aria-label": label})
            for key, name in names.items():
                self._buttons[key] = self._button(key, name)
        for key in names:
            panel = html.div().classes("tab-panel")
            panel.props.update({"role": "tabpanel", "aria-labelledby": self._buttons[key].html_id})
            self._buttons[key].props["aria-controls"] = panel.html_id
            self._panels[key] = panel

    def open(self, key: str) -> None:
        """Show a tab's panel, drawing it if this is the first time."""
        for name, button in self._buttons.items():
            is_open = name == key
            button.props.update({"aria-selected": str(is_open).lower(), "tabindex": "0" if is_open else "-1"})
            self._panels[name].set_visibility(is_open)
        if key not in self._drawn:
            self._drawn.add(key)
            with self._panels[key]:
                self._draw(key)

    def redraw(self, key: str) -> None:
        """Clear a tab; it is drawn again when it is next opened."""
        self._drawn.discard(key)
        self._panels[key].clear()

    def _button(self, key: str, name: str) -> html.Tag:
        button = html.button(name).mark(f"tab-{key}")
        button.props.update({"type": "button", "role": "tab"})
        button.on("click", lambda: self._on_open(key))
        button.on("keydown", js_handler=KEYS)
        return button
