"""Which column goes where: guessed by name, then by example; and what stands in the way of using it. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

from dashboard.csv_io.incoming.fields import (
    ID,
    NOWHERE,
    Destination,
    Goes,
    by_name,
    destination,
    is_read_only,
)

Columns = tuple[str, ...]
"""For each column of a file the key of its destination, NOWHERE to leave it out."""

_BY_EXAMPLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")),
    ("phone", re.compile(r"'?\+\d[\d ()./-]{6,18}")),
    ("avatar", re.compile(r"https?://\S+\.(png|jpe?g|gif|webp|svg)(\?\S*)?", re.IGNORECASE)),
    ("timezone", re.compile(r"(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/\w+(/\w+)?")),
    ("locale", re.compile(r"[a-z]{2}[_-][A-Z]{2}")),
)


def guess(heading: Sequence[str], examples: Sequence[Sequence[str]]) -> Columns:
    """A destination for each column, none twice. `examples` holds some cells of each column."""
    found = [by_name(name) for name in heading]
    taken: set[str] = set()
    for index, key in enumerate(found):
        found[index] = NOWHERE if key in taken else key
        taken.add(key)
    for index, cells in enumerate(examples):
        if not found[index] and not is_read_only(heading[index]):
            found[index] = _by_example(cells, taken)
            taken.add(found[index])
    return tuple(found)


def problems(heading: Sequence[str], columns: Columns, *, may_set_credentials: bool) -> list[str]:
    """Sentences on why this mapping cannot be used; empty when it can."""
    found = [f"“{name}” goes to nothing that is known." for name in _unknown(heading, columns)]
    if ID not in columns:
        found.append("No column goes to the subscriber id. Without it nobody can be told from anybody else.")
    for key in dict.fromkeys(one for one in columns if one and columns.count(one) > 1):
        names = " and ".join(f"“{name}”" for name, one in zip(heading, columns, strict=True) if one == key)
        found.append(f"{names} both go to the same place. Leave one of them out.")
    places = _places(columns)
    if any(one.goes is Goes.TO_CREDENTIALS for one in places) and not may_set_credentials:
        found.append("Your role does not include the right to import credentials. Leave those columns out.")
    if "data" in columns and any(one.goes is Goes.TO_DATA for one in places):
        found.append("One column replaces all custom data while others set single keys of it. Use one way.")
    return found


def left_out(heading: Sequence[str], columns: Columns) -> tuple[str, ...]:
    """The columns that are not imported, by name: to be said, never to be dropped in silence."""
    return tuple(name for name, key in zip(heading, columns, strict=True) if not key)


def repeated(heading: Sequence[str]) -> tuple[str, ...]:
    """Names that stand above more than one column."""
    return tuple(dict.fromkeys(name for name in heading if list(heading).count(name) > 1))


def with_known(guessed: Columns, heading: Sequence[str], known: Mapping[str, str]) -> Columns:
    """What was chosen for these headings last time comes before any guess."""
    return tuple(known.get(name, key) for name, key in zip(heading, guessed, strict=True))


def fingerprint(heading: Sequence[str]) -> str:
    """The same for the same headings: what a mapping is remembered under."""
    return hashlib.blake2s(json.dumps(list(heading)).encode(), digest_size=8).hexdigest()


def _by_example(cells: Sequence[str], taken: set[str]) -> str:
    filled = [cell for cell in cells if cell]
    for key, looks in _BY_EXAMPLE:
        if (
            filled
            and key not in taken
            and sum(bool(looks.fullmatch(one)) for one in filled) * 2 > len(filled)
        ):
            return key
    return NOWHERE


def _unknown(heading: Sequence[str], columns: Columns) -> list[str]:
    return [name for name, key in zip(heading, columns, strict=True) if key and not destination(key)]


def _places(columns: Columns) -> list[Destination]:
    return [place for place in map(destination, columns) if place]
