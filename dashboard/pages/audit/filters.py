"""The filters of the log: who, action, outcome, about, environment, from and to which day."""

from collections.abc import Callable, Iterable, Mapping

from nicegui import ui

from dashboard.audit import Known
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.fields import VALUE, choice
from dashboard.components.keep_place import keep_place
from dashboard.pages.audit import words
from dashboard.pages.audit.state import EVERYTHING, AuditState

OnFilter = Callable[[str, str], None]
OUTCOMES = {
    **{outcome.value: word for outcome, (word, _) in words.OUTCOMES.items()},
    EVERYTHING: "Every line, including starts",
}


class Filters:
    """Drawn anew only for what did not come from here: what is being typed beside it is not lost."""

    def __init__(self, *, on_filter: OnFilter, on_clear: Callable[[], None]) -> None:
        self.on_filter, self.on_clear = on_filter, on_clear
        self.shown: tuple[AuditState, Known] | None = None
        self.card = html.div().classes("card")
        self.card.set_visibility(False)
        keep_place(self.card)

    def show(self, state: AuditState, known: Known) -> None:
        """The filter that holds, and the choices there are."""
        self.card.set_visibility(True)
        if self.shown != (state.filter, known):
            with self.card.clear():
                self.clearing = draw_filters(state, known, on_filter=self._changed, on_clear=self.on_clear)
        self.shown = state.filter, known
        self.clearing.set_visibility(state.is_filtered)

    def _changed(self, name: str, value: str) -> None:
        if self.shown:
            state, known = self.shown
            self.shown = state.filtered(name, value), known
        self.on_filter(name, value)


def draw_filters(
    state: AuditState, known: Known, *, on_filter: OnFilter, on_clear: Callable[[], None]
) -> ui.button:
    """A row of native controls; each change is heard at once. The button that clears them comes back."""
    with html.div().classes("audit-filters").attributes(role="search", aria_label="Filter the audit log"):
        _choice("who", ("Who", "Anyone"), _same(known.actors), state.who, on_filter)
        names = {name: words.action(name) for name in known.names}
        _choice("action", ("Action", "Any action"), names, state.action, on_filter)
        _choice("outcome", ("Outcome", "Any outcome"), OUTCOMES, state.outcome, on_filter)
        if len(known.environments) > 1 or state.where:
            _choice(
                "where", ("Environment", "Any environment"), _same(known.environments), state.where, on_filter
            )
        _input("about", "About", "search", state.about, on_filter, placeholder="Any part of an id")
        _input("since", "From (UTC)", "date", state.since, on_filter)
        _input("until", "To (UTC)", "date", state.until, on_filter)
        return button("Clear filters", on_click=on_clear).mark("audit-clear")


def _choice(
    name: str, words: tuple[str, str], values: Mapping[str, str], value: str, on_filter: OnFilter
) -> None:
    """`words`: the label, and what stands for no filter."""
    label, nothing = words
    known = {"": nothing, **values} | ({value: value} if value and value not in values else {})
    with _labelled(label):
        choice(known, value, label=label, on_change=lambda v: on_filter(name, v), marker=f"audit-{name}")


def _same(values: Iterable[str]) -> dict[str, str]:
    return {one: one for one in values}


def _input(
    name: str, label: str, kind: str, value: str, on_filter: OnFilter, *, placeholder: str = ""
) -> None:
    with _labelled(label):
        box = html.input_().classes("choice").mark(f"audit-{name}")
        box.attributes(
            type=kind, defaultValue=value, aria_label=label, placeholder=placeholder, autocomplete="off"
        )
        box.on("change", lambda e: on_filter(name, str(e.args)), js_handler=VALUE)


def _labelled(label: str) -> html.Tag:
    box = html.div().classes("audit-filter")
    with box:
        html.span(label).classes("field-label").attributes(aria_hidden="true")
    return box
