"""The profile panel: everything stored about the person, and the form to change it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import orjson
from nicegui import ui

from api_client import Subscriber, SubscriberPatch
from dashboard import wording
from dashboard.actions import subscribers as actions
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.fields import copy_button
from dashboard.components.json_view import json_view
from dashboard.components.panel import Panel
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.pages.subscriber.elsewhere import Elsewhere
from dashboard.pages.subscriber.profile_form import ProfileForm
from dashboard.pages.subscriber.raw import Behind, raw_button
from dashboard.pages.subscriber.source import Source
from dashboard.pages.subscriber.undoing import offer_undo
from dashboard.profile import FIELDS
from dashboard.snippets import Call, one_person


class ProfilePanel:
    """Shows or edits; which of the two stands in the URL."""

    def __init__(
        self,
        stage: Stage,
        source: Source,
        edit: str,
        *,
        on_edit: Callable[[str], None],
        on_changed: Callable[[], None],
    ) -> None:
        self.stage, self.source, self.edit = stage, source, edit
        self.on_edit, self.on_changed = on_edit, on_changed
        self.gives_back = False
        with html.section().classes("card").attributes(aria_label="Profile"):
            self.panel: Panel[Subscriber] = Panel(
                source.person, self.show, title="The profile could not be loaded"
            )
        self.panel.reload()

    def go(self, edit: str) -> None:
        """Open the form at a field, or close it."""
        if edit != self.edit:
            self.gives_back = not edit
            self.edit = edit
            self.panel.reload()

    def show(self, person: Subscriber) -> None:
        with self.panel.body.clear():
            with html.div().classes("card-head"):
                html.h2("Edit profile" if self.edit else "Profile")
                html.span().classes("grow")
                call = Call("GET", one_person(person.subscriber_id))
                raw_button(self.stage, Behind((call,), person), "profile")
                if not self.edit:
                    opener = permission_button(
                        "Edit",
                        Permission.WRITE,
                        self.stage,
                        icon="edit",
                        on_click=lambda: self.on_edit(FIELDS[0].key),
                    ).mark("edit-profile")
                    self.give_back(opener)
            if self.edit:
                form = ProfileForm(
                    self.stage, person, on_saved=self.on_saved, on_cancel=lambda: self.on_edit("")
                )
                form.focus(self.edit)
            else:
                Elsewhere(self.stage, person)
                draw_facts(person, is_masked=self.stage.ctx.hides())

    def give_back(self, opener: ui.button) -> None:
        """The keyboard goes on where the form was opened."""
        if self.gives_back:
            self.gives_back = False
            opener.client.run_javascript("getHtmlElement(%d).focus()" % opener.id)  # noqa: UP031 - no text goes in

    def on_saved(self, before: Subscriber, now: Subscriber) -> None:
        """Back to the facts, with an offer to take it back."""
        keys = [one.key for one in FIELDS if getattr(before, one.key) != getattr(now, one.key)]
        if keys:
            self._offer_undo(keys, before, now)
        self.on_edit("")
        self.on_changed()

    def _offer_undo(self, keys: Sequence[str], before: Subscriber, now: Subscriber) -> None:
        """The old values, unless somebody changed them once more."""
        old = SubscriberPatch.model_validate({key: getattr(before, key) for key in keys})
        ctx, visit, who = self.stage.ctx, self.stage.visit, self.source.subscriber_id
        take_back = partial(actions.patch, ctx, visit, subscriber_id=who, change=old, expected=now)
        labels = ", ".join(one.label for one in FIELDS if one.key in keys)
        text = f"Saved and read back: {labels}."
        offer_undo(self.stage, self.panel.body, who, text, take_back=take_back, then=self.on_changed)


def draw_facts(person: Subscriber, *, is_masked: bool = False) -> None:
    """Fields as stored: what is absent says so, and is not shown as empty text."""
    with html.dl().classes("facts").mark("profile"):
        _fact("Subscriber id", person.subscriber_id, copy=True, mono=True)
        for field in FIELDS:
            if field.key != "data":
                _fact(field.label, getattr(person, field.key), copy=field.key in {"email", "phone"})
        _fact("Created", wording.absolute(person.created_at))
        _fact("Updated", wording.absolute(person.updated_at))
        _custom_data(person, is_masked=is_masked)
    for field in person.unreadable:
        ui.label(f"The server's value of {field} could not be read.").classes("muted small")


def _fact(name: str, value: str | None, *, copy: bool = False, mono: bool = False) -> None:
    with html.div():
        html.dt(name)
        with html.dd(), html.div().classes("row-x"):
            if value is None or value == "":
                html.span("not set" if value is None else "empty text").classes("nothing")
                return
            html.span(value).classes("breakable mono" if mono else "breakable")
            if copy:
                copy_button(value, f"Copy {name.lower()}")


def _custom_data(person: Subscriber, *, is_masked: bool) -> None:
    with html.div():
        html.dt("Custom data")
        with html.dd():
            if person.data:
                json_view(person.data, label="Custom data")
                if not is_masked:  # the size of dots is nobody's
                    html.p(_size(person.data)).classes("muted small").mark("data-size")
            else:
                html.span("not set").classes("nothing")


def _size(data: dict[str, Any]) -> str:
    """How much it is as compact JSON."""
    try:
        return f"{wording.count(len(orjson.dumps(data)), 'byte')} as JSON"
    except orjson.JSONEncodeError:
        return "Its size is not known: it is nested too deeply, or holds a number too large, to be written."
