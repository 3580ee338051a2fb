"""What subscribers belong to: integrations, the environment, workflows; and triggers."""

from collections.abc import Mapping
from typing import Any

from api_client.models.reading import wrapped
from api_client.models.surroundings import (
    Environment,
    Integration,
    TriggerOutcome,
    Workflow,
    WorkflowsAnswer,
)
from api_client.options import INTERACTIVE, CallOptions
from api_client.resources.caller import Resource
from api_client.routes import Route

INTEGRATIONS = Route("GET", "/v1/integrations", wrapped(tuple[Integration, ...]))
ENVIRONMENT = Route("GET", "/v1/environments/me", wrapped(Environment))
WORKFLOWS = Route("GET", "/v2/workflows", wrapped(WorkflowsAnswer))
TRIGGER = Route("POST", "/v1/events/trigger", wrapped(TriggerOutcome), repeatable=False)


class Integrations(Resource):
    """Calls on the environment's configured providers."""

    async def list(self, *, options: CallOptions = INTERACTIVE) -> tuple[Integration, ...]:
        """All integrations of the organization, inactive ones too."""
        return await self._caller.call(INTEGRATIONS, options=options)


class Environments(Resource):
    """Calls on the environment behind the key."""

    async def me(self, *, options: CallOptions = INTERACTIVE) -> Environment:
        """The environment that the API key selects."""
        return await self._caller.call(ENVIRONMENT, options=options)


class Workflows(Resource):
    """Calls on workflows."""

    async def list(
        self, *, limit: int = 100, offset: int = 0, options: CallOptions = INTERACTIVE
    ) -> tuple[Workflow, ...]:
        """Workflows of the environment; `limit` is at most 100."""
        query = {"limit": limit, "offset": offset}
        answer = await self._caller.call(WORKFLOWS, query=query, options=options)
        return answer.workflows


class Events(Resource):
    """Triggers of workflows."""

    async def trigger(
        self,
        workflow: str,
        subscriber_id: str,
        payload: Mapping[str, Any] | None = None,
        *,
        options: CallOptions = INTERACTIVE,
    ) -> TriggerOutcome:
        """Start a workflow for one subscriber. Never repeated after a lost answer: it would send twice."""
        body = {"name": workflow, "to": {"subscriberId": subscriber_id}, "payload": dict(payload or {})}
        return await self._caller.call(TRIGGER, body=body, options=options)
