"""Tells new rows from repeated ones, using little memory when the list is sorted by id."""

from collections.abc import Sequence


class Seen:
    """Remembers rows by id; `new_among` says which of a page's rows were not seen before, and remembers them.

    In a list sorted by id, a row beyond the farthest one seen is new, and any other was there before: one id
    is all there is to keep. The first page shows which way the list is sorted; if not at all, ids are kept,
    and so they are from the beginning where `is_sorted` is false: such a list may only look sorted at first.
    A row without an id ("") cannot be compared and counts as new.
    """

    def __init__(self, *, is_sorted: bool = True) -> None:
        self._rising: bool | None = None
        self._farthest = ""
        self._all: set[str] | None = None if is_sorted else set()

    def new_among(self, ids: Sequence[str]) -> list[bool]:
        """For each row of a page, whether it is new."""
        if self._rising is None and self._all is None:
            self._learn_order([row_id for row_id in ids if row_id])
        return [self._is_new(row_id) for row_id in ids]

    def _learn_order(self, ids: list[str]) -> None:
        known = [self._farthest, *ids] if self._farthest else ids
        if len(set(known)) < 2:
            return
        if known == sorted(known):
            self._rising = True
        elif known == sorted(known, reverse=True):
            self._rising = False
        else:
            self._all = {self._farthest} if self._farthest else set()

    def _is_new(self, row_id: str) -> bool:
        if not row_id:
            return True
        if self._all is not None:
            known = row_id in self._all
            self._all.add(row_id)
            return not known
        if not self._farthest or self._is_beyond(row_id):
            self._farthest = row_id
            return True
        return False

    def _is_beyond(self, row_id: str) -> bool:
        return row_id > self._farthest if self._rising else row_id < self._farthest
