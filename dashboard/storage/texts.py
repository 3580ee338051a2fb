"""What a text must be so that every database takes it; SQLite alone would keep nearly anything."""


def storable(text: str) -> str:
    """`text` without what no database takes: NUL, and halves of a surrogate pair."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")
