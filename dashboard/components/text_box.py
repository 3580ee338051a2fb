"""A labelled text box that keeps what is typed in the browser: no redraw, blur or large paste loses it."""

from collections.abc import Callable
from typing import Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from dashboard.components import html

MOST_CHARACTERS = 150_000
"""Longer texts stay in the browser: a message to the server may have 1,000,000 bytes, six to a character."""


class _Area(Element, component="text_box.js"):
    """The native text area; what it holds is never set by the server."""

    def __init__(self, lines: int, draft: str, on_typed: Callable[[GenericEventArguments], Any]) -> None:
        super().__init__()
        self.props.update({"lines": lines, "most": MOST_CHARACTERS})
        if draft:
            self.props["draftKey"] = f"draft:{draft}"
        self.on("typed", on_typed)


class TextBox:
    """A text area with its label, hint, warning and error. `lines=1`: Enter sends; more: Ctrl+Enter does.

    `on_typed` is called without a value after each pause, `on_submit` when it is sent by the keyboard.
    `name` is what a password manager knows the field by. `draft` names the text while the page is away; it
    waits in the browser's tab, so the name says whose it is, too.
    """

    def __init__(  # noqa: PLR0913 - one field, all its words named
        self,
        label: str,
        *,
        hint: str = "",
        example: str = "",
        required: bool = False,
        lines: int = 1,
        marker: str = "",
        name: str = "",
        draft: str = "",
        on_typed: Callable[[], Any] | None = None,
        on_submit: Callable[[], Any] | None = None,
    ) -> None:
        self._on_typed, self._on_submit = on_typed, on_submit
        self._text, self._length, self._lines = "", 0, 0
        with html.div().classes("field"):
            with html.label() as tag:
                html.span(label)
                if required:
                    html.span(" (required)").classes("required")
            self._box = _Area(lines, draft, self._told).mark(marker or "text-box")
            tag.props["for"] = self._box.html_id
            self._hint = html.p(hint).classes("hint")
            self._hint.set_visibility(bool(hint))
            self._restored = html.p("You typed this before the page went away; it was not sent.")
            self._restored.classes("hint").props["role"] = "status"
            self._warning = html.p().classes("hint warning")
            self._warning.props["role"] = "status"
            self._error = html.p().classes("hint error")
            self._error.props["role"] = "alert"
        for part in (self._restored, self._warning, self._error):
            part.set_visibility(False)
        said = " ".join(part.html_id for part in (self._hint, self._warning, self._error))
        self._box.props.update({"placeholder": example, "aria-describedby": said})
        if name:
            self._box.props["name"] = name

    @property
    def value(self) -> str:
        """What is typed, as it stands; empty when it is too large to be sent."""
        return self._text

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in the box but blanks."""
        return not self._text.strip() and not self.too_large

    @property
    def too_large(self) -> str:
        """Why a very long text was not read; it is still in the box. Empty when it was read."""
        if self._length <= MOST_CHARACTERS:
            return ""
        return (
            f"That is {self._length:,} characters in {self._lines:,} lines; this box reads up to "
            f"{MOST_CHARACTERS:,}. Nothing was sent, and your text is still here: shorten it."
        )

    def set_error(self, text: str | None) -> None:
        """Show why the value is refused, or take the error away."""
        self._say(self._error, text)
        self._box.props["aria-invalid"] = "true" if text else "false"

    def set_warning(self, text: str | None) -> None:
        """Say what merely looks odd; it may be sent all the same."""
        self._say(self._warning, text)

    def focus(self) -> None:
        """Move the keyboard to it."""
        self._box.run_method("focus")

    def empty(self) -> None:
        """Forget what was typed, once it is stored elsewhere."""
        self._text, self._length, self._lines = "", 0, 0
        self._restored.set_visibility(False)
        self._box.run_method("empty")

    def _told(self, event: GenericEventArguments) -> None:
        told: dict[str, Any] = event.args
        self._text, self._length, self._lines = str(told["text"]), int(told["length"]), int(told["lines"])
        self._restored.set_visibility(bool(told["restored"]))
        if self._on_typed:
            self._on_typed()
        if told["submits"] and self._on_submit:
            return self._on_submit()
        return None

    def _say(self, part: html.Tag, text: str | None) -> None:
        part.text = text or ""
        part.set_visibility(bool(text))
