"""A bar chart that is a plain list, number and words first, so that a screen reader reads it as one."""

from collections.abc import Sequence

from dashboard.components import html


def bars(rows: Sequence[tuple[str, int, str]], total: int) -> None:
    """Words, number and tone of each bar; `total` is the whole length."""
    with html.ul().classes("bars"):
        for words, number, tone in rows:
            with html.li().classes("" if number else "none"):
                html.span(f"{number:,}").classes("num bars-number")
                html.span(words).classes("bars-words breakable")
                with html.span().classes("bars-line").attributes(aria_hidden="true"):
                    part = 100 * number / max(total, 1)
                    html.span().classes(f"bars-fill {tone}").style(f"width:{part:.1f}%")
