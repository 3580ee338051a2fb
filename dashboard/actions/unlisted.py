"""Writing where the API key may not list integrations: by an identifier that a person typed, or by none."""

from dataclasses import dataclass

from api_client import ChannelCredentials, Subscriber
from dashboard.actions.entries import Kept, Target, Wanted, WhichEntry, made_of, not_kept, tokens_of
from dashboard.actions.gate import Deed, action
from dashboard.auth import Permission
from dashboard.context import AppContext

Entries = dict[str, ChannelCredentials]


@dataclass(frozen=True)
class SavedUnlisted:
    """What came of it, and which entry it turned out to be: an undo goes there."""

    target: Target
    kept: Kept


@action("credentials.saved_unlisted", needs=Permission.WRITE)
async def save_unlisted(
    ctx: AppContext, deed: Deed, *, subscriber_id: str, provider_id: str, identifier: str, wanted: Wanted
) -> SavedUnlisted:
    """Add to whichever entry the identifier leads to; blank is the provider's newest active integration.

    Which one that is shows only afterwards, so this only ever appends. Without tokens to send a write empties
    those that are stored, so it is refused with WhichEntry where any of the provider's entries holds some.
    """
    before = _entries(await ctx.api.subscribers.get(subscriber_id), provider_id)
    if not wanted.get("deviceTokens") and any(tokens_of(one) for one in before.values()):
        raise WhichEntry
    await ctx.api.credentials.append(
        subscriber_id,
        provider_id,
        ChannelCredentials.model_validate(wanted),
        integration=identifier or None,
        options=deed.options(),
    )
    person = await ctx.api.subscribers.get(subscriber_id)
    after = _entries(person, provider_id)
    changed = next((place for place, one in after.items() if before.get(place) != one), "")
    deed.before = _on_record(provider_id, identifier, before.get(changed))
    deed.after = _on_record(provider_id, identifier, after.get(changed))
    was, now, dropped = before.get(changed), after.get(changed), _dropped(wanted, after)
    whole = [*dict.fromkeys([*tokens_of(was), *wanted.get("deviceTokens", ())])]
    made = made_of(was, {**wanted, "deviceTokens": whole} if whole else wanted, dropped)
    kept = Kept(person, was, now, made, dropped)
    return SavedUnlisted(Target(provider_id, identifier, changed), kept)


def _entries(person: Subscriber, provider_id: str) -> Entries:
    mine = (one for one in person.channels if one.provider_id == provider_id)
    return {one.integration_id or "": one.credentials for one in mine}


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
