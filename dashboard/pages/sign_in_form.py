"""The sign-in page: what it says, and what it asks for."""

from starlette.responses import HTMLResponse

from dashboard import paths
from dashboard.auth.halfway import Then
from dashboard.pages.plain_pages import PlainPages

HOW_BY_LINK = (
    "Open the link that the dashboard printed in its terminal when it started, or paste its token here."
)
TITLES = {
    Then.ENTER: ("Sign in", "With the name and password that an administrator gave you."),
    Then.SET_UP: (
        "Set up a second factor",
        "First confirm that it is you. This signs you out everywhere else.",
    ),
    Then.TURN_OFF: (
        "Turn off the second factor",
        "First confirm that it is you, with a code as well. This signs you out everywhere else.",
    ),
}


class SignInForm:
    """Draws the page."""

    def __init__(self, *, with_sign_on: bool) -> None:
        self._with_sign_on = with_sign_on
        self._pages = PlainPages()

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
        then: Then = Then.ENTER,
    ) -> HTMLResponse:
        """The page, with what was wrong and what was typed; never with a password.

        `is_over`: a session ended in mid-work. `was_out`: somebody has just signed out, and may want to sign
        out of the provider too.
        """
        title, how = TITLES[then]
        is_entrance = then is Then.ENTER
        return self._pages.answer(
            "sign_in.html",
            status=status,
            title=title,
            how=how if with_password else HOW_BY_LINK,
            action=paths.SIGN_IN,
            sign_on=paths.sign_on(wanted) if self._with_sign_on and is_entrance else "",
            sign_on_out=paths.SIGN_ON_OUT if self._with_sign_on and was_out else "",
            with_password=with_password,
            wanted=wanted,
            problem=problem,
            name=name,
            is_over=is_over,
            then="" if is_entrance else then.value,
            verb="Sign in" if is_entrance else "Go on",
        )
