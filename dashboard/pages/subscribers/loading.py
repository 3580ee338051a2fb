"""Ask the API for one page of the list and word it for the table. No user interface."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from api_client import Page, Subscriber, SubscriberFilter
from dashboard import paths, wording
from dashboard.channels import channels_of
from dashboard.components.people_table import Chip, Figure, Moment, PersonRow
from dashboard.online import online
from dashboard.pages.subscribers.merging import Found, FoundPage, merge, one
from dashboard.pages.subscribers.state import ListState
from dashboard.reading import Reader

UNSEEN_CAP = 100
MATCHED = {"id": "matches the id", "email": "", "phone": "matches the phone", "name": ""}


@dataclass(frozen=True)
class ListView:
    """One page, ready to draw."""

    rows: tuple[PersonRow, ...]
    next: str | None
    previous: str | None
    total: wording.Total
    is_gone: bool = False
    """The cursor's person is gone: this is the first page instead."""


async def load(reader: Reader, state: ListState, now: datetime) -> ListView:
    """The page that `state` asks for; where its cursor's person is gone, the first page instead."""
    page = await _page(reader, state)
    is_gone = not page.items and not state.is_first_page
    if is_gone:
        page = await _page(reader, state.first())
    rows = tuple(_row(found, now) for found in page.items)
    return ListView(rows, page.next, page.previous, page.total, is_gone)


async def unseen(reader: Reader, subscriber_id: str) -> Figure:
    """The unseen count of one person, as the table shows it."""
    number = await reader.feed.unseen_count(subscriber_id, limit=UNSEEN_CAP)
    if number >= UNSEEN_CAP:
        return Figure(f"{UNSEEN_CAP - 1}+", f"{UNSEEN_CAP} or more unseen in-app messages")
    return Figure(str(number), wording.count(number, "unseen in-app message"), "" if number else "none")


async def _page(reader: Reader, state: ListState) -> FoundPage:
    asks = state.query.asks()
    if not asks:
        return one(await _search(reader, state, SubscriberFilter()))
    pages = await asyncio.gather(*(_search(reader, state, ask.filter) for ask in asks))
    return merge(
        [(ask.field, page) for ask, page in zip(asks, pages, strict=True)],
        size=state.size,
        order_by=state.order_by,
        descending=state.descending,
        at="after" if state.after else "before" if state.before else "start",
    )


async def _search(reader: Reader, state: ListState, filter_: SubscriberFilter) -> Page[Subscriber]:
    return await reader.subscribers.search(
        filter_,
        after=state.after,
        before=state.before,
        limit=state.size,
        order_by=state.order_by,
        descending=state.descending,
    )


def _row(found: Found, now: datetime) -> PersonRow:
    person = found.person
    name = wording.full_name(person.first_name, person.last_name, otherwise=person.subscriber_id)
    return PersonRow(
        key=person.id,
        id=person.subscriber_id,
        href=paths.subscriber(person.subscriber_id),
        name=name,
        initials=wording.initials(name),
        hue=wording.hue(person.subscriber_id),
        email=person.email or "",
        phone=person.phone or "",
        channels=_chips(person),
        online=online(person, now),
        created=_moment(person.created_at, now),
        updated=_moment(person.updated_at, now),
        matched=" · ".join(word for word in (MATCHED[field] for field in found.fields) if word),
        locale=person.locale or "",
        timezone=person.timezone or "",
    )


def _chips(person: Subscriber, most: int = 3) -> tuple[Chip, ...]:
    chips = [
        Chip(reach.label, "accent" if reach.is_usable else "", reach.summary) for reach in channels_of(person)
    ]
    if len(chips) <= most:
        return tuple(chips)
    rest = chips[most - 1 :]
    return (*chips[: most - 1], Chip(f"+{len(rest)}", "", ", ".join(chip.title for chip in rest)))


def _moment(moment: datetime | None, now: datetime) -> Moment:
    return Moment(wording.ago(moment, now), wording.absolute(moment), moment.isoformat() if moment else "")
