"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class SetClock:
    """Tells the moment it was set to."""

    def __init__(self, moment: datetime = datetime(2026, 11, 25, 10, tzinfo=UTC)) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def forward(self, **span: float) -> None:
        """Move on by a timedelta's arguments: `forward(minutes=5)`."""
        self._moment += timedelta(**span)
