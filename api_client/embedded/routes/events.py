"""Triggers: a workflow leaves in-app messages with the subscribers it is triggered for."""

import sqlite3
from functools import partial
from typing import Any

from api_client.embedded import messages
from api_client.embedded.checks import check, given, mapping, optional, text
from api_client.embedded.composing import Receiver, compose
from api_client.embedded.deliveries import Run
from api_client.embedded.foreign import as_list, as_object
from api_client.embedded.problems import bad_request, explained
from api_client.embedded.router import Route
from api_client.embedded.routes.subscribers import FIELDS, new_entity
from api_client.embedded.runs import run_document
from api_client.embedded.state import State
from api_client.embedded.subscribers import Row, entity_of, find
from api_client.embedded.wire import Answer, Call, answer

CHECKS = {"name": [given, text], "to": [given], "payload": optional(mapping), "transactionId": optional(text)}


def routes(state: State) -> list[Route]:
    return [Route("POST", "/v1/events/trigger", partial(trigger, state), category="trigger")]


def trigger(state: State, call: Call) -> Answer:
    check(call.body, CHECKS)
    workflow_id = state.home.workflow_ids.get(call.body["name"])
    if workflow_id is None:
        raise explained(422, "workflow_not_found", error="Unprocessable Entity", statusCode=422)
    transaction = call.body.get("transactionId") or f"txn_{state.ids.make(call.ms)}"
    sent: Any = call.body["to"]
    with state.store.writing() as db:
        for to in as_list(sent) or [sent]:
            _deliver(state, call, db, to, workflow_id, transaction)
    return answer({"acknowledged": True, "status": "processed", "transactionId": transaction}, 201)


def _deliver(
    state: State, call: Call, db: sqlite3.Connection, to: Any, workflow_id: str, transaction: str
) -> None:
    row = _receiver(state, call, db, as_object(to) or {"subscriberId": to})
    entity, workflow = entity_of(row, call.caller), state.home.workflows[workflow_id]
    made = compose(
        workflow,
        Receiver(row.id, entity),
        payload=call.body.get("payload") or {},
        transaction_id=transaction,
        ids=state.ids,
        ms=call.ms,
    )
    messages.insert(db, made)
    run = Run(workflow, entity, call.caller, transaction, state.ids, call.ms)
    sent = list(run.deliveries(state.home.channels))
    state.deliveries.keep(sent)
    state.runs.keep(run_document(run, sent, call.body.get("payload") or {}, state.home.channels))


def _receiver(state: State, call: Call, db: sqlite3.Connection, to: dict[str, Any]) -> Row:
    """The subscriber a trigger names; an unknown one is created from what the trigger says."""
    subscriber_id = to.get("subscriberId")
    if not isinstance(subscriber_id, str) or not subscriber_id.strip():
        raise bad_request(
            "subscriberId under property to is not configured, "
            "please make sure all triggers contains subscriberId property"
        )
    fields = {name: value for name, value in to.items() if name in FIELDS}
    check(fields, FIELDS)
    row = find(db, call.caller, subscriber_id)
    if row is None:
        row = state.writer.insert(db, call.caller, new_entity(state, call, subscriber_id) | fields)
    return row
