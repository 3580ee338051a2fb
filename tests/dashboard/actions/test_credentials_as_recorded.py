"""The recordings of PUT, PATCH and DELETE hold for what the forms send, and for what becomes of it."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from api_client import ClientOptions, SubscriberClient
from dashboard.actions import credentials
from dashboard.actions.entries import Kept, Target, entry_of
from dashboard.actions.removing import remove_provider
from dashboard.auth import Role
from dashboard.context import AppContext, Visit
from dashboard.providers import PROVIDERS, Channel, payload, problems
from dashboard.storage import Database
from tests.dashboard.actions.recorded_server import RecordedServer, integration_id, recorded
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import make_context, sign_in


def first_write(provider_id: str, channel: Channel) -> tuple[str, str]:
    """Where the first write of a provider was recorded: tokens are appended, an address is put."""
    is_push = channel is Channel.PUSH
    return ("04", f"{provider_id}_deviceTokens") if is_push else ("03", f"{provider_id}_webhookUrl")


FIRST = {row.id: first_write(row.id, row.channel) for row in PROVIDERS.values()}
RAW = {
    provider_id: {
        key: value if isinstance(value, str) else "\n".join(value)
        for key, value in recorded()[where][0].request["body"]["credentials"].items()
    }
    for provider_id, where in FIRST.items()
    if where in recorded()
}
# Recorded without its room, which a delivery needs; has no fields; had no integration.
NOT_BY_A_FORM = {"rocket-chat", "whatsapp-business", "novu-slack"}
Act = Callable[[AppContext, Visit, RecordedServer], Awaitable[Kept]]


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


async def play(server: RecordedServer, act: Act, database: Database, folder: Path) -> Kept:
    options = ClientOptions(api_key="k", base_url="http://recorded.invalid")
    async with SubscriberClient(options, transport=server) as client:
        ctx = make_context(client, database, SetClock(), folder=folder)
        return await act(ctx, await sign_in(ctx, Role.ADMIN), server)


def saving(target: Target, wanted: dict[str, Any]) -> Act:
    async def act(ctx: AppContext, visit: Visit, server: RecordedServer) -> Kept:
        seen = entry_of(await ctx.api.subscribers.get(server.who), target)
        return await credentials.save(
            ctx, visit, subscriber_id=server.who, target=target, wanted=wanted, expected=seen
        )

    return act


def adding(target: Target, *tokens: str) -> Act:
    async def act(ctx: AppContext, visit: Visit, server: RecordedServer) -> Kept:
        return await credentials.add_tokens(
            ctx, visit, subscriber_id=server.who, target=target, tokens=tokens
        )

    return act


def newest(provider_id: str) -> Target:
    """The integration that a write without an identifier reaches; the recorded ones have none."""
    identifier = f"{provider_id}-second" if provider_id in {"slack", "fcm"} else f"{provider_id}-main"
    return Target(provider_id, "", integration_id(identifier))


def test_the_recordings_know_every_provider_of_their_time() -> None:
    refused = {id_ for id_, raw in RAW.items() if not PROVIDERS[id_].fields or problems(PROVIDERS[id_], raw)}
    assert refused | {"novu-slack"} == NOT_BY_A_FORM
    assert RAW.keys() >= PROVIDERS.keys() - {"webex-messaging", "line", "telegram"}


@pytest.mark.parametrize("provider_id", sorted(RAW.keys() - NOT_BY_A_FORM))
async def test_what_a_form_sends_first_was_recorded_and_is_stored(
    provider_id: str, database: Database, tmp_path: Path
) -> None:
    server = RecordedServer(*FIRST[provider_id])
    wanted, target = payload(PROVIDERS[provider_id], RAW[provider_id]), newest(provider_id)
    tokens = wanted.get("deviceTokens")
    act = adding(target, *tokens) if tokens else saving(target, wanted)
    kept = await play(server, act, database, tmp_path)
    assert server.sent == [server.wanted]
    assert kept.now is not None
    assert kept.now.to_body() == wanted
    assert kept.dropped == ()


FCM, SLACK, GRAFANA = newest("fcm"), newest("slack"), newest("grafana-on-call")
MAIN = {one: Target(one, f"{one}-main", integration_id(f"{one}-main")) for one in ("fcm", "slack")}
EXTRAS = {
    "alertUid": "u", "title": "t", "imageUrl": "https://i", "state": "alerting", "externalUrl": "https://e"
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "name", "act", "tokens"),
    [
        ("04", "append_c", adding(FCM, "c"), ("a", "b", "c")),
        ("04", "fcm_after_empty", adding(FCM, "z1"), ("z1",)),
        ("04", "identifier_fcm_main", adding(MAIN["fcm"], "m1"), ("m1",)),
        ("04", "identifier_fcm_main_again", adding(MAIN["fcm"], "m2"), ("m1", "m2")),
        ("03", "identifier_fcm_main_again", saving(MAIN["fcm"], {"deviceTokens": ["m2"]}), ("m2",)),
        ("03", "fcm_new_tokens", saving(FCM, {"deviceTokens": ["n1", "d1"]}), ("n1", "d1")),
        ("03", "fcm_empty_tokens", saving(FCM, {"deviceTokens": []}), ()),
        (
            "03",
            "identifier_main",
            saving(MAIN["slack"], {"webhookUrl": "https://hooks.example.com/main"}),
            None,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_change_sends_what_was_recorded_and_reads_what_it_became(
    file: str, name: str, act: Act, tokens: tuple[str, ...] | None, database: Database, tmp_path: Path
) -> None:
    server = RecordedServer(file, name)
    kept = await play(server, act, database, tmp_path)
    assert server.sent == [server.wanted]
    assert kept.now is not None
    assert kept.now.device_tokens == tokens


async def test_what_grafana_does_not_keep_is_told_by_name(database: Database, tmp_path: Path) -> None:
    server = RecordedServer("03", "grafana_all")
    kept = await play(server, saving(GRAFANA, {"webhookUrl": "https://g", **EXTRAS}), database, tmp_path)
    assert server.sent == [server.wanted]
    assert kept.dropped == tuple(EXTRAS)


async def test_what_was_recorded_to_wipe_tokens_is_not_what_is_sent(
    database: Database, tmp_path: Path
) -> None:
    server = RecordedServer("04", "append_webhook_keeps_tokens?")
    await play(server, saving(FCM, {"webhookUrl": "https://w"}), database, tmp_path)
    ((_, _, body),) = server.sent
    assert body["credentials"] == {"webhookUrl": "https://w", "deviceTokens": ["a", "b", "c", "z"]}


async def test_a_provider_is_removed_as_recorded_in_both_integrations(
    database: Database, tmp_path: Path
) -> None:
    server = RecordedServer("05", "existing_slack_two_integrations")

    async def act(ctx: AppContext, visit: Visit, server: RecordedServer) -> Any:
        return await remove_provider(ctx, visit, subscriber_id=server.who, provider_id="slack")

    removed: Any = await play(server, act, database, tmp_path)
    assert server.sent == [server.wanted]
    assert [place for place, _ in removed.entries] == [
        integration_id("slack-second"),
        integration_id("slack-main"),
    ]
    after = recorded()["05", "after_slack"][0].response["body"]["data"]["channels"]
    assert [one.provider_id for one in removed.person.channels] == [one["providerId"] for one in after]
