"""The fixed part of the state: environments, integrations, feeds, workflows; and the recorded subscribers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import orjson

from .foreign import Record
from .wire import Caller


@dataclass(frozen=True)
class Home:
    """The fixed part of the state; read once from the package's files."""

    seed: Record

    @cached_property
    def environments(self) -> list[Record]:
        """In the order of their numbers; the first is the one that is seeded."""
        return [self.seed["environment"], *self.seed["otherEnvironments"]]

    @cached_property
    def callers(self) -> list[Caller]:
        return [
            Caller(number, one["_id"], one["_organizationId"]) for number, one in enumerate(self.environments)
        ]

    @cached_property
    def workflows(self) -> dict[str, Record]:
        return {workflow["_id"]: workflow for workflow in self.seed["workflows"]}

    @cached_property
    def workflow_ids(self) -> dict[str, str]:
        return {workflow["identifier"]: workflow["_id"] for workflow in self.seed["workflows"]}

    @cached_property
    def feed_ids(self) -> dict[str, str]:
        return {feed["identifier"]: feed["_id"] for feed in self.seed["feeds"]}

    @cached_property
    def integrations(self) -> list[Record]:
        """Newest first: of several that fit, the newest counts."""
        return sorted(self.seed["integrations"], key=lambda found: found["createdAt"], reverse=True)

    @cached_property
    def channels(self) -> dict[str, str]:
        """Maps each provider to its channel, the newest integration first."""
        return {found["providerId"]: found["channel"] for found in self.integrations if found["active"]}

    @cached_property
    def topics(self) -> list[Record]:
        """Key and name of the topics that the seed has; the recordings know none."""
        return self.seed.get("topics", [])

    @cached_property
    def providers(self) -> frozenset[str]:
        """The providers that have an integration."""
        return frozenset(found["providerId"] for found in self.integrations)

    def integration(
        self, caller: Caller, provider_id: str, identifier: str | None, *, active: bool = True
    ) -> Record | None:
        """The newest integration of a provider, by identifier when one is named."""
        for found in self.integrations:
            fits = found["providerId"] == provider_id and found["_environmentId"] == caller.environment_id
            named = not identifier or found["identifier"] == identifier
            if fits and named and (found["active"] or not active):
                return found
        return None


def read_home(*, demo: bool, more: Sequence[Record] = ()) -> Home:
    """The state behind the recordings; for the demo with more integrations, workflows and topics around it.

    `more` are further integrations.
    """
    seed = _file("seed.json")
    added = _file("demo.json") if demo else {}
    seed |= {name: seed.get(name, []) + records for name, records in added.items()}
    return Home(seed | {"integrations": [*seed["integrations"], *more]})


def _file(name: str) -> dict[str, Any]:
    return orjson.loads(files("api_client.embedded").joinpath(name).read_bytes())
