"""Writing where the API key may not list integrations: by an identifier that a person typed, or by none."""

from dataclasses import dataclass

from api_client import ChannelCredentials, Subscriber
from dashboard.actions.entries import (
    ChangedElsewhere,
    Kept,
    Target,
    Wanted,
    WhichEntry,
    are_same,
    made_of,
    not_kept,
    tokens_of,
)
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext

Entries = dict[str, ChannelCredentials]


@dataclass(frozen=True)
class SavedUnlisted:
    """What came of it, and which entry it turned out to be: an undo goes there.

    The target has no integration id where nothing changed, or where others wrote the same beside it.
    """

    target: Target
    kept: Kept


@action("credentials.saved_unlisted", needs=Permission.WRITE)
async def save_unlisted(  # noqa: PLR0913 - one write, all its terms named
    ctx: AppContext,
    deed: Deed,
    *,
    subscriber_id: str,
    provider_id: str,
    identifier: str,
    wanted: Wanted,
    expected: Entries | None = None,
) -> SavedUnlisted:
    """Add to whichever entry the identifier leads to; blank is the provider's newest active integration.

    Which one that is shows only afterwards, so this only ever appends. Without tokens to send a write empties
    those that are stored, so it is refused with WhichEntry where any of the provider's entries holds some.
    `expected` are the provider's entries as a form saw them; a text is not sent over a change of any of them,
    which raises ChangedElsewhere.
    """
    before = entries_by_place(await ctx.api.subscribers.get(subscriber_id), provider_id)
    if not wanted.get("deviceTokens"):
        _check_texts(before, expected, wanted)
    await ctx.api.credentials.append(
        subscriber_id,
        provider_id,
        ChannelCredentials.model_validate(wanted),
        integration=identifier or None,
        options=deed.options(),
    )
    person = await ctx.api.subscribers.get(subscriber_id)
    after = entries_by_place(person, provider_id)
    changed = _written(before, after, wanted)
    deed.before = _on_record(provider_id, identifier, before.get(changed))
    deed.after = _on_record(provider_id, identifier, after.get(changed))
    was, now, dropped = before.get(changed), after.get(changed), _dropped(wanted, after)
    whole = [*dict.fromkeys([*tokens_of(was), *wanted.get("deviceTokens", ())])]
    made = made_of(was, {**wanted, "deviceTokens": whole} if whole else wanted, dropped) if changed else was
    kept = Kept(person, was, now, made, dropped)
    return SavedUnlisted(Target(provider_id, identifier, changed), kept)


def entries_by_place(person: Subscriber, provider_id: str) -> Entries:
    """The provider's entries by the id of their integration."""
    mine = (one for one in person.channels if one.provider_id == provider_id)
    return {one.integration_id or "": one.credentials for one in mine}


def _check_texts(now: Entries, expected: Entries | None, wanted: Wanted) -> None:
    if any(tokens_of(one) for one in now.values()):
        raise WhichEntry
    seen = now if expected is None else expected
    for place in {**now, **seen}:
        if not are_same(seen.get(place), now.get(place)):
            raise ChangedElsewhere(seen.get(place), now.get(place), wanted)


def _written(before: Entries, after: Entries, wanted: Wanted) -> str:
    """The one place that changed and holds what was sent; "" where there is none, or more than one."""
    changed = [place for place, one in after.items() if before.get(place) != one]
    holding = [place for place in changed if len(not_kept(wanted, after[place])) < len(wanted)]
    return holding[0] if len(holding) == 1 else ""


def _dropped(wanted: Wanted, after: Entries) -> tuple[str, ...]:
    """What stands in none of the entries."""
    texts = {key: value for key, value in wanted.items() if key != "deviceTokens"}
    stored = {token for one in after.values() for token in tokens_of(one)}
    kept = {key for key in texts if any(key not in not_kept(texts, one) for one in after.values())}
    if stored.issuperset(wanted.get("deviceTokens", ())):
        kept.add("deviceTokens")
    return tuple(key for key in wanted if key not in kept)


def _on_record(provider_id: str, identifier: str, credentials: ChannelCredentials | None) -> object:
    stored = credentials.to_body() if credentials else None
    return {"providerId": provider_id, "integrationIdentifier": identifier, "credentials": stored}
