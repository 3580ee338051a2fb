"""Pages of plain HTML without a framework, so that nobody unknown makes the server build a NiceGUI page."""

from pathlib import Path

import nicegui
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from dashboard import paths
from dashboard.theme import asset_version

FONTS = f"/_nicegui/{nicegui.__version__}/static/fonts.css"
"""What the pages inside are written in; which fonts it names are fetched only where they are used."""


class PlainPages:
    """Draws them; every value is escaped by the template engine, and one that is missing is an error."""

    def __init__(self) -> None:
        loader = FileSystemLoader(Path(__file__).parent)
        self._templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )

    def answer(self, template: str, *, status: int, **values: object) -> HTMLResponse:
        """`values` hold the `title` and `how`, a sentence below it."""
        page = self._templates.get_template(template).render(
            assets=paths.ASSETS, fonts=FONTS, version=asset_version(), **values
        )
        return HTMLResponse(page, status_code=status)
