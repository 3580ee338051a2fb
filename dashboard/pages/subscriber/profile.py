"""The Profile tab: everything stored about the person, read only here."""

from nicegui import ui

from api_client import Subscriber
from dashboard import wording
from dashboard.components import html
from dashboard.components.fields import copy_button
from dashboard.components.json_view import json_view


def draw_profile(person: Subscriber) -> None:
    """Fields as stored: what is absent says so, and is not shown as empty text."""
    with html.div().classes("card"), html.dl().classes("facts").mark("profile"):
        _fact("Subscriber id", person.subscriber_id, copy=True, mono=True)
        _fact("First name", person.first_name)
        _fact("Last name", person.last_name)
        _fact("E-mail", person.email, copy=True)
        _fact("Phone", person.phone, copy=True)
        _fact("Locale", person.locale)
        _fact("Time zone", person.timezone)
        _fact("Avatar", person.avatar)
        _fact("Created", wording.absolute(person.created_at))
        _fact("Updated", wording.absolute(person.updated_at))
        _custom_data(person)
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


def _custom_data(person: Subscriber) -> None:
    with html.div():
        html.dt("Custom data")
        with html.dd():
            if person.data:
                json_view(person.data, label="Custom data")
            else:
                html.span("not set").classes("nothing")
