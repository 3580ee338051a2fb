"""Whether somebody else has the same e-mail or phone: asked beside the profile, which never waits for it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from api_client import ApiError, Subscriber, SubscriberFilter, SubscriberRow
from dashboard import paths, wording
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.compare_dialog import CompareDialog
from dashboard.components.comparing import MOST as MOST_BESIDE
from dashboard.components.shell import Stage

MOST = 20
NAMED = 5


@dataclass(frozen=True)
class Twins:
    """Who else has a value; `more`: the server found further people whose value holds it."""

    word: str
    field: str
    value: str
    found: Sequence[SubscriberRow]
    more: bool


class Elsewhere:
    """Draws nothing where nobody has; says so where it could not be asked. One search each."""

    def __init__(self, stage: Stage, person: Subscriber) -> None:
        self.stage, self.person = stage, person
        self.place = html.div().classes("elsewhere").attributes(role="status").mark("elsewhere")
        if not stage.ctx.hides():  # what is on the screen is no value to look for
            beside(self.place, self._load(), name="same e-mail or phone elsewhere")

    async def _load(self) -> None:
        asked = [
            self._twins(word, field, value)
            for word, field, value in (
                ("e-mail", "email", self.person.email),
                ("phone", "phone", self.person.phone),
            )
            if value
        ]
        found = await asyncio.gather(*asked)
        if not self.place.is_deleted:
            with self.place.clear():
                for one in found:
                    self._draw(one)

    async def _twins(self, word: str, field: str, value: str) -> "Twins | str":
        try:
            page = await self.stage.ctx.reader.subscribers.search_lean(
                SubscriberFilter(**{field: value}), limit=MOST
            )
        except ApiError as exc:
            return f"Could not check whether others have the same {word}. {exc.user_text}"
        mine = self.person.subscriber_id
        same = [
            one for one in page.items if one.subscriber_id != mine and same_value(getattr(one, field), value)
        ]
        return Twins(word, field, value, same, page.next is not None)

    def _draw(self, one: Twins | str) -> None:
        if isinstance(one, str):
            html.p(one).classes("muted small")
            return
        if not one.found and not one.more:
            return
        with html.p().classes("notice warn breakable"):
            _draw_links(one)
            if one.found:
                ids = [self.person.subscriber_id, *(row.subscriber_id for row in one.found)]
                button(
                    "Side by side",
                    label=f"Side by side: who has this {one.word}",
                    look="bare tiny",
                    on_click=CompareDialog(self.stage, ids[:MOST_BESIDE]).open,
                ).mark(f"beside-{one.field}")


def same_value(one: str | None, other: str) -> bool:
    """The server finds any part; here the whole value counts, whatever its case and the spaces around it."""
    return (one or "").strip().casefold() == other.strip().casefold()


def _draw_links(one: Twins) -> None:
    html.span(f"Same {one.word} as: " if one.found else f"Somebody else may have the same {one.word}: ")
    for at, row in enumerate(one.found[:NAMED]):
        html.span(", " if at else "")
        name = wording.full_name(row.first_name, row.last_name, otherwise="")
        link = html.a(f"{name} ({row.subscriber_id})" if name else row.subscriber_id).classes("text-link")
        link.attributes(href=paths.subscriber(row.subscriber_id))
    if len(one.found) > NAMED or one.more:
        html.span(" and " if one.found else "")
        link = html.a(f"everyone whose {one.word} contains it").classes("text-link")
        link.attributes(href=paths.subscribers({one.field: one.value}))
