"""Tables of an import: scrolled by keyboard too, headed and captioned."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from dashboard.components import html


@contextmanager
def table(caption: str, headings: Sequence[str], *, look: str) -> Generator[html.Tag]:
    """Draw rows inside; yields the table's body."""
    region = (
        html.div().classes("people-wrap scrolls").attributes(tabindex=0, role="region", aria_label=caption)
    )
    with region, html.table().classes(f"people results {look}"):
        html.caption(caption).classes("visually-hidden")
        with html.thead(), html.tr():
            for name in headings:
                html.th(name).attributes(scope="col")
        with html.tbody() as body:
            yield body
