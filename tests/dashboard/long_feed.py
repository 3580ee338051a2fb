"""A person with as many in-app messages as one likes, put into the embedded API's store at once."""

from typing import Any

from api_client.embedded.composing import Receiver, compose
from api_client.embedded.home import read_home
from api_client.embedded.ids import IdMaker
from api_client.embedded.messages import insert

BEGAN_MS = 1_790_000_000_000


def fill_feed(embedded: Any, subscriber_id: str, number: int) -> None:
    """`number` unseen messages, one a second, for somebody who is there already."""
    home = read_home(demo=True)
    workflow = home.workflows[home.workflow_ids["inbox-plain"]]
    with embedded.state.store.writing() as db:
        sql = "SELECT id FROM subscribers WHERE subscriber_id = ?"
        row = db.execute(sql, (subscriber_id,)).fetchone()
        to = Receiver(row[0], {"subscriberId": subscriber_id})
        made = compose(workflow, to, payload={}, transaction_id="t", ids=IdMaker("0" * 10, 0), ms=BEGAN_MS)
        one = next(made)
        insert(
            db,
            (
                one._replace(oid=f"{row[0]:012x}{at:012x}"[-24:], created_at=BEGAN_MS + at * 1000)
                for at in range(number)
            ),
        )
