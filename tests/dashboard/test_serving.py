"""Who may be let in from another machine: nobody while the one-time link is the only door."""

import asyncio
from pathlib import Path

import pytest

from dashboard.app import build_context
from dashboard.auth import Role
from dashboard.serving import _check_host
from dashboard.settings import EXIT_BAD_CONFIGURATION, Settings


def test_other_machines_are_let_in_only_once_somebody_has_an_account(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data_dir=tmp_path, host="0.0.0.0", api_key="k" * 20, api_url="http://novu.test")  # type: ignore[arg-type]
    ctx = build_context(settings)
    with pytest.raises(SystemExit) as stopped:
        _check_host(ctx)
    assert stopped.value.code == EXIT_BAD_CONFIGURATION
    assert "operator add" in capsys.readouterr().err
    asyncio.run(ctx.operators.add("ada", Role.ADMIN, "a sentence that nobody guesses"))
    _check_host(ctx)
    asyncio.run(ctx.api.aclose())
