"""The profile as a form: only what was changed is sent, and not over somebody else's change."""

from collections.abc import Callable, Mapping, Sequence

from api_client import Invalid, Subscriber, SubscriberPatch
from dashboard.actions import subscribers as actions
from dashboard.actions.subscribers import PersonChanged
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.draft_guard import DraftGuard
from dashboard.components.fields import TextField
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors
from dashboard.pages.subscriber.conflict import ConflictDialog
from dashboard.profile import (
    FIELDS,
    BadJson,
    Difference,
    ProfileField,
    changes,
    differences,
    drifted,
    problems,
    shown,
    warnings,
)

UNCHANGED = "No changes yet."


class ProfileForm:
    """Opened on the person as it was; what is typed outlives a reload until it is saved or given up."""

    def __init__(
        self,
        stage: Stage,
        person: Subscriber,
        *,
        on_saved: Callable[[Subscriber, Subscriber], None],
        on_cancel: Callable[[], None],
    ) -> None:
        self.stage, self.opened = stage, person
        self.on_saved, self.on_cancel = on_saved, on_cancel
        self.fields: dict[str, TextField] = {}
        self.began: Mapping[str, str] = {}
        stored = shown(person)
        key = f"profile:{person.subscriber_id}"
        with DraftGuard(key, base=stored, on_draft=self.restore) as self.guard:
            self.guard.mark("profile-form")
            self._draw(stored)

    def _draw(self, stored: Mapping[str, str]) -> None:
        self.restored = html.div().classes("notice").attributes(role="status")
        self.restored.set_visibility(False)
        with html.div().classes("form-grid"):
            for field in FIELDS:
                self.fields[field.key] = self._draw_field(field, stored[field.key])
        with html.div().classes("form-foot"):
            self.summary = html.p(UNCHANGED).classes("muted grow").attributes(role="status")
            button("Cancel", on_click=self.cancel).mark("profile-cancel")
            self.save_button = permission_button(
                "Save changes", Permission.WRITE, self.stage, on_click=self.save, look="primary"
            ).mark("profile-save")

    def _draw_field(self, field: ProfileField, value: str) -> TextField:
        hint = field.hint
        if getattr(self.opened, field.key) == "":
            hint = f"{hint} An empty text is stored.".strip()
        with html.div().classes("form-wide" if field.lines else ""):
            made = TextField(
                field.label,
                value=value,
                hint=hint,
                placeholder=field.example,
                lines=field.lines,
                marker=f"field-{field.wire}",
            )
        made.input.props["name"] = field.key
        made.input.on_value_change(self._typed)
        return made

    @property
    def raw(self) -> dict[str, str]:
        return {key: field.value for key, field in self.fields.items()}

    def focus(self, key: str) -> None:
        """Move the keyboard to a field, where it is known."""
        if key in self.fields:
            self.fields[key].focus()

    def restore(self, draft: Mapping[str, str], began: Mapping[str, str]) -> None:
        """What was typed before the page was loaded again, over a person who may have changed since."""
        self.began = began
        for key, text in draft.items():
            if key in self.fields:
                self.fields[key].input.value = text
        self.restored.set_visibility(True)
        with self.restored.clear():
            html.p("What you had typed before the page reloaded is back. Nothing of it is saved yet.")

    def cancel(self) -> None:
        self.guard.forget()
        self.on_cancel()

    def check(self) -> dict[str, object] | None:
        """The changed fields, or None while one of them is wrong; says so at the field."""
        raw, before = self.raw, shown(self.opened)
        touched = [key for key, text in raw.items() if text.strip() != before[key].strip()]
        found, odd = problems(raw, touched), warnings(raw, touched)
        for key, field in self.fields.items():
            field.set_error(found.get(key))
            field.set_warning(odd.get(key) if key not in found else None)
        if found:
            self.focus(next(iter(found)))
            return None
        return changes(self.opened, raw)

    async def save(self) -> None:
        """Check, send what changed, read back."""
        wanted = self.check()
        if wanted is None:
            return
        if not wanted:
            self.cancel()
            return
        if meanwhile := drifted(self.began, self.opened, self.raw, wanted):
            self._show_conflict(self.opened, meanwhile, wanted)
            return
        self.save_button.disable()
        await self._send(wanted, expected=self.opened)
        if not self.save_button.is_deleted:
            self.save_button.enable()

    @reports_errors
    async def _send(self, wanted: Mapping[str, object], *, expected: Subscriber) -> None:
        try:
            now = await actions.patch(
                self.stage.ctx,
                self.stage.visit,
                subscriber_id=expected.subscriber_id,
                change=SubscriberPatch.model_validate(dict(wanted)),
                expected=expected,
            )
        except PersonChanged as exc:
            found = differences(self.opened, exc.now, self.raw, wanted)
            self._show_conflict(exc.now, found, wanted)
        except Invalid as exc:
            if not self._show_refused(exc.fields):
                raise
        else:
            self.guard.forget()
            self.on_saved(expected, now)

    def _show_conflict(
        self, now: Subscriber, found: Sequence[Difference], wanted: Mapping[str, object]
    ) -> None:
        async def keep_mine() -> None:
            await self._send(wanted, expected=now)

        def take_theirs() -> None:
            self.guard.forget()
            self.on_saved(now, now)

        ConflictDialog(found, on_mine=keep_mine, on_theirs=take_theirs).open()

    def _show_refused(self, fields: Mapping[str, tuple[str, ...]]) -> bool:
        """Put the server's complaints on the fields they name; whether any found its place."""
        by_wire = {field.wire: self.fields[field.key] for field in FIELDS}
        named = {name.rpartition(".")[2]: texts for name, texts in fields.items()}
        for name, texts in named.items():
            if name in by_wire:
                by_wire[name].set_error(" ".join(texts))
        return bool(named.keys() & by_wire.keys())

    def _typed(self) -> None:
        """Say what would be sent."""
        try:
            wanted = changes(self.opened, self.raw)
        except BadJson as flaw:
            self.summary.text = f"Custom data cannot be read yet. {flaw}"
            return
        names = [field.label for field in FIELDS if field.key in wanted]
        self.summary.text = f"Will change: {', '.join(names)}." if names else UNCHANGED
