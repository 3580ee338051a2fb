"""Whatever operators and others do to two integrations in turn, every token nobody removed is still there."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api_client import ChannelCredentials, ClientOptions, NewSubscriber, SubscriberClient
from api_client.embedded import create_embedded_api
from dashboard.actions import credentials
from dashboard.actions.entries import ChangedElsewhere, Target, entry_of, tokens_of
from dashboard.auth import Role
from dashboard.context import AppContext, Visit
from dashboard.storage import open_database
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import make_context, sign_in

WHO = "u"
NAMES = ("fcm-main", "fcm-second")
tokens = st.lists(st.sampled_from([f"t{n}" for n in range(6)]), min_size=1, max_size=3, unique=True)
steps = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["add", "remove", "save", "stale save", "webhook", "clear", "theirs", "their put"]),
        tokens,
    ),
    max_size=12,
)


@dataclass
class World:
    """The dashboard, and what each integration should hold by now."""

    ctx: AppContext
    visit: Visit
    targets: dict[str, Target]
    expected: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in NAMES})

    async def seen(self, name: str) -> ChannelCredentials | None:
        return entry_of(await self.ctx.api.subscribers.get(WHO), self.targets[name])

    def act(self, function: Any, name: str, **rest: Any) -> Awaitable[Any]:
        return function(self.ctx, self.visit, subscriber_id=WHO, target=self.targets[name], **rest)


async def add(world: World, name: str, some: list[str]) -> None:
    await world.act(credentials.add_tokens, name, tokens=some)
    world.expected[name] |= set(some)


async def remove(world: World, name: str, some: list[str]) -> None:
    await world.act(credentials.remove_token, name, token=some[0])
    world.expected[name] -= {some[0]}


async def save(world: World, name: str, some: list[str]) -> None:
    await world.act(credentials.save, name, wanted={"deviceTokens": some}, expected=await world.seen(name))
    world.expected[name] = set(some)


async def stale_save(world: World, name: str, some: list[str]) -> None:
    seen = await world.seen(name)
    await theirs(world, name, ["from-elsewhere", *some])
    if set(tokens_of(seen)) != world.expected[name]:
        with pytest.raises(ChangedElsewhere):
            await world.act(credentials.save, name, wanted={"deviceTokens": some}, expected=seen)


async def webhook(world: World, name: str, some: list[str]) -> None:
    wanted = {"webhookUrl": f"https://{some[0]}.example"}
    await world.act(credentials.save, name, wanted=wanted, expected=await world.seen(name))


async def clear(world: World, name: str, some: list[str]) -> None:
    await world.act(credentials.clear, name, expected=await world.seen(name))
    world.expected[name] = set()


async def theirs(world: World, name: str, some: list[str]) -> None:
    given_ = ChannelCredentials(device_tokens=tuple(some))
    await world.ctx.api.credentials.append(WHO, "fcm", given_, integration=name)
    world.expected[name] |= set(some)


async def their_put(world: World, name: str, some: list[str]) -> None:
    given_ = ChannelCredentials(device_tokens=tuple(some))
    await world.ctx.api.credentials.replace(WHO, "fcm", given_, integration=name)
    world.expected[name] = set(some)


STEPS: dict[str, Callable[[World, str, list[str]], Awaitable[None]]] = {
    "add": add,
    "remove": remove,
    "save": save,
    "stale save": stale_save,
    "webhook": webhook,
    "clear": clear,
    "theirs": theirs,
    "their put": their_put,
}


@given(steps)
@settings(max_examples=40, deadline=None)
def test_no_sequence_of_changes_loses_a_token(taken: list[tuple[str, str, list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_run(taken, Path(folder)))


async def _run(taken: list[tuple[str, str, list[str]]], folder: Path) -> None:
    embedded, clock, database = (
        create_embedded_api(),
        SetClock(),
        open_database(f"sqlite:///{folder / 'own'}"),
    )
    options = ClientOptions(api_key=embedded.state.api_key, base_url="http://embedded.invalid")
    async with SubscriberClient(options, transport=httpx.ASGITransport(app=embedded)) as api:
        ctx = make_context(api, database, clock, folder=folder)
        await api.subscribers.create(NewSubscriber(subscriber_id=WHO))
        found = {one.identifier: one for one in await api.integrations.list()}
        targets = {name: Target("fcm", name, found[name].id) for name in NAMES}
        world = World(ctx, await sign_in(ctx, Role.OPERATOR), targets)
        for name, step, some in taken:
            await STEPS[step](world, name, some)
            for one in NAMES:
                assert set(tokens_of(await world.seen(one))) == world.expected[one]
    database.close()
