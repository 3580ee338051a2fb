"""What stands around every page: the environment's band, the navigation, the theme switch."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from nicegui import ui

from dashboard import paths
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.choices import keep_choice
from dashboard.components.connection import Connection
from dashboard.components.icons import icon
from dashboard.components.privacy import Privacy, privacy_switch
from dashboard.environment import Environment

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
KEPT_S = 365 * 24 * 3600
_DARK: dict[str, bool | None] = {"auto": None, "light": False, "dark": True}
_NEXT_WORDS = {"auto": "as the system", "light": "light", "dark": "dark"}
_ICONS = {"auto": "auto", "light": "sun", "dark": "moon"}


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a visit finds in its frame. `entries`: where its role may go; `run`: this run of the program.

    `on_account` opens one's own account, for whoever has one.
    """

    actor: str
    theme: str
    privacy: Privacy
    entries: Sequence[paths.NavEntry]
    run: str
    on_account: Callable[[], object] | None = None


@contextmanager
def frame(environment: Environment, look: Look) -> Generator[None]:
    """Draw the frame; what is drawn inside stands on its stage."""
    dark = ui.dark_mode(_DARK.get(look.theme))
    band = _band(environment)
    with html.div().classes("shell"):
        with html.nav().classes("rail") as rail:
            rail.props["aria-label"] = "Main"
            brand = html.a("Operator dashboard").classes("brand")
            brand.attributes(href=paths.SUBSCRIBERS, aria_label="Operator dashboard, to the subscribers")
            _navigation(look.entries)
            _foot(dark, look)
        with html.div().classes("stage") as stage:
            place = html.div()
            yield
    with band:
        Connection(look.run, place=place)
    ui.skip_link("Skip to content", target=stage)


def _band(environment: Environment) -> html.Tag:
    with html.div().classes("band").mark("environment-band") as band:
        band.style(f"--band-colour:{environment.colour}")  # a checked #rrggbb (settings)
        html.span(environment.name)
        if environment.host or environment.note:
            html.span("·").props('aria-hidden="true"')
            html.span(environment.host or environment.note).classes("clip")
    return band


def _navigation(entries: Sequence[paths.NavEntry]) -> None:
    links: list[tuple[str, html.Tag]] = []
    for entry in entries:
        with html.a(entry.label).classes("nav") as link:
            link.props["href"] = entry.path
            ui.icon(icon(entry.icon), size="18px").props('aria-hidden="true"')
        links.append((entry.path, link))

    def mark_current(path: str) -> None:
        current = urlsplit(path).path
        for root, link in links:
            if current == root or current.startswith(root + "/"):
                link.props["aria-current"] = "page"
            else:
                link.props.pop("aria-current", None)

    router = ui.context.client.sub_pages_router
    mark_current(router.current_path if router.current_path != paths.HOME else paths.SUBSCRIBERS)
    router.on_path_changed(mark_current)


def _foot(dark: ui.dark_mode, look: Look) -> None:
    with html.div().classes("foot"):
        html.div(f"Signed in as {look.actor}").classes("wide")
        with html.div().classes("row-x"):
            _theme_switch(dark, look.theme)
            privacy_switch(look.privacy)
            if look.on_account:
                button(icon="settings", label="Your account", look="bare", on_click=look.on_account).mark(
                    "own-account"
                )
            with html.form() as form:
                form.props.update({"method": "post", "action": paths.SIGN_OUT})
                button(icon="logout", label="Sign out", look="bare").props["type"] = "submit"


def _theme_switch(dark: ui.dark_mode, theme: str) -> None:
    state = {"theme": theme if theme in THEMES else "auto"}

    def word() -> None:
        switch.props["icon"] = icon(_ICONS[state["theme"]])
        switch.props["aria-label"] = f"Theme: {_NEXT_WORDS[state['theme']]}. Change"

    def turn() -> None:
        state["theme"] = THEMES[(THEMES.index(state["theme"]) + 1) % len(THEMES)]
        dark.value = _DARK[state["theme"]]
        word()
        ui.run_javascript(keep_choice(THEME_COOKIE, state["theme"], seconds=KEPT_S))

    switch = button(icon="auto", label="Theme", look="bare", on_click=turn).mark("theme-switch")
    word()
