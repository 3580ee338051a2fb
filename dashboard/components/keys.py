"""Keyboard shortcuts: single keys that can be switched off, and chords with Ctrl that always work."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from nicegui.element import Element

OnKey = Mapping[str, Callable[[], object]]


class Keys(Element, component="keys.js"):
    """Calls a handler for each key of `on`, except while something is typed or a dialog is open.

    Keys of `places` move the focus to a CSS selector without asking the server. `ctrl-k` is a chord; chords
    always work.
    """

    def __init__(
        self, on: OnKey, *, places: Mapping[str, str] = MappingProxyType({}), enabled: bool = True
    ) -> None:
        super().__init__()
        self._handlers = dict(on)
        self.props["keys"] = [*(key for key in on if not key.startswith("ctrl-")), *places]
        self.props["places"] = dict(places)
        self.props["chords"] = [key.removeprefix("ctrl-") for key in on if key.startswith("ctrl-")]
        self.props["enabled"] = enabled
        self.on("key", lambda e: self._pressed(str(e.args)))

    def enable(self, *, on: bool) -> None:
        """Switch the single keys on or off."""
        self.props["enabled"] = on

    def _pressed(self, key: str) -> None:
        handler = self._handlers.get(key)
        if handler:
            handler()
