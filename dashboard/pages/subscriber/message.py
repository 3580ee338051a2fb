"""One in-app message as the person sees it, and what an operator may do with it. All is foreign text."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from api_client import ActionStatus, Button, FeedItem, MarkAs
from dashboard import wording
from dashboard.auth import Permission
from dashboard.components import html
from dashboard.components.buttons import OnClick
from dashboard.components.json_view import json_view
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage

OnMark = Callable[[FeedItem, MarkAs], Awaitable[None]]
OnPress = Callable[[FeedItem, str, ActionStatus], Awaitable[None]]
OnArchive = Callable[[FeedItem, bool], Awaitable[None]]
OnItem = Callable[[FeedItem], Awaitable[None]]


@dataclass(frozen=True)
class MessageView:
    """What all messages of a page share."""

    stage: Stage
    on_mark: OnMark
    on_press: OnPress
    on_archive: OnArchive
    on_snooze: OnItem
    on_unsnooze: OnItem
    on_delete: OnItem


def draw_message(view: MessageView, item: FeedItem, now: datetime) -> None:
    marks = ("" if item.seen else "unseen ") + ("" if item.read else "unread")
    with html.li().classes(f"message {marks}").mark("message"):
        html.span().classes("mark").props('aria-hidden="true"')
        with html.div().classes("body"):
            _draw_title(item, now)
            html.div(content_text(item)).classes("content")
            _draw_buttons(view, item)
            with html.div().classes("row-x wrap between"):
                with html.div().classes("row-x wrap"):
                    for chip in _chips(item, now):
                        html.span(chip.text).classes(f"chip {chip.tone}").props["title"] = chip.title
                _draw_marks(view, item)
            _draw_details(item)


def content_text(item: FeedItem) -> str:
    """The content as text; a newer server may send blocks instead of a string."""
    if isinstance(item.content, str):
        return item.content
    return "" if item.content is None else str(item.content)


def _draw_title(item: FeedItem, now: datetime) -> None:
    with html.div().classes("row-x wrap between"):
        with html.span().classes("row-x wrap"):
            html.span(title_of(item)).classes("subject breakable")
            if by := _actor(item):
                html.span(f"from {by}").classes("small muted breakable").mark("actor")
        moment = html.time(wording.ago(item.created_at, now)).classes("small muted")
        moment.props["title"] = wording.absolute(item.created_at)


def title_of(item: FeedItem) -> str:
    """What it is called on screen."""
    return item.subject or item.title or item.template_identifier or "In-app message"


def _draw_buttons(view: MessageView, item: FeedItem) -> None:
    """The message's own buttons, as the person sees them; pressing one here records it for the person."""
    if not item.buttons:
        return
    with html.div().classes("row-x wrap"):
        for one in item.buttons:
            _draw_button(view, item, one)


def _draw_button(view: MessageView, item: FeedItem, one: Button) -> None:
    is_pressed = pressed(item) == one.type
    status = ActionStatus.PENDING if is_pressed else ActionStatus.DONE
    verb = "Record as not pressed" if is_pressed else "Record as pressed"
    permission_button(
        one.content or one.type,
        Permission.WRITE,
        view.stage,
        icon="done" if is_pressed else "",
        look=f"ghost {'pressed' if is_pressed else ''} {'main' if one.type == 'primary' else ''}",
        label=f"{one.content}: {verb}",
        on_click=partial(view.on_press, item, one.type, status),
    ).mark(f"press-{one.type}")


def pressed(item: FeedItem) -> str | None:
    """Which of the message's own buttons was pressed."""
    action = item.cta.action if item.cta else None
    if action is None or action.status != ActionStatus.DONE or action.result is None:
        return None
    return action.result.type


