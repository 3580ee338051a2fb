"""Who has shown a short while ago that it is really them: asked for before secrets and accounts."""

from datetime import datetime, timedelta

from dashboard.auth.links import LOCAL_ACTOR
from dashboard.clock import Clock

FOR = timedelta(minutes=5)


class Proofs:
    """Known in this process only: after a restart, or at another replica, it is asked for once more."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at: dict[str, datetime] = {}

    def note(self, session_id: str) -> None:
        """The password was right, or the identity provider has just asked for it."""
        now = self._clock.now()
        self._at = {one: at for one, at in self._at.items() if now - at < FOR} | {session_id: now}

    def is_fresh(self, actor: str, session_id: str) -> bool:
        """Whether that is under five minutes ago; whoever came by the one-time link has nothing to show."""
        at = self._at.get(session_id)
        return actor == LOCAL_ACTOR or (at is not None and self._clock.now() - at < FOR)
