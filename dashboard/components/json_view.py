"""Foreign JSON as indented text: never a grid, a chart or markup, where its keys could come alive."""

from collections.abc import Mapping

import orjson

from dashboard.components import html

LONGEST = 20_000


def as_text(value: object) -> str:
    """Indented JSON; what is longer than a screen can use is cut, and says so."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str).decode()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n… {len(text) - LONGEST:,} more characters"


def json_view(value: Mapping[str, object] | object, *, label: str) -> None:
    """A scrollable, focusable block of JSON."""
    block = html.pre(as_text(value)).classes("json breakable")
    block.props.update({"tabindex": "0", "role": "region", "aria-label": label})
