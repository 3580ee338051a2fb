"""The filters of the log: who, action, outcome, about, environment, from and to which day."""

from collections.abc import Callable, Iterable, Mapping

from dashboard.audit import Known
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.fields import choice
from dashboard.pages.audit import words
from dashboard.pages.audit.state import EVERYTHING, AuditState

OnFilter = Callable[[str, str], None]
OUTCOMES = {
    **{outcome.value: word for outcome, (word, _) in words.OUTCOMES.items()},
    EVERYTHING: "Every line, also of what began",
}
VALUE = "(e) => emit(e.target.value)"


def draw_filters(
    state: AuditState, known: Known, *, on_filter: OnFilter, on_clear: Callable[[], None]
) -> None:
    """A row of native controls; each change is heard at once."""
    with html.div().classes("audit-filters").attributes(role="search", aria_label="Filter the audit log"):
        _choice("who", ("Who", "Everybody"), _same(known.actors), state.who, on_filter)
        names = {name: words.action(name) for name in known.names}
        _choice("action", ("Action", "Every action"), names, state.action, on_filter)
        _choice("outcome", ("Outcome", "Every outcome"), OUTCOMES, state.outcome, on_filter)
        if len(known.environments) > 1 or state.where:
            _choice("where", ("Environment", "Every one"), _same(known.environments), state.where, on_filter)
        _input("about", "About", "search", state.about, on_filter, placeholder="Any part of an id")
        _input("since", "From (UTC)", "date", state.since, on_filter)
        _input("until", "To (UTC)", "date", state.until, on_filter)
        if state.is_filtered:
            button("Clear filters", on_click=on_clear).mark("audit-clear")


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
        box.attributes(type=kind, value=value, aria_label=label, placeholder=placeholder, autocomplete="off")
        box.on("change", lambda e: on_filter(name, str(e.args)), js_handler=VALUE)


def _labelled(label: str) -> html.Tag:
    box = html.div().classes("audit-filter")
    with box:
        html.span(label).classes("field-label").attributes(aria_hidden="true")
    return box
