"""Runs of workflows for one person."""

from api_client.models.reading import bare
from api_client.models.runs import RunPage
from api_client.options import INTERACTIVE, CallOptions
from api_client.resources.caller import Caller
from api_client.routes import Route

LIST = Route("GET", "/v1/notifications", bare(RunPage))


class Runs:
    """Calls on what workflows did."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def of(
        self, subscriber_id: str, *, page: int = 0, limit: int = 10, options: CallOptions = INTERACTIVE
    ) -> RunPage:
        """One page of a person's runs, newest first, pages counted from 0; nothing for an unknown person.

        `NotFound` on servers that do not tell of runs.
        """
        query = {"subscriberIds": (subscriber_id,), "page": page, "limit": limit}
        return await self._caller.call(LIST, query=query, options=options)