def _draw_marks(view: MessageView, item: FeedItem) -> None:
    title = title_of(item)[:80]
    with html.div().classes("row-x wrap"):
        for text, marker, needs, on_click in _deeds(view, item):
            made = permission_button(
                text, needs, view.stage, look="bare tiny", label=f"{text}: {title}", on_click=on_click
            )
            made.mark(marker)


def _deeds(view: MessageView, item: FeedItem) -> Iterator[tuple[str, str, Permission, OnClick]]:
    """Text, marker, what it takes and what it does."""
    for mark_as in (
        MarkAs.UNSEEN if item.seen else MarkAs.SEEN,
        MarkAs.UNREAD if item.read else MarkAs.READ,
    ):
        does = partial(view.on_mark, item, mark_as)
        yield f"Mark {mark_as.value}", f"mark-{mark_as.value}", Permission.WRITE, does
    archive = partial(view.on_archive, item, not item.archived)
    yield "Unarchive" if item.archived else "Archive", "archive", Permission.WRITE, archive
    if item.snoozed_until:
        yield "Unsnooze", "unsnooze", Permission.WRITE, partial(view.on_unsnooze, item)
    else:
        yield "Snooze", "snooze", Permission.WRITE, partial(view.on_snooze, item)
    yield "Delete", "delete-message", Permission.DELETE, partial(view.on_delete, item)


def _draw_details(item: FeedItem) -> None:
    """Folded away: payload, actor, where a click leads, times and ids."""
    with html.details().classes("more"):
        html.summary("Details")
        with html.dl().classes("facts tight"):
            for name, value in _facts(item):
                with html.div():
                    html.dt(name)
                    html.dd(value).classes("breakable")
        for name, value in (("Payload", item.payload), ("Data", item.data)):
            if value:
                html.p(name).classes("field-label")
                json_view(value, label=f"{name} of the message")


def _facts(item: FeedItem) -> list[tuple[str, str]]:
    known = [
        ("Message id", item.id),
        ("Transaction", item.transaction_id),
        ("Workflow", item.template_identifier),
        ("Feed", item.feed_id),
        ("Actor", _actor(item)),
        ("A click leads to", item.cta.data.url if item.cta and item.cta.data else None),
        ("Severity", item.severity),
        ("Error", item.error_text),
        ("Created", wording.absolute(item.created_at)),
        ("Last seen", wording.absolute(item.last_seen_date) if item.last_seen_date else None),
        ("Last read", wording.absolute(item.last_read_date) if item.last_read_date else None),
        ("Snoozed until", wording.absolute(item.snoozed_until) if item.snoozed_until else None),
    ]
    return [(name, value) for name, value in known if value]


def _actor(item: FeedItem) -> str:
    """Who it comes from, as the person's inbox names it; a picture's address is no name."""
    person = item.actor_subscriber
    if person:
        return wording.full_name(person.first_name, person.last_name, otherwise=person.subscriber_id or "")
    return (item.actor.data or "") if item.actor and item.actor.type != "user" else ""


@dataclass(frozen=True)
class _Chip:
    text: str
    tone: str = ""
    title: str = ""


def _chips(item: FeedItem, now: datetime) -> list[_Chip]:
    chips = [
        _since("Seen", item.last_seen_date, now) if item.seen else _Chip("Unseen", "accent"),
        _since("Read", item.last_read_date, now) if item.read else _Chip("Unread", "accent"),
    ]
    if item.archived:
        chips.append(_Chip("Archived"))
    if item.snoozed_until:
        chips.append(_Chip(f"Snoozed until {wording.absolute(item.snoozed_until)}", "warn"))
    if item.template_identifier and item.subject:
        chips.append(_Chip(item.template_identifier))
    return chips + [_Chip(tag) for tag in item.tags or ()]


def _since(word: str, moment: datetime | None, now: datetime) -> _Chip:
    """When it was seen last, as far as the server says."""
    if moment is None:
        return _Chip(word)
    return _Chip(f"{word} {wording.ago(moment, now)}", title=wording.absolute(moment))
