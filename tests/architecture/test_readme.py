"""What the README promises is what the code does."""

import re
import tomllib
from pathlib import Path

from dashboard.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def section(name: str) -> str:
    return README.split(f"<!-- {name} -->")[1].split(f"<!-- /{name} -->")[0]


def test_every_setting_stands_in_the_readme_and_nothing_else() -> None:
    documented = set(re.findall(r"^\| `(\w+)`", section("settings"), re.M))
    assert documented == {str(field.validation_alias) for field in Settings.model_fields.values()}


def test_every_dependency_says_what_it_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[<>=\[;]", one)[0] for one in project["dependencies"]}
    explained = set(
        re.findall(r"[\w-]+", " ".join(re.findall(r"^\| ([^|]+) \|", section("dependencies"), re.M)))
    )
    assert names <= explained


def test_every_file_and_folder_on_the_map_is_there() -> None:
    block = README.split("## The map of the house")[1].split("```")[1]
    folder = ROOT
    for line in block.splitlines():
        name = line.split()[0] if line.split() else ""
        if line and not line.startswith(" "):
            folder = ROOT / name.rstrip("/")
            assert folder.is_dir(), name
            continue
        for word in re.findall(r"^  ((?:[\w]+(?:\.py|/) ?)+)", line):
            for part in word.split():
                assert (folder / part).exists(), f"{folder.name}/{part}"


def test_every_command_of_the_readme_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", README, re.M):
        assert re.search(rf"^{target}:", makefile, re.M), target
