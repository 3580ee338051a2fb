"""Foreign JSON as a tree or as text: never a grid, a chart or markup, where its keys could come alive."""

import orjson
from nicegui.element import Element

from dashboard.components.json_rows import rows

LONGEST = 20_000


class JsonTree(Element, component="json_tree.js"):
    """One stop of the Tab key: arrows walk and fold, the path of the current row can be copied.

    All texts go as values in one list, whose keys NiceGUI does not look at; see `json_tree.js`.
    """

    def __init__(self, value: object, *, label: str) -> None:
        super().__init__()
        self.props.update({"rows": rows(value), "label": label, "isList": isinstance(value, list | tuple)})


def json_view(value: object, *, label: str) -> None:
    """A tree with a name for screen readers."""
    JsonTree(value, label=label).mark("json-tree")


def as_text(value: object) -> str:
    """Indented JSON; what is longer than a screen can use is cut, and says so."""
    try:
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str).decode()
    except orjson.JSONEncodeError:
        return "This is nested too deeply to be written out here."
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n… {len(text) - LONGEST:,} more characters"
