"""No change of credentials loses a token that nobody removed, or hides what the server made of it."""

import json
from typing import Any

import pytest

from api_client import ChannelCredentials, Refused, ServerFault
from api_client.embedded import Faults
from dashboard.actions import credentials
from dashboard.actions.entries import ChangedElsewhere, Target, WhichEntry, entry_of
from dashboard.actions.entry import TooManyTokens
from dashboard.actions.removing import remove_provider
from dashboard.audit import Outcome
from dashboard.context import AppContext, Visit
from dashboard.providers import PROVIDERS, payload
from tests.dashboard.actions.arranged import WHO, elsewhere, stored
from tests.dashboard.actions.wire import WireTap
from tests.dashboard.providers.samples import GOOD


@pytest.mark.parametrize(
    "row",
    [row for row in PROVIDERS.values() if row.fields],
    ids=lambda row: row.id,
)
async def test_a_filled_in_form_is_stored_and_what_was_dropped_is_said(
    row: Any, ctx: AppContext, operator: Visit, targets: dict[str, Target]
) -> None:
    target = targets[f"{row.id}-main"]
    wanted = payload(row, GOOD[row.id])
    kept = await credentials.save(
        ctx, operator, subscriber_id=WHO, target=target, wanted=wanted, expected=None
    )
    assert set(kept.dropped) == {field.key for field in row.fields if not field.stored}
    saved = await stored(ctx, target)
    assert {key: saved[key] for key in wanted if key not in kept.dropped} == {
        key: value for key, value in wanted.items() if key not in kept.dropped
    }


async def test_an_integration_that_is_not_joined_is_refused_in_words(
    ctx: AppContext, operator: Visit, targets: dict[str, Target]
) -> None:
    wanted, target = payload(PROVIDERS["slack"], GOOD["slack"]), Target("slack", "none")
    with pytest.raises(Refused) as refused:
        await credentials.save(ctx, operator, subscriber_id=WHO, target=target, wanted=wanted, expected=None)
    assert refused.value.user_text.endswith(".")


