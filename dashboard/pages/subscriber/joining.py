"""Choose a topic for a person to join: one that exists, or one that begins with this."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from api_client import ApiError, Page, Topic
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField, labelled_choice
from dashboard.components.shell import Stage

MOST = 100
HINT = "The key that triggers use for this topic."
NEW = "No topic has this key yet: joining makes a new one."


class JoinDialog:
    """The topics that exist are offered when they have been read; the key can always be typed."""

    def __init__(
        self, stage: Stage, belongs_to: Sequence[str], *, on_join: Callable[[str], Awaitable[None]]
    ) -> None:
        self.stage, self.belongs_to, self.on_join = stage, frozenset(belongs_to), on_join
        self.keys: frozenset[str] | None = None
        self.dialog = Dialog("Join a topic", marker="join-topic")

    def open(self) -> None:
        with self.dialog.content(), html.div().classes("stack"):
            self.offer = html.div().classes("stack").attributes(role="status")
            with self.offer:
                html.p("Reading which topics there are …").classes("muted small")
            self.key = TextField("Topic key", hint=HINT, required=True, marker="topic-key")
            self.key.input.on_value_change(self._typed)
            self.key.input.on("keydown.enter", self._join, args=[])
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            button("Join", on_click=self._join, look="primary").mark("confirm-join")
        self.dialog.open()
        self.key.focus()
        beside(self.dialog.body, self._load(), name="topics to join")

    async def _load(self) -> None:
        try:
            found = await self.stage.ctx.reader.topics.list(limit=MOST)
        except ApiError:
            self._offer("This server does not tell which topics there are: type the key.")
        else:
            self._draw(found)

    def _draw(self, found: Page[Topic]) -> None:
        others = {one.key: _words(one) for one in found.items if one.key not in self.belongs_to}
        self.keys = None if found.next else frozenset(one.key for one in found.items)
        if not others:
            self._offer("There is no other topic: a key makes a new one.")
        elif not self.offer.is_deleted:
            with self.offer.clear():
                options = {"": "Choose, or type the key below", **others}
                labelled_choice(
                    options, "", label="Topics that exist", on_change=self._chosen, marker="topic-choice"
                )
                if found.next:
                    html.p(f"These are {MOST} of them; the others can be joined by key.").classes("hint")

    def _offer(self, text: str) -> None:
        if not self.offer.is_deleted:
            with self.offer.clear():
                html.p(text).classes("muted small")

    def _chosen(self, key: str) -> None:
        if key:
            self.key.input.value = key

    def _typed(self) -> None:
        self.key.set_error(None)
        key = self.key.value.strip()
        self.key.set_warning(NEW if key and self.keys is not None and key not in self.keys else None)

    async def _join(self) -> None:
        key = self.key.value.strip()
        if not key or key in {".", ".."}:
            self.key.set_error("Choose a topic or type its key.")
            self.key.focus()
        elif key in self.belongs_to:
            self.key.set_error("The person belongs to this topic already.")
            self.key.focus()
        else:
            await self.dialog.finish(partial(self.on_join, key))


def _words(one: Topic) -> str:
    return f"{one.name} · {one.key}" if one.name and one.name != one.key else one.key
