"""What pasted tokens would change, before anything is sent: as lists, and in words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import wording
from dashboard.providers import MOST_TOKENS, mask

NAMED = 4


@dataclass(frozen=True)
class TokenChange:
    """From the tokens that are stored to those that would be."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    there: tuple[str, ...]
    """Pasted, but stored already."""
    result: tuple[str, ...]

    @property
    def is_change(self) -> bool:
        return bool(self.added or self.removed)

    @property
    def is_too_many(self) -> bool:
        return len(self.result) > MOST_TOKENS


def adding(stored: Sequence[str], pasted: Sequence[str]) -> TokenChange:
    """The pasted ones behind the stored ones, each once."""
    result = tuple(dict.fromkeys([*stored, *pasted]))
    return _change(stored, pasted, result)


def replacing(stored: Sequence[str], pasted: Sequence[str]) -> TokenChange:
    """The pasted ones instead of the stored ones."""
    return _change(stored, pasted, tuple(dict.fromkeys(pasted)))


def in_words(verb: str, change: TokenChange) -> str:
    """`Add: 2 new (…7f3e, …99aa), 1 already stored. Then 5 of 100.`"""
    parts = [f"{len(change.added)} new ({named(change.added)})" if change.added else "nothing new"]
    if change.removed:
        parts.append(f"{len(change.removed)} removed ({named(change.removed)})")
    if change.there:
        parts.append(f"{len(change.there)} already stored")
    total = f"Then {len(change.result):,} of {MOST_TOKENS}"
    if change.is_too_many:
        total += f", {wording.count(len(change.result) - MOST_TOKENS, 'token')} too many"
    return f"{verb}: {', '.join(parts)}. {total}."


def named(tokens: Sequence[str], *, masked: bool = False) -> str:
    """A few tokens by their masks; `masked`: they are masks already."""
    shown = ", ".join(token if masked else mask(token) for token in tokens[:NAMED])
    more = len(tokens) - NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown


def _change(stored: Sequence[str], pasted: Sequence[str], result: tuple[str, ...]) -> TokenChange:
    before, after = set(stored), set(result)
    return TokenChange(
        added=tuple(token for token in result if token not in before),
        removed=tuple(token for token in dict.fromkeys(stored) if token not in after),
        there=tuple(token for token in dict.fromkeys(pasted) if token in before),
        result=result,
    )