async def test_tokens_are_added_behind_those_that_are_there(
    ctx: AppContext, operator: Visit, fcm: Target
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a", "b"))
    await credentials.add_tokens(ctx, operator, subscriber_id=WHO, target=fcm, tokens=["b", "c", "c"])
    assert (await stored(ctx, fcm))["deviceTokens"] == ["a", "b", "c"]


async def test_a_token_added_elsewhere_in_the_same_moment_survives(
    ctx: AppContext, operator: Visit, fcm: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a",))
    wire.meanwhile = lambda: elsewhere(ctx, fcm, device_tokens=("theirs",))
    await credentials.add_tokens(ctx, operator, subscriber_id=WHO, target=fcm, tokens=["mine"])
    assert (await stored(ctx, fcm))["deviceTokens"] == ["a", "theirs", "mine"]


async def test_the_write_carries_the_key_of_its_action(
    ctx: AppContext, operator: Visit, fcm: Target, wire: WireTap
) -> None:
    await credentials.add_tokens(ctx, operator, subscriber_id=WHO, target=fcm, tokens=["a"])
    (last, *_) = await ctx.audit.page()
    assert (wire.writes[-1].method, wire.writes[-1].key) == ("PATCH", last.action_id)


async def test_adding_what_is_there_already_sends_nothing(
    ctx: AppContext, operator: Visit, fcm: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a", "b"))
    wire.writes.clear()
    await credentials.add_tokens(ctx, operator, subscriber_id=WHO, target=fcm, tokens=["a"])
    assert wire.writes == []


async def test_the_hundred_and_first_token_is_refused_before_sending(
    ctx: AppContext, operator: Visit, fcm: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, fcm, device_tokens=tuple(f"t{n}" for n in range(100)))
    wire.writes.clear()
    with pytest.raises(TooManyTokens, match="101"):
        await credentials.add_tokens(ctx, operator, subscriber_id=WHO, target=fcm, tokens=["one-more"])
    assert wire.writes == []


async def test_removing_one_token_keeps_the_rest_and_the_other_integration(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a", "b", "c"))
    await elsewhere(ctx, second, device_tokens=("b",))
    await credentials.remove_token(ctx, operator, subscriber_id=WHO, target=fcm, token="b")
    assert (await stored(ctx, fcm))["deviceTokens"] == ["a", "c"]
    assert (await stored(ctx, second))["deviceTokens"] == ["b"]


async def test_the_last_token_can_be_removed(ctx: AppContext, operator: Visit, fcm: Target) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a",))
    await credentials.remove_token(ctx, operator, subscriber_id=WHO, target=fcm, token="a")
    assert (await stored(ctx, fcm))["deviceTokens"] == []


async def test_removing_a_token_that_is_gone_is_fine(
    ctx: AppContext, operator: Visit, fcm: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a",))
    wire.writes.clear()
    kept = await credentials.remove_token(ctx, operator, subscriber_id=WHO, target=fcm, token="gone")
    assert wire.writes == []
    assert kept.now == kept.before


async def test_changing_a_webhook_does_not_wipe_the_tokens_beside_it(
    ctx: AppContext, operator: Visit, slack: Target
) -> None:
    before = ChannelCredentials(webhook_url="https://a.example", device_tokens=("a", "b"))
    await elsewhere(ctx, slack, **dict(before))
    seen = entry_of(await ctx.api.subscribers.get(WHO), slack)
    wanted = {"webhookUrl": "https://b.example"}
    await credentials.save(ctx, operator, subscriber_id=WHO, target=slack, wanted=wanted, expected=seen)
    assert await stored(ctx, slack) == {"webhookUrl": "https://b.example", "deviceTokens": ["a", "b"]}


async def test_what_is_left_out_stays_and_an_empty_text_clears(
    ctx: AppContext, operator: Visit, slack: Target
) -> None:
    async def save(wanted: dict[str, Any]) -> dict[str, Any]:
        seen = entry_of(await ctx.api.subscribers.get(WHO), slack)
        await credentials.save(ctx, operator, subscriber_id=WHO, target=slack, wanted=wanted, expected=seen)
        return await stored(ctx, slack)

    await save({"webhookUrl": "https://a.example", "channel": "C1"})
    assert (await save({"webhookUrl": "https://b.example"}))["channel"] == "C1"
    cleared = await save({"channel": ""})
    assert (cleared["webhookUrl"], cleared["channel"]) == ("https://b.example", "")


async def test_a_change_made_elsewhere_is_shown_and_nothing_is_sent(
    ctx: AppContext, operator: Visit, fcm: Target, wire: WireTap
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a",))
    seen = entry_of(await ctx.api.subscribers.get(WHO), fcm)
    await elsewhere(ctx, fcm, device_tokens=("theirs",))
    wire.writes.clear()
    wanted = {"deviceTokens": ["mine"]}
    with pytest.raises(ChangedElsewhere) as found:
        await credentials.save(ctx, operator, subscriber_id=WHO, target=fcm, wanted=wanted, expected=seen)
    assert wire.writes == []
    assert (found.value.before, found.value.wanted) == (seen, wanted)
    assert found.value.now is not None
    assert found.value.now.device_tokens == ("a", "theirs")
    assert "mine" not in str(found.value)


async def test_an_entry_that_appeared_meanwhile_is_a_change_too(
    ctx: AppContext, operator: Visit, slack: Target
) -> None:
    await elsewhere(ctx, slack, webhook_url="https://theirs.example")
    wanted = {"webhookUrl": "https://mine.example"}
    with pytest.raises(ChangedElsewhere):
        await credentials.save(ctx, operator, subscriber_id=WHO, target=slack, wanted=wanted, expected=None)


async def test_no_patch_ever_sends_an_empty_list(
    ctx: AppContext, operator: Visit, slack: Target, fcm: Target, wire: WireTap
) -> None:
    await credentials.save(
        ctx,
        operator,
        subscriber_id=WHO,
        target=slack,
        wanted={"webhookUrl": "https://a.example"},
        expected=None,
    )
    await credentials.add_tokens(ctx, operator, subscriber_id=WHO, target=fcm, tokens=["a"])
    await credentials.remove_token(ctx, operator, subscriber_id=WHO, target=fcm, token="a")
    await credentials.add_tokens(ctx, operator, subscriber_id=WHO, target=fcm, tokens=["b"])
    patches = [write.body["credentials"] for write in wire.writes if write.method == "PATCH"]
    assert patches
    assert all(body["deviceTokens"] for body in patches)


async def test_clearing_one_integration_leaves_the_other_alone(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target
) -> None:
    await elsewhere(ctx, fcm, device_tokens=("a",))
    await elsewhere(ctx, second, device_tokens=("b",))
    seen = entry_of(await ctx.api.subscribers.get(WHO), fcm)
    await credentials.clear(ctx, operator, subscriber_id=WHO, target=fcm, expected=seen)
    assert (await stored(ctx, fcm))["deviceTokens"] == []
    assert (await stored(ctx, second))["deviceTokens"] == ["b"]


async def test_removing_a_provider_takes_all_its_entries_and_no_other(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target, slack: Target
) -> None:
    for target in (fcm, second):
        await elsewhere(ctx, target, device_tokens=("a",))
    await elsewhere(ctx, slack, webhook_url="https://a.example")
    removed = await remove_provider(ctx, operator, subscriber_id=WHO, provider_id="fcm")
    assert [one.provider_id for one in removed.person.channels] == ["slack"]
    assert [integration_id for integration_id, _ in removed.entries] == [
        fcm.integration_id,
        second.integration_id,
    ]


async def test_without_integration_ids_two_entries_are_not_guessed_at(
    ctx: AppContext, operator: Visit, fcm: Target, second: Target, wire: WireTap
) -> None:
    blind = Target("fcm", "fcm-main")
    await credentials.add_tokens(ctx, operator, subscriber_id=WHO, target=blind, tokens=["a"])
    await elsewhere(ctx, second, device_tokens=("b",))
    wire.writes.clear()
    with pytest.raises(WhichEntry):
        await credentials.remove_token(ctx, operator, subscriber_id=WHO, target=blind, token="a")
    assert wire.writes == []


async def test_no_secret_is_in_the_log_and_a_reveal_is(
    ctx: AppContext, operator: Visit, slack: Target
) -> None:
    secret = "https://hooks.slack.com/services/T01/B02/kYQOD8s8oc9A4"
    wanted = {"webhookUrl": secret}
    await credentials.save(ctx, operator, subscriber_id=WHO, target=slack, wanted=wanted, expected=None)
    revealed = await credentials.reveal(ctx, operator, subscriber_id=WHO, target=slack)
    assert revealed is not None
    assert revealed.webhook_url == secret
    page = await ctx.audit.page()
    text = json.dumps([(line.before, line.after, line.detail) for line in page], ensure_ascii=False)
    assert secret not in text
    assert "https://hooks.slack.com/…c9A4" in text
    assert page[0].name == "credentials.revealed"


async def test_an_outage_while_reading_back_is_no_success(
    ctx: AppContext, operator: Visit, fcm: Target, faults: Faults, wire: WireTap
) -> None:
    async def break_down() -> None:
        faults.next(9, route="GET /v2/subscribers/{subscriberId}", status=500)

    wire.meanwhile = break_down
    with pytest.raises(ServerFault):
        await credentials.add_tokens(ctx, operator, subscriber_id=WHO, target=fcm, tokens=["a"])
    (last, *_) = await ctx.audit.page()
    assert last.outcome is Outcome.FAILED
