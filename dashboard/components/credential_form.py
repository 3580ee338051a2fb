"""One generic form drawn from a provider's row; nothing in it knows a provider by name."""

from collections.abc import Mapping

from nicegui import ui

from dashboard.components import html
from dashboard.components.fields import TextField
from dashboard.providers import Kind, Provider, problems, warnings


class CredentialForm:
    """The fields of one provider. Stored secrets are never sent to the browser: their masks stand as a hint.

    `stored` are those masks by wire name; a single-valued field that has one may stay blank and is then kept.
    """

    def __init__(self, row: Provider, *, stored: Mapping[str, str | tuple[str, ...]] | None = None) -> None:
        self._row, self._stored = row, stored or {}
        self._fields = {field.key: self._draw(field.key) for field in row.fields}

    @property
    def raw(self) -> dict[str, str]:
        """What is typed, by wire name, as it stands."""
        return {key: field.value for key, field in self._fields.items()}

    def check(self) -> bool:
        """Show each field's problem or warning; whether it may be sent."""
        found = {key: text for key, text in problems(self._row, self.raw).items() if not self._keeps(key)}
        odd = warnings(self._row, self.raw)
        for key, field in self._fields.items():
            field.set_error(found.get(key))
            field.set_warning(odd.get(key) if key not in found else None)
        if found:
            self._fields[next(iter(found))].focus()
        return not found

    def show_errors(self, errors: Mapping[str, list[str]]) -> bool:
        """Put the server's complaints on the fields they name; whether any found its place."""
        placed = False
        for name, texts in errors.items():
            field = self._fields.get(name.rpartition(".")[2])
            if field:
                field.set_error(" ".join(texts))
                placed = True
        return placed

    def _keeps(self, key: str) -> bool:
        return not self.raw[key].strip() and isinstance(self._stored.get(key), str)

    def _draw(self, key: str) -> TextField:
        spec = next(field for field in self._row.fields if field.key == key)
        stored = self._stored.get(key)
        hint = spec.help
        if isinstance(stored, str) and stored:
            hint = f"{hint} Now: {stored}. Leave blank to keep it.".strip()
        return TextField(
            spec.label,
            hint=hint,
            placeholder=spec.example,
            required=spec.required and not isinstance(stored, str),
            lines=spec.kind is Kind.TOKENS,
            marker=f"field-{key}",
        )


def draw_note(row: Provider) -> None:
    """The provider's note, if there is one."""
    if row.note:
        with html.div().classes("notice"):
            ui.label(row.note)
