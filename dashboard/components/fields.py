"""Inputs with a visible label, a hint and an error of their own; a native select; a copy button."""

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui
from nicegui.element import Element

from dashboard.components import html
from dashboard.components.icons import icon

COPY_SCRIPT = """(event) => {
    const button = event.currentTarget;
    navigator.clipboard?.writeText(button.dataset.copy);
    button.setAttribute('aria-label', 'Copied');
    setTimeout(() => button.setAttribute('aria-label', button.dataset.label), 1500);
}"""

VALUE = """(event) => {
    const { type, value } = event.target;
    if (type !== 'date' || !value || value >= '1000') emit(value);
}"""
"""What was chosen or typed; a date once its year is whole, for a browser tells of each digit."""


class TextField:
    """A labelled text input; its error shows under it and is tied to it for screen readers.

    `focused`: the keyboard goes there as soon as it is drawn, as in a dialog whose first field it is.
    """

    def __init__(  # noqa: PLR0913 - one field, all its words named
        self,
        label: str,
        *,
        value: str = "",
        hint: str = "",
        required: bool = False,
        lines: bool = False,
        placeholder: str = "",
        marker: str = "",
        focused: bool = False,
    ) -> None:
        with html.div().classes("field"):
            with html.label() as tag:
                html.span(label)
                if required:
                    html.span(" (required)").classes("required")
            self.input: ui.textarea | ui.input = ui.textarea(value=value) if lines else ui.input(value=value)
            self.input.without_auto_validation()  # it would take away an error that is set while one types
            self.input.props.update(
                {"for": f"f{self.input.id}", "autocomplete": "off", "spellcheck": "false"}
            )
            if lines:
                self.input.props.update({"autogrow": True, "input-style": "min-height:72px;max-height:260px"})
            tag.props["for"] = f"f{self.input.id}"
            if focused:
                self.input.props["autofocus"] = True
            if placeholder:
                self.input.props["placeholder"] = placeholder
            if marker:
                self.input.mark(marker)
            if hint:
                html.p(hint).classes("hint").props["id"] = f"h{self.input.id}"
                self.input.props["aria-describedby"] = f"h{self.input.id}"
            self.warning = html.p().classes("hint warning")
            self.warning.props["role"] = "status"
            self.warning.set_visibility(False)

    @property
    def value(self) -> str:
        """What is typed, as it stands."""
        return self.input.value or ""

    def set_error(self, text: str | None) -> None:
        """Show why the value is refused, or take the error away."""
        self.input.error = text or None
        self.input.update()

    def set_warning(self, text: str | None) -> None:
        """Say what merely looks odd; it may be sent all the same."""
        self.warning.text = text or ""
        self.warning.set_visibility(bool(text))

    def focus(self) -> None:
        """Move the keyboard to it."""
        self.input.run_method("focus")


def password_field(label: str, *, marker: str, is_new: bool = True, hint: str = "") -> TextField:
    """A field whose text is hidden, and which password managers know."""
    field = TextField(label, required=True, hint=hint, marker=marker)
    known = "new-password" if is_new else "current-password"
    field.input.props.update({"type": "password", "autocomplete": known})
    return field


def choice(
    options: Mapping[str, str],
    value: str,
    *,
    label: str,
    on_change: Callable[[str], Any],
    marker: str = "",
) -> Element:
    """A native select: it needs no popup of ours and every keyboard and screen reader knows it."""
    with html.select().classes("choice") as select:
        select.props["aria-label"] = label
        for key, text in options.items():
            option = html.option(text)
            option.props["value"] = key
            if key == value:
                option.props["selected"] = True
    select.on("change", lambda e: on_change(str(e.args)), js_handler="(e) => emit(e.target.value)")
    if marker:
        select.mark(marker)
    return select


def labelled_choice(
    options: Mapping[str, str], value: str, *, label: str, on_change: Callable[[str], Any], marker: str = ""
) -> Element:
    """The same with its label above it."""
    with html.div().classes("field"):
        html.span(label).classes("field-label").attributes(aria_hidden="true")
        return choice(options, value, label=label, on_change=on_change, marker=marker)


def copy_button(text: str, label: str) -> None:
    """Copies `text`, which is in the page anyway, without asking the server."""
    with html.button().classes("copy") as button:
        button.props.update({"type": "button", "aria-label": label, "data-copy": text, "data-label": label})
        ui.icon(icon("copy"), size="15px").props('aria-hidden="true"')
    button.on("click", js_handler=COPY_SCRIPT)
