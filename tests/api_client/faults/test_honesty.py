"""After any troubles, what is there is explained by what was reported: ok happened, failed did not.

Random changes go through a faulty link. Of each person the test keeps every state that the reports allow;
once the link is healed, the true state must be one of them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from typing import NamedTuple

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from api_client import (
    ApiError,
    ChannelCredentials,
    ClientOptions,
    NewSubscriber,
    NotFound,
    OutcomeUnknown,
    SubscriberClient,
    SubscriberPatch,
)
from api_client.embedded import create_embedded_api
from tests.api_client.doubles import FakeClock
from tests.api_client.faults.link import Link, Trouble

Effect = Callable[["State"], "State"]


class Someone(NamedTuple):
    """What the changes below can change of a person."""

    name: str | None = None
    tokens: frozenset[str] = frozenset()
    is_online: bool = False


State = Someone | None  # None: there is nobody by that id
_app = create_embedded_api(seed="recorded")
_runs = count()
_people = st.sampled_from(["ada", "bob"])
_names = st.sampled_from(["Ada", "Bea", None])
_tokens = st.frozensets(st.sampled_from(["t1", "t2", "t3"]), max_size=2)
_some_tokens = st.frozensets(st.sampled_from(["t1", "t2", "t3"]), min_size=1, max_size=2)
_troubles = st.lists(st.sampled_from(Trouble), max_size=3)


class Honesty(RuleBasedStateMachine):
    """Changes two people of its own and keeps what they may have become."""

    def __init__(self) -> None:
        super().__init__()
        self._run = next(_runs)
        self._link = Link(httpx.ASGITransport(_app))
        options = ClientOptions(_app.state.api_key, "http://novu.test")
        self._client = SubscriberClient(options, transport=self._link, clock=FakeClock())
        self._possible: dict[str, set[State]] = {"ada": {None}, "bob": {None}}
        self._loop = asyncio.new_event_loop()

    def teardown(self) -> None:
        for person in self._possible:
            self.heal_and_look(person)
        self._loop.run_until_complete(self._client.aclose())
        self._loop.close()

    def _id(self, person: str) -> str:
        return f"{person}-{self._run}"

    def _do(self, people: str, troubles: list[Trouble], call: Awaitable[object], effect: Effect) -> None:
        """Make the change through the troubled link, and note what the report allows of each person."""
        self._link.troubles = list(troubles)
        before = {person: self._possible[person] for person in people.split()}
        after = {person: set(map(effect, states)) for person, states in before.items()}
        try:
            self._loop.run_until_complete(_finished(call))
        except OutcomeUnknown:
            after = {person: before[person] | after[person] for person in before}
        except NotFound:
            after = {person: before[person] & {None} for person in before}
        except ApiError:
            after = before  # failed: it did not happen
        self._possible |= after
        self._link.troubles = []

    @rule(person=_people, name=_names, troubles=_troubles)
    def create(self, person: str, name: str | None, troubles: list[Trouble]) -> None:
        new = NewSubscriber(subscriber_id=self._id(person), first_name=name)
        call = self._client.subscribers.create(new)
        self._do(person, troubles, call, lambda state: (state or Someone())._replace(name=name))

    @rule(name=_names, troubles=_troubles)
    def create_both(self, name: str | None, troubles: list[Trouble]) -> None:
        rows = [NewSubscriber(subscriber_id=self._id(person), first_name=name) for person in ("ada", "bob")]
        call = self._client.subscribers.create_bulk(rows)
        self._do("ada bob", troubles, call, lambda state: (state or Someone())._replace(name=name))

    @rule(person=_people, is_online=st.booleans(), troubles=_troubles)
    def set_online(self, person: str, is_online: bool, troubles: list[Trouble]) -> None:
        call = self._client.subscribers.set_online(self._id(person), is_online)
        self._do(person, troubles, call, lambda state: state and state._replace(is_online=is_online))

    @rule(person=_people, name=_names, troubles=_troubles)
    def patch(self, person: str, name: str | None, troubles: list[Trouble]) -> None:
        call = self._client.subscribers.patch(self._id(person), SubscriberPatch(first_name=name))
        self._do(person, troubles, call, lambda state: state and state._replace(name=name))

    @rule(person=_people, troubles=_troubles)
    def delete(self, person: str, troubles: list[Trouble]) -> None:
        call = self._client.subscribers.delete(self._id(person))
        self._do(person, troubles, call, lambda _: None)

    @rule(person=_people, tokens=_tokens, troubles=_troubles)
    def replace_tokens(self, person: str, tokens: frozenset[str], troubles: list[Trouble]) -> None:
        credentials = ChannelCredentials(device_tokens=tuple(sorted(tokens)))
        call = self._client.credentials.replace(self._id(person), "fcm", credentials)
        self._do(person, troubles, call, lambda state: state and state._replace(tokens=tokens))

    @rule(person=_people, tokens=_some_tokens, troubles=_troubles)
    def append_tokens(self, person: str, tokens: frozenset[str], troubles: list[Trouble]) -> None:
        credentials = ChannelCredentials(device_tokens=tuple(sorted(tokens)))
        call = self._client.credentials.append(self._id(person), "fcm", credentials)
        self._do(person, troubles, call, lambda state: state and state._replace(tokens=state.tokens | tokens))

    @rule(person=_people)
    def heal_and_look(self, person: str) -> None:
        """The truth must be among what the reports allow; from now on only it is possible."""
        truth = self._truth(person)
        assert truth in self._possible[person]
        self._possible[person] = {truth}

    def _truth(self, person: str) -> State:
        try:
            found = self._loop.run_until_complete(self._client.subscribers.get(self._id(person)))
        except NotFound:
            return None
        tokens = [token for channel in found.channels for token in channel.credentials.device_tokens or ()]
        return Someone(found.first_name, frozenset(tokens), found.is_online or False)


async def _finished(call: Awaitable[object]) -> object:
    return await call


TestHonesty = Honesty.TestCase
TestHonesty.settings = settings(
    max_examples=200, stateful_step_count=9, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestHonesty.pytestmark = [pytest.mark.slow]  # type: ignore[attr-defined]  # how a mark is put on a made class
