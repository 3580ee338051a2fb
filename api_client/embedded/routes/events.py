"""Triggers: a workflow leaves its in-app messages with the subscribers it is sent to."""

import sqlite3
from functools import partial
from typing import Any

from api_client.embedded import composing, messages
from api_client.embedded.checks import check, given, mapping, optional, text
from api_client.embedded.clock import to_text
from api_client.embedded.problems import explained
from api_client.embedded.router import Route
from api_client.embedded.state import State
from api_client.embedded.subscribers import Row, entity_of, find
from api_client.embedded.wire import Answer, Call, answer

CHECKS = {"name": [given, text], "to": [given], "payload": optional(mapping), "transactionId": optional(text)}


def routes(state: State) -> list[Route]:
    return [
        Route(
            "POST", "/v1/events/trigger", partial(trigger, state), category="trigger", body_limit=26_000_000
        )
    ]


def trigger(state: State, call: Call) -> Answer:
    check(call.body, CHECKS)
    workflow_id = state.home.workflow_ids.get(call.body["name"])
    if workflow_id is None:
        raise explained(422, "workflow_not_found", error="Unprocessable Entity", statusCode=422)
    transaction = call.body.get("transactionId") or f"txn_{state.ids.make(call.ms)}"
    sent = call.body["to"]
    with state.store.writing() as db:
        for to in sent if isinstance(sent, list) else [sent]:
            _deliver(state, call, db, to, workflow_id, transaction)
    return answer({"acknowledged": True, "status": "processed", "transactionId": transaction}, 201)


def _deliver(
    state: State, call: Call, db: sqlite3.Connection, to: Any, workflow_id: str, transaction: str
) -> None:
    row = _receiver(state, call, db, to if isinstance(to, dict) else {"subscriberId": str(to)})
    workflow = state.home.workflows[workflow_id]
    made = composing.compose(
        workflow,
        payload=call.body.get("payload") or {},
        subscriber=entity_of(row, call.caller),
        transaction_id=transaction,
        ids=state.ids,
        ms=call.ms,
    )
    for oid, step, document in made:
        found = composing.row_of(
            oid,
            caller=call.caller,
            subscriber=row[0],
            workflow=workflow_id,
            step=step,
            document=document,
            ms=call.ms,
        )
        db.execute(messages.INSERT, found)


def _receiver(state: State, call: Call, db: sqlite3.Connection, to: dict[str, Any]) -> Row:
    subscriber_id = str(to.get("subscriberId"))
    row = find(db, call.caller, subscriber_id)
    if row is None:
        now = to_text(call.ms)
        entity = {"_id": state.ids.make(call.ms), "createdAt": now, "updatedAt": now, **to}
        state.writer.insert(db, call.caller, entity | {"subscriberId": subscriber_id})
        state.search.forget_totals()
        row = find(db, call.caller, subscriber_id)
        if row is None:
            raise LookupError(subscriber_id)
    return row
