"""What an operator can do to one person's entries: each change said, shown, and offered to be undone."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from api_client import ChannelCredentials, Integration, Subscriber
from dashboard import wording
from dashboard.actions import credentials as actions
from dashboard.actions.entries import ChangedElsewhere, Kept, Target, Wanted
from dashboard.actions.moving import move_tokens
from dashboard.actions.removing import remove_provider, restore_provider
from dashboard.actions.unlisted import Entries, save_unlisted
from dashboard.components import html
from dashboard.components.shell import Stage
from dashboard.context import AppContext, Visit
from dashboard.feedback import Notice, show
from dashboard.pages.subscriber.credentials.compare import Compare
from dashboard.pages.subscriber.credentials.entries import Card
from dashboard.pages.subscriber.undoing import offer_undo
from dashboard.providers import provider


@dataclass(frozen=True)
class CredentialWriter:
    """One per open tab. Its calls raise ApiError or Refusal; a change made elsewhere opens a comparison.

    Each returns whether the change was made. `on_read` gets the person as read back; `refresh` reads again.
    """

    stage: Stage
    subscriber_id: str
    page: html.Tag
    on_read: Callable[[Subscriber], None]
    refresh: Callable[[], None]

    def draft(self, place: str) -> str:
        """The name of what this operator types for this person at a place of the tab."""
        return f"{self.stage.visit.actor}:{self.subscriber_id}:{place}"

    async def add_tokens(self, card: Card, tokens: Sequence[str]) -> bool:
        kept = await actions.add_tokens(*self._by, **self._of(card.target), tokens=tokens)
        return self._made(card.target, kept, f"Added to {card.name}: {_tokens(kept)}.")

    async def replace_tokens(self, card: Card, tokens: Sequence[str]) -> bool:
        return await self.save(card, {"deviceTokens": list(tokens)})

    async def remove_token(self, card: Card, token: str) -> bool:
        kept = await actions.remove_token(*self._by, **self._of(card.target), token=token)
        return self._made(card.target, kept, f"Removed one token from {card.name}. {_left(kept)}")

    async def save(self, card: Card, wanted: Wanted) -> bool:
        """Make the entry hold what is wanted, unless it changed since the card was drawn."""
        return await self._save(card, wanted, card.credentials)

    async def save_unlisted(
        self, provider_id: str, identifier: str, wanted: Wanted, *, seen: Entries | None
    ) -> bool:
        """The same where integrations are not listed; only ever adds. `seen`: the provider's entries then."""
        try:
            saved = await save_unlisted(
                *self._by,
                subscriber_id=self.subscriber_id,
                provider_id=provider_id,
                identifier=identifier,
                wanted=wanted,
                expected=seen,
            )
        except ChangedElsewhere as exc:
            card = Card((provider_id, "", 0), provider_id, "", exc.now, identifier=identifier)
            again = partial(self.save_unlisted, provider_id, identifier, wanted, seen=None)
            self._compare(card, exc, again)
            return False
        return self._made(saved.target, saved.kept, "Saved and read back.")

    async def clear(self, card: Card) -> bool:
        """Empty one entry; the provider's other integrations keep theirs."""
        try:
            kept = await actions.clear(*self._by, **self._of(card.target), expected=card.credentials)
        except ChangedElsewhere as exc:
            self._compare(card, exc)
            return False
        return self._made(card.target, kept, f"Emptied {card.name}.")

    async def move(self, card: Card, to: Integration, tokens: Sequence[str]) -> bool:
        """Move tokens to another integration of the same provider."""
        there = Target(card.provider_id, to.identifier, to.id)
        moved = await move_tokens(
            *self._by,
            subscriber_id=self.subscriber_id,
            source=card.target,
            destination=there,
            tokens=tokens,
        )
        text = f"Moved {wording.count(len(tokens), 'token')} to {to.name or to.identifier}."
        self._offer(text, self._back((card.target, moved.source), (there, moved.destination)))
        self.on_read(moved.source.person)
        return True

    async def remove_everywhere(self, card: Card, targets: dict[str, Target]) -> bool:
        """Remove the provider in all its integrations. `targets`: those that can be written again, by id."""
        removed = await remove_provider(
            *self._by, subscriber_id=self.subscriber_id, provider_id=card.provider_id
        )
        back = [(targets[place], held) for place, held in removed.entries if place in targets]
        text = f"Removed {card.title} in {wording.count(len(removed.entries), 'integration')}."
        if len(back) < len(removed.entries):
            text += " Undo brings back only what belongs to an active integration."
        restore = partial(restore_provider, *self._by, subscriber_id=self.subscriber_id, entries=back)
        self._offer(text, restore)
        self.on_read(removed.person)
        return True

    async def reveal(self, card: Card) -> ChannelCredentials | None:
        """The entry in clear, as stored by now; that it was asked for is on record."""
        return await actions.reveal(*self._by, **self._of(card.target))

    async def _save(self, card: Card, wanted: Wanted, expected: ChannelCredentials | None) -> bool:
        try:
            kept = await actions.save(*self._by, **self._of(card.target), wanted=wanted, expected=expected)
        except ChangedElsewhere as exc:
            self._compare(card, exc)
            return False
        return self._made(card.target, kept, f"Saved {card.name} and read it back.")

    def _compare(
        self, card: Card, exc: ChangedElsewhere, again: Callable[[], Awaitable[bool]] | None = None
    ) -> None:
        async def use_mine() -> None:
            await (again() if again else self._save(card, exc.wanted, exc.now))

        Compare(card, exc, use_mine=use_mine, page=self.page).open()
        self.refresh()

    def _made(self, target: Target, kept: Kept, text: str) -> bool:
        """Say what came of a change, offer to take it back, and show the person as read back."""
        _tell_dropped(kept, target.provider_id)
        if kept.before == kept.now:
            show(Notice("That is what is stored already, so nothing was sent.", kind="info"))
        else:
            self._offer(text, self._back((target, kept)))
        self.on_read(kept.person)
        return True

    def _offer(self, text: str, take_back: Callable[[], Awaitable[object]]) -> None:
        offer_undo(self.stage, self.page, self.subscriber_id, text, take_back=take_back, then=self.refresh)

    def _back(self, *changes: tuple[Target, Kept]) -> Callable[[], Awaitable[None]]:
        return partial(_take_back, *self._by, self.subscriber_id, changes)

    @property
    def _by(self) -> tuple[AppContext, Visit]:
        return self.stage.ctx, self.stage.visit

    def _of(self, target: Target) -> dict[str, Any]:
        return {"subscriber_id": self.subscriber_id, "target": target}


async def _take_back(
    ctx: AppContext, visit: Visit, subscriber_id: str, changes: Sequence[tuple[Target, Kept]]
) -> None:
    """One entry as it was, or both ends of a move."""
    for target, kept in changes:
        before, after = kept.before, kept.made
        await actions.undo(ctx, visit, subscriber_id=subscriber_id, target=target, before=before, after=after)


def _tell_dropped(kept: Kept, provider_id: str) -> None:
    """Name what was sent and is not there when read back."""
    if kept.dropped:
        row = provider(provider_id)
        labels = {field.key: field.label for field in row.fields} if row else {}
        names = ", ".join(labels.get(key, key) for key in kept.dropped)
        text = f"The server took these and did not keep them: {names}. The rest is stored."
        show(Notice(text, kind="warning"))


def _tokens(kept: Kept) -> str:
    before, made = set(_of_entry(kept.before)), _of_entry(kept.made)
    return wording.count(len([token for token in made if token not in before]), "token")


def _left(kept: Kept) -> str:
    left = len(_of_entry(kept.now))
    return f"{wording.count(left, 'token')} left." if left else "None is left."


def _of_entry(credentials: ChannelCredentials | None) -> tuple[str, ...]:
    return (credentials.device_tokens if credentials else None) or ()
