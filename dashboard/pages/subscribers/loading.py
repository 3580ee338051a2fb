"""Ask the API for one page of the list and word it for the table. No user interface."""

import asyncio
from collections.abc import Sequence
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
from dashboard.search import Ask, Field
from dashboard.unseen import CAP, UnseenCounts
from dashboard.wording import Total

MATCHED: dict[Field, str] = {
    "id": "id",
    "email": "e-mail",
    "phone": "phone",
    "name": "name",
}
STEPS_BACK = 3
EXACT_READS = 1000
"""In quotes the API finds too many, and what equals the text is picked here: out of so many a filter."""


@dataclass(frozen=True)
class ListView:
    """One page, ready to draw, and the state it shows: another than asked for when its cursor was gone."""

    rows: tuple[PersonRow, ...]
    next: str | None
    previous: str | None
    total: Total
    state: ListState
    is_gone: bool = False


async def load(
    reader: Reader, state: ListState, now: datetime, *, trail: Sequence[ListState] = ()
) -> ListView:
    """The page that `state` asks for.

    A cursor is a person. Where that person is gone the list steps back along `trail`, the pages seen before
    (the latest last), and in the end to the first page: never an empty list for people who are there.
    """
    ways_back = [*reversed(trail[-STEPS_BACK:]), state.first()]
    page, shown = await _page(reader, state), state
    while not page.items and not shown.is_first_page:
        shown = ways_back.pop(0)
        page = await _page(reader, shown)
    rows = tuple(row_of(one.person, now, matched=_matched(one, state)) for one in page.items)
    return ListView(rows, page.next, page.previous, page.total, shown, shown != state)


async def unseen(counts: UnseenCounts, subscriber_id: str) -> Figure:
    """The unseen count of one person, as the table shows it."""
    return figure(await counts.count(subscriber_id))


def figure(number: int) -> Figure:
    """A count as the table shows it."""
    if number >= CAP:
        return Figure(f"{CAP - 1}+", f"{CAP} or more unseen in-app messages")
    return Figure(str(number), wording.count(number, "unseen in-app message"), "" if number else "none")


def row_of(person: Subscriber, now: datetime, *, matched: str = "") -> PersonRow:
    """A person as a row of the table, all of it worded."""
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
        matched=matched,
        locale=person.locale or "",
        timezone=person.timezone or "",
    )


async def _page(reader: Reader, state: ListState) -> FoundPage:
    if state.query.is_empty:
        return one(await _search(reader, state, state.filters))
    asks = state.asks()
    if not asks:
        return FoundPage((), None, None, Total(0))
    read = _equal_ones if state.query.exact else _any_page
    pages = await asyncio.gather(*(read(reader, state, ask) for ask in asks))
    return merge(
        [(ask.field, page) for ask, page in zip(asks, pages, strict=True)],
        size=EXACT_READS if state.query.exact else state.look.size,
        order_by=state.order_by,
        descending=state.descending,
        at="after" if state.after else "before" if state.before else "start",
    )


async def _any_page(reader: Reader, state: ListState, ask: Ask) -> Page[Subscriber]:
    return await _search(reader, state, ask.filter)


async def _equal_ones(reader: Reader, state: ListState, ask: Ask) -> Page[Subscriber]:
    """Of what the API finds, those whose field equals the text: all on one page, as few are expected."""
    equal: list[Subscriber] = []
    read, cursor, is_complete = 0, None, False
    while not is_complete and read < EXACT_READS:
        page = await reader.subscribers.search(
            ask.filter, after=cursor, limit=100, order_by=state.order_by, descending=state.descending
        )
        equal += [one for one in page.items if state.query.is_met(ask.field, _value(one, ask.field))]
        read, cursor = read + len(page.items), page.next
        is_complete = cursor is None
    return Page(tuple(equal), total=len(equal), total_is_exact=is_complete)


def _value(person: Subscriber, field: Field) -> str | None:
    if field == "name":
        return wording.full_name(person.first_name, person.last_name, otherwise="")
    return {"id": person.subscriber_id, "email": person.email, "phone": person.phone}[field]


async def _search(reader: Reader, state: ListState, filter_: SubscriberFilter) -> Page[Subscriber]:
    return await reader.subscribers.search(
        filter_,
        after=state.after,
        before=state.before,
        limit=state.look.size,
        order_by=state.order_by,
        descending=state.descending,
    )


def _matched(found: Found, state: ListState) -> str:
    """Which field matched, where one cannot see it at once: a phone number in another format, say."""
    if state.query.is_empty:
        return ""
    return f"matches {', '.join(dict.fromkeys(MATCHED[one] for one in found.fields))}"


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
