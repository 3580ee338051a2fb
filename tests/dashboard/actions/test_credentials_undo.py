"""What was changed can be taken back, and what came from elsewhere in between stays."""

import pytest

from api_client import ChannelCredentials, Invalid
from api_client.embedded import Faults
from dashboard.actions import credentials
from dashboard.actions.entries import ChangedElsewhere, Target, WhichEntry, restored
from dashboard.actions.entry import TooManyTokens
from dashboard.actions.moving import move_tokens
from dashboard.actions.removing import remove_provider, restore_provider
from dashboard.actions.unlisted import entries_by_place, save_unlisted
from dashboard.context import AppContext, Visit
from tests.dashboard.actions.arranged import WHO, credentials_of, elsewhere, stored
from tests.dashboard.actions.wire import WireTap


def tokens(*names: str) -> ChannelCredentials:
    return ChannelCredentials(device_tokens=names)


@pytest.mark.parametrize(
    ("before", "after", "now", "result"),
    [
        ("ab", "abc", "abc", "ab"),
        ("abc", "ac", "ac", "abc"),
        ("abc", "ac", "acx", "abcx"),
        ("ab", "xy", "xyz", "abz"),
        ("ab", "", "", "ab"),
        ("", "ab", "ab", ""),
        ("ab", "abc", "ab", "ab"),
    ],
)
def test_an_undo_brings_back_what_went_and_keeps_what_came_from_elsewhere(
    before: str, after: str, now: str, result: str
) -> None:
    assert restored(tokens(*before), tokens(*after), tokens(*now)) == {"deviceTokens": list(result)}


def test_an_undo_of_nothing_wants_nothing() -> None:
    assert restored(tokens("a"), tokens("a"), tokens("b")) == {}


async def test_a_removed_token_comes_back_to_its_place(ctx: AppContext, operator: Visit, fcm: Target) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a", "b", "c"))
    kept = await credentials.remove_token(ctx, operator, subscriber_id=WHO, target=fcm, token="b")
    await elsewhere(ctx, fcm, device_tokens=("theirs",))
    await credentials.undo(ctx, operator, subscriber_id=WHO, target=fcm, before=kept.before, after=kept.made)
    assert (await stored(ctx, fcm))["deviceTokens"] == ["a", "b", "c", "theirs"]


async def test_a_first_webhook_is_taken_back_to_nothing(
    ctx: AppContext, operator: Visit, slack: Target
) -> None:
    wanted = {"webhookUrl": "https://a.example"}
    kept = await credentials.save(
        ctx, operator, subscriber_id=WHO, target=slack, wanted=wanted, expected=None
    )
    await credentials.undo(
        ctx, operator, subscriber_id=WHO, target=slack, before=kept.before, after=kept.made
    )
    assert (await stored(ctx, slack))["webhookUrl"] == ""


async def test_an_undo_over_a_newer_change_is_refused(
    ctx: AppContext, operator: Visit, slack: Target, wire: WireTap
) -> None:
    wanted = {"webhookUrl": "https://a.example"}
    kept = await credentials.save(
        ctx, operator, subscriber_id=WHO, target=slack, wanted=wanted, expected=None
    )
    await elsewhere(ctx, slack, webhook_url="https://theirs.example")
    wire.writes.clear()
    with pytest.raises(ChangedElsewhere):
        await credentials.undo(
            ctx, operator, subscriber_id=WHO, target=slack, before=kept.before, after=kept.made
        )
    assert wire.writes == []


