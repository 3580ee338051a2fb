"""Letters as the search compares them, and as the index holds them.

One trigram index serves three filters: each field writes its letters into a block of Unicode of its own, so
that "com" in a name and "com" in an e-mail are different words. The index is exact for three letters; longer
terms are looked up by their rarest trigrams and compared with the row itself.
"""

from collections.abc import Iterator

BLOCKS = {"name": 0x00000, "email": 0xE0000, "phone": 0xF0000}


def fold(value: str | None) -> str:
    """Lower case in every script; accents stay, as the service keeps them apart."""
    return value.lower() if value else ""


def full_name(first: str | None, last: str | None) -> str:
    return f"{first or ''} {last or ''}".strip()


class Letters:
    """Moves folded text into the block of its field."""

    def __init__(self) -> None:
        self._blocks = {name: _Block(start) for name, start in BLOCKS.items()}

    def indexed(self, name: str, email: str, phone: str) -> tuple[str, str, str]:
        """The columns of the index for the folded fields of a row."""
        return name, email.translate(self._blocks["email"]), phone.translate(self._blocks["phone"])

    def trigrams(self, field: str, term: str) -> Iterator[str]:
        """Every three neighbouring letters of a folded term, as the index holds them."""
        moved = term.translate(self._blocks[field])
        return (moved[at : at + 3] for at in range(len(moved) - 2))


class _Block(dict[int, int]):
    """A table for `str.translate` that fills itself."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self._start = start

    def __missing__(self, letter: int) -> int:
        moved = letter + self._start if letter < 0x10000 else letter
        self[letter] = moved
        return moved
