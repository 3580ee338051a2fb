"""A few rows typed by hand: plain text boxes in a table, read as if they were a file."""

from collections.abc import Callable

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.csv_io.incoming.fields import TITLES
from dashboard.import_drafts import GRID_COLUMNS, GRID_ROWS
from dashboard.pages.imports.tables import table

MOST_ROWS = 50
LONGEST = 2000


class Grid:
    """`rows` holds what is typed, so that drawing it again loses nothing; `on_typed` hears of it."""

    def __init__(
        self, rows: list[list[str]], *, on_typed: Callable[[], None], on_done: Callable[[], None]
    ) -> None:
        self.rows, self.on_typed, self.on_done = rows, on_typed, on_done

    def draw(self) -> None:
        names = [TITLES[key] for key in GRID_COLUMNS]
        with table("Rows to import", names, look="grid-table") as self.body:
            for number in range(len(self.rows)):
                self._draw_row(number)
        with html.div().classes("row-x wrap"):
            self.more = button("More rows", icon="plus", on_click=self._add)
            button("Continue", look="primary", on_click=self.on_done).mark("grid-continue")

    def _draw_row(self, number: int) -> None:
        with html.tr():
            for at, key in enumerate(GRID_COLUMNS):
                with html.td():
                    box = html.input_().classes("grid-cell").mark(f"grid-{number}-{at}")
                    box.attributes(
                        type="text",
                        defaultValue=self.rows[number][at],  # a redraw leaves what is typed
                        aria_label=f"{TITLES[key]}, row {number + 1}",
                        autocomplete="off",
                        maxlength=LONGEST,
                    )
                    box.on(
                        "input",
                        lambda e, number=number, at=at: self._typed(number, at, str(e.args)),
                        js_handler="(e) => emit(e.target.value)",
                    )

    def _typed(self, number: int, at: int, text: str) -> None:
        self.rows[number][at] = text[:LONGEST]
        self.on_typed()

    def _add(self) -> None:
        first = len(self.rows)
        self.rows.extend([""] * len(GRID_COLUMNS) for _ in range(GRID_ROWS))
        with self.body:
            for number in range(first, len(self.rows)):
                self._draw_row(number)
        self.more.set_enabled(len(self.rows) < MOST_ROWS)
