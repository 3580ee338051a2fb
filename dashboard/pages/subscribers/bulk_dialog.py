"""Before many people are changed: who, how, and a typed number before what cannot be undone."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nicegui import ui

from api_client import ApiError
from dashboard import paths, wording
from dashboard.actions.bulk import begin, plan_change, plan_deletion
from dashboard.components import html
from dashboard.components.background import beside
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import TextField
from dashboard.components.shell import Stage
from dashboard.feedback import describe
from dashboard.jobs import Kind, Plan, Target
from dashboard.pages.subscribers.gathering import gather
from dashboard.pages.subscribers.selection import Picked, Selection
from dashboard.pages.subscribers.state import ListState
from dashboard.pages.subscribers.values import PROBLEMS
from dashboard.refusals import Refusal

SHOWN = 50
IRREVERSIBLE = frozenset({Kind.DELETE, Kind.READ})
"""Nothing remembers how it was before, so the number is typed."""


@dataclass(frozen=True)
class Words:
    """How a change is spoken of; `{people}` becomes `40 people`."""

    title: str
    consequence: str
    go: str
    field: str = ""
    hint: str = ""


WORDS: Mapping[Kind, Words] = {
    Kind.DELETE: Words(
        "Delete {people}",
        "This permanently deletes their profiles, credentials, preferences, topic subscriptions and "
        "messages. A later trigger for the same id creates an empty person again. The audit log records who "
        "deleted them, but keeps no copy.",
        "Delete {people}",
    ),
    Kind.READ: Words(
        "Mark all messages of {people} read",
        "Every in-app message of these people becomes read and seen. This cannot be undone: which ones were "
        "unread is not kept.",
        "Mark read",
    ),
    Kind.LOCALE: Words(
        "Set the language of {people}",
        "Nothing else changes. The job's result keeps the old value.",
        "Set language",
        "Language",
        "For example de, de_DE or pt-BR.",
    ),
    Kind.TIMEZONE: Words(
        "Set the time zone of {people}",
        "Nothing else changes. The job's result keeps the old value.",
        "Set time zone",
        "Time zone",
        "For example Europe/Berlin or UTC.",
    ),
}


class BulkDialog:
    """Gathers who is meant, shows it, and hands the plan over; the work itself goes on without this page."""

    def __init__(self, stage: Stage, kind: Kind, selection: Selection, state: ListState) -> None:
        self.stage, self.kind, self.selection, self.state = stage, kind, selection, state
        self.words = WORDS[kind]
        self.people: Sequence[Picked] = ()
        self.value: TextField | None = None
        self.typed: TextField | None = None
        self.task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self.dialog = Dialog(self.words.title.format(people="people"), marker="bulk-dialog")
        self.dialog.on_closed(self._stop)
        self.dialog.open()
        if self.selection.is_everyone:
            self._wait()
            self.task = beside(self.dialog.body, self._gather(), name="gather")
        else:
            self.people = tuple(self.selection.people.values())
            self._preview()

    def _wait(self) -> None:
        with self.dialog.content():
            self.line = html.p("Reading who matches…").classes("num").attributes(role="status")
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)

    def _stop(self) -> None:
        """Whoever was still being read is not wanted any more."""
        if self.task:
            self.task.cancel()

    async def _gather(self) -> None:
        try:
            ctx = self.stage.ctx
            self.people = await gather(ctx.reader, self.state, ctx.clock.now(), self._said)
        except (ApiError, Refusal) as exc:
            if not self.line.is_deleted:
                self.line.text = f"Nobody was changed. {describe(exc).text}"
            return
        if not self.dialog.body.is_deleted:
            self._preview()

    def _said(self, read: int) -> None:
        if self.line.is_deleted:
            self._stop()  # the page was left by Back
        else:
            self.line.text = f"Reading who matches: {wording.count(read, 'person', 'people')} so far"

    def _preview(self) -> None:
        people = wording.count(len(self.people), "person", "people")
        self.dialog.rename(self.words.title.format(people=people))
        with self.dialog.content():
            html.p(self.words.consequence)
            if self.words.field:
                self.value = TextField(
                    self.words.field, hint=self.words.hint, required=True, marker="bulk-value", focused=True
                )
                self.value.input.on_value_change(self._check)
                self.value.input.on("keydown.enter", self._go)
            self.changes = html.p().classes("muted small num").mark("bulk-changes").attributes(role="status")
            self._draw_people()
            if self.kind in IRREVERSIBLE:
                self.typed = TextField(
                    f"Type {len(self.people)} to confirm", required=True, marker="bulk-typed", focused=True
                )
                self.typed.input.on_value_change(self._check)
                self.typed.input.on("keydown.enter", self._go)
        with self.dialog.buttons():
            button("Cancel", on_click=self.dialog.close)
            look = "danger solid" if self.kind is Kind.DELETE else "primary"
            go = button(self.words.go.format(people=people), look=look, on_click=self._go)
            self.go = go.mark("bulk-go")
        self._check()

    def _draw_people(self) -> None:
        with html.ol().classes("bulk-people").attributes(aria_label="Who is meant", tabindex=0):
            for one in self.people[:SHOWN]:
                with html.li():
                    html.span(one.name).classes("clip")
                    if one.name != one.id:
                        html.span(one.id).classes("mono muted clip")
                    if self.words.field:
                        html.span(self._old(one) or "not set").classes("muted small")
            if len(self.people) > SHOWN:
                html.li(f"and {len(self.people) - SHOWN:,} more").classes("muted")

    def _old(self, one: Picked) -> str:
        return one.locale if self.kind is Kind.LOCALE else one.timezone

    def _check(self) -> None:
        """May one go on? Say what would change."""
        is_typed = self.typed is None or self.typed.value.strip() == str(len(self.people))
        problem = None
        if self.value is not None:
            value = self.value.value.strip()
            problem = PROBLEMS[self.kind](value)
            self.value.set_error(problem if value else None)
            same = sum(1 for one in self.people if self._old(one) == value)
            change = wording.count(len(self.people) - same, "person", "people")
            text = f"{change} will change, {same:,} already set."
            self.changes.text = text if value and not problem else ""
        self.go.set_enabled(bool(self.people) and is_typed and problem is None)

    async def _go(self) -> None:
        if self.go.enabled:  # Enter in a field comes here as well
            await self.dialog.finish(self._begin)

    async def _begin(self) -> None:
        ctx, visit = self.stage.ctx, self.stage.visit
        plan = Plan(
            kind=self.kind,
            people=[Target(one.id, one.name) for one in self.people],
            subject=self._subject(),
            actor=visit.actor,
            value=self.value.value.strip() if self.value else "",
        )
        write = plan_deletion if self.kind is Kind.DELETE else plan_change
        job = await ctx.jobs.find(await write(ctx, visit, plan=plan))
        if job:
            await begin(ctx, visit, job)
            ui.navigate.to(paths.job(job.id))

    def _subject(self) -> str:
        if not self.selection.is_everyone:
            return "picked by hand"
        return self.state.described()
