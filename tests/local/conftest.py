"""The one fixture of these tests: an API in the recorded state."""

from collections.abc import AsyncIterator

import pytest

from tests.local.service import Api, embedded_api


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with embedded_api() as found:
        yield found
