"""Whatever order operators and others act in: no token goes that nobody removed.

What only adds survives others in the very same moment, too. What removes cannot: the API knows no condition,
so a token that comes between the last reading and the PUT is overwritten (README, decisions).
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api_client import ChannelCredentials, ClientOptions, SubscriberClient
from api_client.embedded import create_embedded_api
from dashboard.actions import credentials
from dashboard.actions.entries import ChangedElsewhere, Kept, Target, tokens_of
from dashboard.actions.moving import move_tokens
from dashboard.actions.removing import Removed, remove_provider, restore_provider
from dashboard.actions.unlisted import save_unlisted
from dashboard.auth import Role
from dashboard.context import AppContext, Visit
from dashboard.storage import open_database
from tests.dashboard.actions.arranged import arrange, credentials_of, elsewhere
from tests.dashboard.actions.wire import WireTap
from tests.dashboard.clocks import SetClock
from tests.dashboard.joined import make_context, sign_in

PLACES = ("fcm-main", "fcm-second")
STEPS = (
    "add", "add while they add", "add by identifier", "remove", "replace", "move", "move while they add",
    "clear", "undo", "change the channel", "remove everywhere", "take the removal back",
    "they add", "they remove", "open the form",
)  # fmt: skip
places = st.sampled_from(PLACES)
some_tokens = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True)
sequences = st.lists(st.tuples(st.sampled_from(STEPS), places, some_tokens), min_size=2, max_size=9)


@dataclass(frozen=True)
class Done:
    """What can be taken back, and which tokens came and went by it alone."""

    place: str
    kept: Kept
    came: set[str]
    went: set[str]


@dataclass
class Person:
    """One person, and which tokens must be there by what people did."""

    ctx: AppContext
    visit: Visit
    wire: WireTap
    who: str
    targets: dict[str, Target]
    must_have: dict[str, set[str]] = field(default_factory=lambda: {place: set() for place in PLACES})
    seen: dict[str, ChannelCredentials | None] = field(default_factory=lambda: dict.fromkeys(PLACES))
    done: list[Done] = field(default_factory=list)
    removed: Removed | None = None

    async def take(self, step: str, place: str, tokens: list[str]) -> None:
        steps: dict[str, Callable[[str, list[str]], Coroutine[Any, Any, None]]] = {
            "add": self.add,
            "add while they add": self.add_while_they_add,
            "add by identifier": self.add_by_identifier,
            "remove": self.remove,
            "replace": self.replace,
            "move": self.move,
            "move while they add": self.move_while_they_add,
            "clear": self.clear,
            "undo": self.undo,
            "change the channel": self.change_channel,
            "remove everywhere": self.remove_everywhere,
            "take the removal back": self.take_removal_back,
            "they add": self.they_add,
            "they remove": self.they_remove,
            "open the form": self.open_form,
        }
        await steps[step](place, tokens)

    def aim(self, place: str) -> dict[str, Any]:
        return {"subscriber_id": self.who, "target": self.targets[place]}

    def made(self, place: str, kept: Kept, before: set[str], after: set[str]) -> None:
        """Ours alone went from `before` to `after`; what others did meanwhile is in `must_have` already."""
        came, went = after - before, before - after
        self.must_have[place] = (self.must_have[place] | came) - went
        if kept.before != kept.now:  # else no undo is offered
            self.done.append(Done(place, kept, came, went))

    async def add(self, place: str, tokens: list[str]) -> None:
        before = set(self.must_have[place])
        kept = await credentials.add_tokens(self.ctx, self.visit, **self.aim(place), tokens=tokens)
        self.made(place, kept, before, before | set(tokens))

    async def add_while_they_add(self, place: str, tokens: list[str]) -> None:
        self.wire.meanwhile = lambda: self.they_add(place, ["theirs"])
        await self.add(place, tokens)
        self.wire.meanwhile = None

    async def add_by_identifier(self, place: str, tokens: list[str]) -> None:
        before = set(self.must_have[place])
        self.wire.meanwhile = lambda: self.they_add(place, ["theirs"])
        saved = await save_unlisted(
            self.ctx,
            self.visit,
            subscriber_id=self.who,
            provider_id="fcm",
            identifier=place,
            wanted={"deviceTokens": tokens},
        )
        self.wire.meanwhile = None
        self.made(place, saved.kept, before, before | set(tokens))

    async def remove(self, place: str, tokens: list[str]) -> None:
        kept = await credentials.remove_token(self.ctx, self.visit, **self.aim(place), token=tokens[0])
        before = self.must_have[place]
        self.made(place, kept, before, before - {tokens[0]})

    async def replace(self, place: str, tokens: list[str]) -> None:
        wanted, seen = {"deviceTokens": tokens}, self.seen[place]
        try:
            kept = await credentials.save(
                self.ctx, self.visit, **self.aim(place), wanted=wanted, expected=seen
            )
        except ChangedElsewhere:
            return
        assert set(tokens_of(seen)) == set(tokens_of(kept.before)), "sent over a change nobody has seen"
        self.made(place, kept, self.must_have[place], set(tokens))

    async def move(self, place: str, tokens: list[str]) -> None:
        other = next(one for one in PLACES if one != place)
        before = {one: set(self.must_have[one]) for one in PLACES}
        moving = before[place] & set(tokens)
        moved = await move_tokens(
            self.ctx,
            self.visit,
            subscriber_id=self.who,
            source=self.targets[place],
            destination=self.targets[other],
            tokens=tokens,
        )
        self.made(place, moved.source, before[place], before[place] - moving)
        self.made(other, moved.destination, before[other], before[other] | moving)

    async def move_while_they_add(self, place: str, tokens: list[str]) -> None:
        async def theirs() -> None:
            for one in PLACES:
                await self.they_add(one, ["theirs"])

        other = next(one for one in PLACES if one != place)
        if (self.must_have[place] & set(tokens)) - self.must_have[other]:  # so something is added there first
            self.wire.meanwhile = theirs
        await self.move(place, tokens)
        self.wire.meanwhile = None

    async def remove_everywhere(self, *_: object) -> None:
        self.removed = await remove_provider(self.ctx, self.visit, subscriber_id=self.who, provider_id="fcm")
        self.must_have = {place: set() for place in PLACES}
        self.done.clear()

    async def take_removal_back(self, *_: object) -> None:
        if self.removed is None:
            return
        places = {target.integration_id: place for place, target in self.targets.items()}
        entries = [(self.targets[places[one]], held) for one, held in self.removed.entries]
        await restore_provider(self.ctx, self.visit, subscriber_id=self.who, entries=entries)
        for one, held in self.removed.entries:
            self.must_have[places[one]] |= set(tokens_of(held))

    async def clear(self, place: str, _: list[str]) -> None:
        try:
            await credentials.clear(self.ctx, self.visit, **self.aim(place), expected=self.seen[place])
        except ChangedElsewhere:
            return
        self.must_have[place] = set()

    async def undo(self, *_: object) -> None:
        if not self.done:
            return
        one = self.done.pop()
        await credentials.undo(
            self.ctx, self.visit, **self.aim(one.place), before=one.kept.before, after=one.kept.made
        )
        self.must_have[one.place] = (self.must_have[one.place] - one.came) | one.went

    async def change_channel(self, place: str, tokens: list[str]) -> None:
        seen = await credentials_of(self.ctx, self.targets[place], self.who)
        wanted = {"channel": tokens[0]}
        await credentials.save(self.ctx, self.visit, **self.aim(place), wanted=wanted, expected=seen)

    async def they_add(self, place: str, tokens: list[str]) -> None:
        await elsewhere(self.ctx, self.targets[place], self.who, device_tokens=tuple(tokens))
        self.must_have[place] |= set(tokens)

    async def they_remove(self, place: str, tokens: list[str]) -> None:
        target, rest = self.targets[place], sorted(self.must_have[place] - set(tokens))
        values = ChannelCredentials(device_tokens=tuple(rest))
        await self.ctx.api.credentials.replace(self.who, "fcm", values, integration=target.integration)
        self.must_have[place] = set(rest)

    async def open_form(self, place: str, _: list[str]) -> None:
        self.seen[place] = await credentials_of(self.ctx, self.targets[place], self.who)

    async def check(self) -> None:
        for place, wanted in self.must_have.items():
            there = tokens_of(await credentials_of(self.ctx, self.targets[place], self.who))
            assert wanted <= set(there), f"lost from {place}"
            assert set(there) <= wanted, f"came from nowhere to {place}"
            assert len(there) == len(set(there))


def test_no_order_of_changes_loses_a_token_that_nobody_removed(tmp_path: Path) -> None:
    embedded = create_embedded_api()
    wire = WireTap(httpx.ASGITransport(app=embedded))
    options = ClientOptions(api_key=embedded.state.api_key, base_url="http://embedded.invalid")
    database = open_database(f"sqlite:///{tmp_path / 'dashboard.sqlite'}")
    numbers = iter(range(10_000))

    async def begin() -> tuple[AppContext, Visit]:
        ctx = make_context(SubscriberClient(options, transport=wire), database, SetClock(), folder=tmp_path)
        return ctx, await sign_in(ctx, Role.ADMIN)

    with asyncio.Runner() as runner:
        ctx, visit = runner.run(begin())

        @settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
        @given(sequences)
        def holds(sequence: list[tuple[str, str, list[str]]]) -> None:
            async def play() -> None:
                who = f"person-{next(numbers)}"
                person = Person(ctx, visit, wire, who, await arrange(ctx, who))
                for step in sequence:
                    await person.take(*step)
                    await person.check()

            runner.run(play())

        holds()
        runner.run(ctx.api.aclose())
    database.close()
