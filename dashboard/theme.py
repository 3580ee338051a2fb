"""Colours, style sheet and static files: what every page looks like before it has content."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

from pathlib import Path

from nicegui import app, ui

from dashboard import paths

# The project root in a checkout; inside the package in an installed wheel (pyproject: force-include).
_PLACES = (Path(__file__).parents[1] / "assets", Path(__file__).parent / "assets")


def assets_folder() -> Path:
    """Where logo, icon and style sheet lie."""
    return next(place for place in _PLACES if place.is_dir())


def asset_version() -> int:
    """Changes with style sheet and script, so that browsers fetch new ones at once."""
    return int(max((assets_folder() / name).stat().st_mtime for name in ("theme.css", "names.js")))


def install_theme() -> None:
    """Serve the assets and give every page our style sheet; call once at start."""
    folder = assets_folder()
    app.add_static_files(paths.ASSETS, folder, max_cache_age=3600)
    version = asset_version()
    ui.add_head_html(
        f'<link rel="stylesheet" href="{paths.ASSETS}/theme.css?v={version}">'
        f'<script type="module" src="{paths.ASSETS}/names.js?v={version}"></script>',
        shared=True,
    )
    # Quasar reads these for what we do not style ourselves; contrast checked in both themes.
    app.colors(
        primary="#4046c9",
        secondary="#0f766e",
        positive="#1b7f3b",
        negative="#b3261e",
        warning="#8a5a00",
        info="#3f4147",
        dark="#16171a",
    )
    app.config.quasar_config["loadingBar"] = {"skipHijack": True}
    ui.button.default_props("unelevated no-caps :ripple=false")
    ui.input.default_props("outlined dense hide-bottom-space")
    ui.textarea.default_props("outlined dense hide-bottom-space")
