"""A subscriber's preferences."""

from collections.abc import Mapping
from typing import Literal

from api_client.models.preferences import ChangedPreference, PreferencePatch, Preferences
from api_client.models.reading import wrapped
from api_client.options import INTERACTIVE, CallOptions
from api_client.resources.caller import Resource
from api_client.routes import Route

_PATH = "/v2/subscribers/{subscriber_id}/preferences"
GET = Route("GET", _PATH, wrapped(Preferences))
PATCH = Route("PATCH", _PATH, wrapped(Preferences))
PATCH_BULK = Route("PATCH", _PATH + "/bulk", wrapped(tuple[ChangedPreference, ...]))


class PreferenceCalls(Resource):
    """Calls on one subscriber's preferences."""

    async def get(
        self,
        subscriber_id: str,
        *,
        criticality: Literal["critical", "nonCritical", "all"] | None = None,
        options: CallOptions = INTERACTIVE,
    ) -> Preferences:
        """Overall and per workflow. Critical workflows are left out unless asked for."""
        query = {"criticality": criticality}
        return await self._caller.call(GET, {"subscriber_id": subscriber_id}, query=query, options=options)

    async def patch(
        self, subscriber_id: str, patch: PreferencePatch, *, options: CallOptions = INTERACTIVE
    ) -> Preferences:
        """Change some channels. An overall change also drops the subscriber's choices per workflow."""
        path = {"subscriber_id": subscriber_id}
        return await self._caller.call(PATCH, path, body=patch.to_body(), options=options)

    async def patch_bulk(
        self,
        subscriber_id: str,
        changes: Mapping[str, Mapping[str, bool]],
        *,
        options: CallOptions = INTERACTIVE,
    ) -> tuple[ChangedPreference, ...]:
        """Change up to 100 workflows at once: `{workflow id or identifier: {channel: wanted}}`."""
        rows = [{"workflowId": workflow, "channels": dict(wanted)} for workflow, wanted in changes.items()]
        body = {"preferences": rows}
        return await self._caller.call(
            PATCH_BULK, {"subscriber_id": subscriber_id}, body=body, options=options
        )
