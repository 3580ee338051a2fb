"""Imports that are being prepared: the file and the choices, found again by the session that made them."""

import secrets
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from dashboard.clock import Clock
from dashboard.csv_io.incoming.form import Limits
from dashboard.csv_io.incoming.preparing import Preparation

KEPT_FOR = timedelta(hours=1)
"""So long without anybody looking at it."""
MOST_LEFT = 4
"""So many that nobody looks at are kept of one session."""
LOOK_EVERY_S = 60.0
GRID_ROWS = 5
GRID_COLUMNS = ("subscriberId", "firstName", "lastName", "email", "phone", "locale", "timezone")


class ImportDraft:
    """What the wizard knows so far. `grid` holds rows typed by hand, by row and column."""

    def __init__(self, session_id: str, preparation: Preparation) -> None:
        self.id = secrets.token_hex(8)
        self.session_id = session_id
        self.preparation = preparation
        self.problem = ""
        self.size = 0
        self.is_typed = False
        self.grid = [[""] * len(GRID_COLUMNS) for _ in range(GRID_ROWS)]
        self.visits = 0
        self.left_at: datetime | None = None

    @property
    def holds_anything(self) -> bool:
        """Whether there is something to come back to."""
        return self.preparation.table is not None or any(cell for row in self.grid for cell in row)


class ImportDrafts:
    """Of all operators, each for their own session. What nobody comes back to is deleted."""

    def __init__(self, folder: Path, limits: Limits, clock: Clock) -> None:
        self._folder, self._limits, self._clock = folder, limits, clock
        self._drafts: dict[str, ImportDraft] = {}

    def begin(self, session_id: str) -> ImportDraft:
        """A new one with nothing in it, looked at by one visit."""
        draft = ImportDraft(session_id, Preparation(self._folder, self._limits))
        draft.visits = 1
        self._drafts[draft.id] = draft
        return draft

    def come_back(self, draft_id: str, *, session_id: str) -> ImportDraft | None:
        """One more visit looks at it; None where it is not kept, or not this session's."""
        draft = self._drafts.get(draft_id)
        if draft is None or draft.session_id != session_id:
            return None
        draft.visits += 1
        return draft

    def leave(self, draft: ImportDraft) -> None:
        """A visit is over. What holds nothing is not kept, nor more than some of a session."""
        draft.visits -= 1
        draft.left_at = self._clock.now()
        if not draft.visits and not draft.holds_anything:
            self.drop(draft)
        left = [one for one in self._drafts.values() if one.session_id == draft.session_id and not one.visits]
        self._drop_all(left[:-MOST_LEFT])

    def drop(self, draft: ImportDraft) -> None:
        """Delete the file and everything that was made of it."""
        self._drafts.pop(draft.id, None)
        draft.preparation.close()

    async def forget(self, alive_among: Callable[[Collection[str]], Awaitable[Collection[str]]]) -> None:
        """Delete what nobody came back to in an hour, and what belongs to sessions that are over."""
        sessions = {one.session_id for one in self._drafts.values()}
        alive = await alive_among(sessions) if sessions else ()
        long_ago = self._clock.now() - KEPT_FOR
        self._drop_all(
            one
            for one in tuple(self._drafts.values())
            if one.session_id not in alive or (not one.visits and one.left_at and one.left_at <= long_ago)
        )

    def close(self) -> None:
        """The dashboard is stopping."""
        self._drop_all(tuple(self._drafts.values()))

    def _drop_all(self, drafts: Iterable[ImportDraft]) -> None:
        for draft in drafts:
            self.drop(draft)
