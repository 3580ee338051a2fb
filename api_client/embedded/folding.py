"""Letters as the search compares them, and as the index holds them.

One trigram index serves three filters: each field writes its letters into a block of Unicode of its own, so
that "com" in a name and "com" in an e-mail are different words. Terms of the index are exact for three
letters; longer ones are looked up by their rarest trigrams and compared with the row itself.
"""

from collections.abc import Iterator, Mapping

Text = str | None
BLOCKS = {"name": 0x00000, "email": 0xE0000, "phone": 0xF0000}


class _Block(dict[int, int]):
    def __init__(self, start: int) -> None:
        super().__init__()
        self._start = start

    def __missing__(self, letter: int) -> int:
        moved = letter + self._start if letter < 0x10000 else letter
        self[letter] = moved
        return moved


def fold(value: Text) -> str:
    """Lower case in every script; accents stay, as the service keeps them apart."""
    return value.lower() if value else ""


def full_name(first: Text, last: Text) -> str:
    return f"{first or ''} {last or ''}".strip()


class Letters:
    """Moves folded text into the blocks of its field."""

    def __init__(self) -> None:
        self._blocks: Mapping[str, _Block] = {name: _Block(start) for name, start in BLOCKS.items()}

    def indexed(self, name: str, email: str, phone: str) -> str:
        """The text of a row for the index, from its folded fields."""
        blocks = self._blocks
        return f"{name}\n{email.translate(blocks['email'])}\n{phone.translate(blocks['phone'])}"

    def trigrams(self, field: str, term: str) -> Iterator[str]:
        moved = term.translate(self._blocks[field])
        return (moved[at : at + 3] for at in range(len(moved) - 2))
