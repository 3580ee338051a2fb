"""The sign-in page: plain HTML without a framework, so that nobody unknown makes the server build a page."""

from pathlib import Path

import nicegui
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from dashboard import paths
from dashboard.theme import asset_version

HOW_BY_LINK = (
    "Open the link that the dashboard printed in its terminal when it started, or paste its token here."
)
HOW_BY_NAME = "With the name and password that an administrator gave you."
FONTS = f"/_nicegui/{nicegui.__version__}/static/fonts.css"
"""What the pages inside are written in; which fonts it names are fetched only where they are used."""


class SignInForm:
    """Draws the page; every value is escaped by the template engine."""

    def __init__(self, *, with_sign_on: bool) -> None:
        self._with_sign_on = with_sign_on
        loader = FileSystemLoader(Path(__file__).parent)
        environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        self._template = environment.get_template("sign_in.html")

    def answer(  # noqa: PLR0913 - one page, all its words named
        self,
        *,
        with_password: bool,
        wanted: str,
        problem: str = "",
        name: str = "",
        status: int = 200,
        was_out: bool = False,
        is_over: bool = False,
    ) -> HTMLResponse:
        """The page, with what was wrong and what was typed; never with a password.

        `is_over`: a session ended in mid-work. `was_out`: somebody has just signed out, and may want to sign
        out of the provider too.
        """
        page = self._template.render(
            assets=paths.ASSETS,
            fonts=FONTS,
            version=asset_version(),
            action=paths.SIGN_IN,
            sign_on=paths.sign_on(wanted) if self._with_sign_on else "",
            sign_on_out=paths.SIGN_ON_OUT if self._with_sign_on and was_out else "",
            how=HOW_BY_NAME if with_password else HOW_BY_LINK,
            with_password=with_password,
            wanted=wanted,
            problem=problem,
            name=name,
            is_over=is_over,
        )
        return HTMLResponse(page, status_code=status)