async def test_tokens_move_and_those_not_chosen_stay(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a", "b", "c"))
    await elsewhere(ctx, second, device_tokens=("b", "z"))
    moved = await move_tokens(
        ctx, operator, subscriber_id=WHO, source=fcm, destination=second, tokens=["b", "c", "unknown"]
    )
    assert (await stored(ctx, fcm))["deviceTokens"] == ["a"]
    assert (await stored(ctx, second))["deviceTokens"] == ["b", "z", "c"]
    assert moved.source.dropped == moved.destination.dropped == ()


async def test_a_move_that_breaks_off_leaves_the_tokens_in_both_places(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target, faults: Faults
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a", "b"))
    faults.next(9, route="PUT /v1/subscribers/{subscriberId}/credentials", status=400)
    with pytest.raises(Invalid):
        await move_tokens(ctx, operator, subscriber_id=WHO, source=fcm, destination=second, tokens=["a", "b"])
    assert (await stored(ctx, fcm))["deviceTokens"] == ["a", "b"]
    assert (await stored(ctx, second))["deviceTokens"] == ["a", "b"]


async def test_a_move_beyond_the_hundred_sends_nothing(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, fcm, device_tokens=tuple(f"a{n}" for n in range(60)))
    await elsewhere(ctx, second, device_tokens=tuple(f"b{n}" for n in range(60)))
    wire.writes.clear()
    mine = [f"a{n}" for n in range(60)]
    with pytest.raises(TooManyTokens, match="120"):
        await move_tokens(ctx, operator, subscriber_id=WHO, source=fcm, destination=second, tokens=mine)
    assert wire.writes == []


async def test_a_removed_provider_comes_back_in_each_integration(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a", "b"))
    await elsewhere(ctx, second, device_tokens=("c",))
    removed = await remove_provider(ctx, operator, subscriber_id=WHO, provider_id="fcm")
    assert removed.person.channels == ()
    await elsewhere(ctx, second, device_tokens=("theirs",))
    by_id = {one.integration_id: one for one in (fcm, second)}
    entries = [(by_id[integration_id], stored) for integration_id, stored in removed.entries]
    await restore_provider(ctx, operator, subscriber_id=WHO, entries=entries)
    assert (await stored(ctx, fcm))["deviceTokens"] == ["a", "b"]
    assert (await stored(ctx, second))["deviceTokens"] == ["c", "theirs"]


async def test_without_a_list_of_integrations_a_write_only_ever_appends(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a",))
    await elsewhere(ctx, second, device_tokens=("b",))
    wire.writes.clear()
    saved = await save_unlisted(
        ctx,
        operator,
        subscriber_id=WHO,
        provider_id="fcm",
        identifier="fcm-main",
        wanted={"deviceTokens": ["b"]},
    )
    assert [write.method for write in wire.writes] == ["PATCH"]
    assert (await credentials_of(ctx, fcm)) == saved.kept.now == tokens("a", "b")
    assert saved.kept.dropped == ()
    before, after = saved.kept.before, saved.kept.made
    await credentials.undo(ctx, operator, subscriber_id=WHO, target=saved.target, before=before, after=after)
    assert (await credentials_of(ctx, fcm), await credentials_of(ctx, second)) == (tokens("a"), tokens("b"))


async def test_without_a_list_an_undo_never_aims_at_what_others_wrote(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, second, device_tokens=("b",))
    wire.meanwhile = lambda: elsewhere(ctx, second, device_tokens=("theirs",))
    saved = await save_unlisted(
        ctx,
        operator,
        subscriber_id=WHO,
        provider_id="fcm",
        identifier="fcm-main",
        wanted={"deviceTokens": ["mine"]},
    )
    assert saved.target.integration_id == fcm.integration_id
    again = await save_unlisted(
        ctx,
        operator,
        subscriber_id=WHO,
        provider_id="fcm",
        identifier="fcm-main",
        wanted={"deviceTokens": ["mine"]},
    )
    assert again.target.integration_id == ""
    assert again.kept.made == again.kept.before


async def test_without_a_list_a_change_made_elsewhere_is_shown_and_nothing_is_sent(
    ctx: AppContext, operator: Visit, slack: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, slack, webhook_url="https://a.example")
    seen = entries_by_place(await ctx.api.subscribers.get(WHO), "slack")
    await elsewhere(ctx, slack, webhook_url="https://theirs.example")
    wire.writes.clear()
    with pytest.raises(ChangedElsewhere) as found:
        await save_unlisted(
            ctx,
            operator,
            subscriber_id=WHO,
            provider_id="slack",
            identifier="slack-main",
            wanted={"webhookUrl": "https://mine.example"},
            expected=seen,
        )
    assert wire.writes == []
    assert found.value.now is not None
    assert found.value.now.webhook_url == "https://theirs.example"


async def test_without_a_list_of_integrations_no_tokens_are_wiped_by_a_webhook(
    ctx: AppContext, operator: Visit, slack: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, slack, webhook_url="https://a.example", device_tokens=("t",))
    wire.writes.clear()
    with pytest.raises(WhichEntry):
        await save_unlisted(
            ctx,
            operator,
            subscriber_id=WHO,
            provider_id="slack",
            identifier="",
            wanted={"webhookUrl": "https://b.example"},
        )
    assert wire.writes == []
