"""Runs of workflows as the activity calls report them: a trigger for one subscriber, a job per step.

Field names as the official SDK's `ActivityNotificationResponseDto` has them; no recording holds this call.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from .clock import from_text, to_text
from .deliveries import Run
from .foreign import Record
from .wire import Caller

MOST = 1_000
SENT = {"status": "Success", "detail": "Message sent"}
NOBODY = {"status": "Failed", "detail": "Subscriber does not have an active channel"}


_FILTERS: dict[str, Callable[[Record, Sequence[str]], bool]] = {
    "subscriberIds": lambda run, ids: run["subscriber"]["subscriberId"] in ids,
    "channels": lambda run, channels: not set(channels).isdisjoint(run["channels"]),
    "templates": lambda run, ids: run["_templateId"] in ids,
    "transactionId": lambda run, ids: run["transactionId"] in ids,
    "after": lambda run, moments: from_text(run["createdAt"]) >= from_text(moments[0]),
    "before": lambda run, moments: from_text(run["createdAt"]) <= from_text(moments[0]),
}


class Runs:
    """The last thousand, in memory, as with deliveries."""

    def __init__(self) -> None:
        self._kept: deque[dict[str, Any]] = deque(maxlen=MOST)

    def keep(self, made: dict[str, Any]) -> None:
        self._kept.append(made)

    def find(self, caller: Caller, wanted: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
        """Newest first. `wanted` maps filters to values; an empty list is no filter."""
        return [
            one
            for one in reversed(self._kept)
            if one["_environmentId"] == caller.environment_id
            and all(_FILTERS[name](one, values) for name, values in wanted.items() if values)
        ]


def run_document(
    run: Run, sent: Iterable[Record], payload: Record, providers: Mapping[str, str]
) -> dict[str, Any]:
    """The run of a trigger; `sent` are its deliveries outside the inbox, `providers` maps to channels."""
    by_channel = {channel: provider for provider, channel in reversed(list(providers.items()))}
    jobs = list(_jobs(run, list(sent), payload, by_channel))
    now = to_text(run.ms)
    return {
        "_id": run.ids.make(run.ms),
        "_environmentId": run.caller.environment_id,
        "_organizationId": run.caller.organization_id,
        "_subscriberId": run.to["_id"],
        "_templateId": run.workflow["_id"],
        "transactionId": run.transaction_id,
        "channels": [job["type"] for job in jobs],
        "subscriber": {name: run.to[name] for name in ("_id", *_PERSON) if run.to.get(name) is not None},
        "template": {
            "_id": run.workflow["_id"],
            "name": run.workflow["name"],
            "triggers": [{"type": "event", "identifier": run.workflow["identifier"], "variables": []}],
        },
        "jobs": jobs,
        "payload": payload,
        "to": {"subscriberId": run.to["subscriberId"]},
        "tags": run.workflow["tags"],
        "severity": run.workflow["severity"],
        "critical": run.workflow["critical"],
        "createdAt": now,
        "updatedAt": now,
    }


_PERSON = ("subscriberId", "firstName", "lastName", "email", "phone")


def _jobs(
    run: Run, sent: Sequence[Record], payload: Record, by_channel: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for step in run.workflow["steps"]:
        if step["active"]:
            mine = [{"providerId": "novu"}] if step["channel"] == "in_app" else sent
            details = [_detail(run, one) for one in mine if one.get("channel") in {None, step["channel"]}]
            nobody = _noted(run, NOBODY) | {"providerId": by_channel.get(step["channel"], "novu")}
            yield _job(run, step, details or [nobody]) | {"payload": payload}


def _job(run: Run, step: Record, details: Sequence[dict[str, Any]]) -> dict[str, Any]:
    has_failed = all(one["status"] == "Failed" for one in details)
    return {
        "_id": run.ids.make(run.ms),
        "type": step["channel"],
        "status": "failed" if has_failed else "completed",
        "providerId": details[0]["providerId"],
        "step": {
            "_id": step["_id"],
            "_templateId": step["_messageTemplateId"],
            "name": step["name"],
            "active": True,
            "filters": [],
        },
        "executionDetails": list(details),
        "updatedAt": to_text(run.ms),
    }


def _detail(run: Run, sent: Record) -> dict[str, Any]:
    failed = {"status": "Failed", "detail": sent.get("errorText", "")}
    return _noted(run, failed if sent.get("errorText") else SENT) | {"providerId": sent["providerId"]}


def _noted(run: Run, what: Record) -> dict[str, Any]:
    now = to_text(run.ms)
    plain = {"isRetry": False, "isTest": False, "source": "Internal", "raw": None}
    return {"_id": run.ids.make(run.ms), **plain, **what, "createdAt": now}
