"""The second step: which column goes where, which word clears a value, which row of a repeated id counts."""

from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.fields import TextField, choice, labelled_choice
from dashboard.components.permission_button import permission_button
from dashboard.csv_io.incoming.duplicates import RULES, Rule
from dashboard.csv_io.incoming.fields import NOWHERE, TITLES, credential_keys, destination, is_secret, title
from dashboard.csv_io.incoming.frames import ColumnProfile
from dashboard.csv_io.incoming.mapping import left_out, repeated
from dashboard.pages.imports.tables import table
from dashboard.pages.imports.wizard import Step, Wizard
from dashboard.providers.masks import DOTS


class ColumnsStep:
    """Every change counts at once; what was chosen is remembered once it is imported."""

    def __init__(self, wizard: Wizard) -> None:
        self.wizard = wizard
        self.preparation = wizard.draft.preparation

    def draw(self) -> None:
        read, found = self.preparation.table, self.preparation.profile
        if read is None or found is None:
            return
        with html.div().classes("card"):
            with html.div().classes("card-head"):
                html.h2("Match columns").classes("grow")
                button("Back", icon="back", on_click=lambda: self.wizard.go(Step.FILE)).mark("import-back")
                self.next = permission_button(
                    "Check all rows",
                    Permission.WRITE,
                    self.wizard.stage,
                    look="primary",
                    on_click=lambda: self.wizard.go(Step.CHECK),
                ).mark("import-check")
                self.may_go = self.next.enabled
            self.notes = html.div().classes("card-body").mark("mapping-notes")
            self._draw_columns(found.columns)
        with html.div().classes("card padded"), html.div().classes("stack-l narrow"):
            self._draw_choices()
        self._say(read.heading)

    def leave(self) -> None:
        """Every choice is with the draft already."""

    def _draw_columns(self, columns: tuple[ColumnProfile, ...]) -> None:
        with table(
            "Columns of the file and what they become", ("Column", "Examples", "Import as"), look="mapping"
        ):
            for index, column in enumerate(columns):
                self._draw_column(index, column)

    def _draw_column(self, index: int, column: ColumnProfile) -> None:
        key = self.preparation.columns[index]
        with html.tr().mark("mapped-column"):
            html.th(column.name).attributes(scope="row").classes("breakable")
            with html.td(), html.div().classes("examples"):
                examples = DOTS if is_secret(key) else " · ".join(column.examples) or "—"
                html.span(examples).classes("breakable")
                html.span(f"{column.filled:,} filled, {column.distinct:,} unique").classes("muted small")
            with html.td():
                choice(
                    self._options(column.name, key),
                    key,
                    label=f"Import {column.name} as",
                    on_change=lambda value, index=index: self._on_choice(index, value),
                    marker=f"column-{index}",
                )

    def _options(self, heading: str, chosen: str) -> dict[str, str]:
        """Nowhere, the fields, custom data under the heading's name, credentials for those who may."""
        name = heading.strip().removeprefix("data.").removesuffix(":json") or "value"
        own = [f"data.{name}", f"data.{name}:json"]
        keys = [*TITLES, *(key for key in own if destination(key))]
        keys += credential_keys() if self.wizard.may_set_credentials else ()
        keys += [chosen] if chosen and chosen not in keys else []
        return {NOWHERE: title(NOWHERE), **{key: title(key) for key in keys}}

    def _on_choice(self, index: int, value: str) -> None:
        if value == NOWHERE or destination(value):
            self.preparation.map(index, value)
            self._say(self.preparation.table.heading if self.preparation.table else ())

    def _say(self, heading: tuple[str, ...]) -> None:
        """What stands in the way, and what is left out."""
        problems = self.wizard.mapping_problems
        self.next.set_enabled(self.may_go and not problems)
        out = left_out(heading, self.preparation.columns)
        twice = repeated(heading)
        with self.notes.clear():
            for text in problems:
                with html.div().classes("notice bad").attributes(role="alert"):
                    html.p(text).classes("breakable")
            if twice:
                with html.div().classes("notice warn").attributes(role="status"):
                    html.p(f"More than one column has this name: {', '.join(twice)}.").classes("breakable")
            if out:
                text = f"Not imported: {', '.join(out)}."
                html.p(text).classes("muted breakable").attributes(role="status").mark("left-out-columns")

    def _draw_choices(self) -> None:
        html.p("Empty cells leave the stored value as it is.").classes("muted")
        clear = TextField(
            "Text that clears a value",
            value=self.preparation.clear,
            hint="For example <none>. Leave it empty to clear nothing.",
            marker="import-clear",
        )
        clear.input.on_value_change(lambda: self.preparation.decide(clear=clear.value.strip()))
        labelled_choice(
            {rule.value: text for rule, text in RULES.items()},
            self.preparation.rule.value,
            label="If an id appears more than once",
            on_change=lambda value: self.preparation.decide(rule=Rule(value)),
            marker="import-rule",
        )
