"""Promises of the house that no other tool checks: sizes, names, doors, and what never stands in a file."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = [ROOT / "api_client", ROOT / "dashboard"]
SOURCES = sorted(path for package in PACKAGES for path in package.rglob("*.py"))
EVERYTHING = SOURCES + sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40
BANNED_NAMES = {"utils", "helpers", "common", "manager", "util", "misc"}
TOP_LEVEL = {
    "pyproject.toml", "README.md", "dashboard", "api_client", "tests", "assets",
    "Makefile", "constraints.txt", ".ci", ".gitignore", "LICENSE",
}  # fmt: skip


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_a_file_is_one_idea_of_a_readable_size_and_says_which() -> None:
    """What is told names each file that does not keep it."""
    assert [relative(path) for path in EVERYTHING if path.stem in BANNED_NAMES] == []
    lines = {relative(path): len(path.read_text("utf-8").splitlines()) for path in EVERYTHING}
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}
    texts = {relative(path): path.read_text("utf-8").strip() for path in EVERYTHING}
    assert [path for path, text in texts.items() if text and not ast.get_docstring(ast.parse(text))] == []


def test_a_function_fits_on_a_screen() -> None:
    lines = {
        f"{relative(path)} {node.name}": node.end_lineno - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert {name: count for name, count in lines.items() if count > MOST_LINES_OF_A_FUNCTION} == {}


def test_only_the_shell_and_the_sign_in_declare_a_page_of_their_own() -> None:
    """Every other page is a sub page of the shell and cannot miss its guard."""
    with_pages = {
        relative(path)
        for path in SOURCES
        if re.search(r"^\s*@(ui|app)\.page\(", path.read_text("utf-8"), re.M)
    }
    assert with_pages <= {"dashboard/components/shell.py", "dashboard/pages/sign_in.py"}


def test_no_sink_through_which_foreign_text_could_become_markup() -> None:
    sinks = re.compile(
        r"v-html|sanitize=False|html=True|html_columns|\.props\(f|add_slot\([^)]*f['\"]|run_javascript\(f|ui\.html\("
    )
    hits = [
        f"{relative(path)}:{number}"
        for path in [*SOURCES, *sorted((ROOT / "dashboard").rglob("*.js"))]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if sinks.search(line)
    ]
    assert not hits


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {path.split("/")[0] for path in tracked} <= TOP_LEVEL


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    banned = re.compile(r"(?<![\w.-])/(?:work|root|farm)/|pypi\.org|registry\.npmjs|deb\.debian\.org")
    hits = [
        relative(path)
        for path in [*SOURCES, ROOT / "Makefile", ROOT / "constraints.txt", ROOT / "pyproject.toml"]
        if banned.search(path.read_text("utf-8"))
    ]
    assert not hits


def test_every_dependency_is_pinned_exactly() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").split()
    assert pins
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", pin) for pin in pins)
