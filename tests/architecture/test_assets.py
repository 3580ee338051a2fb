"""Files that the pages refer to are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_asset_that_the_code_names_exists() -> None:
    named = {
        name
        for path in (ROOT / "dashboard").rglob("*.py")
        for name in re.findall(r"\{paths\.ASSETS\}/([\w.-]+)", path.read_text("utf-8"))
    }
    named |= set(re.findall(r"url\(\"([\w.-]+)", (ROOT / "assets" / "theme.css").read_text("utf-8")))
    assert named >= {"theme.css", "names.js", "logo.svg"}
    assert all((ROOT / "assets" / name).is_file() for name in named)


def test_both_themes_define_the_same_colours() -> None:
    css = (ROOT / "assets" / "theme.css").read_text("utf-8")
    light, dark = (
        set(re.findall(r"(--[\w-]+):", block))
        for block in re.findall(r"(?:root|body--dark) \{(.*?)\n\}", css, re.S)[:2]
    )
    only_light = {"--font", "--mono", "--radius", "--radius-s", "--rail", "--band", "--bar", "--row"}
    assert light - only_light == dark
