"""Accounts in a terminal: the first one, and the way back in for who has lost phone and recovery codes."""

import asyncio
import io
from pathlib import Path

import pytest

from dashboard import accounts_cli
from dashboard.app import build_context
from dashboard.audit import AuditFilter, Outcome
from dashboard.auth import Role, passwords
from dashboard.auth.one_time_codes import new_key
from dashboard.context import AppContext
from dashboard.settings import load_settings
from tests.dashboard.authenticator import code_of
from tests.dashboard.blank import put_database

PASSWORD = "a sentence that nobody guesses"


@pytest.fixture
def ctx(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppContext:
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("NOVU_SECRET_KEY", "key-that-is-long-enough")
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)
    put_database(tmp_path / "dashboard.sqlite")
    return build_context(load_settings())


def test_the_first_account_is_made_and_its_password_is_read_and_no_argument(
    ctx: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert accounts_cli.main(["operator", "add", "ada", "--role", "admin"]) == 0
    ada = asyncio.run(ctx.operators.check("ada", PASSWORD))
    assert ada
    assert ada.role is Role.ADMIN
    (line,) = asyncio.run(ctx.audit.page())
    assert (line.name, line.subject, line.after) == ("operator.added", "ada", {"role": "admin"})


def test_a_second_factor_is_reset_and_that_is_on_record(
    ctx: AppContext, capsys: pytest.CaptureFixture[str]
) -> None:
    async def arrange() -> None:
        await ctx.operators.add("ada", Role.ADMIN, PASSWORD)
        key = new_key()
        await ctx.second_factors.turn_on("ada", key, code_of(key, ctx.clock.now()), instead_of="")

    asyncio.run(arrange())
    assert accounts_cli.main(["operator", "list"]) == 0
    assert "second factor" in capsys.readouterr().out
    assert accounts_cli.main(["operator", "reset-second-factor", "ada"]) == 0
    assert asyncio.run(ctx.second_factors.all()) == {}
    wanted = AuditFilter(name="operator.second_factor_reset")
    (line,) = asyncio.run(ctx.audit.page(wanted))
    assert (line.subject, line.outcome) == ("ada", Outcome.DONE)
    assert line.actor.endswith(" (terminal)")
    assert accounts_cli.main(["operator", "reset-second-factor", "ada"]) == 1
    assert "has no second factor" in capsys.readouterr().err
