"""What was changed can be undone later, newest first, and again after a failure."""

from types import SimpleNamespace
from typing import Any, cast

from nicegui.testing import User

from api_client import ApiError
from dashboard.clock import SystemClock
from dashboard.pages.subscriber.undoing import MOST, changes_of, offer_undo, undo


def visit() -> Any:
    return cast("Any", SimpleNamespace(ctx=SimpleNamespace(clock=SystemClock()), kept={}))


async def nothing() -> None:
    """A way back that goes well."""


async def test_the_last_changes_of_a_person_are_kept_the_newest_first(operator: User) -> None:
    await operator.open("/subscribers")
    stage = visit()
    assert operator.client
    with operator.client:
        for number in range(MOST + 2):
            who = "ada" if number % 2 else "bob"
            offer_undo(
                stage, operator.client.layout, who, f"change {number}", take_back=nothing, then=lambda: None
            )
    kept = [one.text for one in changes_of(stage, "ada")]
    assert (kept[0], kept[-1], len(kept)) == (f"change {MOST + 1}", "change 3", MOST // 2)


async def test_a_change_that_could_not_be_undone_can_be_tried_again(operator: User) -> None:
    await operator.open("/subscribers")
    stage, shown, troubles = visit(), list[int](), [ApiError("Novu is away.")]

    async def take_back() -> None:
        if troubles:
            raise troubles.pop()

    assert operator.client
    with operator.client:
        offer_undo(
            stage,
            operator.client.layout,
            "ada",
            "Joined beta.",
            take_back=take_back,
            then=lambda: shown.append(1),
        )
        (change,) = changes_of(stage, "ada")
        await undo(stage, change, lambda: shown.append(1))
        assert changes_of(stage, "ada") == [change]
        await operator.should_see("Novu is away.")
        await undo(stage, change, lambda: shown.append(1))
        await undo(stage, change, lambda: shown.append(1))
    assert changes_of(stage, "ada") == []
    assert shown == [1, 1]
