"""Ids that stand in a file more than once: which row counts, by a rule that the operator sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from dashboard.csv_io.incoming.frames import places_of_repeated


@unique
class Rule(StrEnum):
    """Which of several rows of one id counts."""

    LAST = "last"
    FIRST = "first"
    NONE = "none"


RULES = {
    Rule.LAST: "Use the last row and leave out the earlier ones",
    Rule.FIRST: "Use the first row and leave out the later ones",
    Rule.NONE: "Refuse all rows with that id",
}


@dataclass(frozen=True)
class Repeated:
    """Row number → why it does not count. `ids`: how many ids stand more than once."""

    reasons: dict[int, str]
    ids: int


def repeated(ids: Sequence[str], lines: Sequence[int], rule: Rule) -> Repeated:
    """`ids` in the order of the rows, empty for rows that are refused anyway."""
    places = places_of_repeated(ids)
    reasons: dict[int, str] = {}
    for numbers in places.values():
        reasons |= _reasons(numbers, lines, rule)
    return Repeated(reasons, len(places))


def _reasons(numbers: Sequence[int], lines: Sequence[int], rule: Rule) -> dict[int, str]:
    if rule is Rule.NONE:
        others = f"{lines[numbers[0]]:,} and {lines[numbers[1]]:,}"
        return dict.fromkeys(numbers, f"the same id is in lines {others}" + _more(len(numbers) - 2))
    kept = numbers[-1] if rule is Rule.LAST else numbers[0]
    reason = f"line {lines[kept]:,} has the same id and is used"
    return {number: reason for number in numbers if number != kept}


def _more(count: int) -> str:
    return f" and {count:,} more" if count > 0 else ""
