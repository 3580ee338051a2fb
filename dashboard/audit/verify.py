"""Walk the whole chain and say where it was broken, if it was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.audit.seal import FIRST, Seal

MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Verdict:
    """`head` is the last line's hash: compare it with one kept elsewhere to see that no end was cut off."""

    lines: int
    older: int
    head: str
    problems: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.problems


def verify(lines: Iterable[Mapping[str, Any]], seal: Seal) -> Verdict:
    """Check every line against the one before it. Lines from before there was a chain are only counted."""
    problems: list[str] = []
    previous, expected_seq, count, older = FIRST, 0, 0, 0
    for line in lines:
        count += 1
        seq = int(line["seq"])
        if expected_seq and seq != expected_seq and len(problems) < MOST_PROBLEMS:
            problems.append(f"between {expected_seq - 1} and {seq}: lines are missing")
        expected_seq = seq + 1
        if not line["hash"] and previous == FIRST:
            older += 1
            continue
        if seal.next_hash(previous, line) != line["hash"] and len(problems) < MOST_PROBLEMS:
            problems.append(f"line {seq}: changed, or the line before it is not the one it followed")
        previous = str(line["hash"])
    return Verdict(count, older, previous if count > older else "", tuple(problems))
