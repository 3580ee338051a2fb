"""One generic form drawn from a provider's row; nothing in it knows a provider by name."""

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.components import html
from dashboard.components.text_box import TextBox
from dashboard.providers import Field, Kind, Provider, payload, problems, warnings


class CredentialForm:
    """The fields of one provider. Stored secrets are never sent to the browser: their masks stand as a hint.

    `stored` are those masks by wire name: such a field may stay blank and then keeps what is stored.
    `draft` names this form among those whose text waits in the browser while the page is away.
    """

    def __init__(
        self,
        row: Provider,
        *,
        stored: Mapping[str, str | tuple[str, ...]] | None = None,
        draft: str = "",
        on_submit: Callable[[], Any] | None = None,
    ) -> None:
        self._row, self._draft, self._on_submit = row, draft, on_submit
        self._stored = {key: mask for key, mask in (stored or {}).items() if isinstance(mask, str)}
        self._clearing: set[str] = set()
        self._boxes = {field.key: self._draw(field) for field in row.fields}

    @property
    def raw(self) -> dict[str, str]:
        """What is typed, by wire name, as it stands."""
        return {key: box.value for key, box in self._boxes.items()}

    @property
    def wanted(self) -> dict[str, str | list[str]]:
        """What to send: what was filled in, and an empty text for what is to be cleared."""
        return {**dict.fromkeys(self._clearing, ""), **payload(self._row, self.raw)}

    def check(self) -> bool:
        """Show each field's problem or warning; whether it may be sent."""
        found = problems(self._row, self.raw, kept=self._stored)
        found |= {key: box.too_large for key, box in self._boxes.items() if box.too_large}
        odd = warnings(self._row, self.raw)
        for key, box in self._boxes.items():
            box.set_error(found.get(key))
            box.set_warning(odd.get(key) if key not in found else None)
        if found:
            self._boxes[next(key for key in self._boxes if key in found)].focus()
        return not found

    def show_errors(self, errors: Mapping[str, list[str]]) -> bool:
        """Put the server's complaints on the fields they name; whether any found its place."""
        placed = False
        for name, texts in errors.items():
            box = self._boxes.get(name.rpartition(".")[2])
            if box:
                box.set_error(" ".join(texts))
                placed = True
        return placed

    def focus(self) -> None:
        """Move the keyboard to the first field."""
        next(iter(self._boxes.values())).focus()

    def _draw(self, field: Field) -> TextBox:
        mask = self._stored.get(field.key)
        box = TextBox(
            field.label,
            hint=f"{field.help} Now: {mask}. Leave blank to keep it.".strip() if mask else field.help,
            example=field.example,
            required=field.required and not mask,
            lines=4 if field.kind is Kind.TOKENS else 1,
            marker=f"field-{field.key}",
            name=field.key,
            draft=f"{self._draft}:{field.key}" if self._draft else "",
            on_submit=self._on_submit,
        )
        if mask and not field.required:
            self._draw_clearing(field)
        return box

    def _draw_clearing(self, field: Field) -> None:
        with html.label().classes("tick"):
            tick = html.input_().attributes(type="checkbox")
            html.span(f"Clear the stored {field.label.lower()}")
        tick.on(
            "change",
            lambda e: self._clear(field.key, bool(e.args)),
            js_handler="(e) => emit(e.target.checked)",
        )

    def _clear(self, key: str, is_ticked: bool) -> None:
        (self._clearing.add if is_ticked else self._clearing.discard)(key)


def draw_note(row: Provider) -> None:
    """The provider's note, if there is one."""
    if row.note:
        with html.div().classes("notice"):
            html.p(row.note)
