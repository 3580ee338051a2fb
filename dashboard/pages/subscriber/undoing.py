"""What was changed during this visit, and how each change is taken back: by a toast, or later from a list."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import cast

from nicegui.element import Element

from api_client import ApiError
from dashboard.components.shell import Stage
from dashboard.components.undo import UndoToast
from dashboard.feedback import reports_errors, succeed
from dashboard.refusals import Refusal

MOST = 20
_KEPT = "changes"


@dataclass(frozen=True, eq=False)
class Change:
    """`take_back` carries out actions and holds nothing of a page, which may be long gone by then."""

    subscriber_id: str
    text: str
    at: datetime
    take_back: Callable[[], Awaitable[object]]


def changes_of(stage: Stage, subscriber_id: str) -> list[Change]:
    """What can still be taken back of this person's changes, the newest first."""
    return [one for one in reversed(_kept(stage)) if one.subscriber_id == subscriber_id]


def offer_undo(
    stage: Stage,
    place: Element,
    subscriber_id: str,
    text: str,
    *,
    take_back: Callable[[], Awaitable[object]],
    then: Callable[[], object],
) -> None:
    """Say what was done and offer to take it back; `then` shows what is stored after that.

    `place` is any element of the page, for handlers may outlive the one that started them.
    """
    change = Change(subscriber_id, text, stage.ctx.clock.now(), take_back)
    _kept(stage).append(change)
    del _kept(stage)[:-MOST]
    UndoToast(place, text, undo=partial(undo, stage, change, then))


@reports_errors
async def undo(stage: Stage, change: Change, then: Callable[[], object]) -> None:
    """Take it back once. A failure is said, and it can be tried again."""
    if change not in _kept(stage):
        return
    _kept(stage).remove(change)
    try:
        await change.take_back()
    except (ApiError, Refusal):
        _kept(stage).append(change)
        raise
    finally:  # it may have gone half of the way
        then()
    succeed("Undone.")


def _kept(stage: Stage) -> list[Change]:
    return cast("list[Change]", stage.kept.setdefault(_KEPT, []))
