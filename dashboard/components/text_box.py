"""A labelled text box that keeps what is typed in the browser: no redraw, blur or large paste loses it."""

from collections.abc import Callable
from typing import Any

from nicegui.events import GenericEventArguments

from dashboard.components import html

MOST_CHARACTERS = 150_000
"""Longer texts stay in the browser: one message to the server may have 1,000,000 bytes, six to a character."""

# Typing is told after a pause, leaving the box and Enter at once, each text no more than once.
TOLD = """(event) => {
    const box = event.target;
    const isEnter = event.type === 'keydown' && event.key === 'Enter';
    const submits = isEnter && !event.shiftKey && (box.rows === 1 || event.ctrlKey || event.metaKey);
    if (event.type === 'keydown' && !submits) return;
    if (submits) event.preventDefault();
    clearTimeout(box.pause);
    const tell = () => {
        const text = box.value;
        if (text === (box.told ?? '') && !submits) return;
        box.told = text;
        const fits = text.length <= MOST;
        emit({text: fits ? text : '', length: text.length, lines: text.split('\\n').length, submits});
    };
    if (event.type === 'input') box.pause = setTimeout(tell, 150);
    else tell();
}""".replace("MOST", str(MOST_CHARACTERS))
EMPTY = "(() => { const box = getHtmlElement(%d); if (box) { box.value = ''; box.told = ''; } })()"


class TextBox:
    """One native text area. `lines=1`: Enter sends; more: Ctrl+Enter does. What it holds is never set again.

    `on_typed` is called without a value after each pause, `on_submit` when it is sent by the keyboard.
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
            self._box = html.textarea().classes("text-box").mark(marker or "text-box")
            tag.props["for"] = self._box.html_id
            self._hint = html.p(hint).classes("hint")
            self._hint.set_visibility(bool(hint))
            self._warning = html.p().classes("hint warning")
            self._warning.props["role"] = "status"
            self._error = html.p().classes("hint error")
            self._error.props["role"] = "alert"
        self._dress(lines, example)

    @property
    def value(self) -> str:
        """What is typed, as it stands; empty when it is too large to be sent."""
        return self._text

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
        self._box.client.run_javascript(EMPTY % self._box.id)

    def _dress(self, lines: int, example: str) -> None:
        said = " ".join(part.html_id for part in (self._hint, self._warning, self._error))
        self._box.attributes(
            rows=lines, autocomplete="off", spellcheck="false", placeholder=example, aria_describedby=said
        )
        for event in ("input", "change", "blur", "keydown"):
            self._box.on(event, self._told, js_handler=TOLD)
        for part in (self._warning, self._error):
            part.set_visibility(False)

    def _told(self, event: GenericEventArguments) -> None:
        told: dict[str, Any] = event.args
        self._text, self._length, self._lines = str(told["text"]), int(told["length"]), int(told["lines"])
        if self._on_typed:
            self._on_typed()
        if told["submits"] and self._on_submit:
            return self._on_submit()
        return None

    def _say(self, part: html.Tag, text: str | None) -> None:
        part.text = text or ""
        part.set_visibility(bool(text))
