"""What the panels of one person's page ask the API for; asked at the same time it is one call."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from nicegui.element import Element

from api_client import ApiError, Integration, NotFound, Preferences, Subscriber
from dashboard.components.sharing import Shared
from dashboard.components.shell import Stage
from dashboard.reach import Facts

T = TypeVar("T")
LONG_ID = 60


@dataclass(frozen=True)
class Wanted:
    """All preferences, and which workflows ignore them."""

    preferences: Preferences
    critical: frozenset[str] = field(default_factory=frozenset[str])


class Source:
    """One per page. What was changed here or elsewhere is asked for again after `forget`."""

    def __init__(self, stage: Stage, subscriber_id: str, page: Element) -> None:
        self._reader, self._clock = stage.ctx.reader, stage.ctx.clock
        self.subscriber_id = subscriber_id
        self.person: Shared[Subscriber] = Shared(page, self._person, name="person")
        self.wanted: Shared[Wanted] = Shared(page, self._wanted, name="preferences")
        self.integrations: Shared[tuple[Integration, ...]] = Shared(
            page, self._integrations, name="integrations"
        )

    def forget(self) -> None:
        for shared in (self.person, self.wanted, self.integrations):
            shared.forget()

    def why_not(self, exc: Exception) -> str:
        """The title where the person could not be read: gone is another matter than not answered."""
        if not isinstance(exc, NotFound):
            return "This person could not be loaded"
        who = self.subscriber_id
        return f"Nobody has the id “{who[:LONG_ID]}{'…' if len(who) > LONG_ID else ''}”"

    def leave(self) -> None:
        """What is still awaited is of no use any more."""
        for shared in (self.person, self.wanted, self.integrations):
            shared.leave()

    async def facts(self, workflow: str | None = None) -> Facts:
        """For the reach panel: only the person must be there, what else fails is told as unknown."""
        person, integrations, wanted = await asyncio.gather(
            self.person(), or_none(self.integrations), or_none(self.wanted)
        )
        return Facts(
            person=person,
            integrations=None if integrations is None else _of_environment(integrations, person),
            preferences=wanted.preferences if wanted else None,
            critical=wanted.critical if wanted else frozenset(),
            now=self._clock.now(),
            workflow=workflow,
        )

    async def _person(self) -> Subscriber:
        return await self._reader.subscribers.get(self.subscriber_id)

    async def _integrations(self) -> tuple[Integration, ...]:
        return await self._reader.integrations.list()

    async def _wanted(self) -> Wanted:
        """The answer does not mark critical workflows: they are those that the plain question leaves out."""
        every, plain = await asyncio.gather(
            self._reader.preferences.get(self.subscriber_id, criticality="all"),
            self._reader.preferences.get(self.subscriber_id, criticality="nonCritical"),
        )
        listed = {entry.workflow.identifier for entry in plain.workflows}
        known = {entry.workflow.identifier for entry in every.workflows}
        marked = {entry.workflow.identifier for entry in every.workflows if entry.workflow.critical}
        return Wanted(every, frozenset(known - listed | marked))


def _of_environment(found: tuple[Integration, ...], person: Subscriber) -> tuple[Integration, ...]:
    """Some servers list the integrations of the whole organisation."""
    own = person.environment_id
    return tuple(one for one in found if not own or one.environment_id in {None, own})


async def or_none(ask: Callable[[], Awaitable[T]]) -> T | None:
    """The answer, or None for one that could not be had."""
    try:
        return await ask()
    except ApiError:
        return None
