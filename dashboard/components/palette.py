"""Ctrl-K from anywhere: the people opened last or pinned, then whoever is typed, pages and saved views."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlsplit

from nicegui import ui
from nicegui.element import Element

from api_client import ApiError, NotFound, Subscriber
from dashboard import paths, wording
from dashboard.components.background import beside
from dashboard.components.dialog import Dialog
from dashboard.components.keys import Keys
from dashboard.components.shell import Stage
from dashboard.desk import View
from dashboard.feedback import describe
from dashboard.other_environments import sentence
from dashboard.search import parse

MOST = 8
RECENT_SHOWN = 6
KNOWN_SHOWN = 3


@dataclass(frozen=True)
class Item:
    """One line: what it is, its name, and the address of ours that it opens."""

    kind: str
    label: str
    href: str
    note: str = ""


class PaletteBox(Element, component="palette.js"):
    """The input with its list; `on_query` gets what was typed once the typing pauses."""

    def __init__(self, *, on_query: Callable[[str], None], on_open: Callable[[str], None]) -> None:
        super().__init__()
        self.props.update({"items": [], "said": "", "about": "", "sure": True})
        self.on("query", lambda e: on_query(str(e.args)))
        self.on("open", lambda e: on_open(str(e.args)))

    def show(self, items: Sequence[Item], said: str, *, about: str, sure: bool = True) -> None:
        """Replace the lines by what was found for the text `about`; `said` is read out.

        Enter opens nothing that was found for an older text; it waits, and opens the first line if that is
        `sure`, which it is not where people could not be asked.
        """
        if not self.is_deleted:
            lines = [asdict(item) for item in items]
            self.props.update({"items": lines, "said": said, "about": about, "sure": sure})


class Palette:
    """One per visit. It also notes who is opened, so that they come first the next time."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.task: asyncio.Task[None] | None = None
        self.dialog: Dialog | None = None
        self.last = ""
        self.keys = Keys({"ctrl-k": self.open})
        router = ui.context.client.sub_pages_router
        router.on_path_changed(self._note)
        self._note(router.current_path)

    def open(self) -> None:
        if self.dialog and self.dialog.is_open:
            self.dialog.close()
            return
        self.dialog = Dialog("Go to", marker="palette")
        with self.dialog.content():
            self.box = PaletteBox(on_query=self.find, on_open=self._go)
        self.dialog.open()
        self.find("")

    def find(self, text: str) -> None:
        """Look for people, pages and views; a newer text ends the search for an older one."""
        if self.task:
            self.task.cancel()
        self.task = beside(self.box, self._find(text), name="palette")

    async def _find(self, text: str) -> None:
        query = parse(text)
        views = await self.stage.ctx.desk.views(self.stage.visit.actor)
        places = [item for item in _places(views) if text.casefold().strip() in item.label.casefold()]
        try:
            people = await (self._recent() if query.is_empty else self._matching(text))
        except ApiError as exc:
            self.box.show(places, describe(exc).text, about=text, sure=False)
            return
        nobody = "The people you open are listed here." if query.is_empty else "Nobody matches."
        said = "" if people else nobody
        self.box.show([*people, *places], said, about=text)
        if not people and not query.is_empty and (others := self.stage.ctx.others).names:
            elsewhere = sentence(await others.where(query.text))
            self.box.show(places, f"{said} {elsewhere}".rstrip(), about=text)

    async def _recent(self) -> list[Item]:
        """The people opened last and then those pinned; who was deleted since is left out."""
        desk, actor = self.stage.ctx.desk, self.stage.visit.actor
        recent = (await desk.recent(actor))[:RECENT_SHOWN]
        pinned = [one for one in await desk.pinned(actor) if one not in recent]
        found = await asyncio.gather(*(self._get(one) for one in [*recent, *pinned]))
        kinds = ["Recent"] * len(recent) + ["Pinned"] * len(pinned)
        return [_person(one, kind) for one, kind in zip(found, kinds, strict=True) if one]

    async def _get(self, subscriber_id: str) -> Subscriber | None:
        try:
            return await self.stage.ctx.reader.subscribers.get(subscriber_id)
        except NotFound:
            return None

    async def _matching(self, text: str) -> list[Item]:
        query = parse(text)
        search = self.stage.ctx.reader.subscribers.search
        known = await self._known(query.text)
        pages = await asyncio.gather(*(search(ask.filter, limit=MOST) for ask in query.asks()))
        people = {one.id: one for page in pages for one in page.items}
        exact_first = sorted(people.values(), key=lambda one: one.subscriber_id != query.text)
        rest = [one for one in exact_first if one.id not in {person.id for person in known}]
        items = [*(_person(one, "Recent") for one in known), *(_person(one, "Person") for one in rest)]
        return items[:MOST]

    async def _known(self, text: str) -> list[Subscriber]:
        """Recent and pinned people with the text in their id, of which the API finds no part."""
        desk, actor = self.stage.ctx.desk, self.stage.visit.actor
        ids = dict.fromkeys([*await desk.recent(actor), *await desk.pinned(actor)])
        wanted = [one for one in ids if text.casefold() in one.casefold()][:KNOWN_SHOWN]
        return [one for one in await asyncio.gather(*map(self._get, wanted)) if one]

    def _go(self, href: str) -> None:
        if self.dialog:
            self.dialog.close()
        if paths.safe_next(href) == href:
            ui.navigate.to(href)

    def _note(self, path: str) -> None:
        """Remember who is being looked at."""
        who = paths.subscriber_of(urlsplit(path).path)
        if who and who != self.last:
            self.last = who
            opened = self.stage.ctx.desk.opened(self.stage.visit.actor, who)
            beside(self.keys, opened, name="note who was opened")


def _person(person: Subscriber, kind: str) -> Item:
    name = wording.full_name(person.first_name, person.last_name, otherwise=person.subscriber_id)
    return Item(kind, name, paths.subscriber(person.subscriber_id), person.subscriber_id)


def _places(views: Iterable[View]) -> list[Item]:
    saved = [Item("View", view.name, paths.subscribers(dict(parse_qsl(view.query)))) for view in views]
    return [*saved, *(Item("Page", entry.label, entry.path) for entry in paths.NAVIGATION)]
