"""An operator who has used the one-time link."""

from collections.abc import AsyncIterator

import pytest
from nicegui.testing import User

from dashboard import paths
from tests import harness


@pytest.fixture
async def operator(user: User) -> AsyncIterator[User]:
    """A signed-in visitor."""
    ctx = harness.current().ctx
    token = await ctx.links.issue()
    answer = await user.http_client.get(f"{paths.OPEN}?token={token}")
    assert answer.status_code == 303
    yield user
    await ctx.api.aclose()
