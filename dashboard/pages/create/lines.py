"""Several new people pasted as lines: `id, e-mail, first name, last name, phone, device token`. Pure."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from dashboard.profile import phone_number, problems

MOST = 50
"""More than that belongs into a file, which the import reads."""
COLUMNS = ("subscriber_id", "email", "first_name", "last_name", "phone", "token")


@dataclass(frozen=True)
class NewPerson:
    """One line that may be created; `fields` are profile fields by their model names."""

    subscriber_id: str
    fields: dict[str, str] = field(default_factory=dict[str, str])
    token: str = ""


@dataclass(frozen=True)
class Pasted:
    """What was understood, and a sentence for each line that was not."""

    people: tuple[NewPerson, ...]
    problems: tuple[str, ...]


def parse(text: str) -> Pasted:
    """Commas, semicolons or tabs, as from a sheet; blank cells are left out, blank lines skipped."""
    people: list[NewPerson] = []
    flaws: list[str] = []
    for number, cells in _rows(text):
        values = {name: cell.strip() for name, cell in zip(COLUMNS, cells, strict=False) if cell.strip()}
        flaw = _flaw(values, {one.subscriber_id for one in people})
        if flaw:
            flaws.append(f"Line {number}: {flaw}")
        else:
            people.append(_person(values))
    if len(people) > MOST:
        flaws.append(f"{len(people)} people are too many for this box: it takes {MOST}. Use the import.")
    return Pasted(tuple(people), tuple(flaws))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.splitlines()
    separator = next((one for one in ("\t", ";") if any(one in line for line in lines)), ",")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, next(csv.reader([line], delimiter=separator, skipinitialspace=True))


def _flaw(values: dict[str, str], known: set[str]) -> str:
    if "subscriber_id" not in values:
        return "the id is missing; it comes first."
    if values["subscriber_id"] in known:
        return f"the id {values['subscriber_id']} appears twice."
    found = problems(values, values)
    return next(iter(found.values()), "")


def _person(values: dict[str, str]) -> NewPerson:
    fields = {name: value for name, value in values.items() if name not in {"subscriber_id", "token"}}
    if "phone" in fields:
        fields["phone"] = phone_number(fields["phone"]) or fields["phone"]
    return NewPerson(values["subscriber_id"], fields, values.get("token", ""))
