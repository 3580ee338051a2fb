"""Tells new rows from repeated ones, in little memory when the list is sorted by id."""


class Seen:
    """Remembers rows by id. Call `begin_page` with all ids of a page, then `is_new` for each in order.

    In a list sorted by id, a row beyond the farthest one seen is new, and any other was there before: one id
    is all there is to keep. The first page shows which way the list is sorted; if not at all, ids are kept.
    A row without an id cannot be compared and counts as new.
    """

    def __init__(self) -> None:
        self._rising: bool | None = None
        self._farthest: str | None = None
        self._all: set[str] | None = None

    def begin_page(self, ids: list[str]) -> None:
        if self._rising is not None or self._all is not None or len(ids) < 2:
            return
        before = [self._farthest] if self._farthest else []
        known = [*before, *(row_id for row_id in ids if row_id)]
        if known == sorted(known):
            self._rising = True
        elif known == sorted(known, reverse=True):
            self._rising = False
        else:
            self._all = set(before)

    def is_new(self, row_id: str) -> bool:
        if not row_id:
            return True
        if self._all is not None:
            if row_id in self._all:
                return False
            self._all.add(row_id)
            return True
        if self._farthest is None or self._is_beyond(row_id, self._farthest):
            self._farthest = row_id
            return True
        return False

    def _is_beyond(self, row_id: str, farthest: str) -> bool:
        if self._rising is None:
            return row_id != farthest
        return row_id > farthest if self._rising else row_id < farthest
