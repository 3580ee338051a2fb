"""Where in a JSON text stands what its parser lets pass and the API would not keep. Pure."""

import json
import re
from itertools import zip_longest

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_NO_VALUES = frozenset({"NaN", "Infinity", "-Infinity"})


def place(text: str, offset: int) -> str:
    """`Line 3, column 7`, both counted from 1."""
    line, before = text.count("\n", 0, offset) + 1, text.rfind("\n", 0, offset)
    return f"Line {line}, column {offset - before}"


def flaw(text: str) -> str:
    """Of a text that parses: the first name that stands twice in an object, or number that JSON has not."""
    names: list[set[str]] = []
    tokens = list(_TOKEN.finditer(text))
    for token, after in zip_longest(tokens, tokens[1:]):
        part = token.group()
        if part in "{[":
            names.append(set())
        elif part in "}]":
            names.pop()
        elif part in _NO_VALUES:
            return f"{place(text, token.start())}: {part} is not a JSON value."
        elif after and after.group() == ":":
            name = json.loads(part)
            if name in names[-1]:
                where = place(text, token.start())
                return f"{where}: the name “{name}” appears twice in one object; only one would be kept."
            names[-1].add(name)
    return ""
