"""The Credentials tab: one card an entry, secrets masked until they are revealed."""

import asyncio
from collections.abc import Callable
from typing import cast

from api_client import ApiError, ChannelCredentials, Integration
from dashboard.actions import credentials as actions
from dashboard.auth import Permission
from dashboard.components import html, states
from dashboard.components.background import beside
from dashboard.components.json_view import json_view
from dashboard.components.panel import Panel
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import describe, reports_errors, succeed
from dashboard.pages.subscriber.credential_dialogs import AddTokens, ChangeEntry, ChooseProvider
from dashboard.pages.subscriber.entries import Card, CredentialsView, view_of
from dashboard.providers import Channel, Kind

REVEALED_FOR_S = 30
NOT_LISTED = "The integrations could not be listed, so entries cannot be changed here."
TONES = {"active": "good", "inactive": "warn", "missing": "bad", "unknown": ""}
STATES = {
    "active": "active",
    "inactive": "integration inactive",
    "missing": "integration missing",
    "unknown": "integration not known",
}


class CredentialsTab:
    """Shows and changes where one person's pushes and chats go."""

    def __init__(self, stage: Stage, subscriber_id: str, *, on_saved: Callable[[], None]) -> None:
        self.stage, self.subscriber_id, self.on_saved = stage, subscriber_id, on_saved
        self.panel: Panel[CredentialsView] = Panel(
            self.load, self.show, title="The credentials could not be loaded"
        )
        self.panel.reload()

    async def load(self) -> CredentialsView:
        """Person and integrations together; a key that may not list integrations still shows the entries."""
        reader = self.stage.ctx.reader
        person, (integrations, problem) = await asyncio.gather(
            reader.subscribers.get(self.subscriber_id), self._integrations()
        )
        return view_of(person, integrations, problem)

    async def _integrations(self) -> tuple[tuple[Integration, ...] | None, ApiError | None]:
        try:
            return await self.stage.ctx.reader.integrations.list(), None
        except ApiError as exc:
            return None, exc

    def show(self, view: CredentialsView) -> None:
        with self.panel.body.clear(), html.div().classes("stack-l"):
            self._draw_head(view)
            if view.problem:
                with html.div().classes("notice warn").attributes(role="status"):
                    html.p(f"{NOT_LISTED} {describe(view.problem).text}")
            if not view.cards:
                with html.div().classes("card"):
                    states.empty(
                        "No credentials",
                        "No push token and no chat connection is stored for this person.",
                        icon_name="key",
                    )
                return
            with html.div().classes("cards"):
                for card in view.cards:
                    self._draw_card(card)

    def changed(self, text: str) -> None:
        """Something was written: say so, and read everything again."""
        succeed(text)
        self.panel.reload()
        self.on_saved()

    def _draw_head(self, view: CredentialsView) -> None:
        with html.div().classes("row-x wrap between"):
            html.p("Where this person's push messages and chat messages go.").classes("muted")
            add = permission_button(
                "Add credentials",
                Permission.WRITE,
                self.stage,
                icon="plus",
                on_click=lambda: ChooseProvider(self.stage, self.subscriber_id, view, self.changed).open(),
            ).mark("add-credentials")
            if view.integrations is None:
                add.disable()

    def _draw_card(self, card: Card) -> None:
        with html.section().classes("card").mark(f"entry-{card.provider_id}") as frame:
            frame.attributes(aria_label=f"{card.title} {card.integration_name}".strip())
            with html.div().classes("card-head"):
                html.h2(card.title)
                if card.integration_name:
                    html.span(card.integration_name).classes("muted small clip")
                html.span().classes("grow")
                html.span(STATES[card.state]).classes(f"chip {TONES[card.state]}")
            with html.div().classes("card-body"):
                self._draw_values(card)
                self._draw_buttons(card)

    def _draw_values(self, card: Card) -> None:
        if card.row is None:
            html.p("This provider is newer than this dashboard, so it is shown as it is stored.").classes(
                "muted small"
            )
            json_view(
                {"providerId": card.provider_id, "fields": sorted(card.credentials.to_body())},
                label=card.title,
            )
            return
        for field in card.row.fields:
            shown = card.shown.get(field.key)
            if shown is None:
                continue
            html.span(field.label).classes("field-label")
            values = (shown,) if isinstance(shown, str) else shown
            for position, mask in enumerate(values):
                self._draw_value(
                    card, field.key, field.kind is Kind.TOKENS, position, mask, is_secret=field.secret
                )
        if not card.shown:
            html.p("Nothing is stored in this entry.").classes("nothing")

    def _draw_value(
        self, card: Card, key: str, is_token: bool, position: int, mask: str, *, is_secret: bool
    ) -> None:
        with html.div().classes("secret-row"):
            value = html.span(mask).classes("secret grow")
            if is_secret and card.target:
                name = f"{card.title} {position + 1}" if is_token else card.title
                permission_button(
                    "",
                    Permission.REVEAL,
                    self.stage,
                    icon="eye",
                    look="bare tiny",
                    label=f"Reveal {name} for {REVEALED_FOR_S} seconds",
                    on_click=lambda: self.reveal(card, key, position, value, mask),
                )
            if is_token and card.target:
                token = card.tokens[position]
                permission_button(
                    "",
                    Permission.WRITE,
                    self.stage,
                    icon="trash",
                    look="bare tiny",
                    label=f"Remove {card.title} {mask}",
                    on_click=lambda: self.remove_token(card, token),
                )

    def _draw_buttons(self, card: Card) -> None:
        if not card.row or not card.target:
            if card.state in {"inactive", "missing"}:
                html.p("Novu refuses changes here until the integration is active again.").classes(
                    "muted small"
                )
            return
        is_push = card.row.channel is Channel.PUSH
        dialog = AddTokens if is_push else ChangeEntry
        with html.div().classes("row-x"):
            permission_button(
                "Add tokens" if is_push else "Change",
                Permission.WRITE,
                self.stage,
                icon="plus" if is_push else "edit",
                look="quiet tiny",
                on_click=lambda: dialog(self.stage, self.subscriber_id, card, self.changed).open(),
            )

    @reports_errors
    async def reveal(self, card: Card, key: str, position: int, value: html.Tag, mask: str) -> None:
        """Show one stored value in clear for half a minute; that it was shown is on record."""
        if not card.target:
            return
        stored = await actions.reveal(
            self.stage.ctx, self.stage.visit, subscriber_id=self.subscriber_id, target=card.target
        )
        clear = _value_at(stored, key, position)
        if clear is None:
            self.panel.reload()
            return
        value.text = clear
        beside(value, _hide_again(value, mask), name="hide a secret again")

    @reports_errors
    async def remove_token(self, card: Card, token: str) -> None:
        if not card.target:
            return
        await actions.remove_token(
            self.stage.ctx,
            self.stage.visit,
            subscriber_id=self.subscriber_id,
            target=card.target,
            token=token,
        )
        self.changed(f"One token of {card.title} was removed. The others are still there.")


async def _hide_again(value: html.Tag, mask: str) -> None:
    await asyncio.sleep(REVEALED_FOR_S)
    if not value.is_deleted:
        value.text = mask


def _value_at(stored: ChannelCredentials | None, key: str, position: int) -> str | None:
    """One value of an entry in clear; None when it is not there any more."""
    found: object = stored.to_body().get(key) if stored else None
    values = [str(one) for one in cast("list[object]", found)] if isinstance(found, list) else [found]
    value = values[position] if position < len(values) else None
    return None if value is None else str(value)
