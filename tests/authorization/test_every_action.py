"""Every action there is: guarded, with a name of its own, and with words for the audit log."""

import ast
from pathlib import Path

import pytest

from dashboard.auth import Permission, Role, allows
from dashboard.pages.audit import words

FOLDER = Path(words.__file__).parents[2] / "actions"


def declared() -> list[tuple[str, Permission]]:
    """Name and permission of each, as written in the code."""
    calls = (
        node
        for path in sorted(FOLDER.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "action"
    )
    return [(_text(call.args[0]), _permission(call)) for call in calls]


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant)
    return str(node.value)


def _permission(call: ast.Call) -> Permission:
    needs = next(one.value for one in call.keywords if one.arg == "needs")
    assert isinstance(needs, ast.Attribute)
    return Permission[needs.attr]


ACTIONS = declared()
each = pytest.mark.parametrize(("name", "needs"), ACTIONS, ids=[name for name, _ in ACTIONS])
OTHERS = [one for one in ACTIONS if not one[0].startswith("own.")]
each_of_others = pytest.mark.parametrize(("name", "needs"), OTHERS, ids=[name for name, _ in OTHERS])


def test_there_are_actions_and_no_two_are_called_the_same() -> None:
    names = [name for name, _ in ACTIONS]
    assert len(names) > 30
    assert len(set(names)) == len(names)


@each_of_others
def test_a_viewer_may_not(name: str, needs: Permission) -> None:
    """What is about one's own account, everybody may."""
    assert not allows(Role.VIEWER, needs)


@each
def test_the_log_has_words_for_it(name: str, needs: Permission) -> None:
    assert name in words.ACTIONS


@each_of_others
def test_only_administrators_manage_operators_and_read_the_log(name: str, needs: Permission) -> None:
    is_theirs = name.startswith(("operator.", "audit."))
    assert allows(Role.ADMIN, needs)
    assert allows(Role.OPERATOR, needs) is not (is_theirs or needs is Permission.IMPORT_CREDENTIALS)


def test_whatever_is_written_is_done_by_an_action() -> None:
    """Nothing but actions holds the whole client; pages see the reading half of it."""
    pages = FOLDER.parent / "pages"
    for path in [*pages.rglob("*.py"), *(FOLDER.parent / "components").rglob("*.py")]:
        for line in path.read_text("utf-8").splitlines():
            assert "ctx.api." not in line or "ctx.api.budget()" in line, path
