"""Runs of workflows for one subscriber."""

from dataclasses import dataclass

from api_client.models.reading import bare
from api_client.models.runs import RunPage
from api_client.options import INTERACTIVE, CallOptions
from api_client.resources.caller import Resource
from api_client.routes import QueryValue, Route

LIST = Route("GET", "/v1/notifications", bare(RunPage))


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs: all parts given must match. `after` and `before` are ISO times, `workflow` is an `_id`."""

    channel: str | None = None
    workflow: str | None = None
    transaction: str | None = None
    after: str | None = None
    before: str | None = None

    def to_query(self) -> dict[str, QueryValue]:
        """Query parameters; an empty text is no filter."""
        return {
            "channels": (self.channel,) if self.channel else None,
            "templates": (self.workflow,) if self.workflow else None,
            "transactionId": self.transaction or None,
            "after": self.after or None,
            "before": self.before or None,
        }


EVERY_RUN = RunFilter()


class Runs(Resource):
    """Calls on runs of workflows."""

    async def of(
        self,
        subscriber_id: str,
        *,
        page: int = 0,
        limit: int = 10,
        wanted: RunFilter = EVERY_RUN,
        options: CallOptions = INTERACTIVE,
    ) -> RunPage:
        """One page of runs, newest first, pages counted from 0; empty for an unknown subscriber.

        `NotFound` on servers without this call.
        """
        query = {"subscriberIds": (subscriber_id,), "page": page, "limit": limit, **wanted.to_query()}
        return await self._caller.call(LIST, query=query, options=options)
