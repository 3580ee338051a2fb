"""Operators with a password, put into a data folder before the dashboard over it is started."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dashboard.app import build_context
from dashboard.auth import Role
from dashboard.settings import Settings

PASSWORD = "a sentence that nobody guesses"


def add_accounts(data_dir: Path, roles: Mapping[str, str]) -> None:
    """Name → role."""
    with ThreadPoolExecutor(1) as beside:  # Playwright has a loop of its own on this thread
        beside.submit(asyncio.run, _add(data_dir, roles)).result()


async def _add(data_dir: Path, roles: Mapping[str, str]) -> None:
    ctx = build_context(Settings(data_dir=data_dir, api_key="no-call-is-made"))  # type: ignore[arg-type]  # as the environment gives it
    for name, role in roles.items():
        await ctx.operators.add(name, Role(role), PASSWORD)
    await ctx.api.aclose()
