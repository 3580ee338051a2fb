"""Tables of an import: scrolled by keyboard too, headed, captioned; and bars that are a list."""

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


def bars(rows: Sequence[tuple[str, int, str]], total: int) -> None:
    """A chart that is a list: a number, its words, its bar."""
    with html.ul().classes("bars"):
        for words, number, tone in rows:
            with html.li():
                html.span(f"{number:,}").classes("num bars-number")
                html.span(words).classes("bars-words breakable")
                with html.span().classes("bars-line").attributes(aria_hidden="true"):
                    part = 100 * number / max(total, 1)
                    html.span().classes(f"bars-fill {tone}").style(f"width:{part:.1f}%")
