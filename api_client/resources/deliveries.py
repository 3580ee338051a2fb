"""The messages that a trigger led to, channel by channel: a call beyond the twenty."""

from api_client.models.deliveries import DeliveriesAnswer, Delivery
from api_client.models.reading import bare
from api_client.options import INTERACTIVE, CallOptions
from api_client.resources.caller import Resource
from api_client.routes import Route

MESSAGES = Route("GET", "/v1/messages", bare(DeliveriesAnswer))


class Deliveries(Resource):
    """Calls on the messages of the environment."""

    async def of(
        self,
        transaction_id: str,
        *,
        subscriber_id: str,
        limit: int = 50,
        options: CallOptions = INTERACTIVE,
    ) -> tuple[Delivery, ...]:
        """What one transaction has sent so far; workers go on after the trigger was answered."""
        query = {"subscriberId": subscriber_id, "transactionId": transaction_id, "limit": limit}
        return (await self._caller.call(MESSAGES, query=query, options=options)).data
