"""What an import sends: a call of many rows with its record, and credentials by the forms' own safe path."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api_client import (
    BATCH,
    BulkOutcome,
    CallOptions,
    ChannelCredentials,
    Integration,
    NewSubscriber,
    NotFound,
)
from dashboard.actions import credentials
from dashboard.actions.entries import ChangedElsewhere, Kept, Target, WhichEntry, entry_of, tokens_of
from dashboard.actions.entry import TooManyTokens
from dashboard.actions.gate import Deed, action
from dashboard.actions.unlisted import save_unlisted
from dashboard.auth import Permission
from dashboard.context import AppContext, Visit
from dashboard.jobs import ImportRow
from dashboard.refusals import Refusal

ONCE = replace(BATCH, attempts=1)
"""The run repeats calls itself, so that its waits can be seen and cut short."""
SAMPLE = replace(BATCH, is_batch=False)
"""One token after a hundred: not worth waiting for the tenth of the budget that is left to people."""


class NoIntegration(Refusal):
    """The file names a provider for which nothing is joined."""

    def __init__(self, entry: str) -> None:
        super().__init__(f"There is no active integration for {entry}. The person was stored without it.")


OF_ONE_ROW = (NoIntegration, ChangedElsewhere, TooManyTokens, WhichEntry)
"""Refusals that say something of one person, and nothing of the whole import."""


@action("people.imported", needs=Permission.WRITE)
async def send_rows(
    ctx: AppContext, deed: Deed, *, job_id: str, rows: Sequence[Mapping[str, Any]]
) -> BulkOutcome:
    """Create or update some people in one call. The key is the visit's gesture, the same each time."""
    deed.before = {"job": job_id, "people": len(rows)}
    new = [NewSubscriber.model_validate(row) for row in rows]
    outcome = await ctx.api.subscribers.create_bulk(new, options=deed.options())
    deed.after = {
        "created": len(outcome.created),
        "updated": len(outcome.updated),
        "failed": len(outcome.failed),
    }
    return outcome


async def differing(ctx: AppContext, row: ImportRow, *, options: CallOptions = BATCH) -> tuple[str, ...]:
    """Read one person back: the wire names of what was sent and is not there."""
    try:
        person = await ctx.reader.subscribers.get(row.subscriber_id, options=options)
    except NotFound:
        return ("subscriberId",)
    stored = person.model_dump(mode="json", by_alias=True)
    return tuple(key for key, value in row.body.items() if (stored.get(key) or None) != (value or None))


async def set_credentials(
    ctx: AppContext, visit: Visit, row: ImportRow, integrations: Sequence[Integration] | None
) -> tuple[str, ...]:
    """Write the entries that a row asks for; what the server did not keep is named.

    Tokens are added to those stored by now, and nothing that the row does not name is touched.
    """
    dropped: list[str] = []
    for number, (entry, wanted) in enumerate(row.reach.items()):
        gesture = f"{visit.gesture}-{number}"
        kept = await _set(
            ctx, replace(visit, gesture=gesture), row.subscriber_id, (entry, wanted), integrations
        )
        dropped += [f"{entry}.{name}" for name in kept.dropped]
    return tuple(dropped)


async def _set(
    ctx: AppContext,
    visit: Visit,
    subscriber_id: str,
    asked: tuple[str, Mapping[str, Any]],
    integrations: Sequence[Integration] | None,
) -> Kept:
    entry, wanted = asked
    provider_id, _, rest = entry.partition("[")
    identifier = rest.removesuffix("]")
    if integrations is None:
        saved = await save_unlisted(
            ctx,
            visit,
            subscriber_id=subscriber_id,
            provider_id=provider_id,
            identifier=identifier,
            wanted=wanted,
        )
        return saved.kept
    target = _target(entry, provider_id, identifier, integrations)
    person = await ctx.reader.subscribers.get(subscriber_id, options=BATCH)
    now = entry_of(person, target)
    return await credentials.save(
        ctx, visit, subscriber_id=subscriber_id, target=target, wanted=_added(wanted, now), expected=now
    )


def _added(wanted: Mapping[str, Any], now: ChannelCredentials | None) -> dict[str, Any]:
    """Tokens of a file come on top of those stored; none clears them."""
    tokens = wanted.get("deviceTokens")
    if not tokens:
        return dict(wanted)
    return {**wanted, "deviceTokens": list(dict.fromkeys([*tokens_of(now), *tokens]))}


def _target(entry: str, provider_id: str, identifier: str, integrations: Sequence[Integration]) -> Target:
    """The named integration, else the newest active one: the API's own choice."""
    found = [
        one
        for one in integrations
        if one.provider_id == provider_id and one.active and identifier in ("", one.identifier)
    ]
    if not found:
        raise NoIntegration(entry)
    newest = max(found, key=lambda one: one.created_at.timestamp() if one.created_at else 0.0)
    return Target(provider_id, newest.identifier, newest.id)
