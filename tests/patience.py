"""NiceGUI's simulated user, who looks more often than ten times a second and gives a busy machine time."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from nicegui.testing import User

LOOK_EVERY_S = 0.02
PATIENCE_S = 20.0


async def until(seen: Callable[[], bool]) -> bool:
    """Whether it is seen before the patience ends."""
    last = time.monotonic() + PATIENCE_S
    while not seen():
        if time.monotonic() > last:
            return False
        await asyncio.sleep(LOOK_EVERY_S)
    return True


def give_patience() -> None:
    """Whatever number of retries a test gives: a number of looks is no length of time."""
    see, not_see = User.should_see, User.should_not_see

    async def should_see(user: User, target: Any = None, *, retries: int = 1, **found_by: Any) -> None:
        if not await until(lambda: _sees(user, target, **found_by)):
            await see(user, target, retries=1, **found_by)

    async def should_not_see(user: User, target: Any = None, *, retries: int = 1, **found_by: Any) -> None:
        if not await until(lambda: not _sees(user, target, **found_by)):
            await not_see(user, target, retries=1, **found_by)

    User.should_see, User.should_not_see = should_see, should_not_see  # type: ignore[method-assign]


def _sees(user: User, target: Any = None, kind: Any = None, marker: Any = None, content: Any = None) -> bool:
    return user._sees(target, kind, marker, content)
