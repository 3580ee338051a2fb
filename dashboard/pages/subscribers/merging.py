"""One page out of several filters' pages: in order, without duplicates, under one cursor. Pure.

A cursor of the API is a row's `_id`, and the row need not match the filter it is used with (recorded:
14_v2_list), so the same cursor carries every filter of a search on from the same place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from api_client import Page, Subscriber
from dashboard.search import Field
from dashboard.wording import Total

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    """A person, and the fields on which the search matched."""

    person: Subscriber
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class FoundPage:
    """One page of a search over several filters."""

    items: tuple[Found, ...]
    next: str | None
    previous: str | None
    total: Total


def one(page: Page[Subscriber]) -> FoundPage:
    """The page of a plain list, as it came."""
    items = tuple(Found(person) for person in page.items)
    return FoundPage(items, page.next, page.previous, _total_of([page]))


def merge(
    answers: Sequence[tuple[Field, Page[Subscriber]]],
    *,
    size: int,
    order_by: str,
    descending: bool,
    at: Literal["start", "after", "before"],
) -> FoundPage:
    """Merge the filters' pages, all asked for at the same place with the same `size`.

    Of the merged rows the `size` nearest to the cursor are shown; at the start whoever has exactly the id
    that was looked for stands in front of them, however old. There is more on the side that was walked
    to if rows were left over or a filter has more, and on the other side wherever a cursor was given: that is
    where one came from. The total is exact only when it cannot be otherwise: people that match two filters
    are counted twice.
    """
    backwards = at == "before"
    fields: dict[str, list[Field]] = {}
    people: dict[str, Subscriber] = {}
    for field, page in answers:
        for person in page.items:
            people.setdefault(person.id, person)
            fields.setdefault(person.id, []).append(field)
    ordered = sorted(people.values(), key=_sort_key(order_by), reverse=descending)
    first = [one for one in ordered if at == "start" and "id" in fields[one.id]]
    rest = [one for one in ordered if one not in first] if first else ordered
    shown = rest[-size:] if backwards else rest[:size]
    left_over = len(rest) > len(shown)
    more_after = backwards or left_over or any(page.next for _, page in answers)
    more_before = at == "after" or (left_over and backwards) or any(page.previous for _, page in answers)
    complete = not (more_after or more_before) and not any(_is_cut_off(page) for _, page in answers)
    return FoundPage(
        items=tuple(Found(person, tuple(fields[person.id])) for person in [*first, *shown]),
        next=shown[-1].id if shown and more_after else None,
        previous=shown[0].id if shown and more_before else None,
        total=Total(len(ordered)) if complete else _total_of([page for _, page in answers]),
    )


def _total_of(pages: Sequence[Page[Subscriber]]) -> Total:
    totals = [page.total for page in pages if page.total != 0]
    if None in totals:
        return Total(None)
    number = sum(total for total in totals if total)
    if not all(page.total_is_exact for page in pages):
        return Total(number, "at least")
    return Total(number, "exactly" if len(totals) <= 1 else "at most")


def _is_cut_off(page: Page[Subscriber]) -> bool:
    return page.total is not None and not page.total_is_exact


def _sort_key(order_by: str) -> Callable[[Subscriber], tuple[datetime, str]]:
    if order_by == "updatedAt":
        return lambda person: (person.updated_at or LONG_AGO, person.id)
    return lambda person: (LONG_AGO, person.id)
