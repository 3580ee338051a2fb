"""Letters as the search compares them, and as the index holds them.

One trigram index serves three filters: each field writes its letters into a block of Unicode of its own, so
that "com" in a name and "com" in an e-mail are different words. A text ends with two marks, so that a trigram
begins with each of its letters: terms of one and two letters are the trigrams that begin with them. The index
is exact for three letters and less; longer terms are looked up by their rarest trigrams and compared with the
row itself.
"""

from collections.abc import Iterator

BLOCKS = {"name": 0x00000, "email": 0xE0000, "phone": 0xF0000}
MOVABLE = 0x10000  # letters below it have a place in each block
OWNED = 0xE0000  # the blocks take up what lies above
STRANGER = 0x10FFFD  # stands for letters that would look like another block's
END = "\x03"


def fold(value: str | None) -> str:
    """Lower case in every script; accents stay, as the service keeps them apart."""
    return value.lower() if value else ""


def full_name(first: str | None, last: str | None) -> str:
    return f"{first or ''} {last or ''}".strip()


def marked(text: str) -> str:
    """The text as it is cut into trigrams."""
    return text + END + END if text else text


def is_exact(term: str) -> bool:
    """Whether no other text has the same letters in the index."""
    return END not in term and all(ord(letter) < MOVABLE for letter in term)


class Letters:
    """Moves folded text into the block of its field."""

    def __init__(self) -> None:
        self._blocks = {name: _Block(start) for name, start in BLOCKS.items()}

    def indexed(self, name: str, email: str, phone: str) -> tuple[str, str, str]:
        """The columns of the index for the folded fields of a row."""
        return (
            self.moved("name", marked(name)),
            self.moved("email", marked(email)),
            self.moved("phone", marked(phone)),
        )

    def moved(self, field: str, text: str) -> str:
        return text.translate(self._blocks[field])

    def trigrams(self, field: str, text: str) -> Iterator[str]:
        """Every three neighbouring letters of a folded text, as the index holds them."""
        moved = self.moved(field, text)
        return (moved[at : at + 3] for at in range(len(moved) - 2))


class _Block(dict[int, int]):
    """A table for `str.translate` that fills itself."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self._start = start

    def __missing__(self, letter: int) -> int:
        moved = letter + self._start if letter < MOVABLE else letter if letter < OWNED else STRANGER
        self[letter] = moved
        return moved
