"""What this replica stands on: its database, without which it cannot serve, and the API."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from api_client import ApiError, CallOptions, KeyRejected, Refused
from dashboard.clock import Clock
from dashboard.reading import Reader

KEPT_FOR = timedelta(seconds=5)  # probes come every few seconds and must not eat the rate budget
PATIENCE_S = 3.0
OK = "ok"
_ONE_TRY = CallOptions(attempts=1, deadline=PATIENCE_S)


class Readiness:
    """Asks both at most every five seconds, however many probes come."""

    def __init__(self, ask_database: Callable[[], Awaitable[object]], reader: Reader, clock: Clock) -> None:
        self._ask_database = ask_database
        self._reader = reader
        self._clock = clock
        self._lock = asyncio.Lock()
        self._known: tuple[datetime, Mapping[str, str]] | None = None

    async def parts(self) -> Mapping[str, str]:
        """What each part says: `ok`, or in two words what is wrong."""
        async with self._lock:
            now = self._clock.now()
            if self._known is None or now - self._known[0] >= KEPT_FOR:
                database, api = await asyncio.gather(self._database(), self._api())
                self._known = (now, {"database": database, "api": api})
            return self._known[1]

    async def _database(self) -> str:
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._ask_database()
        except (SQLAlchemyError, TimeoutError):
            return "no answer"
        return OK

    async def _api(self) -> str:
        """A refusal is an answer, unless it is the key that is refused."""
        try:
            await self._reader.environments.me(options=_ONE_TRY)
        except KeyRejected:
            return "key refused"
        except Refused as error:
            return OK if error.status < 500 else "failing"
        except ApiError:
            return "no answer"
        return OK
