"""The dialog that creates one person, or several pasted as lines, each with a first device token."""

from collections.abc import Mapping
from datetime import UTC, datetime

from nicegui import ui

from api_client import Conflict, NewSubscriber, StillRunning
from dashboard import paths, wording
from dashboard.actions import credentials, subscribers
from dashboard.actions.entries import Target
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.draft_guard import DraftGuard
from dashboard.components.fields import TextField, choice, labelled_choice
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors, succeed
from dashboard.pages.create.lines import NewPerson, parse
from dashboard.profile import FIELDS, BadJson, custom_data, phone_number, problems
from dashboard.providers import PROVIDERS, Channel

BEGINNING = datetime.min.replace(tzinfo=UTC)
ONE, SEVERAL = "one", "several"
PUSH = {row.id: row.label for row in PROVIDERS.values() if row.channel is Channel.PUSH}
RESTORED = "What you had typed before is back. Nothing of it is created yet."
EXAMPLE = "test-1, ada@example.com, Ada, Lovelace, +4915112345678, token-of-her-phone"


class CreateDialog:
    """What is typed stays in the dialog until it is created or given up."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.provider, self.mode = stage, "fcm", ONE
        self.dialog = Dialog("Create people", marker="create-dialog")
        self.fields: dict[str, TextField] = {}

    def open(self) -> None:
        with self.dialog.content(), DraftGuard("create", base={}, on_draft=self.restore) as self.guard:
            self.guard.classes("stack-l")
            self.restored = html.p(RESTORED).classes("notice").attributes(role="status")
            self.restored.set_visibility(False)
            choice(
                {ONE: "One person", SEVERAL: "Several, as lines"},
                ONE,
                label="How many",
                on_change=self._switch,
                marker="create-mode",
            )
            with html.div().classes("stack-l") as self.one:
                self._draw_one()
            with html.div().classes("stack-l") as self.several:
                self._draw_several()
            self.several.set_visibility(False)
        with self.dialog.buttons():
            button("Cancel", on_click=self.cancel)
            self.go = button("Create", on_click=self.create, look="primary").mark("create")
        self.dialog.open()

    def _draw_one(self) -> None:
        self.fields["subscriber_id"] = TextField(
            "Subscriber id", required=True, marker="field-subscriberId", focused=True
        )
        for row in FIELDS:
            self.fields[row.key] = TextField(
                row.label, hint=row.hint, placeholder=row.example, lines=row.lines, marker=f"field-{row.wire}"
            )
        for key, field in self.fields.items():
            field.input.props["name"] = key

    def _draw_several(self) -> None:
        hint = (
            "Id, e-mail, first name, last name, phone, device token, in this order. Leave out what you lack."
        )
        self.lines = TextField(
            "One person per line", hint=hint, placeholder=EXAMPLE, lines=True, marker="create-lines"
        )
        self.lines.input.props["name"] = "lines"
        labelled_choice(
            PUSH,
            self.provider,
            label="Device tokens are for",
            on_change=self._choose,
            marker="create-provider",
        )

    def restore(self, draft: Mapping[str, str], _: Mapping[str, str]) -> None:
        """What was typed before the page was loaded again."""
        for key, text in draft.items():
            if key in self.fields:
                self.fields[key].input.value = text
        self.lines.input.value = draft.get("lines", "")
        self.restored.set_visibility(True)

    def cancel(self) -> None:
        """Given up: what was typed is not offered again."""
        self.guard.forget()
        self.dialog.close()

    def _switch(self, mode: str) -> None:
        self.mode = mode
        self.one.set_visibility(mode == ONE)
        self.several.set_visibility(mode == SEVERAL)

    def _choose(self, provider: str) -> None:
        self.provider = provider

    async def create(self) -> None:
        """Check first; nothing is sent while anything is wrong."""
        self.go.disable()
        with self.dialog.held():
            await (self._create_one() if self.mode == ONE else self._create_several())
        if not self.go.is_deleted:
            self.go.enable()

    @reports_errors
    async def _create_one(self) -> None:
        new = self._checked()
        if new is None:
            return
        try:
            await subscribers.create(
                self.stage.ctx, self.stage.visit, subscriber_id=new.subscriber_id, new=new
            )
        except StillRunning:
            raise
        except Conflict:
            self.fields["subscriber_id"].set_error("This id exists already. Nothing was changed.")
            return
        self.cancel()
        succeed("Created.")
        ui.navigate.to(paths.subscriber(new.subscriber_id))

    def _checked(self) -> NewSubscriber | None:
        raw = {key: field.value.strip() for key, field in self.fields.items()}
        found = problems(raw, raw)
        if not raw["subscriber_id"]:
            found["subscriber_id"] = "The id is required."
        for key, field in self.fields.items():
            field.set_error(found.get(key))
        return None if found else _new(raw)

    @reports_errors
    async def _create_several(self) -> None:
        pasted = parse(self.lines.value)
        nobody = "" if pasted.people else "Paste at least one line."
        flaw = " ".join(pasted.problems) or nobody
        self.lines.set_error(flaw)
        if flaw:
            return
        target = await self._target() if any(one.token for one in pasted.people) else None
        if target is None and any(one.token for one in pasted.people):
            self.lines.set_error("This provider has no active integration, so tokens cannot be stored.")
            return
        there = [one.subscriber_id for one in pasted.people if not await self._create_line(one, target)]
        if there:
            self.lines.set_error(f"These ids exist already and were left as they are: {', '.join(there)}.")
            return
        self.cancel()
        succeed(f"Created {wording.count(len(pasted.people), 'person', 'people')}.")
        ui.navigate.reload()

    async def _target(self) -> Target | None:
        """The newest active integration of the chosen provider: the one that the API would take."""
        listed = await self.stage.ctx.reader.integrations.list()
        found = [one for one in listed if one.active and one.provider_id == self.provider]
        newest = max(found, key=lambda one: one.created_at or BEGINNING, default=None)
        return Target(self.provider, newest.identifier, newest.id) if newest else None

    async def _create_line(self, one: NewPerson, target: Target | None) -> bool:
        """False when the id exists already; raises what else goes wrong, and those before stay created."""
        new = NewSubscriber.model_validate({"subscriber_id": one.subscriber_id, **one.fields})
        try:
            await subscribers.create(
                self.stage.ctx, self.stage.visit, subscriber_id=one.subscriber_id, new=new
            )
        except StillRunning:
            raise
        except Conflict:
            return False
        if one.token and target:
            await credentials.add_tokens(
                self.stage.ctx,
                self.stage.visit,
                subscriber_id=one.subscriber_id,
                target=target,
                tokens=[one.token],
            )
        return True


def _new(raw: dict[str, str]) -> NewSubscriber | None:
    values: dict[str, object] = {key: text for key, text in raw.items() if text and key != "data"}
    if raw["phone"]:
        values["phone"] = phone_number(raw["phone"])
    if raw["data"]:
        try:
            values["data"] = custom_data(raw["data"])
        except BadJson:
            return None  # already said at its field
    return NewSubscriber.model_validate(values)


def open_create(stage: Stage) -> None:
    """For a button: draw the dialog and open it."""
    CreateDialog(stage).open()
